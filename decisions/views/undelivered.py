"""Messages about a child that did not arrive, for those who answer for the child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.views import attempt, posted, posted_key
from decisions import actions, queries
from decisions.forms import SeeToForm

if TYPE_CHECKING:
    from decisions.models import Undelivered


@require_http_methods(["GET", "HEAD", "POST"])
@once
def undelivered(request: HubRequest, reference: str) -> HttpResponse:
    """Show what did not arrive about one case, and record what was done about each message."""
    at = timezone.now()
    page = queries.undelivered_page(request.viewer, reference, at=at)
    sent = None
    if request.method == "POST":
        message = queries.get_undelivered(page, posted_key(request.POST.get("row")))
        sent = _form(message, posted(request))
        if sent.is_valid() and attempt(sent, actions.see_to, message, _remedy(sent), viewer=request.viewer, at=at):
            messages.success(request, "It is recorded.")
            return redirect("decisions:undelivered", reference)
    named = request.viewer.name
    forms = [
        (one, sent if sent and sent.data.get("row") == str(one.row.pk) else _form(one.row, named=named))
        for one in page.open
    ]
    return render(request, "decisions/undelivered.html", {"page": page, "forms": forms, "reference": reference})


def _form(message: Undelivered, data: QueryDict | None = None, *, named: str = "") -> SeeToForm:
    return SeeToForm(
        data,
        initial={"row": message.pk, "informed_by": named},
        auto_id=f"id_{message.pk}_%s",
        to_account=message.recipient_id is not None,
    )


def _remedy(form: SeeToForm) -> actions.Remedy:
    said = form.cleaned_data
    return actions.Remedy(
        way=said["way"],
        address=said.get("address", ""),
        how=said["how"],
        informed_at=said["informed_at"],
        informed_by=said["informed_by"],
        reason=said["reason"],
    )
