"""Reading the clock, and who may."""

from __future__ import annotations

import uuid

import pytest

from agencies.access import firewall
from agencies.access.viewer import CLOCK, NOBODY, PUBLIC, Viewer
from audit.models import Event
from clock import actions, queries
from clock.choices import Colour, Measure, Start
from clock.models import BreachReason, Deadline, Escalation
from clock.rules.subject import Owing
from common.errors import Conflict, NotPermitted, NotVisible, RuleBroken
from tests.clock.conftest import MONDAY, Starter, enquiry_subject, request_subject
from tests.clock.times import london
from tests.people import Person, person

pytestmark = pytest.mark.django_db

NOON = london("2027-02-01 12:00")
LATE = london("2027-02-01 14:00")


def test_one_query_for_a_whole_list(decision: Starter, django_assert_num_queries: object) -> None:
    made = [decision() for _ in range(10)]
    for count in (2, 10):
        with django_assert_num_queries(1):  # type: ignore[operator]
            found = queries.deadlines_for([one.subject_id for one in made[:count]], at=NOON)
        assert len(found) == count


def test_the_clocks_of_a_record(decision: Starter) -> None:
    made = decision(own_due_at=london("2027-02-01 13:00"))
    sight = actions.start_deadline(
        enquiry_subject(made.subject_id), Measure.FIRST_SIGHT, moments={Start.ARRIVAL: MONDAY}, at=MONDAY
    )
    actions.meet_deadline("enquiry", made.subject_id, Measure.FIRST_SIGHT, at=london("2027-02-01 10:00"))
    found = queries.deadlines_for([made.subject_id, uuid.uuid4()], at=NOON)
    assert list(found) == [made.subject_id]
    shown = [(one.deadline_id, one.label, one.colour_name, one.state, one.words) for one in found[made.subject_id]]
    assert shown == [
        (sight.pk, "First social work review", "", "met", "Done 10:00, due 10:30"),
        (made.pk, "Decision", "Red", "running", "1 hour left, due 13:00"),
    ]
    last = found[made.subject_id][1]
    assert (last.is_open, last.is_overdue, last.is_late, last.own_due_at) == (True, False, False, made.own_due_at)
    assert last.explanation == tuple(made.sentences)


def test_overdue_is_computed_when_it_is_read(decision: Starter) -> None:
    made = decision()
    states = [queries.countdown(made, at=at) for at in (made.due_at, LATE)]
    assert [(one.state, one.is_overdue, one.is_late) for one in states] == [
        ("running", False, False),
        ("overdue", True, True),
    ]


def test_replaced_clocks_are_left_out_and_can_be_looked_up(decision: Starter, mash_manager: Person) -> None:
    made = decision("amber")
    actions.rerate_deadlines(made.subject_id, Colour.RED, at=NOON)
    assert [one.colour for one in queries.deadlines_for([made.subject_id], at=NOON)[made.subject_id]] == ["red"]
    earlier = queries.earlier_statements(mash_manager.viewer, [made.subject_id], at=NOON)
    assert [(one.colour, one.state) for one in earlier] == [("amber", "cancelled")]


def test_first_due(decision: Starter, answer: Starter) -> None:
    late, soon = decision("amber"), answer()
    clocks = [queries.countdown(one, at=MONDAY) for one in (late, soon)]
    assert queries.first_due(clocks) == clocks[1]
    assert queries.first_due(clocks, Measure.DECISION) == clocks[0]
    assert queries.first_due(clocks, Measure.FEEDBACK) is None


def test_the_worklist_has_the_longest_overdue_first(decision: Starter, mash_manager: Person) -> None:
    running, overdue = decision("green"), decision("red")
    found = queries.open_deadlines(mash_manager.viewer, at=LATE)
    assert [one.deadline_id for one in found] == [overdue.pk, running.pk]
    assert [one.deadline_id for one in queries.open_deadlines(mash_manager.viewer, at=LATE, colour="green")] == [
        running.pk
    ]
    assert queries.open_deadlines(mash_manager.viewer, at=LATE, measures=[Measure.FEEDBACK]) == []
    assert len(queries.open_deadlines(mash_manager.viewer, at=LATE, limit=1)) == 1


def test_the_worklist_of_a_worker(decision: Starter, social_worker: Person, other_social_worker: Person) -> None:
    mine, other = decision(), decision()
    actions.assign_deadlines(mine.subject_id, social_worker.membership.pk)
    actions.assign_deadlines(other.subject_id, other_social_worker.membership.pk)
    for only in (True, False):
        found = queries.open_deadlines(social_worker.viewer, at=LATE, mine=only)
        assert [one.deadline_id for one in found] == [mine.pk]


@pytest.fixture
def one_of_each(decision: Starter, answer: Starter) -> dict[str, Deadline]:
    enquiry = decision("red")
    police, health = person("police_researcher").membership, person("health_researcher").membership
    team = person("asha_assessment").membership.team
    assert team
    about = enquiry_subject(enquiry.subject_id)
    sight = actions.start_deadline(about, Measure.FIRST_SIGHT, moments={Start.ARRIVAL: MONDAY}, at=MONDAY)
    accept = actions.start_deadline(
        request_subject(enquiry.subject_id),
        Measure.ACCEPTANCE,
        moments={Start.SENDING: MONDAY},
        colour="red",
        owing=Owing(team_id=team.pk),
        at=MONDAY,
    )
    return {
        "decision": enquiry,
        "amber": decision("amber"),
        "sight": sight,
        "police": answer(subject=request_subject(enquiry.subject_id), owing=Owing(agency_id=police.agency_id)),
        "health": answer(subject=request_subject(enquiry.subject_id), owing=Owing(agency_id=health.agency_id)),
        "accept": accept,
    }


