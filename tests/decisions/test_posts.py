"""Forms of this stage that are sent: each does one thing, says so, and gives back what it cannot take."""

from __future__ import annotations

import uuid

import pytest
from django.http import HttpResponse
from django.test import Client

from agencies.access.identity import acting_as
from decisions.choices import Outcome
from decisions.models import Complaint, Exchange, FamilyLetter, JointView, MashSummary
from screening.choices import EnquiryState
from tests.decisions.pages import hidden, url, written
from tests.people import ClientOf, agency, person
from tests.scenes.case import Case


def post(client: Client, where: str, **typed: str) -> HttpResponse:
    """Send a form with a fresh one-time key."""
    return client.post(where, {"submission_key": str(uuid.uuid4()), **typed})  # type: ignore[return-value]


@pytest.fixture
def sent(case: Case) -> MashSummary:
    """Return a summary that waits for its team."""
    return case.out()[0]


def state_of(case: Case) -> str:
    with acting_as(case.manager.viewer):
        return str(MashSummary.objects.get().state)


def test_a_draft_is_saved_by_its_button_too(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    client, where = client_of(case.worker), url("analysis", case.enquiry.reference)
    typed = {**written(case, client.get(where).content), "summary": "", "risks": "Begun."}
    assert client.post(where, typed).status_code == 302
    assert "Begun." in client.get(where).content.decode()


def test_the_view_of_a_partner_is_recorded_on_its_page(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    client, where = client_of(case.manager), url("joint_view", case.enquiry.reference)
    assert "Write" not in client.get(where).content.decode().partition("<form")[0]
    assert "Choose" in post(client, where, outcome=Outcome.STRATEGY, reason="So.").content.decode()
    said = {"agency": agency("police").pk.hex, "outcome": Outcome.STRATEGY, "reason": "Serious."}
    assert post(client, where, **said).status_code == 302
    with acting_as(case.manager.viewer):
        assert JointView.objects.get().reason == "Serious."


def test_the_manager_sends_an_enquiry_back(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    where = url("send_back", case.enquiry.reference)
    assert post(client_of(case.manager), where).status_code == 409
    assert post(client_of(case.manager), where, version=str(case.enquiry.version)).status_code == 302
    assert case.again().state == EnquiryState.GATHERING


def test_an_enquiry_without_a_team_is_closed_by_its_button(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    case.decided(Outcome.UNIVERSAL, Outcome.NO_FURTHER_ACTION)
    client, page = client_of(case.manager), url("release", case.enquiry.reference)
    assert "Close the MASH enquiry" in client.get(page).content.decode()
    where = url("close", case.enquiry.reference)
    assert post(client, where, version=str(case.enquiry.version)).status_code == 302
    assert case.again().state == EnquiryState.CLOSED


def test_choosing_no_team_is_asked_again(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    page = post(
        client_of(case.worker), url("release", case.enquiry.reference), version=str(case.enquiry.version)
    ).content.decode()
    assert "Choose a team for at least one child" in page


def test_a_team_asks_and_the_hub_answers(case: Case, sent: MashSummary, client_of: ClientOf) -> None:
    team, worker = client_of(person("asha_assessment")), client_of(case.worker)
    empty = post(team, url("query", sent.reference), version=str(sent.version), text="")
    assert "There is a problem" in empty.content.decode()
    assert post(team, url("query", sent.reference), version=str(sent.version), text="Who is there?").status_code == 302
    page = worker.get(url("summary", sent.reference)).content
    assert "Who is there?" in page.decode()
    answer = {"version": hidden(page, "version"), "text": "Their mother."}
    assert post(worker, url("answer", sent.reference), **answer).status_code == 302
    with acting_as(case.manager.viewer):
        assert Exchange.objects.count() == 2


def test_a_team_declines_with_a_reason(case: Case, sent: MashSummary, client_of: ClientOf) -> None:
    team, where = client_of(person("asha_assessment")), url("decline", sent.reference)
    assert "Why do you decline?" in post(team, where, version=str(sent.version)).content.decode()
    said = {"version": str(sent.version), "reason": "other_team", "text": "They live in the south."}
    assert post(team, where, **said).status_code == 302
    assert (state_of(case), case.again().state) == ("declined", EnquiryState.DECIDED)


def test_a_stale_answer_of_a_team_keeps_its_text(case: Case, sent: MashSummary, client_of: ClientOf) -> None:
    team = client_of(person("asha_assessment"))
    page = post(team, url("query", sent.reference), version="1", text="Typed with care.")
    assert page.status_code == 409
    assert "Typed with care." in page.content.decode()


def test_a_letter_is_reworded_then_held_back(case: Case, client_of: ClientOf) -> None:
    contact = case.ended()
    client = client_of(person("fiona_front"))
    page = client.get(url("letters", contact.reference)).content
    assert post(client, url("letters", contact.reference), subject="nobody").status_code == 404
    assert post(client, url("letters", contact.reference), subject=hidden(page, "subject")).status_code == 302
    with acting_as(person("fiona_front").viewer):
        letter = FamilyLetter.objects.get()
    where = url("letter", letter.reference)
    assert "Enter letter" in post(client, where, version="1", text="").content.decode()
    refused = post(client, where, version="1", address="", text="He is at 9 Far Lane, Aldermere.").content.decode()
    assert "where somebody else lives" in refused
    assert post(client, where, version="1", address="", text="Please ring us.").status_code == 302
    stopped = post(client, url("letter_sent", letter.reference), version="2").content.decode()
    assert "own address first" in stopped
    back = url("letter_held_back", letter.reference)
    assert "would raise the risk" in post(client, back, version="2", reason="").content.decode()
    assert post(client, back, version="2", reason="He reads her post.").status_code == 302
    assert "He reads her post." in client.get(where).content.decode()


def test_a_complaint_is_recorded_and_answered_on_its_page(case: Case, client_of: ClientOf) -> None:
    case.received()
    reference = case.contact.reference
    client, where = client_of(person("fiona_front")), url("complaint", reference)
    assert "Enter what the complaint" in post(client, where, text="").content.decode()
    assert post(client, where, text="Nobody rang <b>me</b>.").status_code == 302
    assert "Nobody rang &lt;b&gt;me&lt;/b&gt;." in client.get(where).content.decode()
    with acting_as(person("fiona_front").viewer):
        complaint = Complaint.objects.get()
    answer = url("complaint_answer", reference, complaint.reference)
    assert "Enter what was answered" in post(client, answer, version="1", answer="").content.decode()
    other = Case(case.at).received().contact.reference
    assert post(client, url("complaint_answer", other, complaint.reference), version="1").status_code == 404
    assert post(client, answer, version="1", answer="We have now.").status_code == 302
    with acting_as(person("fiona_front").viewer):
        assert Complaint.objects.get().answer == "We have now."


def test_feedback_that_gives_a_name_away_comes_back(case: Case, client_of: ClientOf) -> None:
    contact = case.ended()
    said = {"told_before": "0", "state": "sent", "whom_to_ring": "us", "meanwhile": "Look after Ana."}
    page = post(client_of(person("fiona_front")), url("feedback", contact.reference), **said).content.decode()
    assert "which an email never holds" in page
    assert "Look after Ana." in page
