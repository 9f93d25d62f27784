"""Agencies are asked about a story and answer, each by its own researcher or on the telephone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from common.moments import london_day
from demo.builder.journey import Journey
from demo.shapes import AskText, SealedItem
from demo.shapes import ItemText as SaidText
from information_sharing import actions
from information_sharing.actions import Ask, Confirmed, NewItem, Search
from information_sharing.choices import Handling
from information_sharing.models import InformationRequest, Item, ItemText


def authorise(journey: Journey) -> None:
    """Let the manager say why agencies are asked without the family's agreement, where there is none."""
    if not journey.case.authority:
        return
    with acting_as(journey.manager) as viewer:
        reason, at = journey.case.authority, journey.pace.after(4)
        actions.authorise_sharing(journey.enquiry, reason, viewer=viewer, at=at)


def ask(journey: Journey) -> None:
    """Let the social worker ask every agency of the story, each in its own words."""
    asks = [
        Ask(
            agency_id=journey.hub.agencies[text.agency].pk,
            subject_ids=[journey.people[key].pk for key in text.about],
            asks=text.asks,
            purpose=text.purpose,
            lawful_basis=text.basis,
            concern=text.concern,
            with_address=not journey.case.contact.address_is_protected,
        )
        for text in journey.case.asks
    ]
    with acting_as(journey.worker) as viewer:
        at = journey.pace.after(9)
        made = actions.request_information(journey.enquiry, asks, viewer=viewer, at=at)
    journey.requests = {text.agency: request for text, request in zip(journey.case.asks, made, strict=True)}


def hear(journey: Journey, text: AskText) -> None:
    """Let an agency say that it has the request."""
    if text.who:
        with acting_as(journey.who(text.who)) as viewer:
            actions.give_first_word(journey.requests[text.agency], viewer=viewer, at=journey.pace.after(6))


def cannot_search(journey: Journey, text: AskText) -> None:
    """Let an agency say until when it cannot search."""
    if text.who:
        with acting_as(journey.who(text.who)) as viewer:
            at = journey.pace.after(8)
            until = journey.pace.limit + timedelta(hours=3)
            actions.cannot_search_yet(journey.requests[text.agency], until, viewer=viewer, at=at)


def answer_all(journey: Journey) -> None:
    """Let every agency answer."""
    for text in journey.case.asks:
        answer(journey, text)


def answer(journey: Journey, text: AskText) -> None:
    """Let one agency answer: by its researcher, or on the telephone where the story says so."""
    if text.spoken_by:
        _answer_by_telephone(journey, text)
        return
    request = journey.requests[text.agency]
    with acting_as(journey.who(text.who)) as viewer:
        if text.sealed:
            _seal(journey, request, text.sealed, viewer)
        _answer(journey, request, text, viewer)


def _answer(journey: Journey, request: InformationRequest, text: AskText, viewer: Viewer) -> None:
    search, at = Search(text.systems, text.identifiers), journey.pace.after(13)
    if text.withheld:
        actions.answer_withheld(request, text.withheld, search, viewer=viewer, at=at)
    elif text.items:
        items = _items(journey, text.items)
        actions.answer_with_items(request, items, search, viewer=viewer, at=at)
    else:
        actions.answer_nothing_held(request, search, viewer=viewer, at=at)


def _items(journey: Journey, items: Sequence[SaidText]) -> list[NewItem]:
    today = london_day(journey.pace.moment)
    return [
        NewItem(
            text=item.text,
            handling=item.handling,
            subject_id=journey.people[item.about].pk if item.about else None,
            theme=item.theme,
            occurred_on=item.occurred_on(today),
            precision=item.precision,
            source=item.source,
            needed_at_night=item.needed_at_night,
            named=[journey.hub.agencies[key].pk for key in item.named if key in journey.requests],
        )
        for item in items
    ]


def _seal(journey: Journey, request: InformationRequest, sealed: SealedItem, viewer: Viewer) -> None:
    at = journey.pace.after(5)
    new = NewItem(
        text=sealed.text,
        handling=Handling.MANAGER_ONLY,
        subject_id=journey.people[sealed.about].pk if sealed.about else None,
        theme=sealed.theme,
        occurred_on=None if sealed.days_ago is None else london_day(at) - timedelta(days=sealed.days_ago),
    )
    actions.deposit_sealed(request, new, viewer=viewer, at=at)


def _answer_by_telephone(journey: Journey, text: AskText) -> None:
    request = journey.requests[text.agency]
    with acting_as(journey.worker) as viewer:
        items, at = _items(journey, text.items), journey.pace.after(10)
        actions.record_spoken_answer(request, text.spoken_by, items, viewer=viewer, at=at, systems=text.systems)


def confirm(journey: Journey, text: AskText) -> None:
    """Let an agency confirm what was taken down for it, with the handling that it chooses."""
    if not (text.spoken_by and text.who):
        return
    request = journey.requests[text.agency]
    handling = {item.text: item.handling for item in text.items}
    with acting_as(journey.who(text.who)) as viewer:
        request.refresh_from_db()
        texts = ItemText.objects.filter(item__request=request)
        confirmed = [Confirmed(row.item_id, row.text, handling[row.text]) for row in texts]
        actions.confirm_answer(request, confirmed, viewer=viewer, at=journey.pace.after(7))


def propose_instruction(journey: Journey) -> None:
    """Let the manager propose a safety instruction to the owner of what was sealed."""
    sealed = _sealed(journey)
    if sealed is None:
        return
    with acting_as(journey.manager) as viewer:
        item = Item.objects.visible_to(viewer).get(enquiry=journey.enquiry, handling=Handling.MANAGER_ONLY)
        at = journey.pace.after(6)
        journey.instruction = actions.propose_instruction(item, sealed[1].proposed, viewer=viewer, at=at)


def agree_instruction(journey: Journey) -> None:
    """Let the owner agree the instruction in its own words."""
    sealed = _sealed(journey)
    if sealed is None or journey.instruction is None:
        return
    with acting_as(journey.who(sealed[0].who)) as viewer:
        at = journey.pace.after(9)
        actions.agree_instruction(journey.instruction, sealed[1].agreed, viewer=viewer, at=at)


def refuse_instruction(journey: Journey) -> None:
    """Let the owner refuse: it goes to its lead."""
    sealed = _sealed(journey)
    if sealed is None or journey.instruction is None:
        return
    with acting_as(journey.who(sealed[0].who)) as viewer:
        actions.refuse_instruction(journey.instruction, viewer=viewer, at=journey.pace.after(9))


def _sealed(journey: Journey) -> tuple[AskText, SealedItem] | None:
    return next(((text, text.sealed) for text in journey.case.asks if text.sealed), None)
