"""A text that a manager reads before it goes out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.views import attempt
from decisions import actions, queries
from decisions.choices import OutgoingTextState
from decisions.forms import MessageForm

LABEL = "What its writer is to change: they read this, so do not say what they may not know"


@require_safe
def text_check(request: HubRequest, reference: str) -> HttpResponse:
    """Show a manager a text that has not gone out."""
    return _page(request, reference, None)


@require_POST
@once
def text_sent_back(request: HubRequest, reference: str) -> HttpResponse:
    """Send a text back to its writer."""
    check = queries.get_text_check(request.viewer, reference)
    form = MessageForm(request.POST, label=LABEL)
    if form.is_valid():
        said = {"viewer": request.viewer, "at": timezone.now(), "version": form.cleaned_data["version"]}
        if attempt(form, actions.send_text_back, check, form.cleaned_data["text"], **said):
            messages.success(request, "It is with its writer again. Nothing of it went out.")
            return redirect("decisions:text_check", reference)
    return _page(request, reference, form)


def _page(request: HubRequest, reference: str, form: MessageForm | None) -> HttpResponse:
    page = queries.text_check_page(request.viewer, reference, at=timezone.now())
    context = {
        "page": page,
        "waits": page.check.state == OutgoingTextState.WAITING,
        "form": form or MessageForm(initial={"version": page.check.version}, label=LABEL),
        "reference": reference,
    }
    return render(request, "decisions/text_check.html", context)
