"""A text handed to a team: accepted, queried, declined, withdrawn, sent anew."""

from __future__ import annotations

from datetime import datetime

import pytest

from agencies.access.identity import acting_as
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.models import Contact
from notices.models import Notice
from screening import actions, queries
from screening.choices import HandoverState
from screening.models import Handover, HandoverExchange
from tests.people import Person, team
from tests.work import items_of

pytestmark = pytest.mark.django_db

SAYS = "Which school does the child attend now?"


def acceptance(handover: Handover) -> Deadline:
    return Deadline.objects.get(subject_id=handover.pk, measure="acceptance")


def test_the_team_sees_the_text_and_nothing_of_the_contact(
    handover: Handover, early_help_worker: Person, assessment_worker: Person
) -> None:
    assert Handover.objects.visible_to(early_help_worker.viewer).get().text == handover.text
    assert not Contact.objects.visible_to(early_help_worker.viewer).exists()
    assert not Handover.objects.visible_to(assessment_worker.viewer).exists()


def test_the_team_is_told_and_reads(handover: Handover, early_help_worker: Person, at: datetime) -> None:
    with acting_as(early_help_worker.viewer):
        page = queries.handover_page(early_help_worker.viewer, handover.reference, at=at)
    assert (page.for_team, page.teams) == (True, [])
    told = Notice.objects.filter(kind="handover.sent").values_list("membership_id", flat=True)
    assert set(told) == {early_help_worker.membership.pk}


def test_accepting_stops_the_clock(handover: Handover, early_help_worker: Person, at: datetime) -> None:
    viewer = early_help_worker.viewer
    with acting_as(viewer):
        actions.accept_handover(handover, viewer=viewer, at=at, version=handover.version)
    handover.refresh_from_db()
    assert (handover.state, handover.taken_at, handover.taken_by_id) == (
        HandoverState.ACCEPTED,
        at,
        viewer.membership_id,
    )
    assert acceptance(handover).met_at == at


def test_a_query_is_answered_and_the_clock_runs_on(
    handover: Handover, early_help_worker: Person, mash_manager: Person, at: datetime
) -> None:
    with acting_as(early_help_worker.viewer):
        actions.query_handover(handover, SAYS, viewer=early_help_worker.viewer, at=at)
    with acting_as(mash_manager.viewer):
        actions.answer_handover(handover, "Heron Lane School.", viewer=mash_manager.viewer, at=at)
    handover.refresh_from_db()
    assert handover.state == HandoverState.SENT
    assert set(HandoverExchange.objects.values_list("kind", "text")) == {
        ("query", SAYS),
        ("answer", "Heron Lane School."),
    }
    assert acceptance(handover).met_at is None
    assert acceptance(handover).cancelled_at is None


def test_declining_gives_it_back(
    handover: Handover, early_help_worker: Person, mash_manager: Person, at: datetime
) -> None:
    with acting_as(early_help_worker.viewer):
        actions.decline_handover(handover, "The family has moved away.", viewer=early_help_worker.viewer, at=at)
    handover.refresh_from_db()
    assert handover.state == HandoverState.DECLINED
    assert acceptance(handover).cancelled_at == at
    (waits,) = items_of(mash_manager.viewer, "screening", at=at)
    assert (waits.todo, waits.note) == ("Declined or withdrawn: send it to a team again", "Declined")


def test_sending_anew_ends_that_work(
    handover: Handover, early_help_worker: Person, mash_manager: Person, at: datetime
) -> None:
    viewer = mash_manager.viewer
    with acting_as(early_help_worker.viewer):
        actions.decline_handover(handover, "The family has moved away.", viewer=early_help_worker.viewer, at=at)
    with acting_as(viewer):
        sent = actions.send_anew(handover, team("early_help_team").pk, handover.text, viewer=viewer, at=at)
        assert sent.state == HandoverState.SENT
        with pytest.raises(MoveNotAllowed):
            actions.send_anew(handover, team("early_help_team").pk, handover.text, viewer=viewer, at=at)
    assert Handover.objects.count() == 2


def test_withdrawing_takes_it_back(
    handover: Handover, screener: Person, early_help_worker: Person, at: datetime
) -> None:
    with acting_as(screener.viewer):
        actions.withdraw_handover(handover, viewer=screener.viewer, at=at)
    with acting_as(early_help_worker.viewer), pytest.raises(NotVisible):
        actions.accept_handover(handover, viewer=early_help_worker.viewer, at=at)
    assert acceptance(handover).cancelled_at == at


@pytest.mark.parametrize("action", [actions.query_handover, actions.decline_handover])
def test_words_are_asked_for(handover: Handover, early_help_worker: Person, at: datetime, action: object) -> None:
    with acting_as(early_help_worker.viewer), pytest.raises(RuleBroken) as error:
        action(handover, " no ", viewer=early_help_worker.viewer, at=at)  # type: ignore[operator]
    assert error.value.field == "text"
    assert Handover.objects.get().state == HandoverState.SENT


def test_another_team_does_not_take_it(handover: Handover, assessment_worker: Person, at: datetime) -> None:
    with acting_as(assessment_worker.viewer), pytest.raises(NotPermitted):
        actions.accept_handover(handover, viewer=assessment_worker.viewer, at=at)
    with acting_as(assessment_worker.viewer), pytest.raises(NotVisible):
        queries.get_handover(assessment_worker.viewer, handover.reference)


def test_the_hub_does_not_accept_for_the_team(handover: Handover, mash_manager: Person, at: datetime) -> None:
    with acting_as(mash_manager.viewer), pytest.raises(NotPermitted):
        actions.accept_handover(handover, viewer=mash_manager.viewer, at=at)


def test_a_stale_acceptance_loses(handover: Handover, early_help_worker: Person, at: datetime) -> None:
    with acting_as(early_help_worker.viewer), pytest.raises(StaleRecord):
        actions.accept_handover(handover, viewer=early_help_worker.viewer, at=at, version=handover.version + 1)
