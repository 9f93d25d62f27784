"""A protected place is in no part of a summary: it goes to whoever accepted it, as a field of its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts.models import Contact, Subject
from decisions import actions
from decisions.actions import Door
from decisions.models import MashSummary, SummaryChild, SummaryPlaces
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
        actions.accept_summary(mine, viewer=viewer, at=sent.released_at, version=mine.version)
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
