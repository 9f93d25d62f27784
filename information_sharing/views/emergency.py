"""The page on which the manager opens the emergency route."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.views import attempt, posted, posted_key
from information_sharing import actions, forms, queries
from screening.queries import enquiry_head, get_enquiry

if TYPE_CHECKING:
    from screening.models import Enquiry


@require_http_methods(["GET", "HEAD", "POST"])
@once
def emergency(request: HubRequest, reference: str) -> HttpResponse:
    """Let the manager open one enquiry to an agency without a signature in force, with a reason."""
    viewer, at = request.viewer, timezone.now()
    enquiry = get_enquiry(viewer, reference)
    roles.require(viewer, Role.MANAGER)
    unsigned = [one.agency for one in queries.candidates(viewer, enquiry, at=at) if one.is_unsigned]
    form = forms.EmergencyForm(posted(request), agencies=[(str(one.pk), one.name) for one in unsigned])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        agency = posted_key(said["agency"])
        let_in = partial(actions.open_emergency, enquiry, agency, said["reason"], hours=int(said["hours"]))
        if attempt(form, lambda: let_in(viewer=viewer, at=at)):
            return _let_in(request, enquiry, was_asked=queries.waits_for(viewer, enquiry, agency))
    page = {
        "reference": enquiry.reference,
        "head": enquiry_head(viewer, enquiry, "agencies", at=at),
        "form": form if unsigned else None,
    }
    return render(request, "information_sharing/emergency.html", page)


def _let_in(request: HubRequest, enquiry: Enquiry, *, was_asked: bool) -> HttpResponse:
    can = "answer what it was asked now; it was told" if was_asked else "be asked now"
    messages.success(request, f"It can {can}. The auditor was told and reviews it.")
    page = "agencies" if was_asked else "ask"
    return redirect(f"information_sharing:{page}", enquiry.reference)
