"""What an agency says by telephone: the social worker takes it down, the agency owns and confirms it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

import clock.actions as clock
from agencies.access import transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure, Start
from clock.rules.subject import Owing
from clock.rules.subject import Subject as About
from common.errors import MoveNotAllowed, NotVisible, RuleBroken
from information_sharing import mail, rules
from information_sharing.actions.answering import tell_of_answer
from information_sharing.actions.writing import NewItem, check_item, write_item, write_text
from information_sharing.choices import Handling
from information_sharing.models import Answer, InformationRequest, Item, ItemText
from information_sharing.transitions import REQUEST
from notices.actions import notify_holders


@transaction.atomic
def record_spoken_answer(
    request: InformationRequest,
    spoken_by: str,
    items: Sequence[NewItem],
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    systems: str = "",
) -> Answer:
    """Take down what an agency said. It owns the items; they stay inside the hub until it has confirmed them.

    Args:
        spoken_by: post and name of whoever spoke.
        items: none means that nothing is held.

    Raises:
        NotPermitted: the viewer is neither the assigned social worker nor the manager.
        MoveNotAllowed: it was answered or withdrawn.
        RuleBroken: nobody is named, or an item is not complete.
    """
    if not spoken_by.strip():
        raise RuleBroken("Write who spoke for the agency: post and name.", field="spoken_by")
    inside = [replace(item, handling=Handling.HUB_ONLY, needed_at_night=False, named=()) for item in items]
    for item in inside:
        check_item(item, request, at=at)
    transitions.apply(
        request,
        "request.answered_by_telephone",
        table=REQUEST,
        viewer=viewer,
        at=at,
        version=version,
        answered_at=at,
        first_word_at=request.first_word_at or at,
    )
    answer = _taken_down(request, inside, spoken_by, systems, viewer=viewer, at=at)
    for item in inside:
        write_item(item, request, viewer=viewer, at=at, is_spoken=True)
    clock.meet_deadline("request", request.pk, at=at)
    _start_confirmation(request, at=at)
    message = mail.answer_to_confirm(request.reference)
    notify_holders(message, Role.RESEARCHER, Role.LEAD, agency_id=request.agency_id, at=at)
    return answer


def _start_confirmation(request: InformationRequest, *, at: datetime) -> None:
    """Start the agency's clock: until it confirms, what was said stays inside the hub."""
    enquiry = request.enquiry
    clock.start_if_measured(
        About(
            "request",
            request.pk,
            request.reference,
            enquiry_id=enquiry.pk,
            enquiry_reference=enquiry.reference,
            case_id=enquiry.pk,
        ),
        Measure.CONFIRMATION,
        moments=dict.fromkeys(Start, at),
        owing=Owing(agency_id=request.agency_id, membership_id=enquiry.social_worker_id),
        at=at,
    )


def _taken_down(
    request: InformationRequest, items: Sequence[NewItem], spoken_by: str, systems: str, *, viewer: Viewer, at: datetime
) -> Answer:
    answer = Answer(
        request=request,
        kind=rules.kind_of_answer(item.handling for item in items),
        systems_searched=systems.strip()[:300],
        searched_at=at,
        given_by_id=viewer.member,
        is_spoken=True,
        spoken_by=spoken_by.strip()[:120],
    )
    answer.save(force_insert=True)
    return answer


@dataclass(frozen=True)
class Confirmed:
    """One item of a spoken answer as its owner lets it stand."""

    item_id: uuid.UUID
    text: str
    handling: str


@transaction.atomic
def confirm_answer(
    request: InformationRequest,
    confirmed: Sequence[Confirmed],
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Confirm the telephone answer, put right and with the handling that the owner chooses.

    Raises:
        NotPermitted: the viewer is not of the agency that was asked.
        MoveNotAllowed: there is nothing to confirm.
        RuleBroken: an item is missing, empty, or has no handling that fits.
    """
    transitions.apply(request, "request.answer_confirmed", table=REQUEST, viewer=viewer, at=at, version=version)
    answer = Answer.objects.filter(request=request, is_spoken=True, confirmed_at__isnull=True).first()
    if answer is None:
        raise MoveNotAllowed(
            f"There is nothing to confirm on {request}: it was confirmed before, or was not given by telephone."
        )
    items = {item.pk: item for item in Item.objects.given().filter(request=request, is_spoken=True)}
    if not {one.item_id for one in confirmed} <= items.keys():
        raise NotVisible
    if len(confirmed) != len(items):
        raise RuleBroken("Something was changed on this answer meanwhile. Open it again and confirm every item.")
    for one in confirmed:
        _settle(items[one.item_id], one, viewer=viewer, at=at)
    answer.confirmed_at = at
    answer.confirmed_by_id = viewer.member
    answer.save(update_fields=["confirmed_at", "confirmed_by"])
    clock.meet_deadline("request", request.pk, Measure.CONFIRMATION, at=at)
    tell_of_answer(request, at=at)


def _settle(item: Item, confirmed: Confirmed, *, viewer: Viewer, at: datetime) -> None:
    if confirmed.handling not in {Handling.ONWARD, Handling.HUB_ONLY}:
        raise RuleBroken(
            "Choose how far each item may be shared. What only the MASH manager should read is submitted afterwards.",
            field="handling",
        )
    if not confirmed.text.strip():
        raise RuleBroken("Write what was said, or withdraw the item after confirming.", field="text")
    latest = ItemText.objects.filter(item=item).order_by("-version").values_list("text", flat=True).first()
    if confirmed.handling == item.handling and confirmed.text.strip() == latest:
        return
    saved = transitions.save_versioned(item, viewer=viewer, version=None, handling=confirmed.handling)
    if confirmed.text.strip() != latest:
        write_text(saved, confirmed.text, viewer=viewer, at=at)
