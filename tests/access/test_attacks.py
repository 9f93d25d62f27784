"""Holes that an attack of 22 November 2026 found, each closed and kept closed (docs/security)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

import contacts.actions
import screening.actions
from agencies.access.conditions import NOTHING
from agencies.access.firewall import rule_for
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_for
from agencies.access.viewer import CLOCK
from agencies.models import Signature
from clock.models import Deadline
from common.errors import RuleBroken
from contacts.rules.intake import ReportedPerson, ReportedReferrer
from decisions.actions import Word, give_feedback
from information_sharing.actions import propose_instruction, refuse_instruction
from information_sharing.models import InformationRequest, Item
from notices import actions as notices
from notices.models import DeadLetter, Notice
from screening.actions import withdraw_handover
from screening.models import Handover
from tests.logins import logged_in_as
from tests.notices.conftest import Postbox, postbox
from tests.people import ClientOf, Person, agency, person
from tests.scenes.case import REFERRER
from tests.scenes.case import Case as DecisionCase
from tests.scenes.enquiries import MORNING, answer, ask, intake, new, open_case, other_core, seal
from tests.scenes.screening import handed_over

pytestmark = pytest.mark.django_db
__all__ = ["postbox"]


def lapse(key: str) -> None:
    """Let an agency's signature end yesterday."""
    for row in Signature.objects.filter(agency=agency(key)):
        row.ends_on = timezone.localdate() - timedelta(days=1)
        row.save()


def test_an_agency_whose_signature_has_lapsed_takes_no_part(
    client_of: ClientOf, police_officer: Person, health_visitor: Person
) -> None:
    case = open_case()
    asked, other = ask(case, "police", "health")
    answer(asked, police_officer, new("What the police said.", named=other_core("health")))
    answer(other, health_visitor)
    client = client_of(health_visitor)
    page = reverse("information_sharing:request", args=[other.reference])
    assert client.get(page).status_code == 200
    assert b"What the police said." in client.get("/shared/").content
    with acting_as(health_visitor.viewer) as viewer:
        assert Notice.objects.visible_to(viewer).exists()
    lapse("health")
    add = reverse("information_sharing:seal", args=[other.reference])
    posted = client.post(add, {"text": "Late.", "submission_key": str(uuid.uuid4())})
    assert (client.get(page).status_code, posted.status_code) == (403, 403)  # One page for everything: the signature.
    assert b"What the police said." not in client.get("/shared/").content
    assert case.enquiry.reference.encode() not in client.get("/work/").content
    assert client.get(f"/enquiries/{case.enquiry.reference}/").status_code == 403
    lapsed = viewer_for(health_visitor.user.pk, health_visitor.membership.pk, at=timezone.now())
    with acting_as(lapsed), connection.cursor() as cursor:
        assert rule_for(Notice)(lapsed) == NOTHING
        cursor.execute("SELECT count(*) FROM notices_notice")  # That something was asked about a child stands in them.
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM information_sharing_informationrequest")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM screening_enquirygrant")
        assert cursor.fetchone() == (0,)


def test_a_handover_that_was_withdrawn_is_gone_for_the_team(
    client_of: ClientOf, front_door: Person, screener: Person, early_help_worker: Person
) -> None:
    at = timezone.now()
    handover = handed_over(front_door, screener, at)
    client, page = client_of(early_help_worker), f"/handovers/{handover.reference}/"
    assert client.get(page).status_code == 200
    with acting_as(screener.viewer):
        withdraw_handover(Handover.objects.get(pk=handover.pk), viewer=screener.viewer, at=at)
    assert client.get(page).status_code == 404
    assert handover.reference.encode() not in client.get("/inbox/").content


@pytest.mark.django_db(transaction=True)
def test_a_lost_mail_does_not_tell_that_something_is_sealed(
    client_of: ClientOf, police_officer: Person, mash_manager: Person, postbox: Postbox
) -> None:
    case = open_case()
    (asked,) = ask(case, "police")
    seal(asked, police_officer)
    postbox.refusals[mash_manager.user.email] = "550 no such mailbox"
    with logged_in_as("mash_sweep"):
        notices.send_waiting(viewer=CLOCK, at=timezone.now())
    letter = DeadLetter.objects.get(kind="enquiry.confidential")
    for key in ("fiona_front", "anton_admin"):
        assert case.enquiry.reference not in client_of(person(key)).get("/notices/").content.decode(), key
    assert client_of(person("fiona_front")).post("/notices/retry/", {"row": str(letter.pk)}).status_code == 404


