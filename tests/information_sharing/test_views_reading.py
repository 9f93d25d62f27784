"""Pages on which people read, and what the read log says of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.identity import acting_as
from information_sharing.models import InformationRequest, Item, ItemText, SafetyInstruction
from tests.drawn import text
from tests.information_sharing.web import key, url, written
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import Case, answer, ask, new, other_core, seal

pytestmark = pytest.mark.django_db


def test_shared_with_you(
    case: Case, asked: InformationRequest, client_of: ClientOf, police_officer: Person, health_visitor: Person
) -> None:
    client = client_of(health_visitor)
    assert "Nothing is shared with your agency now" in text(client.get(url("shared")))
    (health,) = ask(case, "health")
    answer(health, health_visitor)
    given = answer(asked, police_officer, new("For health too.", named=other_core("health")), new("Not named."))
    with CaptureQueriesContext(connection) as caught:
        page = text(client.get(url("shared")))
    (reading,) = written("audit_reading", caught)
    said = dict(ItemText.objects.values_list("text", "item_id"))
    assert {one.pk for one in given if str(one.pk) in reading} == {said["For health too."]}
    assert "For health too." in page
    assert "Not named." not in page
    assert asked.reference not in page


def test_side_by_side_and_chronology_record_the_reading(
    case: Case, client_of: ClientOf, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    police, health, education = ask(case, "police", "health", "education")
    answer(
        police, police_officer, new("From the police.", occurred_on=date(2024, 5, 3)), new("Sealed.", "manager_only")
    )
    answer(health, health_visitor, new("<b>From health</b>", occurred_on=date(2023, 1, 1), precision="year"))
    client = client_of(social_worker)
    with CaptureQueriesContext(connection) as caught:
        page = text(client.get(url("information", case.enquiry.reference)))
    (reading,) = written("audit_reading", caught)
    with acting_as(police_officer.viewer):
        (mine,) = Item.objects.filter(agency_id=police.agency_id).exclude(handling="manager_only")
        (secret,) = Item.objects.filter(handling="manager_only")
    assert str(mine.pk) in reading
    assert str(secret.pk) not in reading
    assert "'information'" in reading
    assert "From the police." in page
    assert "&lt;b&gt;From health&lt;/b&gt;" in page
    assert "Sealed." not in page
    assert "Aldermere Education Safeguarding: No answer" in page
    page = text(client.get(url("chronology", case.enquiry.reference)))
    assert page.index("2023") < page.index("About 2023") < page.index("3 May 2024")
    assert education.answered_at is None


def test_an_asked_agency_reads_its_own_chronology(
    case: Case, asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    (health,) = ask(case, "health")
    answer(health, person("health_researcher"), new("Not for the police."))
    answer(asked, police_officer, new("Our own."))
    page = text(client_of(police_officer).get(url("chronology", case.enquiry.reference)))
    assert "Our own." in page
    assert "Not for the police." not in page
    assert client_of(police_officer).get(url("information", case.enquiry.reference)).status_code == 403


def test_a_safety_instruction_from_proposal_to_the_leads_word(
    case: Case,
    asked: InformationRequest,
    client_of: ClientOf,
    police_officer: Person,
    police_lead: Person,
    mash_manager: Person,
) -> None:
    item = seal(asked, police_officer)
    manager, owner, lead = client_of(mash_manager), client_of(police_officer), client_of(police_lead)
    propose = url("propose_instruction", case.enquiry.reference, item.pk)
    assert manager.get(propose).status_code == 200
    assert "There is a problem" in text(manager.post(propose, {"words": ""}))
    assert manager.post(propose, {"words": "Go in twos.", "submission_key": key()}).status_code == 302
    with acting_as(mash_manager.viewer):
        reference = SafetyInstruction.objects.get().reference
    page = url("instruction", reference)
    assert lead.get(page).status_code == 404
    assert "Agree this wording" not in text(manager.get(page))
    assert "Go in twos." in text(owner.get(page))
    assert (
        owner.post(url("refuse_instruction", reference), {"version": "1", "submission_key": key()}).status_code == 302
    )
    shown = text(lead.get(page))
    assert "Refuse for our agency" in shown
    assert "A sealed sentence." not in shown
    assert lead.post(page, {"version": "2", "words": "Ring first.", "submission_key": key()}).status_code == 302
    assert "Ring first." in text(manager.get(page))
    refused = lead.post(url("refuse_for_agency", reference), {"version": "3", "submission_key": key()})
    assert refused.status_code == 409


def test_the_lead_refuses_for_the_agency(
    case: Case,
    asked: InformationRequest,
    client_of: ClientOf,
    police_officer: Person,
    police_lead: Person,
    mash_manager: Person,
) -> None:
    item = seal(asked, police_officer)
    client_of(mash_manager).post(
        url("propose_instruction", case.enquiry.reference, item.pk), {"words": "Go in twos.", "submission_key": key()}
    )
    with acting_as(mash_manager.viewer):
        reference = SafetyInstruction.objects.get().reference
    client_of(police_officer).post(url("refuse_instruction", reference), {"version": "1", "submission_key": key()})
    lead = client_of(police_lead)
    done = lead.post(url("refuse_for_agency", reference), {"version": "2", "submission_key": key()})
    assert done["Location"] == url("instruction", reference)
    assert "has refused. Nothing of it goes out." in text(lead.get(url("instruction", reference)))
