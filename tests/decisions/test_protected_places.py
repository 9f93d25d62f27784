"""A protected place is in no part of a summary: it goes to whoever accepted it, as a field of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from clock.models import Deadline
from common.errors import RuleBroken
from contacts.actions import protect_now, record_whereabouts
from contacts.models import Contact, Subject
from decisions import actions
from decisions.actions import Door, preparing
from decisions.models import MashSummary, SummaryChild, SummaryPlaces
from tests.decisions.test_ending import parent
from tests.drawn import text
from tests.people import ClientOf
from tests.scenes.case import Case

HOME = "Larkspur House, 12 Mill Lane, Aldermere, AB1 2CD"
pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(case: Case) -> MashSummary:
    """Return a summary that was sent to its team, about children whose address is protected."""
    case.in_mash()
    with acting_as(case.manager.viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        contact.address, contact.address_is_protected, contact.protected_from = HOME, True, "Craig Doe"
        contact.save()
        for child in Subject.objects.filter(contact=contact, kind="child"):
            child.school = "Quayside Primary"
            child.save()
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    return case.released(summary, Door("no"))


def test_the_summary_says_from_whom_and_not_where(sent: MashSummary, client_of: ClientOf, case: Case) -> None:
    page = text(client_of(case.who("asha_assessment")).get(reverse("decisions:summary", args=[sent.reference])))
    assert ("Mill Lane" in page, "Quayside" in page, "School protected from Craig Doe" in page) == (False, False, True)
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        assert {one.school for one in SummaryChild.objects.visible_to(viewer)} == {"School protected from Craig Doe"}
        assert not SummaryPlaces.objects.visible_to(viewer).exists()


def test_whoever_accepted_opens_it_in_one_click(sent: MashSummary, client_of: ClientOf, case: Case) -> None:
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        mine = MashSummary.objects.visible_to(viewer).get(pk=sent.pk)
        actions.accept_summary(mine, viewer=viewer, at=case.at, version=mine.version)
    client, where = client_of(case.who("asha_assessment")), reverse("decisions:summary", args=[sent.reference])
    page = text(client.get(where))
    assert ("Protected places, for your visit" in page, "Mill Lane" in page) == (True, False)
    led = client.post(reverse("decisions:open_places", args=[sent.reference]))
    assert (led.status_code, "Mill" in led["Location"]) == (302, False)
    page = text(client.get(led["Location"]))
    for words in ("12 Mill Lane", "Quayside Primary", "Protected from Craig Doe"):
        assert words in page
    assert "Mill Lane" not in text(client.get(where))
    for other in (case.worker, case.manager):
        with acting_as(other.viewer) as viewer:
            assert not SummaryPlaces.objects.visible_to(viewer).exists()


def protect(case: Case, protected_from: str) -> None:
    with acting_as(case.manager.viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        contact.address, contact.address_is_protected, contact.protected_from = HOME, True, protected_from
        contact.save()
        for adult in Subject.objects.filter(contact=contact, kind="adult"):
            adult.lives_in_household, adult.address = True, ""
            adult.save()


def test_no_letter_is_drafted_with_a_protected_address(case: Case, client_of: ClientOf) -> None:
    case.ended()
    protect(case, "Tom Jagger")
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        letters = {
            name: actions.begin_letter(case.contact, parent(case, name).pk, viewer=viewer, at=case.at)
            for name in ("Mira", "Tom")
        }
        assert [one.address for one in letters.values()] == ["", ""]
    client = client_of(case.who("fiona_front"))
    for one in letters.values():
        page = text(client.get(reverse("decisions:letter", args=[one.reference])))
        assert ("Mill Lane" in page, "write it on the envelope by hand" in page) == (False, True)
    with acting_as(viewer):
        sent = actions.send_letter(letters["Mira"], viewer=viewer, at=case.at, version=1)
        assert (sent.state, sent.address) == ("sent", "")


def test_whom_it_is_protected_from_gets_no_letter_there(case: Case) -> None:
    case.ended()
    with acting_as(case.manager.viewer):
        father = parent(case, "Tom")
    protect(case, father.name)
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        letter = actions.begin_letter(case.contact, father.pk, viewer=viewer, at=case.at)
        with pytest.raises(RuleBroken, match="own address"):
            actions.send_letter(letter, viewer=viewer, at=case.at, version=1)
        with pytest.raises(RuleBroken, match="gives away"):
            actions.save_letter(letter, address="12 Mill Lane", text=letter.text, viewer=viewer, at=case.at, version=1)


@pytest.mark.parametrize(("days", "is_refused"), [(3 * 366, True), (30, False)])
def test_a_complaint_of_long_ago_is_no_burst_of_mails(case: Case, days: int, is_refused: bool) -> None:
    case.in_mash()
    viewer, received = case.who("fiona_front").viewer, case.at - timedelta(days=days)
    with acting_as(viewer):
        if is_refused:
            with pytest.raises(RuleBroken, match="Nothing that reached the hub"):
                actions.record_complaint(case.contact, "Slow.", received_at=received, viewer=viewer, at=case.at)
            return
        made = actions.record_complaint(case.contact, "Slow.", received_at=received, viewer=viewer, at=case.at)
        assert made.received_at == received
        assert Deadline.objects.get(subject_id=made.pk).due_at > case.at


def test_where_a_child_is_hidden_goes_into_no_letter_and_no_summary(case: Case) -> None:
    """What was said with the place protects it, though nothing else of the contact is protected."""
    case.in_mash()
    with acting_as(case.manager.viewer) as viewer:
        protection = protect_now(case.contact, "He threatens them.", viewer=viewer, at=case.at).protection
        child = next(one for one in case.subjects() if one.given_name == "Ana")
        record_whereabouts(
            protection,
            child,
            place="21 Poplar Gardens, Aldermere",
            with_whom="foster carers",
            safe_until=None,
            protected_from="Tom Sorrel",
            viewer=viewer,
            at=case.at,
        )
    case.recommended()
    case.decided()
    summary = case.prepared()[0]
    texts = {name: getattr(summary, name) for name in preparing.TEXTS} | {"missing": "She is in Poplar Gardens."}
    with acting_as(case.worker.viewer) as viewer, pytest.raises(RuleBroken, match="protected"):
        actions.save_summary(
            summary, actions.SummaryDraft(texts, "yes"), viewer=viewer, at=case.at, version=summary.version
        )
    for one in MashSummary.objects.all():
        case.released(case.with_manager(one))
    for one in MashSummary.objects.all():
        with acting_as(case.who("asha_assessment").viewer) as viewer:
            actions.accept_summary(one, viewer=viewer, at=case.at, version=one.version)
    father = next(one for one in case.subjects() if one.given_name == "Tom")
    with acting_as(case.who("fiona_front").viewer) as viewer:
        letter = actions.begin_letter(Contact.objects.get(pk=case.contact.pk), father.pk, viewer=viewer, at=case.at)
        text_now = f"{letter.text} Ana is at 21 Poplar Gardens."
        with pytest.raises(RuleBroken, match="protected"):
            actions.save_letter(
                letter, address=letter.address, text=text_now, viewer=viewer, at=case.at, version=letter.version
            )
