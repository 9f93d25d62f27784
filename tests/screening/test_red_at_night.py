"""A Red handover that waits at night is the duty team's: a list, a clock, moves and a telephone call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from agencies.access.identity import acting_as
from clock.choices import Measure
from clock.models import Closure, Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken
from common.moments import london_day
from contacts.models import Contact, Report
from notices.models import Notice
from screening import actions
from screening.models import Handover, HandoverExchange
from tests.drawn import text
from tests.people import ClientOf, Person, team
from tests.scenes import screening as cases
from tests.scenes.stages import screened
from tests.work import items_of

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 6, 3, 21, 0, tzinfo=UTC)
OPENING = datetime(2026, 6, 4, 8, 0, tzinfo=UTC)
"""Nine in the morning in London, the next day."""
WAITS = "A Red handover waits for the hub: answer it, send it on, or decide for the night"
RING = "A Red handover waits for its team: ring them if they do not accept in time"
TONIGHT = "The grandmother has them until ten; Omar Haddad rings at seven."


def handed(front_door: Person, screener: Person, at: datetime, exit_: str = "strategy", **changes: object) -> Handover:
    """Return what was handed to the assessment team; a strategy discussion is Red."""
    contact = cases.received(front_door, at, **changes)
    said = cases.handed_to("assessment", exit_)
    return Handover.objects.get(screening=screened(contact, screener, said, at))


@pytest.fixture
def red(front_door: Person, screener: Person) -> Handover:
    """Return a Red handover that waits for its team, late in the evening."""
    return handed(front_door, screener, NIGHT)


def declined(red: Handover, by: Person, at: datetime = NIGHT) -> None:
    with acting_as(by.viewer) as viewer:
        actions.decline_handover(red, "Nobody of us is on call tonight.", viewer=viewer, at=at)


def queried(red: Handover, by: Person, at: datetime = NIGHT) -> None:
    with acting_as(by.viewer) as viewer:
        actions.query_handover(red, "Where are the children now?", viewer=viewer, at=at)


def on_list(who: Person, at: datetime) -> list[tuple[str, str, str]]:
    return [(one.reference, one.todo, one.note) for one in items_of(who.viewer, "screening", at=at)]


def sees(who: Person) -> tuple[int, int, int]:
    with acting_as(who.viewer) as viewer:
        rules = (
            Handover.objects.visible_to(viewer).count(),
            Contact.objects.visible_to(viewer).count(),
            Report.objects.visible_to(viewer).count(),
        )
        assert (Handover.objects.count(), Contact.objects.count(), Report.objects.count()) == rules, "both walls"
    return rules


@pytest.mark.parametrize(
    ("exit_", "danger", "colour"),
    [("strategy", False, "red"), ("assessment", False, "amber"), ("assessment", True, "red")],
)
def test_a_handover_has_a_colour_of_its_own_and_its_clock_has_the_same(
    front_door: Person, screener: Person, exit_: str, danger: bool, colour: str
) -> None:
    sent = handed(front_door, screener, NIGHT, exit_, immediate_danger=danger)
    clock = Deadline.objects.get(subject_id=sent.pk, measure=Measure.ACCEPTANCE)
    with acting_as(front_door.viewer):
        waits = Contact.objects.get(pk=sent.contact_id).red_waits
    assert (sent.colour, clock.colour, waits) == (colour, colour, colour == "red")


def test_out_of_hours_see_what_was_handed_over_as_red_until_a_team_has_it(
    red: Handover, out_of_hours: Person, assessment_worker: Person
) -> None:
    assert sees(out_of_hours) == (1, 1, 1)
    with acting_as(assessment_worker.viewer) as viewer:
        actions.accept_handover(red, viewer=viewer, at=NIGHT)
    assert sees(out_of_hours) == (0, 0, 0)


def test_they_see_no_other_handover(front_door: Person, screener: Person, out_of_hours: Person) -> None:
    handed(front_door, screener, NIGHT, "assessment")
    assert sees(out_of_hours) == (0, 0, 0)


def test_a_red_that_comes_back_at_night_is_on_their_list_with_its_clock_and_by_day_the_managers(
    red: Handover, out_of_hours: Person, mash_manager: Person, assessment_worker: Person
) -> None:
    declined(red, assessment_worker)
    assert on_list(out_of_hours, NIGHT) == [(red.reference, WAITS, "")]
    (line,) = items_of(out_of_hours.viewer, "screening", at=NIGHT)
    assert (line.colour, line.due_at) == ("red", NIGHT + timedelta(minutes=30))
    assert on_list(out_of_hours, OPENING) == []
    assert [one[0] for one in on_list(mash_manager, OPENING)] == [red.reference]


def test_they_ring_the_team_that_has_not_accepted_in_time(red: Handover, out_of_hours: Person) -> None:
    assert on_list(out_of_hours, NIGHT) == [(red.reference, RING, "")]
    (line,) = items_of(out_of_hours.viewer, "screening", at=NIGHT)
    assert line.due_at == NIGHT + timedelta(minutes=30)
    assert on_list(out_of_hours, OPENING) == []


def test_they_answer_the_team(red: Handover, out_of_hours: Person, assessment_worker: Person) -> None:
    queried(red, assessment_worker)
    assert on_list(out_of_hours, NIGHT) == [(red.reference, WAITS, "")]
    with acting_as(out_of_hours.viewer) as viewer:
        given = actions.answer_handover(red, "With their grandmother until ten.", viewer=viewer, at=NIGHT)
    assert (given.state, on_list(out_of_hours, NIGHT)) == ("sent", [(red.reference, RING, "")])


def test_they_send_it_to_a_team_again(red: Handover, out_of_hours: Person, assessment_worker: Person) -> None:
    declined(red, assessment_worker)
    with acting_as(out_of_hours.viewer) as viewer:
        later = NIGHT + timedelta(minutes=5)
        again = actions.send_anew(red, team("assessment").pk, red.text, viewer=viewer, at=later)
        assert (again.colour, again.sent_by_id) == ("red", out_of_hours.membership.pk)
    with acting_as(assessment_worker.viewer) as viewer:
        assert set(Handover.objects.visible_to(viewer).values_list("pk", flat=True)) == {again.pk}
    assert on_list(out_of_hours, NIGHT) == [(again.reference, RING, "")]


@pytest.mark.parametrize(("comes_back", "measure"), [(declined, "release_again"), (queried, "acceptance")])
def test_they_decide_for_the_night_and_the_hubs_clock_begins_at_the_opening(
    red: Handover,
    out_of_hours: Person,
    mash_manager: Person,
    assessment_worker: Person,
    comes_back: Callable[[Handover, Person], None],
    measure: str,
) -> None:
    comes_back(red, assessment_worker)
    with acting_as(out_of_hours.viewer) as viewer:
        actions.decide_for_night(red, TONIGHT, viewer=viewer, at=NIGHT)
        said = HandoverExchange.objects.get(kind="night")
    running = Deadline.objects.open().get(subject_id=red.pk)
    assert (said.text, said.said_by_id) == (TONIGHT, out_of_hours.membership.pk)
    assert (running.measure, running.started_at, running.due_at) == (
        measure,
        OPENING,
        OPENING + timedelta(minutes=30),
    )
    assert on_list(out_of_hours, NIGHT) == [(red.reference, WAITS, "Decided for the night")]
    assert [one[0] for one in on_list(mash_manager, OPENING)] == [red.reference]
    told = Notice.objects.filter(kind="handover.decided_for_night").values_list("membership_id", flat=True)
    assert mash_manager.membership.pk in set(told)


def test_by_day_the_manager_decides(red: Handover, out_of_hours: Person, assessment_worker: Person) -> None:
    declined(red, assessment_worker)
    with acting_as(out_of_hours.viewer) as viewer:
        with pytest.raises(MoveNotAllowed, match="The hub is open"):
            actions.decide_for_night(red, TONIGHT, viewer=viewer, at=OPENING)
        with pytest.raises(RuleBroken):
            actions.decide_for_night(red, " ", viewer=viewer, at=NIGHT)


@pytest.mark.parametrize(
    ("name", "error"), [("mash_manager", NotPermitted), ("screener", NotPermitted), ("social_worker", NotPermitted)]
)
def test_nobody_else_decides_for_the_night(
    request: pytest.FixtureRequest, red: Handover, assessment_worker: Person, name: str, error: type[Exception]
) -> None:
    declined(red, assessment_worker)
    who: Person = request.getfixturevalue(name)
    with acting_as(who.viewer) as viewer, pytest.raises(error):
        actions.decide_for_night(red, TONIGHT, viewer=viewer, at=NIGHT)


def test_out_of_hours_move_nothing_that_is_not_red(
    front_door: Person, screener: Person, out_of_hours: Person, assessment_worker: Person
) -> None:
    amber = handed(front_door, screener, NIGHT, "assessment")
    declined(amber, assessment_worker)
    with acting_as(out_of_hours.viewer) as viewer:
        for move in (actions.decide_for_night, actions.answer_handover):
            with pytest.raises(NotVisible):
                move(amber, TONIGHT, viewer=viewer, at=NIGHT)
        with pytest.raises(NotVisible):
            actions.send_anew(amber, amber.team_id, amber.text, viewer=viewer, at=NIGHT)


def test_whoever_takes_calls_at_night_walks_from_the_list_to_the_decision(
    front_door: Person,
    screener: Person,
    out_of_hours: Person,
    administrator: Person,
    assessment_worker: Person,
    client_of: ClientOf,
) -> None:
    now = timezone.now()
    with acting_as(administrator.viewer):
        for day in (london_day(now), london_day(now) + timedelta(days=1)):
            Closure(day=day, name="Storm").save(force_insert=True)
    red = handed(front_door, screener, now)
    declined(red, assessment_worker, now)
    client = client_of(out_of_hours)
    page = cases.url("handover", red.reference)
    assert page in client.get("/work/").content.decode()
    shown = text(client.get(page))
    assert "Marks on both arms" in shown
    assert "Nobody of us is on call tonight." in shown
    assert client.get(f"/contacts/{red.contact.reference}/").status_code == 200
    red.refresh_from_db()
    said = {"version": red.version, "text": TONIGHT}
    tonight = cases.url("decide_for_night", red.reference)
    assert tonight in client.get(page).content.decode()
    assert client.post(tonight, said).status_code == 302
    assert TONIGHT in text(client.get(page))
