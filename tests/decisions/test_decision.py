"""The decision: per child, on exactly what lay before the manager, final, and changed only by a next number."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import connection

import information_sharing.actions as sharing
from agencies.access.identity import acting_as
from agencies.choices import DecisionBy
from agencies.models import HubSettings
from clock.choices import Measure
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.choices import PersonKind
from decisions import actions, queries, rules
from decisions.actions import Door
from decisions.choices import DoorQuestion, Outcome, SealedConsidered
from decisions.models import (
    ChildDecision,
    ChildReasons,
    ConsideredItem,
    Decision,
    Dissent,
    JointView,
    MashSummary,
    SealedReasons,
)
from information_sharing.models import Item
from screening.choices import EnquiryState
from tests.people import Person, agency
from tests.scenes.case import Case


def test_a_decision_keeps_what_lay_before_the_manager(ready: Case) -> None:
    decision = ready.decided(Outcome.ASSESSMENT, Outcome.EARLY_HELP)
    with acting_as(ready.manager.viewer):
        assert list(ChildDecision.objects.order_by("subject__position").values_list("outcome", flat=True)) == [
            Outcome.ASSESSMENT,
            Outcome.EARLY_HELP,
        ]
        item = Item.objects.get()
        assert list(ConsideredItem.objects.values_list("item_id", "item_version")) == [(item.pk, item.version)]
        assert decision.basis.missing == "Nothing."
        clock = Deadline.objects.get(subject_id=ready.enquiry.pk, measure=Measure.DECISION)
    assert (decision.number, ready.enquiry.state, clock.met_at) == (1, EnquiryState.DECIDED, ready.at)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"missing": " "}, "missing"),
        ({"sealed_considered": ""}, "sealed_considered"),
        ({"sealed_considered": SealedConsidered.YES}, "sealed_considered"),
        ({"considered": {}}, "considered"),
        ({"considered": {uuid.UUID(int=9): 1}}, "considered"),
    ],
)
def test_nothing_is_decided_by_default(ready: Case, changes: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        ready.decided(**changes)
    assert broken.value.field == field
    assert (ready.again().state, Decision.objects.count()) == (EnquiryState.DECIDING, 0)


@pytest.mark.parametrize("empty", ["outcome", "level_of_need", "reasons"])
def test_every_child_gets_outcome_level_and_reasons(ready: Case, empty: str) -> None:
    whole = ready.deciding()
    first = next(iter(whole.children))
    said = {"outcome": Outcome.ASSESSMENT, "level_of_need": "level_4", "reasons": "Because."} | {empty: ""}
    children = {**whole.children, first: rules.ChildOutcome(**said)}
    with pytest.raises(RuleBroken) as broken:
        ready.decided(children=children)
    assert first.hex in (broken.value.field or "")


def test_a_child_or_agency_that_is_not_of_this_enquiry_is_not_there(ready: Case) -> None:
    other = Case(ready.at).in_mash()
    whole = ready.deciding()
    strange = {**whole.children, other.subjects()[0].pk: rules.ChildOutcome("assessment", "level_4", "x")}
    with pytest.raises(NotVisible):
        ready.decided(children=strange)
    with pytest.raises(NotVisible):
        ready.decided(dissents={agency("housing").pk: "We would not."})


def test_an_item_that_came_after_the_page_was_opened_sends_the_manager_back(ready: Case) -> None:
    deciding = ready.deciding()
    ready.told("education", text="She was absent for two weeks.")
    viewer = ready.manager.viewer
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.record_decision(ready.enquiry, deciding, viewer=viewer, at=ready.at, version=ready.again().version)
    assert "1 item was added" in broken.value.sentence
    assert ready.again().state == EnquiryState.DECIDING


def test_a_sealed_item_that_came_after_the_page_was_opened_does_too(ready: Case) -> None:
    deciding = ready.deciding()
    ready.sealed(ready.asked("health"), "health")
    viewer = ready.manager.viewer
    with acting_as(viewer), pytest.raises(RuleBroken):
        actions.record_decision(ready.enquiry, deciding, viewer=viewer, at=ready.at, version=ready.again().version)


def test_of_two_managers_the_first_one_decides(ready: Case, other_manager: Person) -> None:
    version, deciding = ready.enquiry.version, ready.deciding()
    ready.at += timedelta(minutes=1)
    ready.decided()
    with acting_as(other_manager.viewer), pytest.raises(StaleRecord) as stale:
        actions.record_decision(ready.enquiry, deciding, viewer=other_manager.viewer, at=ready.at, version=version)
    assert stale.value.change is not None
    assert stale.value.change.who == ready.manager.user.name
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(("colour", "is_decided"), [("red", True), ("amber", False), ("green", False)])
def test_only_red_is_decided_before_it_is_recommended(case: Case, colour: str, is_decided: bool) -> None:
    case.in_mash(colour)
    if is_decided:
        assert case.decided().number == 1
        return
    with pytest.raises(MoveNotAllowed):
        case.decided()


@pytest.mark.parametrize("key", ["saira_worker", "fiona_front", "sunita_screener", "omar_nights", "police_researcher"])
def test_nobody_but_the_manager_decides(ready: Case, key: str) -> None:
    viewer = ready.who(key).viewer
    with acting_as(viewer), pytest.raises(NotPermitted):
        actions.record_decision(
            ready.enquiry, ready.deciding(), viewer=viewer, at=ready.at, version=ready.enquiry.version
        )


def test_what_is_confidential_counts_as_considered_once_it_was_opened(ready: Case) -> None:
    ready.sealed(ready.asked("health"), "health")
    viewer = ready.manager.viewer
    deciding = ready.deciding(sealed_considered=SealedConsidered.YES)
    with acting_as(viewer):
        version = ready.again().version
        with pytest.raises(RuleBroken, match="not opened all confidential") as refused:
            actions.record_decision(ready.enquiry, deciding, viewer=viewer, at=ready.at, version=version)
        assert refused.value.field == "sealed_considered"
    ready.opened()
    with acting_as(viewer):
        assert actions.record_decision(ready.enquiry, deciding, viewer=viewer, at=ready.at, version=version).number == 1


def test_nobody_says_that_nobody_at_the_door_needs_to_know_before_they_have_looked(ready: Case) -> None:
    request = ready.asked("health")
    ready.decided()
    summary = ready.with_manager(ready.prepared()[0])
    ready.sealed(request, "health")
    viewer = ready.manager.viewer
    with acting_as(viewer), pytest.raises(RuleBroken, match="nobody at the door"):
        actions.release_summary(summary, Door(DoorQuestion.NO), viewer=viewer, at=ready.at, version=summary.version)
    assert ready.released(summary).state == "sent"


@pytest.mark.parametrize("change", ["withdrawn", "sealed"])
def test_what_was_considered_stays_as_it_was_when_its_owner_takes_it_back(ready: Case, change: str) -> None:
    decision = ready.decided()
    police = ready.who("police_researcher").viewer
    with acting_as(police):
        item = Item.objects.get()
        if change == "withdrawn":
            sharing.withdraw_item(item, viewer=police, at=ready.at, version=item.version)
        else:
            revision = sharing.Revision(text="Sealed.", handling="manager_only", theme=item.theme)
            sharing.revise_item(item, revision, viewer=police, at=ready.at, version=item.version)
    for who in (ready.worker, ready.manager):
        with acting_as(who.viewer) as viewer:
            (read,) = queries.outcome_page(viewer, ready.enquiry).decisions
            assert [owner for owner, _theme, _version in read.considered] == [agency("police").name]
            assert read.decision == decision


def test_sealed_reasons_are_the_managers_alone_and_encrypted(ready: Case) -> None:
    ready.sealed(ready.asked("health"), "health")
    ready.decided(sealed_considered=SealedConsidered.YES, sealed_reasons="The neighbour is an officer.")
    with acting_as(ready.worker.viewer):
        assert not SealedReasons.objects.visible_to(ready.worker.viewer).exists()
        assert ConsideredItem.objects.visible_to(ready.worker.viewer).count() == 1
        assert ChildReasons.objects.visible_to(ready.worker.viewer).count() == 2
    with acting_as(ready.manager.viewer), connection.cursor() as cursor:
        assert SealedReasons.objects.visible_to(ready.manager.viewer).get().text == "The neighbour is an officer."
        assert ConsideredItem.objects.visible_to(ready.manager.viewer).count() == 2
        cursor.execute("SELECT text FROM decisions_sealedreasons")
        assert "officer" not in cursor.fetchone()[0]


def test_who_sees_the_outcome_and_who_the_reasons(ready: Case) -> None:
    ready.decided()
    seen = {}
    for key in ("fiona_front", "sunita_screener", "police_researcher", "yos_researcher", "asha_assessment"):
        viewer = ready.who(key).viewer
        with acting_as(viewer):
            outcomes = ChildDecision.objects.visible_to(viewer).count()
            seen[key] = (outcomes, ChildReasons.objects.visible_to(viewer).count())
    assert seen == {
        "fiona_front": (2, 0),
        "sunita_screener": (2, 2),
        "police_researcher": (2, 0),
        "yos_researcher": (0, 0),
        "asha_assessment": (0, 0),
    }


def test_it_is_decided_again_under_a_next_number_with_a_reason(ready: Case) -> None:
    first = ready.decided()
    summary = ready.prepared()[0]
    with pytest.raises(RuleBroken) as broken:
        ready.decided(Outcome.EARLY_HELP, Outcome.EARLY_HELP)
    assert broken.value.field == "change_reason"
    second = ready.decided(Outcome.EARLY_HELP, Outcome.EARLY_HELP, change_reason="New information.")
    with acting_as(ready.manager.viewer):
        assert (first.number, second.number, second.basis.change_reason) == (1, 2, "New information.")
        assert MashSummary.objects.get(pk=summary.pk).state == "withdrawn"


def test_no_further_action_needs_the_earlier_contacts_to_have_been_shown(case: Case) -> None:
    earlier = Case(case.at).received()
    case.in_mash()
    case.recommended()
    nothing = (Outcome.NO_FURTHER_ACTION, Outcome.NO_FURTHER_ACTION)
    with pytest.raises(RuleBroken) as broken:
        case.decided(*nothing)
    assert broken.value.field == "earlier_shown"
    decision = case.decided(*nothing, earlier_shown=[earlier.contact.reference])
    assert decision.basis.earlier_shown == [earlier.contact.reference]


def test_dissent_is_kept_by_agency(ready: Case) -> None:
    ready.decided(dissents={agency("police").pk: "We would have gone further.", agency("health").pk: " "})
    with acting_as(ready.manager.viewer):
        assert [(row.agency.short_name, row.text) for row in Dissent.objects.select_related("agency")] == [
            ("Police", "We would have gone further.")
        ]


def test_partners_decide_together_where_the_hub_says_so(ready: Case) -> None:
    hub = HubSettings.objects.get(pk=1)
    hub.decision_by = DecisionBy.JOINT
    hub.save()
    viewer = ready.manager.viewer
    with pytest.raises(RuleBroken, match="children's social care first"):
        ready.decided()
    for key in ("csc", "police"):
        with acting_as(viewer):
            actions.record_joint_view(
                ready.enquiry, agency(key).pk, Outcome.STRATEGY, "Serious.", viewer=viewer, at=ready.at
            )
    assert ready.decided().is_joint is True
    with pytest.raises(RuleBroken, match="decide together"):
        ready.decided(change_reason="Views of the first round do not count for the second.")


def test_a_view_said_again_replaces_what_was_said(ready: Case) -> None:
    viewer = ready.manager.viewer
    with acting_as(viewer):
        for outcome in (Outcome.STRATEGY, Outcome.EARLY_HELP):
            actions.record_joint_view(ready.enquiry, agency("police").pk, outcome, "So.", viewer=viewer, at=ready.at)
        assert [(row.outcome, row.version) for row in JointView.objects.all()] == [(Outcome.EARLY_HELP, 2)]
        with pytest.raises(NotVisible):
            actions.record_joint_view(ready.enquiry, agency("fire").pk, "assessment", "x", viewer=viewer, at=ready.at)


def test_a_withdrawn_item_sends_the_manager_back(ready: Case) -> None:
    deciding = ready.deciding()
    viewer = ready.who("police_researcher").viewer
    with acting_as(viewer):
        item = Item.objects.get()
        sharing.withdraw_item(item, viewer=viewer, at=ready.at, version=item.version)
    manager = ready.manager.viewer
    with acting_as(manager), pytest.raises(RuleBroken, match="withdrawn"):
        actions.record_decision(ready.enquiry, deciding, viewer=manager, at=ready.at, version=ready.again().version)


def test_a_case_without_any_child_is_not_decided(case: Case) -> None:
    case.in_mash("red")
    with acting_as(case.manager.viewer):
        for subject in case.subjects():
            subject.kind = PersonKind.ADULT
            subject.save()
    with pytest.raises(RuleBroken, match="about a child"):
        case.decided()
