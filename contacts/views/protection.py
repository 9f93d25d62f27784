"""Protect now: pages that never say no to the right person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import roles, transitions
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from agencies.queries import hub_settings
from common.forms import HubForm
from common.nothing_shown import NOT_SHOWN, absence
from common.views import Button, attempt, buttons, posted, result_of
from common.work import People
from contacts import actions, queries
from contacts.forms.protection import AlarmForm, DiscussionForm, StandDownForm, WhereaboutsForm
from contacts.queries.protection import Child
from contacts.reads.masking import Mask
from contacts.rules.hazards import hazards_of_several
from contacts.transitions import CONVENERS, PROTECTION
from contacts.views.masking import masks_of

if TYPE_CHECKING:
    from contacts.models import Contact, Protection

RAISED_AGAIN = " The earlier work had ended: it is raised again, because the child is safe only until then."


@dataclass(frozen=True)
class ChildCard:
    """A child with the form for where they are; none where the viewer sees the contact no more."""

    child: Child
    form: WhereaboutsForm | None
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@once
def protect(request: HubRequest, reference: str) -> HttpResponse:
    """Raise the alarm for the children of a contact."""
    at, viewer = timezone.now(), request.declarer.to_protect()
    contact = queries.get_contact(viewer, reference)
    roles.require(viewer, *actions.RAISERS)
    form = AlarmForm(posted(request))
    if request.method == "POST" and form.is_valid():
        raised = actions.protect_now(contact, form.cleaned_data["reason"], viewer=viewer, at=at)
        if raised.joined:
            messages.warning(request, "Protective work is under way already. What you wrote was added to it.")
        else:
            messages.success(request, "Managers and social workers have been told. Record where each child is.")
        return redirect("contacts:protection", raised.protection.reference)
    page = {
        "head": queries.contact_head(viewer, contact, "protection", at=at),
        "form": form,
        "earlier": queries.protections_of(viewer, contact),
        "hub": hub_settings(),
    }
    return render(request, "contacts/protect.html", page)


@require_safe
def protections(request: HubRequest, reference: str) -> HttpResponse:
    """List the protective work of a contact."""
    contact = queries.get_contact(request.viewer, reference)
    page = {
        "head": queries.contact_head(request.viewer, contact, "protection", at=timezone.now()),
        "earlier": queries.protections_of(request.viewer, contact),
        "nothing": absence(sees_all=queries.sees_protection(request.viewer, contact)),
    }
    return render(request, "contacts/protections.html", page)


@require_safe
def protection(request: HubRequest, reference: str) -> HttpResponse:
    """Show protective work: where each child is, who was told, what was agreed."""
    return _page(request, queries.get_protection(request.viewer, reference))


def _page(
    request: HubRequest, protection: Protection, *, bound: dict[int, WhereaboutsForm] | None = None
) -> HttpResponse:
    shown = queries.protection_page(request.viewer, protection)
    cards = [_card(protection.reference, child, bound or {}) for child in shown.children]
    page = {
        "protection": protection,
        "shown": shown,
        "mask": shown.mask,
        "about": _about(request, protection),
        "cards": cards,
        **_ways(request, shown.contact, shown.mask),
        "moves": _moves(request, protection) if shown.contact else [],
        "colour": shown.contact.colour if shown.contact else "",
        "contact_url": reverse("contacts:contact", args=[shown.contact.reference]) if shown.contact else "",
        "hazards": hazards_of_several(queries.hazards_of(request.viewer, [shown.contact]))
        if shown.contact
        else NOT_SHOWN,
        "reference": protection.reference,
        "whereabouts_forms": [card.form for card in cards if card.form],
    }
    return render(request, "contacts/protection.html", page)


def _about(request: HubRequest, protection: Protection) -> People:
    """Return whom the protective work is about, to whoever still sees its contact."""
    key = protection.contact_id
    return queries.lines_about(request.viewer, contacts=[key], at=timezone.now()).contact(key)


def _ways(request: HubRequest, contact: Contact | None, mask: Mask) -> dict[str, str]:
    """Return how the viewer opens the protected places of a contact that they see."""
    if contact is None:
        return {"opens": "", "places_url": ""}
    masks = masks_of(request.viewer, contact, [], mask)
    return {"opens": masks.opens, "places_url": masks.url}


def _card(reference: str, child: Child, bound: dict[int, WhereaboutsForm]) -> ChildCard:
    if child.position is None or child.has_died:
        return ChildCard(child, None, "")
    form = bound.get(child.position) or WhereaboutsForm(prefix=f"child-{child.position}")
    return ChildCard(child, form, reverse("contacts:whereabouts", args=[reference, child.position]))


def _moves(request: HubRequest, protection: Protection) -> list[Button]:
    open_now = {move.event for move in transitions.moves(protection, PROTECTION, request.viewer)}
    return buttons(open_now, protection.reference, only=PROTECTION, main="protection.convened")


@require_POST
@once
def convene(request: HubRequest, reference: str) -> HttpResponse:
    """Convene a strategy discussion."""
    protection = queries.get_protection_to_change(request.viewer, reference)
    now = actions.convene(protection, viewer=request.viewer, at=timezone.now())
    messages.success(request, f"Now: {now.get_state_display().lower()}. Managers and social workers see it.")
    return redirect("contacts:protection", reference)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def hold(request: HubRequest, reference: str) -> HttpResponse:
    """Record a strategy discussion."""
    at = timezone.now()
    protection = queries.get_protection_to_change(request.viewer, reference)
    roles.require(request.viewer, *CONVENERS)
    form = DiscussionForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.hold_discussion, protection, form.discussion(at=at), viewer=request.viewer, at=at)
    ):
        messages.success(request, "The strategy discussion is recorded.")
        return redirect("contacts:protection", reference)
    return _step_page(request, protection, form, "Record a strategy discussion", "Save the record")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def stand_down(request: HubRequest, reference: str) -> HttpResponse:
    """End protective work that is not needed."""
    protection = queries.get_protection_to_change(request.viewer, reference)
    roles.require(request.viewer, *CONVENERS)
    form = StandDownForm(posted(request))
    if request.method == "POST" and form.is_valid():
        now = actions.stand_down(protection, form.cleaned_data["reason"], viewer=request.viewer, at=timezone.now())
        messages.success(request, f"Now: {now.get_state_display().lower()}. Your reason is kept.")
        return redirect("contacts:protection", reference)
    return _step_page(request, protection, form, "Stand down", "Stand down")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def end_protection(request: HubRequest, reference: str) -> HttpResponse:
    """End protective work after its strategy discussion."""
    protection = queries.get_protection_to_change(request.viewer, reference)
    transitions.require_move(protection, PROTECTION, "protection.ended", request.viewer)
    form = StandDownForm(posted(request))
    end = partial(actions.end_protection, protection, viewer=request.viewer, at=timezone.now())
    if request.method == "POST" and form.is_valid() and attempt(form, end, form.cleaned_data["reason"]):
        messages.success(request, "Protective work has ended. Your reason is kept.")
        return redirect("contacts:protection", reference)
    return _step_page(request, protection, form, "End protective work", "End it")


@require_POST
@once
def whereabouts(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Record where a child is, with whom, and until when that is safe."""
    protection = queries.get_protection_to_change(request.viewer, reference)
    subject = queries.get_subject(request.viewer, protection.contact, position)
    form = WhereaboutsForm(request.POST, prefix=f"child-{position}")
    if form.is_valid():
        said = form.cleaned_data
        keep = partial(
            actions.record_whereabouts,
            protection,
            subject,
            place=said["place"],
            with_whom=said["with_whom"],
            safe_until=said["safe_until"],
            protected_from=said["protected_from"],
        )
        recorded = result_of(form, keep, viewer=request.viewer, at=timezone.now())
        if recorded is not None:
            again = "" if recorded.protection_id == protection.pk else RAISED_AGAIN
            messages.success(request, f"It is recorded where the child is.{again}")
            return redirect("contacts:protection", recorded.protection.reference)
    return _page(request, protection, bound={position: form})


def _step_page(request: HubRequest, protection: Protection, form: HubForm, title: str, button: str) -> HttpResponse:
    page = {
        "protection": protection,
        "about": _about(request, protection),
        "colour": protection.contact.colour,
        "form": form,
        "title": title,
        "button": button,
        "back": reverse("contacts:protection", args=[protection.reference]),
        "reference": protection.reference,
    }
    return render(request, "contacts/protection_form.html", page)
