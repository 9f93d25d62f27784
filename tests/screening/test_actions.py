"""Screening, rating and handing over: what each action writes and what it refuses."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from agencies.access.identity import acting_as
from audit.models import Event
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.choices import ContactState
from contacts.models import Contact, Subject
from screening import actions
from screening.choices import EnquiryState, HandoverState, ScreeningState
from screening.grants import HandoverGrant
from screening.models import Enquiry, Handover, OwnDeadline, Rating, Screening
from tests.people import Person, team
from tests.scenes import screening as cases
from tests.scenes.stages import screened

pytestmark = pytest.mark.django_db


def verbs(record_id: uuid.UUID) -> list[str]:
    return list(Event.objects.filter(record_id=record_id).order_by("at", "verb").values_list("verb", flat=True))


def measures(subject_id: uuid.UUID) -> dict[str, bool]:
    rows = Deadline.objects.filter(subject_id=subject_id, cancelled_at__isnull=True)
    return {row.measure: row.met_at is None for row in rows}


def test_into_the_mash_opens_an_enquiry(contact: Contact, screener: Person, at: datetime) -> None:
    screening = screened(contact, screener, cases.decision("mash", proposed_colour="red"), at)
    contact.refresh_from_db()
    enquiry = Enquiry.objects.get()
    assert screening.state == ScreeningState.DECIDED
    assert (contact.state, contact.enquiry_id, contact.enquiry_reference) == (
        ContactState.IN_ENQUIRY,
        enquiry.pk,
        enquiry.reference,
    )
    assert (enquiry.state, enquiry.colour, enquiry.arrived_at) == (EnquiryState.TO_RATE, "", contact.arrived_at)
    assert enquiry.due_at is not None
    assert verbs(enquiry.pk) == ["enquiry.opened"]
    assert verbs(screening.pk) == ["screening.decided"]
    assert [row.level_of_need for row in screening.children.all()] == ["level_3"]
    assert screening.reasons.text == cases.REASONS


@pytest.mark.parametrize("exit_", ["advice", "no_further_action"])
def test_an_ending_ends_the_contact_and_starts_feedback(
    contact: Contact, screener: Person, at: datetime, exit_: str
) -> None:
    screened(contact, screener, cases.decision(exit_), at)
    contact.refresh_from_db()
    child = Subject.objects.get(contact=contact, kind="child")
    assert (contact.state, contact.ended_at) == (ContactState.ENDED, at)
    assert (child.ending, child.level_of_need) == (exit_, "level_3")
    assert measures(contact.pk)["feedback_school"] is True
    assert not Handover.objects.exists()


@pytest.mark.parametrize(
    ("exit_", "key"),
    [
        ("assessment", "assessment"),
        ("strategy", "assessment"),
        ("early_help", "early_help_team"),
        ("other_authority", "elsewhere"),
        ("adult_safeguarding", "adult_team"),
        ("lado", "lado"),
    ],
)
def test_an_exit_to_a_team_hands_over(contact: Contact, screener: Person, at: datetime, exit_: str, key: str) -> None:
    screening = screened(contact, screener, cases.handed_to(key, exit_), at)
    contact.refresh_from_db()
    handover = Handover.objects.get()
    assert contact.state == ContactState.ENDED
    assert (handover.screening_id, handover.team_id, handover.state) == (screening.pk, team(key).pk, HandoverState.SENT)
    assert HandoverGrant.objects.get().group_id == team(key).group_id
    assert measures(handover.pk) == {"acceptance": True}


def test_an_open_case_goes_to_its_worker(
    contact: Contact, panel_police: Person, screener: Person, at: datetime
) -> None:
    screened(contact, screener, cases.handed_to("allocated", "allocated"), at)
    contact.refresh_from_db()
    assert contact.state == ContactState.PASSED_ON
    assert measures(contact.pk)["acknowledgement"] is True


def test_the_worker_of_an_open_case_acknowledges_by_accepting(
    contact: Contact, screener: Person, allocated_worker: Person, at: datetime
) -> None:
    screened(contact, screener, cases.handed_to("allocated", "allocated"), at)
    with acting_as(allocated_worker.viewer):
        actions.accept_handover(Handover.objects.get(), viewer=allocated_worker.viewer, at=at)
    contact.refresh_from_db()
    assert contact.worker_acknowledged_at == at


def test_a_team_of_another_kind_is_refused(contact: Contact, screener: Person, at: datetime) -> None:
    with pytest.raises(RuleBroken) as error:
        screened(contact, screener, cases.handed_to("lado", "early_help"), at)
    assert error.value.field == "team"
    assert not Handover.objects.exists()
    assert Contact.objects.get(pk=contact.pk).state == ContactState.RECEIVED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"exit": "elsewhere"}, "exit"),
        ({"criteria": ()}, "criteria"),
        ({"criteria": ("none_met", "neglect")}, "criteria"),
        ({"levels": {}}, "level_1"),
        ({"reasons": "  because      "}, "reasons"),
    ],
)
def test_an_incomplete_decision_is_refused(
    contact: Contact, screener: Person, at: datetime, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as error:
        screened(contact, screener, cases.decision(**({"exit_": "mash"} | _as_exit(changes))), at)
    assert error.value.field == field
    assert not Screening.objects.exists()


def _as_exit(changes: dict[str, Any]) -> dict[str, Any]:
    return {"exit_" if name == "exit" else name: value for name, value in changes.items()}


def test_a_decided_screening_is_not_decided_again(
    contact: Contact, screener: Person, mash_manager: Person, at: datetime
) -> None:
    screened(contact, screener, cases.decision("advice"), at)
    with pytest.raises(MoveNotAllowed):
        screened(contact, mash_manager, cases.decision("mash"), at)
    assert not Enquiry.objects.exists()


def test_a_stale_page_loses(contact: Contact, screener: Person, at: datetime) -> None:
    with acting_as(screener.viewer), pytest.raises(StaleRecord):
        actions.decide_screening(contact, cases.decision("mash"), viewer=screener.viewer, at=at, version=7)


def test_the_front_door_does_not_screen(contact: Contact, front_door: Person, at: datetime) -> None:
    with pytest.raises(NotPermitted):
        screened(contact, front_door, cases.decision("mash"), at)


def test_the_panels_police_do_not_see_what_was_not_sent(contact: Contact, panel_police: Person, at: datetime) -> None:
    with pytest.raises(NotVisible):
        screened(contact, panel_police, cases.decision("mash"), at)


def test_a_contact_that_left_another_way_is_not_screened(
    contact: Contact, enquiry: Enquiry, front_door: Person, mash_manager: Person, at: datetime
) -> None:
    with acting_as(front_door.viewer):
        actions.join_enquiry(enquiry, contact, viewer=front_door.viewer, at=at)
    with pytest.raises(MoveNotAllowed):
        screened(contact, mash_manager, cases.decision("mash"), at)


def test_joining_takes_the_second_contacts_children_in(
    contact: Contact, enquiry: Enquiry, screener: Person, at: datetime
) -> None:
    screened(contact, screener, cases.decision("mash", joins=enquiry), at)
    contact.refresh_from_db()
    assert contact.enquiry_id == enquiry.pk
    assert Enquiry.objects.count() == 1
    assert Subject.objects.filter(contact__enquiry_id=enquiry.pk, kind="child").count() == 2
    assert "enquiry.contact_joined" in verbs(enquiry.pk)


# Rating, deadline, assignment


def test_rating_starts_the_decisions_clock(enquiry: Enquiry, mash_manager: Person, at: datetime) -> None:
    with acting_as(mash_manager.viewer):
        rated = actions.rate_enquiry(enquiry, "red", viewer=mash_manager.viewer, at=at, version=enquiry.version)
    enquiry.refresh_from_db()
    deadline = Deadline.objects.get(subject_id=enquiry.pk, measure="decision")
    assert (enquiry.state, enquiry.colour, enquiry.first_rated_at) == (EnquiryState.GATHERING, "red", at)
    assert enquiry.due_at == deadline.due_at == rated.due_at
    assert Deadline.objects.get(subject_id=enquiry.pk, measure="rating").met_at == at
    assert [(row.colour, row.reason) for row in Rating.objects.all()] == [("red", "")]
    assert Contact.objects.get(enquiry_id=enquiry.pk).colour == "red"


def test_rating_again_needs_a_reason_and_restates_the_clock(
    enquiry: Enquiry, mash_manager: Person, at: datetime
) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "green", viewer=viewer, at=at)
        with pytest.raises(RuleBroken) as error:
            actions.rerate_enquiry(enquiry, "red", reason="no", viewer=viewer, at=at)
        actions.rerate_enquiry(enquiry, "red", reason="The police hold more than was known.", viewer=viewer, at=at)
    enquiry.refresh_from_db()
    assert error.value.field == "reason"
    assert enquiry.colour == "red"
    assert Rating.objects.count() == 2
    running = Deadline.objects.open().get(subject_id=enquiry.pk)
    assert (running.colour, running.due_at) == ("red", enquiry.due_at)


def test_the_same_colour_again_is_refused(enquiry: Enquiry, mash_manager: Person, at: datetime) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "amber", viewer=viewer, at=at)
        with pytest.raises(RuleBroken) as error:
            actions.rerate_enquiry(enquiry, "amber", reason="To be quite sure of it.", viewer=viewer, at=at)
    assert error.value.field == "colour"
    assert Rating.objects.count() == 1


def test_two_managers_rating_at_once(
    enquiry: Enquiry, mash_manager: Person, other_manager: Person, at: datetime
) -> None:
    mine, theirs = Enquiry.objects.get(), Enquiry.objects.get()
    with acting_as(mash_manager.viewer):
        later = at + timedelta(minutes=1)
        actions.rate_enquiry(mine, "red", viewer=mash_manager.viewer, at=later, version=mine.version)
    with acting_as(other_manager.viewer), pytest.raises(MoveNotAllowed) as error:
        actions.rate_enquiry(theirs, "green", viewer=other_manager.viewer, at=at, version=1)
    assert error.value.change is not None
    assert error.value.change.who == mash_manager.user.name
    assert Rating.objects.get().colour == "red"


def test_own_deadline_before_the_rating_counts_after_it(enquiry: Enquiry, mash_manager: Person, at: datetime) -> None:
    viewer, own = mash_manager.viewer, at + timedelta(minutes=90)
    with acting_as(viewer):
        actions.set_own_deadline(enquiry, own, reason="Court sits this noon.", viewer=viewer, at=at)
        actions.rate_enquiry(enquiry, "red", viewer=viewer, at=at)
    enquiry.refresh_from_db()
    assert enquiry.due_at == own
    assert OwnDeadline.objects.get().reason == "Court sits this noon."


def test_own_deadline_restates_the_clock(enquiry: Enquiry, mash_manager: Person, at: datetime) -> None:
    viewer, own = mash_manager.viewer, at + timedelta(minutes=45)
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "green", viewer=viewer, at=at)
        actions.set_own_deadline(enquiry, own, reason="Court sits this noon.", viewer=viewer, at=at)
    enquiry.refresh_from_db()
    assert enquiry.due_at == own


@pytest.mark.parametrize(
    ("minutes", "reason", "field"),
    [(-1, "Court sits this noon.", "own_due_at"), (0, "Court sits this noon.", "own_due_at"), (30, "soon", "reason")],
)
def test_own_deadline_is_refused(
    enquiry: Enquiry, mash_manager: Person, at: datetime, minutes: int, reason: str, field: str
) -> None:
    viewer, own = mash_manager.viewer, at + timedelta(minutes=minutes)
    with acting_as(viewer), pytest.raises(RuleBroken) as error:
        actions.set_own_deadline(enquiry, own, reason=reason, viewer=viewer, at=at)
    assert error.value.field == field
    assert not OwnDeadline.objects.exists()


def test_assigning_passes_the_enquiry_on(
    enquiry: Enquiry, mash_manager: Person, social_worker: Person, other_social_worker: Person, at: datetime
) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "amber", viewer=viewer, at=at)
        actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=at)
        actions.assign_social_worker(enquiry, other_social_worker.membership.pk, viewer=viewer, at=at)
    enquiry.refresh_from_db()
    assert enquiry.social_worker_id == other_social_worker.membership.pk
    assert Contact.objects.get(enquiry_id=enquiry.pk).social_worker_id == other_social_worker.membership.pk
    assert Deadline.objects.open().get(subject_id=enquiry.pk).membership_id == other_social_worker.membership.pk
    assert not Enquiry.objects.visible_to(social_worker.viewer).exists()
    assert Enquiry.objects.visible_to(other_social_worker.viewer).get() == enquiry


def test_only_social_workers_are_assigned(
    enquiry: Enquiry, mash_manager: Person, police_officer: Person, at: datetime
) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer), pytest.raises(RuleBroken) as error:
        actions.assign_social_worker(enquiry, police_officer.membership.pk, viewer=viewer, at=at)
    assert error.value.field == "social_worker"
