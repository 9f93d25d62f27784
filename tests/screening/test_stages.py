"""The later stages of an enquiry, as the later apps will call them."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest

from agencies.access.identity import acting_as
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible
from contacts.choices import ContactState
from contacts.models import Contact, Subject
from screening import actions
from screening.choices import EnquiryState
from screening.models import Enquiry
from tests.people import Person
from tests.written import verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def gathering(enquiry: Enquiry, mash_manager: Person, social_worker: Person, at: datetime) -> Enquiry:
    """Return a rated enquiry that a social worker has."""
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "amber", viewer=viewer, at=at)
        actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=at)
    return enquiry


@pytest.fixture
def decided(gathering: Enquiry, mash_manager: Person, at: datetime) -> Enquiry:
    """Return a decided enquiry."""
    with acting_as(mash_manager.viewer):
        actions.mark_decided(gathering, viewer=mash_manager.viewer, at=at)
    return gathering


def endings_of(enquiry: Enquiry) -> dict[uuid.UUID, tuple[str, str]]:
    children = Subject.objects.filter(contact__enquiry_id=enquiry.pk, kind="child")
    return {child.pk: ("early_help", "level_2") for child in children}


def test_recommended_and_sent_back(
    gathering: Enquiry, social_worker: Person, mash_manager: Person, at: datetime
) -> None:
    with acting_as(social_worker.viewer):
        actions.recommend(gathering, viewer=social_worker.viewer, at=at)
    assert gathering.state == EnquiryState.DECIDING
    with acting_as(mash_manager.viewer):
        actions.send_back(gathering, viewer=mash_manager.viewer, at=at)
    assert Enquiry.objects.get().state == EnquiryState.GATHERING


def test_another_social_worker_recommends_nothing(
    gathering: Enquiry, other_social_worker: Person, mash_manager: Person, at: datetime
) -> None:
    for who in (other_social_worker, mash_manager):
        with acting_as(who.viewer), pytest.raises(NotPermitted):
            actions.recommend(gathering, viewer=who.viewer, at=at)


def test_deciding_stops_the_clock_and_deciding_again_keeps_it_so(
    decided: Enquiry, mash_manager: Person, at: datetime
) -> None:
    assert Deadline.objects.get(subject_id=decided.pk, measure="decision").met_at == at
    with acting_as(mash_manager.viewer):
        actions.mark_decided(decided, viewer=mash_manager.viewer, at=at)
    assert sorted(one for one in verbs(decided) if "decided" in one) == ["enquiry.decided", "enquiry.decided_again"]


def test_closing_ends_the_contacts_and_starts_feedback(decided: Enquiry, mash_manager: Person, at: datetime) -> None:
    with acting_as(mash_manager.viewer):
        actions.close_enquiry(decided, endings=endings_of(decided), viewer=mash_manager.viewer, at=at)
    contact = Contact.objects.get()
    child = Subject.objects.get(kind="child")
    assert (decided.state, decided.closed_at) == (EnquiryState.CLOSED, at)
    assert (contact.state, contact.ended_at) == (ContactState.ENDED, at)
    assert (child.ending, child.level_of_need) == ("early_help", "level_2")
    running = Deadline.objects.filter(met_at__isnull=True, cancelled_at__isnull=True)
    assert sorted(running.values_list("measure", "subject_id")) == [
        ("feedback_school", contact.pk),
        ("statutory_step", contact.pk),
    ]


def test_closing_before_the_decision_is_refused(gathering: Enquiry, mash_manager: Person, at: datetime) -> None:
    with acting_as(mash_manager.viewer), pytest.raises(MoveNotAllowed):
        actions.close_enquiry(gathering, endings={}, viewer=mash_manager.viewer, at=at)
    assert Contact.objects.get().state == ContactState.IN_ENQUIRY


def test_a_team_without_a_summary_sees_no_enquiry(
    decided: Enquiry, mash_manager: Person, assessment_worker: Person, at: datetime
) -> None:
    with acting_as(mash_manager.viewer):
        actions.mark_released(decided, viewer=mash_manager.viewer, at=at)
    with acting_as(assessment_worker.viewer):
        for move in (actions.mark_returned,):
            with pytest.raises(NotVisible):
                move(decided, viewer=assessment_worker.viewer, at=at)
        with pytest.raises(NotVisible):
            actions.mark_accepted(decided, endings={}, viewer=assessment_worker.viewer, at=at)
    assert Enquiry.objects.get().state == EnquiryState.RELEASED
