"""Pages of handovers: who gets them, what they post."""

from __future__ import annotations

import pytest

from screening.models import Handover
from tests.drawn import text
from tests.people import ClientOf, Person, team
from tests.scenes.screening import url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("early_help_worker", 200),
        ("mash_manager", 200),
        ("front_door", 200),
        ("screener", 200),
        ("assessment_worker", 404),
        ("panel_police", 404),
        ("social_worker", 404),
        ("police_officer", 404),
        ("auditor", 404),
        ("stranger", 404),
    ],
)
def test_who_gets_a_handover(
    request: pytest.FixtureRequest, client_of: ClientOf, handover: Handover, who: str, status: int
) -> None:
    page = client_of(request.getfixturevalue(who)).get(url("handover", handover.reference))
    assert page.status_code == status
    assert ("Marks on both arms" in text(page)) is (status == 200)


def test_a_team_asks_and_accepts_by_the_pages(
    client_of: ClientOf, early_help_worker: Person, mash_manager: Person, handover: Handover
) -> None:
    team_client, hub_client = client_of(early_help_worker), client_of(mash_manager)
    said = {"version": handover.version, "text": "Which school does the child attend?"}
    assert team_client.post(url("query_handover", handover.reference), said).status_code == 302
    handover.refresh_from_db()
    reply = {"version": handover.version, "text": "Heron Lane School."}
    assert hub_client.post(url("answer_handover", handover.reference), reply).status_code == 302
    handover.refresh_from_db()
    page = text(team_client.get(url("handover", handover.reference)))
    assert "Heron Lane School." in page
    assert handover.contact.reference not in page
    done = team_client.post(url("accept_handover", handover.reference), {"version": handover.version})
    assert done.status_code == 302
    handover.refresh_from_db()
    assert handover.state == "accepted"


def test_a_declined_one_is_sent_anew_by_the_page(
    client_of: ClientOf, early_help_worker: Person, mash_manager: Person, handover: Handover
) -> None:
    said = {"version": handover.version, "text": "The family has moved away."}
    assert client_of(early_help_worker).post(url("decline_handover", handover.reference), said).status_code == 302
    client = client_of(mash_manager)
    assert "Send it to a team again" in text(client.get(url("handover", handover.reference)))
    anew = {"team": str(team("early_help_team").pk), "handover_text": "They moved back: please see this family."}
    assert client.post(url("send_anew", handover.reference), anew).status_code == 302
    assert Handover.objects.count() == 2


def test_a_withdrawn_handover_and_words_that_say_too_little(
    client_of: ClientOf, screener: Person, early_help_worker: Person, handover: Handover
) -> None:
    team_client, client = client_of(early_help_worker), client_of(screener)
    said = {"version": handover.version, "text": "Kept"}
    page = team_client.post(url("query_handover", handover.reference), said)
    assert page.status_code == 200
    assert "at least 10 characters" in text(page)
    assert "Kept" in text(page)
    assert client.post(url("withdraw_handover", handover.reference), {"version": handover.version}).status_code == 302
    late = team_client.post(url("accept_handover", handover.reference), {"version": handover.version})
    assert late.status_code == 404
    short = {"team": str(team("early_help_team").pk), "handover_text": "Kept too"}
    again = client.post(url("send_anew", handover.reference), short)
    assert again.status_code == 200
    assert "Kept too" in text(again)
    foreign = {"team": str(team("lado").pk), "handover_text": "A text that is long enough for anybody."}
    assert client.post(url("send_anew", handover.reference), foreign).status_code == 200
    assert Handover.objects.count() == 1
