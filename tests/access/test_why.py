"""The pages "Why can I see this?": the line of the access table that opens a record, and nobody's name."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from agencies.access.table.whole import RECORDS
from information_sharing.models import InformationRequest, Item
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import Case, answer, ask, new, open_case, other_core, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return open_case()


@pytest.fixture
def asked(case: Case) -> InformationRequest:
    found = ask(case, "police", "health")[0]
    answer(found, person("police_researcher"), new())
    return found


def told(page: bytes) -> list[str]:
    """Return why the record is open to the one who looks, as the page words it."""
    listed = re.search(r'<ul class="govuk-list govuk-list--bullet">(.*?)</ul>', page.decode(), re.DOTALL)
    assert listed is not None
    return re.findall(r"<li>(.*?)</li>", listed.group(1))


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("maeve_manager", "MASH manager: your role sees every such record"),
        ("fiona_front", "Front door: your role sees every such record"),
        ("saira_worker", "Social worker: you are its assigned social worker"),
        ("police_researcher", "Researcher: your agency was asked"),
        ("police_lead", "Agency lead: your agency was asked"),
    ],
)
def test_enquiry_says_by_which_part_it_is_open(
    asked: InformationRequest, client_of: ClientOf, who: str, why: str
) -> None:
    response = client_of(person(who)).get(reverse("why_enquiry", args=[asked.enquiry.reference]))
    assert (response.status_code, told(response.content)) == (200, [why])


def test_request_and_item_say_whose_they_are(asked: InformationRequest, client_of: ClientOf) -> None:
    item = Item.objects.get(agency=asked.agency)
    police, worker = client_of(person("police_researcher")), client_of(person("saira_worker"))
    about = {"request": ("why_request", asked.reference), "item": ("why_item", item.pk)}
    pages = {name: reverse(route, args=[key]) for name, (route, key) in about.items()}
    assert told(police.get(pages["request"]).content) == ["Researcher: it was asked of your agency"]
    assert told(police.get(pages["item"]).content) == ["Researcher: your agency gave it"]
    assert told(worker.get(pages["item"]).content) == ["Social worker: you are its assigned social worker"]


def others(page: bytes) -> list[str]:
    """Return who else may see such a record, as the page words it."""
    return re.findall(r'<th scope="row" class="govuk-table__header">(.*?)</th>', page.decode())


def test_page_of_a_sealed_item_names_only_those_to_whom_one_opens(
    asked: InformationRequest, client_of: ClientOf
) -> None:
    waiting = InformationRequest.objects.get(enquiry=asked.enquiry, agency__kind="health")
    held = seal(waiting, person("health_researcher"), "Sealed words.")
    shown = client_of(person("health_researcher")).get(reverse("why_item", args=[held.pk])).content
    assert "Social worker" not in " ".join(others(shown))
    assert "Reviewer" not in " ".join(others(shown))
    assert "MASH manager" in others(shown)
    assert len(set(re.findall(r"<tr class.*?</tr>", shown.decode(), re.DOTALL))) == len(others(shown)) + 1
    plain = client_of(person("police_researcher")).get(
        reverse("why_item", args=[Item.objects.get(agency=asked.agency).pk])
    )
    assert "Social worker" in " ".join(others(plain.content))


def test_page_names_nobody_and_says_when_it_is_open_to_others(asked: InformationRequest, client_of: ClientOf) -> None:
    page = client_of(person("saira_worker")).get(reverse("why_request", args=[asked.reference])).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    people = [person(key) for key in ("maeve_manager", "police_researcher", "health_researcher")]
    named = [name for one in people for name in (one.user.name, one.membership.agency.name) if name in main]
    assert named == []
    lines = re.findall(r'<td class="govuk-table__cell">(.*?)</td>', main)
    assert lines == [one.because.words for one in RECORDS["information_sharing.InformationRequest"].openings]


@pytest.mark.parametrize("who", ["yos_researcher", "health_researcher", "asha_assessment", "audrey_auditor"])
def test_page_of_a_hidden_record_is_the_page_of_none(asked: InformationRequest, client_of: ClientOf, who: str) -> None:
    client, item = client_of(person(who)), Item.objects.get(agency=asked.agency)
    absent = client.get(reverse("why_request", args=["Q-2222-2222"]))
    for path in (reverse("why_request", args=[asked.reference]), reverse("why_item", args=[item.pk])):
        hidden = client.get(path)
        assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_page_is_read_only_and_led_to_from_the_record(asked: InformationRequest, client_of: ClientOf) -> None:
    client = client_of(person("police_researcher"))
    why = reverse("why_request", args=[asked.reference])
    assert client.post(why).status_code == 405
    assert (
        f'href="{why}"' in client.get(reverse("information_sharing:request", args=[asked.reference])).content.decode()
    )


def test_where_the_reason_rests_on_what_is_hidden_every_reason_that_may_hold_is_named(
    police_officer: Person, health_visitor: Person, client_of: ClientOf
) -> None:
    """An agency that was named reads what is about an adult of whom it was not asked itself."""
    case = open_case()
    (to_police,) = ask(case, "police", subject_ids=[case.mia.pk, case.dad.pk])
    (to_health,) = ask(case, "health")
    answer(to_health, health_visitor)
    (item,) = answer(
        to_police, police_officer, new("A call in May.", subject_id=case.dad.pk, named=other_core("health"))
    )
    page = client_of(health_visitor).get(f"/items/{item.pk}/why/")
    said = page.content.decode()
    assert "tell the administrator" not in said
    assert ("its owner named your agency for it" in said, "one of these holds" in said) == (True, True)
