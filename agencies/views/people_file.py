"""The page on which people are taken from a spreadsheet: what it would do is shown before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies import actions, queries
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.forms import PeopleFileForm
from agencies.reads.people_file import PersonLine, read_lines
from common.errors import MoveNotAllowed, RuleBroken
from common.views import posted, refuse


@require_http_methods(["GET", "HEAD", "POST"])
@once
def people_file(request: HubRequest) -> HttpResponse:
    """Show what lines of people would do; do it once they come again with the mark of what was shown."""
    queries.require_administrator(request.viewer)
    form = PeopleFileForm(posted(request))
    tried = None
    if request.method == "POST" and form.is_valid():
        at, mark = timezone.now(), form.cleaned_data["mark"]
        try:
            lines = read_lines(form.cleaned_data["lines"])
            if mark and _took(request, lines, mark, at=at):
                return redirect("agencies:people")
            tried = actions.try_people(lines, viewer=request.viewer, at=at)
        except RuleBroken as error:
            refuse(form, error)
    if tried is not None:
        form.data = {**form.data.dict(), "mark": tried.mark}  # type: ignore[attr-defined]  # a QueryDict
    does = tried is not None and (tried.numbers[actions.NEW] or tried.numbers[actions.CHANGED])
    context = {
        "form": form,
        "tried": tried,
        "button": "Enter these people" if does else "Show what it would do",
        "changed_since": bool(tried and form.cleaned_data["mark"]),
        "back_url": reverse("agencies:people"),
    }
    return render(request, "agencies/people_file.html", context)


def _took(request: HubRequest, lines: Sequence[PersonLine], mark: str, *, at: datetime) -> bool:
    """Do it and say so; False where it would be something else by now."""
    try:
        taken = actions.take_people(lines, mark=mark, viewer=request.viewer, at=at)
    except MoveNotAllowed:
        return False
    words = ", ".join(f"{what.lower()}: {number}" for what, number in taken.numbers.items())
    messages.success(request, f"Done. {words.capitalize()}. Nobody is invited yet.")
    return True
