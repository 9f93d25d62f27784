"""Conflicts of interest: excluded staff, matches with the staff list, and "Declare a conflict of interest"."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

import contacts.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import NotVisible, RuleBroken
from common.views import attempt, posted, refuse
from screening import actions, queries
from screening.forms import CloseToForm, InterestForm, SettleMatchForm
from screening.rules import Case, Whom

if TYPE_CHECKING:
    from contacts.models import Contact

LANDED = "Your declaration is recorded. Below is the work that waits for you."
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@page_or_form
@once
def contact_closed_out(request: HubRequest, reference: str) -> HttpResponse:
    """Show a manager who is excluded from the case of a contact; close it to somebody."""
    roles.require(request.viewer, Role.MANAGER)
    contact = contacts.queries.get_contact(request.viewer, reference)
    head = contacts.queries.contact_head(request.viewer, contact, "closed_out", at=timezone.now())
    back = reverse("screening:contact_closed_out", args=[reference])
    return _closed_out(request, contact, back, {"head": head, "contact_head": "contacts/_contact_head.html"})


@page_or_form
@once
def closed_out(request: HubRequest, reference: str) -> HttpResponse:
    """Show a manager who is excluded from an enquiry; close it to somebody."""
    roles.require(request.viewer, Role.MANAGER)
    enquiry = queries.get_enquiry(request.viewer, reference)
    first = next(iter(contacts.queries.contacts_of_enquiry(request.viewer, enquiry.pk)), None)
    if first is None:
        raise NotVisible
    head = queries.enquiry_head(request.viewer, enquiry, "closed_out", at=timezone.now())
    back = reverse("screening:closed_out", args=[reference])
    return _closed_out(request, first, back, {"head": head, "contact_head": "screening/_enquiry_head.html"})


def _closed_out(request: HubRequest, contact: Contact, back: str, drawn: dict[str, Any]) -> HttpResponse:
    at = timezone.now()
    page = queries.exclusion_page(request.viewer, contact, at=at)
    whom = queries.closable_to(at=at)
    form = CloseToForm(posted(request), what=page.what, whom=whom)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kind, _, key = said["whom"].partition(":")
        try:
            case = queries.case_to_close(request.viewer, page, said["what"])
            meant = Whom(kind, uuid.UUID(key))
            actions.close_to(case, meant, reason=said["reason"], viewer=request.viewer, at=at)
        except RuleBroken as error:
            refuse(form, error)
        else:
            messages.success(request, f"Excluded from now on: {dict(whom)[said['whom']]}.")
            return redirect(back)
    return render(request, "screening/closed_out.html", {"page": page, "form": form, "contact": contact, **drawn})


@require_POST
@once
def lift_conflict(request: HubRequest, reference: str) -> HttpResponse:
    """Open a case again to somebody."""
    roles.require(request.viewer, Role.MANAGER)
    contact = contacts.queries.get_contact(request.viewer, reference)
    conflict = queries.get_conflict(request.viewer, contact, request.POST.get("conflict", ""))
    try:
        actions.lift_conflict(conflict, queries.case_of(contact), viewer=request.viewer, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, error.sentence)
    else:
        messages.success(
            request, "The exclusion is lifted. Their roles hold again; a social worker must be assigned again."
        )
    return redirect("screening:contact_closed_out", reference)


@page_or_form
@once
def settle_match(request: HubRequest, reference: str) -> HttpResponse:
    """Say whether somebody of the staff is one of the people of a case."""
    at = timezone.now()
    roles.require(request.viewer, Role.MANAGER)
    contact = contacts.queries.get_contact(request.viewer, reference)
    page = queries.exclusion_page(request.viewer, contact, at=at)
    chosen = request.POST.get("match", request.GET.get("match", ""))
    key = chosen or next((str(one.key) for one in page.open_matches), "")
    match = queries.get_match(request.viewer, contact, key)
    form = SettleMatchForm(posted(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if attempt(
            form, actions.settle_match, match, said["outcome"], reason=said["reason"], viewer=request.viewer, at=at
        ):
            messages.success(request, "The match is settled.")
            return redirect("screening:contact_closed_out", reference)
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "closed_out", at=at),
        "form": form,
        "match": next(one for one in page.open_matches if one.key == match.pk),
        "back": reverse("screening:contact_closed_out", args=[reference]),
    }
    return render(request, "screening/settle_match.html", context)


@page_or_form
@once
def contact_interest(request: HubRequest, reference: str) -> HttpResponse:
    """Take somebody's word that they know the family of a contact."""
    contact = contacts.queries.get_contact(request.declarer, reference)
    return declare(request, queries.case_of(contact), reference, reverse("contacts:contact", args=[reference]))


@page_or_form
@once
def interest(request: HubRequest, reference: str) -> HttpResponse:
    """Take somebody's word that they know the family of an enquiry."""
    enquiry = queries.get_enquiry(request.declarer, reference)
    return declare(request, queries.case_of_enquiry(enquiry), reference, reverse("home"))


@page_or_form
@once
def handover_interest(request: HubRequest, reference: str) -> HttpResponse:
    """Take somebody's word that they know the family of what was handed to their team."""
    handover = queries.get_handover(request.declarer, reference)
    back = reverse("screening:handover", args=[reference])
    return declare(request, Case(reference, contact_id=handover.contact_id), reference, back)


def declare(request: HubRequest, case: Case, reference: str, back: str) -> HttpResponse:
    """Ask once more, then close the case to whoever asked; they land on their other work.

    Whoever only looks into the case says so too: it is the one form that they send about it, and it ends their look.

    Args:
        reference: of the record on which they said so: of the case itself they may know nothing.
    """
    form = InterestForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data["reason"]
            actions.declare_interest(case, viewer=request.declarer, at=timezone.now(), reason=said)
        except RuleBroken as error:
            refuse(form, error)
        else:
            messages.success(request, LANDED)
            return redirect("work")
    return render(request, "screening/interest.html", {"form": form, "reference": reference, "back": back})
