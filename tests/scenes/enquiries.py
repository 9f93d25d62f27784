"""An enquiry whose agencies are asked and answer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from agencies.access.identity import acting_as
from agencies.models import Agency
from common.moments import LONDON
from contacts.models import Contact, Subject
from contacts.rules.intake import Intake
from information_sharing import actions
from information_sharing.models import InformationRequest, Item
from screening.models import Enquiry
from tests.people import Person, agency, person
from tests.scenes.families import OKAFOR_LANE, worry_about
from tests.scenes.kept import kept
from tests.scenes.stages import assigned, brought_in, logged, rated


def _last_tuesday() -> date:
    today = datetime.now(LONDON).date()
    return today - timedelta(days=(today.weekday() - 1) % 7 or 7)


MORNING = datetime.combine(_last_tuesday(), time(10, 30), LONDON).astimezone(UTC)
"""Half past ten in London on the last Tuesday before today: the invented hub's dates are relative to today."""


@dataclass(frozen=True)
class Case:
    """One enquiry with its contact and people."""

    enquiry: Enquiry
    contact: Contact
    mia: Subject
    leo: Subject
    dad: Subject


def intake(**changes: Any) -> Intake:
    """Return a school's worry about two children."""
    return worry_about(OKAFOR_LANE, MORNING, **changes)


@kept
def open_case(*, colour: str = "red", worker: str = "saira_worker", at: datetime = MORNING, **changes: Any) -> Case:
    """Bring a contact into the MASH, rated and assigned."""
    manager = person("maeve_manager")
    contact = logged(intake(**changes), person("fiona_front"), at)
    enquiry = brought_in(contact, person("sunita_screener"), at)
    if colour:
        rated(enquiry, colour, manager, at)
    if worker:
        assigned(enquiry, person(worker), manager, at)
    people = {one.given_name: one for one in Subject.objects.filter(contact=contact)}
    return Case(Enquiry.objects.get(pk=enquiry.pk), contact, people["Mia"], people["Leo"], people["Marcus"])


def ask_for(key: str, *subjects: Subject, **changes: Any) -> actions.Ask:
    """Return a plain request to an agency of the invented hub."""
    start = actions.Ask(
        agency_id=agency(key).pk,
        subject_ids=[one.pk for one in subjects],
        asks="Search your records.",
        purpose="To see whether she is safe.",
        lawful_basis="public_task",
    )
    return replace(start, **changes)


@kept
def ask(
    case: Case, *keys: str, by: Person | None = None, at: datetime = MORNING, **changes: Any
) -> list[InformationRequest]:
    """Ask agencies about Mia, as the assigned social worker."""
    who = by or person("saira_worker")
    with acting_as(who.viewer):
        asks = [ask_for(key, case.mia, **changes) for key in keys]
        return actions.request_information(case.enquiry, asks, viewer=who.viewer, at=at)


def new(text: str = "Seen twice at the walk-in centre.", handling: str = "onward", **changes: Any) -> actions.NewItem:
    """Return an item."""
    return replace(actions.NewItem(text=text, handling=handling), **changes)


@kept
def answer(request: InformationRequest, by: Person, *items: actions.NewItem, at: datetime | None = None) -> list[Item]:
    """Answer a request as somebody of its agency; without items: nothing held."""
    moment = at or MORNING + timedelta(minutes=20)
    with acting_as(by.viewer):
        request = InformationRequest.objects.get(pk=request.pk)
        search = actions.Search("Main system", "Names")
        if items:
            actions.answer_with_items(request, items, search, viewer=by.viewer, at=moment)
        else:
            actions.answer_nothing_held(request, search, viewer=by.viewer, at=moment)
        return list(Item.objects.filter(request=request).order_by("given_at", "id"))


@kept
def seal(request: InformationRequest, by: Person, text: str = "A sealed sentence.", **changes: Any) -> Item:
    """Deposit something for the manager alone."""
    with acting_as(by.viewer):
        return actions.deposit_sealed(
            request, new(text, "manager_only", **changes), viewer=by.viewer, at=MORNING + timedelta(minutes=30)
        )


def ids(rows: Sequence[Any]) -> set[uuid.UUID]:
    """Return the keys of rows, or of what was read of them."""
    return {getattr(row, "pk", None) or row.id for row in rows}


def other_core(*keys: str) -> list[uuid.UUID]:
    """Return the keys of agencies to name for an item."""
    return [agency(key).pk for key in keys]


def all_core() -> set[uuid.UUID]:
    """Return every core agency of the hub."""
    return set(Agency.objects.filter(is_core=True).values_list("pk", flat=True))
