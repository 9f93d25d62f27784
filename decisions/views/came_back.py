"""What came back of letters and emails about a contact: it is written down, and somebody sees to it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

import contacts.queries
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.views import attempt, posted, posted_key
from decisions import actions, queries
from decisions.forms import CameBackForm, SettleReturnForm

if TYPE_CHECKING:
    from decisions.models import CameBack


@require_http_methods(["GET", "HEAD", "POST"])
@once
def came_back(request: HubRequest, reference: str) -> HttpResponse:
    """Show what came back about a contact, and record what was done about it."""
    at = timezone.now()
    contact = queries.told_contact(request.viewer, reference)
    sent = None
    if request.method == "POST":
        row = queries.get_return(request.viewer, contact, posted_key(request.POST.get("row")))
        sent = _form(row, posted(request))
        if sent.is_valid() and attempt(sent, actions.settle_return, row, _remedy(sent), viewer=request.viewer, at=at):
            messages.success(request, "It is recorded.")
            return redirect("decisions:came_back", reference)
    page = queries.came_back_page(request.viewer, contact)
    forms = [
        (one, sent if sent and sent.data.get("row") == str(one.row.pk) else _form(one.row, named=request.viewer.name))
        for one in page.open
    ]
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "letters", at=at),
        "page": page,
        "forms": forms,
        "reference": reference,
    }
    return render(request, "decisions/came_back.html", context)


def _form(row: CameBack, data: QueryDict | None = None, *, named: str = "") -> SettleReturnForm:
    return SettleReturnForm(
        data,
        initial={"row": row.pk, "informed_by": named},
        auto_id=f"id_{row.pk}_%s",
        is_letter=row.letter_id is not None,
    )


def _remedy(form: SettleReturnForm) -> actions.Remedy:
    said = form.cleaned_data
    return actions.Remedy(
        way=said["way"],
        address=said.get("address", ""),
        how=said["how"],
        informed_at=said["informed_at"],
        informed_by=said["informed_by"],
        reason=said["reason"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@once
def record_came_back(request: HubRequest, reference: str) -> HttpResponse:
    """Write down that a letter or an email came back."""
    at = timezone.now()
    queries.require_may_record(request.viewer)
    contact = queries.told_contact(request.viewer, reference)
    form = CameBackForm(posted(request), left=queries.what_left(request.viewer, contact))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.record_return, contact, _returned(form), viewer=request.viewer, at=at)
    ):
        messages.success(request, "It is recorded that it came back. See that they are told.")
        return redirect("decisions:came_back", reference)
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "letters", at=at),
        "form": form,
        "reference": reference,
    }
    return render(request, "decisions/record_came_back.html", context)


def _returned(form: CameBackForm) -> actions.Returned:
    said = form.cleaned_data
    kind, _, key = said["what"].partition(":")
    return actions.Returned(
        kind, said["came_back_on"], said["stands_on_it"], said["words"], uuid.UUID(key) if key else None
    )
