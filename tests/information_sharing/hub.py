"""An invented enquiry, and short ways to ask and to answer in tests. Everything goes through the actions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import contacts.actions
import screening.actions
from agencies.access.identity import acting_as
from agencies.models import Agency
from common.moments import LONDON
from contacts.choices import Channel, FamilyAgreement, PersonKind, ReferrerKind
from contacts.models import Contact, Subject
from contacts.rules.intake import Intake, ReportedPerson, ReportedReferrer
from information_sharing import actions
from information_sharing.models import InformationRequest, Item
from screening.models import Enquiry
from tests.people import Person, agency, person


def _last_tuesday() -> date:
    today = datetime.now(LONDON).date()
    return today - timedelta(days=(today.weekday() - 1) % 7 or 7)


MORNING = datetime.combine(_last_tuesday(), time(10, 30), LONDON).astimezone(UTC)
"""Half past ten in London on the last Tuesday before today: the invented hub's dates are relative to today."""

MIA, LEO, DAD = (
    ReportedPerson(
        given_name="Mia",
        family_name="Okafor-Lane",
        date_of_birth=date(2017, 3, 4),
        nhs_number="9434765919",
        school="Quayside",
    ),
    ReportedPerson(given_name="Leo", family_name="Okafor-Lane", date_of_birth=date(2021, 8, 9)),
    ReportedPerson(kind=PersonKind.ADULT, given_name="Marcus", family_name="Lane", part="father"),
)


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
    start = Intake(
        arrived_at=MORNING,
        channel=Channel.TELEPHONE,
        referrer_kind=ReferrerKind.SCHOOL,
        report="She came with marks on her arm.",
        concern="Marks on an arm that nobody explains.",
        people=(MIA, LEO, DAD),
        referrer=ReportedReferrer(name="Ada Quill", organisation="Quayside Primary", email="office@quayside.invalid"),
        address="4 Harbour Steps, Aldermere",
        agreement=FamilyAgreement.GIVEN,
    )
    return replace(start, **changes)


def open_case(*, colour: str = "red", worker: str = "saira_worker", at: datetime = MORNING, **changes: Any) -> Case:
    """Bring a contact into the MASH, rated and assigned."""
    front, screener, manager = person("fiona_front"), person("sunita_screener"), person("maeve_manager")
    with acting_as(front.viewer):
        contact = contacts.actions.receive_contact(intake(**changes), viewer=front.viewer, at=at)
    with acting_as(screener.viewer, as_of=at):
        enquiry = screening.actions.open_enquiry(contact, viewer=screener.viewer, at=at)
    with acting_as(manager.viewer):
        if colour:
            screening.actions.rate_enquiry(enquiry, colour, reason="As reported.", viewer=manager.viewer, at=at)
        if worker:
            screening.actions.assign_social_worker(enquiry, person(worker).membership.pk, viewer=manager.viewer, at=at)
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
