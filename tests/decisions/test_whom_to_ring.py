"""Whom a team, an agency or a referrer is told to ring: whoever works on it today, and no other social worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

import screening.actions
from agencies.access.identity import acting_as
from agencies.models import Membership
from common.errors import RuleBroken
from contacts.models import Contact
from contacts.rules.worker import whom_to_ring
from decisions import actions, queries
from decisions.actions import Word
from decisions.choices import FeedbackState
from decisions.models import Feedback, MashSummary
from tests.people import ClientOf, person
from tests.scenes.case import Case


@pytest.mark.parametrize(
    ("worker", "standing", "ring"),
    [
        ("Ann Ash", "", "Ann Ash 1; Hub 2"),
        ("Ann Ash", "covered Bo Birch", "Bo Birch, for Ann Ash; Hub 2"),
        ("Ann Ash", "away", "Hub 2"),
        ("Ann Ash", "left", "Hub 2"),
        ("", "", "Hub 2"),
    ],
)
def test_whoever_works_on_it_then_the_hub(worker: str, standing: str, ring: str) -> None:
    assert whom_to_ring(worker, "1" if worker else "", standing, hub="Hub", hub_telephone="2") == ring


def ring_of(case: Case, summary: MashSummary, key: str = "asha_assessment") -> list[tuple[str, str]]:
    """Return whom the page of a summary names to somebody."""
    viewer = case.who(key).viewer
    with acting_as(viewer):
        seen = queries.summary_seen(viewer, queries.get_summary(viewer, summary.reference), at=case.at)
    return [(label, words) for label, words in seen.parts if label.startswith("Who to call")]


def gone(case: Case) -> None:
    """Let the last day of the enquiry's social worker have been before the contact came."""
    with acting_as(person("anton_admin").viewer):
        Membership.objects.filter(pk=case.worker.membership.pk).update(ends_on=case.at.date() - timedelta(days=1))


def test_the_team_rings_whoever_is_assigned_when_it_goes_out(case: Case) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    with acting_as(case.manager.viewer) as viewer:
        sean = case.who("sean_worker").membership.pk
        screening.actions.assign_social_worker(case.again(), sean, viewer=viewer, at=case.at)
    case.released(summary)
    [(label, words)] = ring_of(case, summary)
    assert (label, words.partition(";")[0]) == ("Who to call", "Sean Duffy")


def test_the_team_rings_the_hub_once_the_worker_has_left(case: Case) -> None:
    summary = case.out()[0]
    [(_label, before)] = ring_of(case, summary)
    assert before.startswith(case.worker.user.name)
    gone(case)
    assert ring_of(case, summary) == [
        ("Who to call", before.partition("; ")[2]),
        ("Who to call, when it was sent", before),
    ]


def test_an_agency_is_told_that_the_worker_has_left(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    reference = case.asked("health").reference
    gone(case)
    page = client_of(case.who("health_researcher")).get(reverse("information_sharing:request", args=[reference]))
    shown = page.content.decode()
    assert f"Nobody: {case.worker.user.name} has left" in shown
    assert "Who to call: <bdi>" in shown
    assert f"Who to call: <bdi>{case.worker.user.name}" not in shown


def tell(case: Case, whom: str) -> Feedback:
    with acting_as(case.who("fiona_front").viewer) as viewer:
        contact = Contact.objects.get(pk=case.contact.pk)
        word = Word(FeedbackState.SENT, whom, "Go on as you do.")
        return actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=0)


@pytest.mark.parametrize("whom", ["Saira Malik, MASH", "The hub, 01632 960100", "Asha Patel, assessment team"])
def test_a_referrer_is_sent_to_who_deals_with_it(case: Case, whom: str) -> None:
    case.ended()
    assert tell(case, whom).whom_to_ring == whom


def test_a_referrer_is_not_sent_to_another_social_worker(case: Case) -> None:
    case.ended()
    with pytest.raises(RuleBroken, match=r"Sean Duffy does not work on this\. Name Saira Malik"):
        tell(case, "Sean Duffy, MASH")
