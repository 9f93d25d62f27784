"""The agency that was asked answers: a first word, not yet, nothing, item by item, held and not shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

import clock.actions as clock
from agencies.access import transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from common.errors import RuleBroken
from contacts.rules.dates import too_far_ahead
from information_sharing import mail, rules
from information_sharing.actions.instructions import agree_at_deposit
from information_sharing.actions.writing import NewItem, check_item, refresh_kind, write_item
from information_sharing.choices import AnswerKind, Handling, WithheldReason
from information_sharing.models import Answer, InformationRequest
from information_sharing.transitions import REQUEST
from notices.actions import notify_holders
from screening.actions import tell_worker


@dataclass(frozen=True)
class Search:
    """Where an agency looked and by what: stands in its answer, and is offered again the next time."""

    systems: str = ""
    identifiers: str = ""


@transaction.atomic
def give_first_word(request: InformationRequest, *, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """Say that the agency has seen the request and is on it.

    Raises:
        NotPermitted: the viewer is not of the agency that was asked.
        MoveNotAllowed: there was word already.
        StaleRecord: somebody changed it since.
    """
    transitions.apply(request, "request.heard", table=REQUEST, viewer=viewer, at=at, version=version, first_word_at=at)
    clock.meet_deadline("request", request.pk, Measure.FIRST_WORD, at=at)


@transaction.atomic
def cannot_search_yet(
    request: InformationRequest, until: datetime, *, viewer: Viewer, at: datetime, version: int | None = None
) -> None:
    """Say until when the agency cannot search. It stays unanswered and its clock runs on.

    Raises:
        RuleBroken: the moment has passed.
        MoveNotAllowed: it was answered or withdrawn.
    """
    if wrong := too_far_ahead(until, at=at, what="That time"):
        raise RuleBroken(wrong, field="until")
    if until <= at:
        raise RuleBroken("Give a time that is still to come: when will you be able to search?", field="until")
    first = request.first_word_at or at
    transitions.apply(
        request,
        "request.cannot_search",
        table=REQUEST,
        viewer=viewer,
        at=at,
        version=version,
        cannot_until=until,
        first_word_at=first,
    )
    clock.meet_deadline("request", request.pk, Measure.FIRST_WORD, at=at)
    tell_of_answer(request, at=at)


@transaction.atomic
def answer_nothing_held(
    request: InformationRequest, search: Search, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Answer:
    """Answer that nothing is held; reads like an answer of sealed items alone.

    Raises:
        NotPermitted: the viewer is not of the agency that was asked.
        MoveNotAllowed: it was answered or withdrawn.
    """
    return _answer(request, AnswerKind.NOTHING_TO_SHARE, search, viewer=viewer, at=at, version=version)


@transaction.atomic
def answer_withheld(
    request: InformationRequest,
    reason: str,
    search: Search,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Answer:
    """Answer that something is held and not shared, with a reason from the list.

    Raises:
        RuleBroken: no reason from the list.
        MoveNotAllowed: it was answered or withdrawn.
    """
    if reason not in WithheldReason.values:
        raise RuleBroken("Choose why it is not shared.", field="reason")
    return _answer(
        request, AnswerKind.HELD_NOT_SHARED, search, viewer=viewer, at=at, version=version, withheld_reason=reason
    )


@transaction.atomic
def answer_with_items(
    request: InformationRequest,
    items: Sequence[NewItem],
    search: Search,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Answer:
    """Answer item by item, each with the handling that the owner judged.

    Raises:
        RuleBroken: there is no item, or one of them is not complete.
        NotVisible: an item is about somebody who is not in the request.
        MoveNotAllowed: it was answered or withdrawn.
    """
    if not items:
        raise RuleBroken("Give at least one item, or answer that nothing is held.")
    for new in items:
        check_item(new, request, at=at)
    kind = rules.kind_of_answer(new.handling for new in items)
    answer = _answer(request, kind, search, viewer=viewer, at=at, version=version)
    for new in items:
        item = write_item(new, request, viewer=viewer, at=at)
        if new.handling == Handling.MANAGER_ONLY and new.door_words.strip():
            agree_at_deposit(item, new.door_words, viewer=viewer, at=at)
    if any(new.handling == Handling.MANAGER_ONLY for new in items):
        tell_managers(request, at=at)
    return answer


@transaction.atomic
def add_items(
    request: InformationRequest, items: Sequence[NewItem], *, viewer: Viewer, at: datetime, version: int | None = None
) -> None:
    """Add new information after the answer. What is confidential is deposited instead, which changes nothing here.

    Raises:
        RuleBroken: there is no item, one is not complete, or one is for the manager alone.
        MoveNotAllowed: the request is not answered yet.
    """
    if not items:
        raise RuleBroken("Give at least one item.")
    for new in items:
        if new.handling == Handling.MANAGER_ONLY:
            raise RuleBroken("Submit what only the MASH manager may read on the confidential page.", field="handling")
        check_item(new, request, at=at)
    transitions.apply(request, "request.item_added", table=REQUEST, viewer=viewer, at=at, version=version)
    for new in items:
        write_item(new, request, viewer=viewer, at=at)
    refresh_kind(request)
    tell_of_answer(request, at=at)


def _answer(
    request: InformationRequest,
    kind: AnswerKind,
    search: Search,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None,
    withheld_reason: str = "",
) -> Answer:
    transitions.apply(
        request,
        "request.answered",
        table=REQUEST,
        viewer=viewer,
        at=at,
        version=version,
        answered_at=at,
        first_word_at=request.first_word_at or at,
    )
    answer = Answer(
        request=request,
        kind=kind,
        withheld_reason=withheld_reason,
        systems_searched=search.systems.strip()[:300],
        identifiers_used=search.identifiers.strip()[:300],
        searched_at=at,
        given_by_id=viewer.member,
    )
    answer.save(force_insert=True)
    clock.meet_deadline("request", request.pk, at=at)
    tell_of_answer(request, at=at)
    return answer


def tell_of_answer(request: InformationRequest, *, at: datetime) -> None:
    """Tell whoever works on the enquiry that there is word; where nobody does, the managers."""
    tell_worker(mail.request_answered(request.reference, request.enquiry.reference), request.enquiry_id, at=at)


def tell_managers(request: InformationRequest, *, at: datetime) -> None:
    """Tell the managers, and nobody else, that something confidential was deposited."""
    notify_holders(mail.sealed_deposited(request.enquiry.reference), Role.MANAGER, at=at)