SEEN = [
    ("maeve_manager", "decision amber sight police health accept"),
    ("fiona_front", "decision amber sight"),
    ("sunita_screener", "decision amber sight"),
    ("saira_worker", "sight"),
    ("omar_nights", "decision"),
    ("police_researcher", "police"),
    ("police_lead", "police"),
    ("health_researcher", "health"),
    ("yos_researcher", ""),
    ("asha_assessment", ""),  # As the summary or the handover that runs by it, and none is there.
    ("ella_early_help", ""),
    ("rhona_reviewer", ""),
    ("audrey_auditor", ""),
    ("anton_admin", ""),
]


@pytest.mark.parametrize(("who", "names"), SEEN)
def test_who_sees_which_deadline(one_of_each: dict[str, Deadline], who: str, names: str) -> None:
    assert visible(person(who).viewer, one_of_each) == names.split()


@pytest.mark.parametrize(
    ("viewer", "names"), [(NOBODY, ""), (PUBLIC, ""), (CLOCK, "decision amber sight police health accept")]
)
def test_what_the_systems_own_viewers_see(one_of_each: dict[str, Deadline], viewer: Viewer, names: str) -> None:
    assert visible(viewer, one_of_each) == names.split()


def visible(viewer: Viewer, known: dict[str, Deadline]) -> list[str]:
    seen = {one.deadline_id for one in queries.open_deadlines(viewer, at=NOON)}
    return [name for name, deadline in known.items() if deadline.pk in seen]


def test_a_deadline_is_fetched_by_the_rule_of_the_list(one_of_each: dict[str, Deadline]) -> None:
    police = person("police_researcher").viewer
    assert queries.get_deadline(police, one_of_each["police"].pk) == one_of_each["police"]
    with pytest.raises(NotVisible):
        queries.get_deadline(police, one_of_each["health"].pk)


def test_the_clocks_of_an_enquiry(one_of_each: dict[str, Deadline], mash_manager: Person) -> None:
    enquiry_id = one_of_each["decision"].subject_id
    actions.meet_deadline("enquiry", enquiry_id, Measure.FIRST_SIGHT, at=NOON)
    found = queries.enquiry_deadlines(mash_manager.viewer, enquiry_id, at=NOON)
    assert [(one.measure, one.state) for one in found] == [
        ("acceptance", "overdue"),
        ("first_sight", "met_late"),
        ("full_answer", "overdue"),
        ("full_answer", "overdue"),
        ("decision", "running"),
    ]
    police = queries.enquiry_deadlines(person("police_researcher").viewer, enquiry_id, at=NOON)
    assert [one.deadline_id for one in police] == [one_of_each["police"].pk]


def test_steps_taken_are_seen_with_their_deadline(one_of_each: dict[str, Deadline]) -> None:
    actions.claim_due(at=LATE, batch=100)
    seen = Escalation.objects.visible_to(person("police_researcher").viewer)
    assert set(seen.values_list("deadline_id", flat=True)) == {one_of_each["police"].pk}
    assert str(seen.first()).startswith(str(one_of_each["police"].pk))


def test_why_it_was_late(one_of_each: dict[str, Deadline], police_lead: Person, mash_manager: Person) -> None:
    late = one_of_each["police"]
    given = actions.give_breach_reason(late, "  The index was down.  ", viewer=police_lead.viewer, at=LATE)
    assert (given.text, given.given_by_id, given.given_at) == ("The index was down.", police_lead.membership.pk, LATE)
    event = Event.objects.get(verb="deadline.breach_explained")
    assert (event.record_id, event.reference, event.enquiry_id) == (late.pk, "R-2345-6789", late.enquiry_id)
    assert event.details == {"measure": "full_answer"}
    for reader, texts in (
        (mash_manager, ["The index was down."]),
        (police_lead, ["The index was down."]),
        (person("police_researcher"), []),
        (person("saira_worker"), []),
    ):
        assert [one.text for one in queries.reasons_for(reader.viewer, [late.pk])] == texts
    assert str(given) == f"breach {late.pk}"
    assert BreachReason.objects.filter(firewall.rule_for(BreachReason)(NOBODY)).count() == 0


def test_a_reason_for_what_was_met_late(decision: Starter, mash_manager: Person) -> None:
    made = decision()
    actions.meet_deadline("enquiry", made.subject_id, at=LATE)
    actions.give_breach_reason(made, "Two strategy discussions at once.", viewer=mash_manager.viewer, at=LATE)
    assert len(queries.reasons_for(mash_manager.viewer, [made.pk])) == 1


def test_a_reason_that_cannot_be_given(decision: Starter, mash_manager: Person, police_officer: Person) -> None:
    made = decision()
    with pytest.raises(Conflict, match="not late"):
        actions.give_breach_reason(made, "Because.", viewer=mash_manager.viewer, at=NOON)
    with pytest.raises(RuleBroken) as refused:
        actions.give_breach_reason(made, " \n ", viewer=mash_manager.viewer, at=LATE)
    assert (refused.value.sentence, refused.value.field) == ("Enter why it was late.", "reason")
    with pytest.raises(NotVisible):
        actions.give_breach_reason(made, "Because.", viewer=police_officer.viewer, at=LATE)
    with pytest.raises(NotPermitted):
        actions.give_breach_reason(made, "Because.", viewer=person("audrey_auditor").viewer, at=LATE)
    assert Event.objects.filter(verb="deadline.breach_explained").count() == 0