@pytest.mark.parametrize(("number", "status"), [("²", 200), ("9" * 5000, 400)])
def test_numbers_that_are_none_are_taken_as_none(
    client_of: ClientOf, police_officer: Person, number: str, status: int
) -> None:
    (asked,) = ask(open_case(), "police")
    client = client_of(police_officer)
    assert client.get("/requests/", {"page": number}).status_code == 200
    add = reverse("information_sharing:answer", args=[asked.reference])
    odd = (
        {"items-TOTAL_FORMS": number, "items-INITIAL_FORMS": "0", "items-add": "1"},
        {"items-TOTAL_FORMS": "2", "items-INITIAL_FORMS": "0", "items-remove": number},
        {"items-TOTAL_FORMS": "2", "items-INITIAL_FORMS": "0", "items-remove": "0", f"items-{number}-text": "x"},
        {"items-TOTAL_FORMS": number, "items-INITIAL_FORMS": number, "items-0-text": "x"},
    )
    assert [client.post(add, posted).status_code for posted in odd] == [200, 200, status, 200]
    assert (Item.objects.count(), InformationRequest.objects.get(pk=asked.pk).state) == (0, "sent")
    worker = client_of(person("saira_worker"))
    back = worker.post(reverse("information_sharing:withdraw", args=[asked.reference]), {"version": number})
    assert back.status_code == 409


def test_an_agency_does_not_learn_who_was_worried_about_a_sibling(front_door: Person) -> None:
    case = open_case()
    brother = ReportedPerson(given_name="Ivo", family_name="Lane")
    sibling = intake(people=(brother,), referrer=ReportedReferrer(organisation="Hidden Nursery"))
    with acting_as(front_door.viewer):
        second = contacts.actions.receive_contact(sibling, viewer=front_door.viewer, at=MORNING)
        screening.actions.join_enquiry(case.enquiry, second, viewer=front_door.viewer, at=MORNING)
    (asked,) = ask(case, "police")
    assert asked.referrer_organisation == "Quayside Primary"


@pytest.mark.parametrize("part", ["asks", "purpose", "concern"])
def test_a_request_does_not_name_a_private_referrer(part: str) -> None:
    case = open_case(referrer_kind="relative")
    wording: dict[str, Any] = {part: "Ada Quill told us of marks."}
    with pytest.raises(RuleBroken) as refused:
        ask(case, "police", **wording)
    assert refused.value.field == part


def test_a_mail_does_not_echo_a_name_as_own_reference() -> None:
    at = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    case = DecisionCase(at, referrer=replace(REFERRER, own_reference="Ana Quill, our log"))
    contact, front = case.ended(), case.who("fiona_front").viewer
    word = Word("sent", "The hub", "Keep an eye out.")
    with acting_as(front), pytest.raises(RuleBroken) as refused:
        give_feedback(contact, word, viewer=front, at=at, told_before=0)
    assert "own reference" in refused.value.sentence


def test_the_clock_of_an_instruction_is_for_its_author_and_the_lead(
    police_officer: Person, mash_manager: Person
) -> None:
    case = open_case()
    (asked,) = ask(case, "police")
    item = seal(asked, police_officer)
    with acting_as(mash_manager.viewer):
        words = propose_instruction(item, "Come in pairs.", viewer=mash_manager.viewer, at=MORNING)
    with acting_as(police_officer.viewer):
        refuse_instruction(words, viewer=police_officer.viewer, at=MORNING)
    for key, sees in (
        ("police_researcher", True),
        ("police_lead", True),
        ("health_lead", False),
        ("saira_worker", False),
    ):
        with acting_as(person(key).viewer) as viewer:
            clocks = Deadline.objects.visible_to(viewer).filter(measure="safety_instruction")
            assert (key, clocks.exists()) == (key, sees)


def test_an_outcome_comes_without_the_name_of_a_child_who_is_not_shown(
    client_of: ClientOf, out_of_hours: Person, panel_police: Person
) -> None:
    case = DecisionCase(datetime(2026, 11, 18, 10, 0, tzinfo=UTC)).in_mash("amber")
    case.recommended()
    case.decided()
    page = f"/enquiries/{case.enquiry.reference}/decision/"
    shown = client_of(out_of_hours).get(page)
    assert (shown.status_code, b"Assessment" in shown.content, b"Quill" in shown.content) == (200, True, False)
    assert b">A child" in client_of(panel_police).get(page).content
    assert b">A child" not in client_of(case.manager).get(page).content


def test_a_summary_that_the_team_declined_is_the_hubs_again(client_of: ClientOf, assessment_worker: Person) -> None:
    case = DecisionCase(datetime(2026, 11, 18, 10, 0, tzinfo=UTC))
    (summary,) = case.out()
    client, page = client_of(assessment_worker), f"/summaries/{summary.reference}/"
    assert b"frightened at home" in client.get(page).content
    refused = {"reason": "other", "text": "Not ours.", "version": str(summary.version)}
    assert client.post(f"{page}decline/", refused)["Location"] == "/inbox/"
    assert client.get(page).status_code == 404
    assert f"/summaries/{summary.reference}/" not in client.get("/inbox/").content.decode()
    assert client_of(case.manager).get(page).status_code == 200


def test_a_search_with_a_nul_finds_nothing(client_of: ClientOf, front_door: Person) -> None:
    page = client_of(front_door).post("/search/", {"q": "a\x00b"}, follow=True)
    assert (page.status_code, page.context["count"]) == (200, 0)
