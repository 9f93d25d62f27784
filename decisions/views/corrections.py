"""Corrections of a contact: who had been told the wrong fact, and what they are told now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import contacts.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import NotVisible
from common.views import attempt, posted, result_of
from decisions import actions, queries
from decisions.forms import PassOnForm, RingForm

if TYPE_CHECKING:
    from decisions.models import CorrectionNotice

NOBODY = "Nobody had been told before this was corrected."
NOBODY_SHOWN = "No referrer or parent had been told before. Whether agencies or teams were told is not shown to you."


@require_http_methods(["GET", "HEAD", "POST"])
@once
def corrections(request: HubRequest, reference: str) -> HttpResponse:
    """Show the corrections of a contact beside those who had been told; pass one on to them."""
    at = timezone.now()
    contact = contacts.queries.get_contact(request.viewer, reference)
    if not queries.tells_corrections(request.viewer, contact):
        raise NotVisible
    sent = request.POST.get("correction", "")
    form = PassOnForm(posted(request), auto_id=f"id_{sent}_%s")
    if request.method == "POST" and form.is_valid():
        chosen = queries.get_correction(request.viewer, contact, sent)
        told = result_of(
            form, actions.pass_on_correction, chosen, form.cleaned_data["text"], viewer=request.viewer, at=at
        )
        if told is not None:
            messages.success(request, f"It is passed on: {len(told)} on the list.")
            return redirect("decisions:corrections", reference)
    shown = queries.corrected(request.viewer, contact)
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "corrections", at=at),
        "mask": contacts.queries.mask_of(request.viewer, [contact]),
        "nobody_told": NOBODY if queries.sees_all_told(request.viewer, contact) else NOBODY_SHOWN,
        "corrected": [(one, form if str(one.correction.pk) == sent else _fresh(one)) for one in shown],
        "reference": reference,
    }
    return render(request, "decisions/corrections.html", context)


def _fresh(corrected: queries.Corrected) -> PassOnForm:
    """Return an empty form with ids of its own: a page has one for each correction."""
    return PassOnForm(auto_id=f"id_{corrected.correction.pk}_%s")


@require_safe
def correction(request: HubRequest, reference: str) -> HttpResponse:
    """Show an agency or a team what was wrong in what they had been told."""
    notice = queries.notice_for_reader(request.viewer, reference, at=timezone.now())
    return _notice_page(request, notice, RingForm())


def _notice_page(request: HubRequest, notice: CorrectionNotice, form: RingForm) -> HttpResponse:
    is_for = queries.is_for(request.viewer, notice)
    context = {
        "notice": notice,
        "told_url": queries.path_of_told(notice),
        "may_settle": notice.told_at is None and is_for,
        "call_form": form if queries.may_ring(request.viewer, notice) else None,
        "is_for": is_for,
        "reference": notice.reference,
    }
    return render(request, "decisions/correction.html", context)


@require_POST
@once
def correction_rung(request: HubRequest, reference: str) -> HttpResponse:
    """Record that the manager told an agency or a team by telephone."""
    notice = queries.get_notice(request.viewer, reference)
    form = RingForm(request.POST)
    call = form.cleaned_data["text"] if form.is_valid() else ""
    if form.is_valid() and attempt(
        form, actions.ring_correction, notice, call, viewer=request.viewer, at=timezone.now()
    ):
        messages.success(request, "The call is recorded.")
        return redirect("decisions:correction", reference)
    return _notice_page(request, notice, form)


@require_safe
def undo_person(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Show what rests on a link, item by item, before it is undone."""
    at = timezone.now()
    contact = contacts.queries.get_contact(request.viewer, reference)
    roles.require(request.viewer, Role.FRONT_DOOR, Role.MANAGER)
    subject = contacts.queries.get_subject(request.viewer, contact, position)
    link = contacts.queries.get_link(request.viewer, subject)
    link.subject = subject
    context = {
        "head": contacts.queries.contact_head(request.viewer, contact, "contact", at=at),
        "link": link,
        "subject": subject,
        "tellers": queries.rests_on(request.viewer, link, at=at),
        "sees_all": queries.sees_all_told(request.viewer, contact),
        "reference": reference,
    }
    return render(request, "decisions/undo_person.html", context)


@require_POST
@once
def correction_told(request: HubRequest, reference: str) -> HttpResponse:
    """Record that a correction was read, or said to somebody outside the hub."""
    notice = queries.get_notice(request.viewer, reference)
    actions.settle_correction(notice, viewer=request.viewer, at=timezone.now())
    messages.success(request, "It is recorded.")
    if queries.is_for(request.viewer, notice):
        return redirect("decisions:correction", reference)
    return redirect("decisions:corrections", queries.contact_reference_of(request.viewer, notice))
