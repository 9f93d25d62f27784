"""Whoever leaves or is away leaves nothing behind that nobody sees: handed over, covered, and back on return."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

import agencies.actions
import screening.actions
import screening.rules
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Absence, Membership, User
from clock.choices import Measure
from clock.models import Deadline
from common.errors import RuleBroken
from common.moments import london_day, london_moment
from contacts.models import Contact
from information_sharing.models import HeldMarker, Item
from notices.models import Notice
from screening.models import Enquiry
from tests.people import Person, person
from tests.scenes.enquiries import Case, answer, ask, new, open_case, seal
from tests.work import items_of, todos

pytestmark = pytest.mark.django_db

REASSIGN = "Assign again: its social worker is not at work"
GATHER = "Gather information, then recommend"


@pytest.fixture
def at() -> datetime:
    """Return a moment of today: who stands in is asked of the database, which goes by its own clock."""
    return timezone.now()


def gone(member: Membership, *, at: datetime, by: Person) -> None:
    """End a membership as the administrator does."""
    with acting_as(by.viewer) as viewer:
        agencies.actions.end_membership(member, viewer=viewer, at=at)


def away(who: Person, *, at: datetime, by: Person, cover: Person | None = None, days: int = 7) -> Absence:
    """Mark somebody absent from today on."""
    day = london_day(at)
    with acting_as(by.viewer) as viewer:
        return screening.actions.mark_absent(
            who.membership.pk,
            starts_on=day,
            ends_on=day + timedelta(days=days),
            cover_id=cover.membership.pk if cover else None,
            viewer=viewer,
            at=at,
        )


def on_duty(who: Person, *, at: datetime, by: Person) -> None:
    """Put a social worker on duty today."""
    starts_at = london_moment(london_day(at))
    ends_at = starts_at + timedelta(days=1)
    with acting_as(by.viewer) as viewer:
        screening.actions.name_on_duty(who.membership.pk, starts_at=starts_at, ends_at=ends_at, viewer=viewer, at=at)


def sees(who: Person, case: Case) -> bool:
    """Say whether somebody sees the concern of a case, by both walls."""
    with acting_as(who.viewer) as viewer:
        return Contact.objects.visible_to(viewer).filter(pk=case.contact.pk).exists()


def told(kind: str) -> dict[str, int]:
    """Return who was told of a kind of thing inside the hub, and how often."""
    with acting_as(CLOCK):
        rows = Notice.objects.filter(kind=kind, channel="in_app").values_list("membership__user__name", flat=True)
        found: dict[str, int] = {}
        for name in rows:
            found[name] = found.get(name, 0) + 1
        return found


def test_what_a_leaver_held_is_the_managers_at_once(
    at: datetime, social_worker: Person, mash_manager: Person, administrator: Person
) -> None:
    case = open_case(colour="amber")
    assert (case.enquiry.reference, REASSIGN) not in todos(mash_manager.viewer, "screening", at=at)
    gone(social_worker.membership, at=at, by=administrator)
    assert (case.enquiry.reference, REASSIGN) in todos(mash_manager.viewer, "screening", at=at)


def test_a_red_of_a_leaver_is_also_whose_duty_it_is(
    at: datetime, social_worker: Person, other_social_worker: Person, mash_manager: Person, administrator: Person
) -> None:
    red, amber = open_case(), open_case(colour="amber")
    on_duty(other_social_worker, at=at, by=mash_manager)
    assert (sees(other_social_worker, red), sees(other_social_worker, amber)) == (False, False)
    gone(social_worker.membership, at=at, by=administrator)
    assert (sees(other_social_worker, red), sees(other_social_worker, amber)) == (True, False)
    assert todos(other_social_worker.viewer, "sharing", at=at) == [(red.enquiry.reference, GATHER)]


def test_the_sweep_tells_once_and_starts_the_managers_clock(
    at: datetime, social_worker: Person, other_social_worker: Person, mash_manager: Person, administrator: Person
) -> None:
    red, amber = open_case(), open_case(colour="amber")
    on_duty(other_social_worker, at=at, by=mash_manager)
    gone(social_worker.membership, at=at, by=administrator)
    assert [screening.actions.tell_left_behind(viewer=CLOCK, at=at) for _ in range(3)] == [2, 0, 0]
    assert told("enquiry.left_behind") == {"Maeve Connolly": 2, "Martin Ashby": 2}
    assert told("enquiry.on_duty") == {"Sean Duffy": 1}
    with acting_as(CLOCK):
        clocks = Deadline.objects.open().filter(measure=Measure.REASSIGNMENT).order_by("due_at")
        assert [one.subject_id for one in clocks] == [red.enquiry.pk, amber.enquiry.pk]
    with acting_as(mash_manager.viewer) as manager:
        enquiry = Enquiry.objects.get(pk=red.enquiry.pk)
        screening.actions.assign_social_worker(enquiry, other_social_worker.membership.pk, viewer=manager, at=at)
    with acting_as(CLOCK):
        open_ = Deadline.objects.open().filter(measure=Measure.REASSIGNMENT)
        assert [one.subject_id for one in open_] == [amber.enquiry.pk]


def test_an_end_that_simply_comes_needs_nobodys_click(
    at: datetime, social_worker: Person, mash_manager: Person
) -> None:
    case = open_case(colour="amber")
    _over_since_yesterday(social_worker.membership, at=at)
    assert (case.enquiry.reference, REASSIGN) in todos(mash_manager.viewer, "screening", at=at)


def _over_since_yesterday(member: Membership, *, at: datetime) -> None:
    """Let a membership's last day be yesterday."""
    yesterday = london_day(at) - timedelta(days=1)
    with acting_as(person("anton_admin").viewer):
        Membership.objects.filter(pk=member.pk).update(ends_on=yesterday)


