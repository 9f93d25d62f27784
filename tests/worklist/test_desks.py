"""What a desk of the hub leaves, its manager has: nobody is at work there, or the case is closed to each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

import agencies.actions
import screening.actions
from agencies.access.identity import acting_as
from agencies.choices import AgencyKind
from agencies.models import Membership
from common.moments import london_day
from contacts.models import Contact
from screening.choices import Exit
from screening.models import Handover
from screening.rules import Case as Closed
from screening.rules import Whom, case_with
from tests.decisions.test_corrections import LATER, corrected, passed_on
from tests.people import Person, person
from tests.scenes.case import Case
from tests.scenes.screening import decision, handed_over, received, with_panel_of_several
from tests.scenes.stages import screened
from tests.work import items_of

pytestmark = pytest.mark.django_db
WHY = "They live next door to this family."


@pytest.fixture
def at() -> datetime:
    """Return a moment of today: who is at work is asked of the database, which goes by its own clock."""
    return timezone.now()


def at_desk(role: str, *kinds: str) -> list[Membership]:
    """Return everybody of a role; of some kinds of agency, where any is named."""
    with acting_as(person("anton_admin").viewer):
        rows = Membership.objects.in_force(london_day(timezone.now())).select_related("user", "agency")
        return [one for one in rows if role in one.roles and (not kinds or one.agency.kind in kinds)]


FRONT_DOOR = ("front_door",)
DECISION_MAKERS = ("screener", AgencyKind.SOCIAL_CARE)


def leave(who: Membership, contact: Contact, at: datetime) -> None:
    with acting_as(person("anton_admin").viewer) as administrator:
        agencies.actions.end_membership(who, viewer=administrator, at=at)


def are_away(who: Membership, contact: Contact, at: datetime) -> None:
    with acting_as(person("maeve_manager").viewer) as manager:
        day = london_day(at)
        screening.actions.mark_absent(who.pk, starts_on=day, ends_on=day, viewer=manager, at=at)


def are_excluded(who: Membership, contact: Contact, at: datetime) -> None:
    with acting_as(person("maeve_manager").viewer) as manager:
        screening.actions.close_to(of(contact), Whom("membership", who.pk), reason=WHY, viewer=manager, at=at)


def of(contact: Contact) -> Closed:
    contact.refresh_from_db()
    return case_with(
        contact_id=contact.pk,
        reference=contact.reference,
        enquiry_id=contact.enquiry_id,
        enquiry_reference=contact.enquiry_reference,
    )


Mishap = Callable[[Membership, Contact, datetime], None]
MISHAPS = pytest.mark.parametrize("mishap", [leave, are_away, are_excluded])


def lines(who: Person, reference: str, at: datetime) -> list[str]:
    """Return in which sections a record stands on somebody's list."""
    return [one.section for one in items_of(who.viewer, at=at) if one.reference == reference]


def new(at: datetime) -> tuple[Contact, str]:
    """Return a contact that nobody has claimed or screened."""
    contact = received(person("fiona_front"), at)
    return contact, contact.reference


def ended(at: datetime) -> tuple[Contact, str]:
    """Return a contact that has ended, whose referrer and family were told nothing."""
    contact = Case(at).ended()
    return contact, contact.reference


@MISHAPS
@pytest.mark.parametrize(
    ("scene", "desk", "before", "after"),
    [
        (new, FRONT_DOOR, [], ["contacts.to_take"]),
        (new, DECISION_MAKERS, [], ["screening.to_screen"]),
        (ended, FRONT_DOOR, [], ["decisions.to_tell", "decisions.to_write"]),
        (ended, DECISION_MAKERS, [], []),
    ],
    ids=["new, front door", "new, decision maker", "ended, front door", "ended, decision maker"],
)
def test_what_a_desk_leaves_is_the_managers(
    mishap: Mishap,
    scene: Callable[[datetime], tuple[Contact, str]],
    desk: tuple[str, ...],
    before: list[str],
    after: list[str],
    at: datetime,
    mash_manager: Person,
) -> None:
    contact, reference = scene(at)
    *others, last = at_desk(*desk)
    for one in others:
        mishap(one, contact, at)
    assert lines(mash_manager, reference, at) == before
    mishap(last, contact, at)
    assert sorted(lines(mash_manager, reference, at)) == after


@MISHAPS
def test_the_manager_can_do_it(mishap: Mishap, at: datetime, mash_manager: Person) -> None:
    contact, reference = new(at)
    for one in at_desk(*DECISION_MAKERS):
        mishap(one, contact, at)
    assert lines(mash_manager, reference, at) == ["screening.to_screen"]
    screened(contact, mash_manager, decision(Exit.MASH), at)
    assert lines(mash_manager, reference, at) == ["contacts.to_acknowledge"]


def test_a_panel_goes_on_with_the_manager(at: datetime, administrator: Person, mash_manager: Person) -> None:
    with_panel_of_several(administrator)
    contact, reference = new(at)
    with acting_as(mash_manager.viewer) as viewer:
        screening.actions.send_to_panel(contact, viewer=viewer, at=at)
    assert lines(mash_manager, reference, at) == []
    for one in at_desk(*DECISION_MAKERS):
        leave(one, contact, at)
    assert lines(mash_manager, reference, at) == ["screening.to_view"]


def test_who_is_no_manager_learns_nothing(at: datetime, social_worker: Person, police_officer: Person) -> None:
    contact, reference = new(at)
    for desk in (FRONT_DOOR, DECISION_MAKERS):
        for one in at_desk(*desk):
            leave(one, contact, at)
    assert [lines(who, reference, at) for who in (social_worker, police_officer)] == [[], []]


@MISHAPS
def test_a_team_with_nobody_left_to_take_it_over_is_rung(
    mishap: Mishap, at: datetime, front_door: Person, screener: Person, mash_manager: Person
) -> None:
    handover: Handover = handed_over(front_door, screener, at)
    assert lines(mash_manager, handover.reference, at) == []
    for one in at_desk("receiving_worker"):
        if one.team_id == handover.team_id:
            mishap(one, handover.contact, at)
    assert lines(mash_manager, handover.reference, at) == ["screening.to_ring"]


@MISHAPS
def test_a_summary_with_nobody_left_to_take_it_over_is_rung(mishap: Mishap, at: datetime, mash_manager: Person) -> None:
    case = Case(at)
    [summary] = case.out()
    assert lines(mash_manager, summary.reference, at) == []
    for one in at_desk("receiving_worker"):
        if one.team_id == summary.team_id:
            mishap(one, case.contact, at)
    assert lines(mash_manager, summary.reference, at) == ["decisions.to_ring"]


@MISHAPS
def test_a_correction_that_nobody_is_left_to_read_is_rung(mishap: Mishap, at: datetime, mash_manager: Person) -> None:
    case = Case(at).in_mash()
    case.asked("police")
    [notice] = passed_on(case, case.manager, corrected(case, case.manager))
    assert "decisions.to_ring_correction" not in lines(mash_manager, notice.reference, at + LATER)
    for role in ("researcher", "lead"):
        for one in at_desk(role, AgencyKind.POLICE):
            mishap(one, case.contact, at)
    assert lines(mash_manager, notice.reference, at + LATER) == ["decisions.to_ring_correction"]
