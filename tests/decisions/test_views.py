"""The pages of this stage: who meets which, and what happens to what they type."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from agencies.access.identity import acting_as
from decisions import actions
from decisions.models import Analysis, Decision, MashSummary
from tests.decisions.pages import decided, hidden, url, written
from tests.people import ClientOf, Person, person
from tests.scenes.case import Case

HOSTILE = "<script>alert(1)</script> \U0001f9d2 \u0645\u0631\u062d\u0628\u0627"

EVERYBODY = (
    "fiona_front",
    "sunita_screener",
    "maeve_manager",
    "saira_worker",
    "sean_worker",
    "police_researcher",
    "police_lead",
    "yos_researcher",
    "asha_assessment",
    "ella_early_help",
    "omar_nights",
    "rhona_reviewer",
    "audrey_auditor",
    "anton_admin",
)
TEAM = {"maeve_manager", "saira_worker"}
PAGES = {
    "analysis": TEAM,
    "decide": {"maeve_manager"},
    "joint_view": {"maeve_manager"},
    "decision": TEAM
    | {"fiona_front", "sunita_screener", "omar_nights", "police_researcher", "police_lead", "asha_assessment"},
    "release": TEAM,
    "summary": TEAM | {"asha_assessment"},
    "feedback": TEAM | {"fiona_front"},
    "letters": TEAM | {"fiona_front"},
    "complaint": TEAM | {"fiona_front"},
    "prepare": set(),
}
"""Page to those who meet it on a released case; everybody else is answered as if it did not exist."""


def test_who_meets_which_page(case: Case, client_of: ClientOf) -> None:
    summary = case.out()[0]
    on = {"summary": summary.reference, "prepare": summary.reference}
    on |= dict.fromkeys(("feedback", "letters", "complaint"), case.contact.reference)
    met: dict[str, set[str]] = {page: set() for page in PAGES}
    statuses: set[int] = set()
    for key in EVERYBODY:
        client = client_of(person(key))
        for page in PAGES:
            status = client.get(url(page, on.get(page, case.enquiry.reference))).status_code
            statuses.add(status)
            if status == 200:
                met[page].add(key)
    assert (met, statuses) == (PAGES, {200, 404})


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("inbox", {"asha_assessment", "ella_early_help"}),
        ("feedback_queue", {"fiona_front", "maeve_manager"}),
    ],
)
def test_who_meets_which_list(page: str, allowed: set[str], client_of: ClientOf, db: None) -> None:
    found = {key: client_of(person(key)).get(reverse(f"decisions:{page}")).status_code for key in EVERYBODY}
    assert found == {key: 200 if key in allowed else 403 for key in EVERYBODY}


POSTS = {
    "summary": (
        "release_one",
        "summary_send_back",
        "discard",
        "supersede",
        "recall",
        "stands",
        "telephoned",
        "plan",
        "accept",
        "query",
        "answer",
        "decline",
    ),
    "enquiry": ("analysis", "analysis_draft", "analysis_send", "decide", "joint_view", "send_back", "release", "close"),
    "contact": ("feedback", "letters", "complaint"),
}


def test_a_stranger_posts_to_nothing(case: Case, stranger: Person, client_of: ClientOf) -> None:
    summary = case.out()[0]
    client = client_of(stranger)
    references = {
        "summary": summary.reference,
        "enquiry": case.enquiry.reference,
        "contact": case.contact.reference,
    }
    for kind, names in POSTS.items():
        for name in names:
            body = {"version": "1", "submission_key": str(uuid.uuid4()), "text": "x"}
            assert client.post(url(name, references[kind]), body).status_code == 404, name


def test_a_draft_saves_itself_and_an_older_page_is_told(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    client = client_of(case.worker)
    where = url("analysis", case.enquiry.reference)
    first = written(case, client.get(where).content)
    second = written(case, client.get(where).content)
    draft = url("analysis_draft", case.enquiry.reference)
    assert client.post(draft, {**first, "risks": HOSTILE}).status_code == 204
    assert client.post(draft, {**first, "risks": HOSTILE + "!"}).status_code == 204
    stale = client.post(draft, {**second, "risks": "Typed for an hour."})
    assert stale.status_code == 409
    assert "Typed for an hour." in stale.content.decode()
    assert client.post(draft, {**first, "risks": "x" * 20_001}).status_code == 400
    page = client.get(where).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_analysis_that_is_not_whole_comes_back_with_what_was_typed(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    client = client_of(case.worker)
    typed = written(case, client.get(url("analysis", case.enquiry.reference)).content) | {"gaps": "", "risks": "Kept."}
    page = client.post(url("analysis_send", case.enquiry.reference), typed).content.decode()
    assert "Write what you still do not know" in page
    assert "Kept." in page
    with acting_as(case.worker.viewer):
        assert Analysis.objects.count() == 0


def test_nothing_is_preselected_and_everything_is_asked(ready: Case, client_of: ClientOf) -> None:
    client = client_of(ready.manager)
    where = url("decide", ready.enquiry.reference)
    page = client.get(where).content
    assert b"checked" not in page
    bare = {name: hidden(page, name) for name in ("version", "submission_key", "considered", "earlier_shown")}
    back = client.post(where, bare).content.decode()
    for sentence in (
        "Select the outcome for Ana Quill",
        "Select the level of need of Bo Quill",
        "Write the reasons for",
    ):
        assert sentence in back
    assert Decision.objects.count() == 0


def test_a_decision_sent_twice_is_one(ready: Case, client_of: ClientOf) -> None:
    client = client_of(ready.manager)
    where = url("decide", ready.enquiry.reference)
    typed = decided(ready, client.get(where).content) | {"confirm": "1"}
    assert [client.post(where, typed).status_code for _ in range(2)] == [302, 302]
    with acting_as(ready.manager.viewer):
        assert Decision.objects.count() == 1


def test_of_two_managers_the_second_is_told_and_keeps_the_text(
    ready: Case, other_manager: Person, client_of: ClientOf
) -> None:
    first, second = client_of(ready.manager), client_of(other_manager)
    where = url("decide", ready.enquiry.reference)
    one, two = decided(ready, first.get(where).content), decided(ready, second.get(where).content)
    assert first.post(where, one | {"confirm": "1"}).status_code == 302
    late = second.post(where, {**two, "missing": HOSTILE, "confirm": "1"})
    assert late.status_code == 409
    assert ready.manager.user.name in late.content.decode()
    assert "&lt;script&gt;alert(1)" in late.content.decode()
    with acting_as(ready.manager.viewer):
        assert Decision.objects.count() == 1


def test_what_was_read_back_can_be_changed(ready: Case, client_of: ClientOf) -> None:
    client = client_of(ready.manager)
    where = url("decide", ready.enquiry.reference)
    typed = decided(ready, client.get(where).content) | {"missing": "The GP."}
    page = client.post(where, typed | {"edit": "1"}).content.decode()
    assert "The GP." in page
    assert "Check the decision" in page
    assert Decision.objects.count() == 0


def test_the_manager_is_told_of_what_came_in_meanwhile(ready: Case, client_of: ClientOf) -> None:
    client = client_of(ready.manager)
    where = url("decide", ready.enquiry.reference)
    typed = decided(ready, client.get(where).content)
    ready.told("education", text="She was absent for two weeks.")
    typed["version"] = str(ready.again().version)
    page = client.post(where, typed).content
    assert "1 item was added" in page.decode()
    assert "New or reworded since you opened this page" in page.decode()
    assert "Both agencies describe the same fear." in page.decode()
    typed["considered"] = hidden(page, "considered")
    assert client.post(where, typed | {"confirm": "1"}).status_code == 302


def test_not_needed_is_a_conscious_choice_where_something_is_sealed(ready: Case, client_of: ClientOf) -> None:
    ready.sealed(ready.asked("health"), "health")
    client = client_of(ready.manager)
    where = url("decide", ready.enquiry.reference)
    page = client.get(where)
    assert "Confidential information (1)" in page.content.decode()
    assert "An officer lives next door." not in page.content.decode()
    typed = decided(ready, page.content)
    assert "Tick that you know and do not need it" in client.post(where, typed).content.decode()
    assert client.post(where, typed | {"not_needed_confirmed": "on", "confirm": "1"}).status_code == 302


def test_the_social_worker_meets_the_marker_and_nothing_sealed(ready: Case, client_of: ClientOf) -> None:
    ready.sealed(ready.asked("health"), "health")
    ready.decided(sealed_reasons="Because of the officer.")
    client = client_of(ready.worker)
    analysis = client.get(url("analysis", ready.enquiry.reference)).content.decode()
    decision = client.get(url("decision", ready.enquiry.reference)).content.decode()
    assert "Confidential information is held for the MASH manager." in analysis
    assert "officer" not in analysis + decision


def test_only_the_manager_is_offered_the_release(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    offered = {
        key: "Release to Assessment team"
        in client_of(person(key)).get(url("summary", summary.reference)).content.decode()
        for key in ("saira_worker", "maeve_manager")
    }
    assert offered == {"saira_worker": False, "maeve_manager": True}


def test_a_release_without_an_answer_to_the_door_comes_back(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    body = {"version": str(summary.version), "submission_key": str(uuid.uuid4())}
    page = client_of(case.manager).post(url("release_one", summary.reference), body).content.decode()
    assert "Does anyone who meets this child" in page
    with acting_as(case.manager.viewer):
        assert MashSummary.objects.get().released_at is None


def test_an_item_posted_by_hand_is_not_there(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    secret = case.told(handling="hub_only")
    case.recommended()
    case.decided()
    summary = case.prepared()[0]
    client = client_of(case.worker)
    page = client.get(url("prepare", summary.reference))
    assert str(secret.pk) not in page.content.decode()
    body = {"version": hidden(page.content, "version"), "items": [f"{secret.pk}:1"]}
    assert "may not be passed on any more" in client.post(url("prepare", summary.reference), body).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_however_long(
    count: int, at: object, client_of: ClientOf, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases = [Case(at) for _ in range(count)]  # type: ignore[arg-type]  # the moment of the test
    for case in cases:
        case.out()
    receiver = client_of(person("asha_assessment"))
    with django_assert_num_queries(13):
        page = receiver.get(reverse("decisions:inbox")).content.decode()
    assert all(case.enquiry.reference not in page for case in cases)
    for case in cases:
        with acting_as(case.who("asha_assessment").viewer):
            summary = MashSummary.objects.visible_to(case.who("asha_assessment").viewer).get(enquiry=case.enquiry)
            viewer = case.who("asha_assessment").viewer
            actions.accept_summary(summary, viewer=viewer, at=case.at, version=summary.version)
    front = client_of(person("fiona_front"))
    with django_assert_num_queries(18):
        page = front.get(reverse("decisions:feedback_queue")).content.decode()
    assert all(case.contact.reference in page for case in cases)