def test_a_suspended_account_holds_nothing(
    at: datetime, social_worker: Person, mash_manager: Person, administrator: Person
) -> None:
    case = open_case(colour="amber")
    with acting_as(administrator.viewer):
        User.objects.filter(pk=social_worker.user.pk).update(is_active=False)
    assert (case.enquiry.reference, REASSIGN) in todos(mash_manager.viewer, "screening", at=at)


def test_a_cover_works_on_it_and_it_comes_back(
    at: datetime, social_worker: Person, other_social_worker: Person, mash_manager: Person
) -> None:
    case = open_case()
    absence = away(social_worker, at=at, by=mash_manager, cover=other_social_worker)
    line = next(one for one in items_of(other_social_worker.viewer, "sharing", at=at))
    assert (line.reference, line.todo, line.note) == (case.enquiry.reference, GATHER, "You stand in for Saira Malik")
    assert (case.enquiry.reference, REASSIGN) not in todos(mash_manager.viewer, "screening", at=at)
    with acting_as(other_social_worker.viewer) as viewer:
        asked = ask(case, "police", by=Person(other_social_worker.user, other_social_worker.membership, viewer), at=at)
    assert len(asked) == 1
    with acting_as(mash_manager.viewer) as manager:
        screening.actions.end_absence(absence.pk, viewer=manager, at=at)
    assert (sees(other_social_worker, case), sees(social_worker, case)) == (False, True)
    assert todos(other_social_worker.viewer, "sharing", at=at) == []


def test_a_cover_inherits_nothing_sealed(
    at: datetime, social_worker: Person, other_social_worker: Person, mash_manager: Person, police_officer: Person
) -> None:
    case = open_case()
    request = ask(case, "police")[0]
    seal(request, police_officer)
    answer(request, police_officer, new())
    away(social_worker, at=at, by=mash_manager, cover=other_social_worker)
    with acting_as(other_social_worker.viewer) as viewer:
        assert HeldMarker.objects.visible_to(viewer).count() == 1
        assert [one.handling for one in Item.objects.visible_to(viewer)] == ["onward"]


def test_nobody_who_is_excluded_covers(
    at: datetime, social_worker: Person, other_social_worker: Person, mash_manager: Person
) -> None:
    case = open_case()
    with acting_as(mash_manager.viewer) as manager:
        of_case = screening.rules.case_with(
            contact_id=case.contact.pk,
            reference=case.enquiry.reference,
            enquiry_id=case.enquiry.pk,
            enquiry_reference=case.enquiry.reference,
        )
        whom = screening.rules.Whom("user", other_social_worker.user.pk)
        screening.actions.close_to(of_case, whom, reason="His sister is her aunt.", viewer=manager, at=at)
    with pytest.raises(RuleBroken, match="A conflict of interest excludes them"):
        away(social_worker, at=at, by=mash_manager, cover=other_social_worker)


def test_a_cover_is_of_the_same_agency_and_role(
    at: datetime, social_worker: Person, mash_manager: Person, police_officer: Person, front_door: Person
) -> None:
    with pytest.raises(RuleBroken, match="same agency"):
        away(social_worker, at=at, by=mash_manager, cover=police_officer)
    with pytest.raises(RuleBroken, match="covered by a social worker"):
        away(social_worker, at=at, by=mash_manager, cover=front_door)


def test_without_a_cover_it_waits_for_the_manager(at: datetime, social_worker: Person, mash_manager: Person) -> None:
    case = open_case()
    away(social_worker, at=at, by=mash_manager)
    assert (case.enquiry.reference, REASSIGN) in todos(mash_manager.viewer, "screening", at=at)
    assert sees(social_worker, case) is True
