"""What was looked for in the log comes into an address as keys, choices, days and references: never a word typed."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from reporting.queries import read_place
from tests.people import ClientOf, Person, person

pytestmark = pytest.mark.django_db
ACTIVITY = "reporting:activity"
REFUSED = "Enter a reference such as M-7KQ4-M2XD"


def act(who: Person, count: int, *, at: datetime) -> None:
    """Write events of somebody."""
    for number in range(count):
        Event(
            at=at, verb="contact.looked_at", record_type="x.y", user_id=who.user.pk, roles=[], request_id=f"{number:08}"
        ).save(force_insert=True)


def numbers(page: Any) -> list[str]:
    """Return the lines of the log by the number of their request."""
    return re.findall(r">(0000\d{4})<", page.content.decode())


SAID = {"kind": "event", "reference": "", "agency": "", "deed": "contact", "to_day_day": "", "from_day_day": ""}


def test_a_search_for_a_person_carries_a_key_through_all_pages(
    client_of: ClientOf, auditor: Person, screener: Person, front_door: Person
) -> None:
    at = timezone.now()
    act(screener, 70, at=at)
    act(front_door, 70, at=at)
    client = client_of(auditor)
    first = client.post(reverse(ACTIVITY), SAID | {"person": str(screener.user.pk)})
    address = first.headers["Location"]
    assert parse_qs(urlsplit(address).query) == {
        "kind": ["event"],
        "deed": ["contact"],
        "person": [str(screener.user.pk)],
    }
    seen: list[str] = []
    for length in (50, 20):
        page = client.get(address)
        seen += numbers(page)
        assert len(numbers(page)) == length
        older = re.search(r'href="(\?[^"]*after=[^"]*)"', page.content.decode())
        address = reverse(ACTIVITY) + unescape(older[1]) if older else ""
    assert (address, sorted(seen)) == ("", [f"{number:08}" for number in range(70)])
    assert read_place("nowhere") is None


def test_a_period_and_a_reference_are_carried_as_they_were_judged(client_of: ClientOf, auditor: Person) -> None:
    days = {"from_day_day": "02", "from_day_month": "6", "from_day_year": "2025"}
    page = client_of(auditor).post(reverse(ACTIVITY), SAID | days | {"reference": " m 2222–3333 ", "person": ""})
    assert parse_qs(urlsplit(page.headers["Location"]).query) == {
        "kind": ["event"],
        "deed": ["contact"],
        "reference": ["M-2222-3333"],
        "from_day_day": ["2"],
        "from_day_month": ["6"],
        "from_day_year": ["2025"],
    }


@pytest.mark.parametrize(("name", "who"), [(ACTIVITY, "audrey_auditor"), ("reporting:receipts", "police_researcher")])
def test_a_name_in_the_place_of_a_reference_goes_into_no_address(name: str, who: str, client_of: ClientOf) -> None:
    client = client_of(person(who))
    typed = client.post(reverse(name), {"reference": "Sunita Shah"})
    assert (typed.status_code, REFUSED in typed.content.decode()) == (200, True)
    asked = client.get(reverse(name), {"reference": "Sunita Shah", "person": "Sunita"})
    links = re.findall(r'(?:href|action)="([^"]*)"', typed.content.decode() + asked.content.decode())
    assert [link for link in links if "Sunita" in unescape(link)] == []
    assert '<form method="get"' not in typed.content.decode()


def test_receipts_are_looked_for_by_reference_alone(client_of: ClientOf) -> None:
    said = {"reference": "q-2222-3333", "own_too": "on", "somebody": "Sunita"}
    page = client_of(person("police_researcher")).post(reverse("reporting:receipts"), said)
    assert page.headers["Location"] == reverse("reporting:receipts") + "?reference=Q-2222-3333&own_too=on"
