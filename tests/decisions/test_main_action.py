"""The page of an enquiry offers first, and alone in green, what the enquiry waits for."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from agencies.access.identity import acting_as
from screening.actions import assign_social_worker
from screening.models import Enquiry
from tests.people import ClientOf, Person
from tests.scenes import screening as cases
from tests.scenes.case import Case

pytestmark = pytest.mark.django_db
BUTTON = re.compile(
    r'<a href="([^"]*)" role="button"[^>]*class="govuk-button( govuk-button--secondary)?"[^>]*>([^<]*)<'
)


def drawn(client: Client, enquiry: Enquiry) -> tuple[list[str], list[str]]:
    """Return the labels of the actions, in their order, and of those that stand out."""
    page = client.get(f"/enquiries/{enquiry.reference}/").content.decode()
    moves = page.partition('hub-moves hub-no-print">')[2].partition("</div>")[0]
    found = BUTTON.findall(moves)
    return [label for _, _, label in found], [label for _, secondary, label in found if not secondary]


def test_what_a_case_waits_for_comes_first_at_each_stage(case: Case, client_of: ClientOf) -> None:
    client = client_of(case.manager)
    case.in_mash()
    others = ["Rate again", "Set another deadline", "Assign a social worker", "Add a contact to this enquiry"]
    assert drawn(client, case.enquiry) == ([*others, "Decide"], [])
    case.recommended()
    assert drawn(client, case.enquiry) == (["Decide", *others], ["Decide"])
    case.decided()
    later = ["Assign a social worker", "Add a contact to this enquiry"]
    assert drawn(client, case.enquiry) == (["Release", *later], ["Release"])


def test_an_unrated_enquiry_waits_for_its_rating_and_then_for_a_worker(
    front_door: Person, screener: Person, mash_manager: Person, social_worker: Person, case: Case, client_of: ClientOf
) -> None:
    enquiry, client = cases.opened(front_door, screener, case.at), client_of(mash_manager)
    rest = ["Set another deadline", "Assign a social worker", "Add a contact to this enquiry"]
    assert drawn(client, enquiry) == (["Rate", *rest], ["Rate"])
    client.post(f"/enquiries/{enquiry.reference}/rate/", {"colour": "amber", "version": str(enquiry.version)})
    enquiry = Enquiry.objects.get(pk=enquiry.pk)
    first, *others = drawn(client, enquiry)[0]
    assert (first, others) == (
        "Assign a social worker",
        ["Rate again", "Set another deadline", "Add a contact to this enquiry", "Decide"],
    )
    assert drawn(client, enquiry)[1] == ["Assign a social worker"]
    with acting_as(mash_manager.viewer) as viewer:
        assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=case.at)
    assert drawn(client, enquiry)[1] == []


def test_main_action_leads_to_its_page_and_is_nobody_elses(case: Case, client_of: ClientOf) -> None:
    case.in_mash()
    case.recommended()
    for who, labels in ((case.manager, True), (case.worker, False), (case.who("fiona_front"), False)):
        assert ("Decide" in drawn(client_of(who), case.enquiry)[0]) is labels
    client = client_of(case.manager)
    page = client.get(f"/enquiries/{case.enquiry.reference}/").content.decode()
    address = next(href for href, _, label in BUTTON.findall(page) if label == "Decide")
    assert client.get(address).status_code == 200
