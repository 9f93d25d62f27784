"""Logging a contact on its page: everything typed is kept, whatever was typed."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from contacts.models import Contact, Report, Subject
from tests.contacts.conftest import LogContact
from tests.drawn import text
from tests.people import ClientOf, Person


def blank_new(**changes: str) -> dict[str, str]:
    return {
        "children-TOTAL_FORMS": "1",
        "children-INITIAL_FORMS": "0",
        "children-0-given_name": "Ada",
        "children-0-family_name": "Thornbury",
        "adults-TOTAL_FORMS": "0",
        "adults-INITIAL_FORMS": "0",
        "channel": "telephone",
        "report": "She cries every night.",
        "referrer_kind": "neighbour",
        **changes,
    }


def test_new_contact_is_logged(client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    assert client.get(reverse("contacts:new")).status_code == 200
    page = client.post(reverse("contacts:new"), blank_new())
    contact = Contact.objects.get()
    assert page.status_code == 302
    assert page["Location"] == reverse("contacts:contact", args=[contact.reference])
    shown = client.get(page["Location"])
    assert shown.status_code == 200
    assert "She cries every night." in shown.content.decode()


def test_new_contact_keeps_everything_when_something_cannot_be(client_of: ClientOf, front_door: Person) -> None:
    hostile = '<script>alert("x")</script> مرحبا 😀'
    answers = blank_new(
        **{
            "report": hostile,
            "happened_on_day": "1",
            "happened_on_month": "1",
            "happened_on_year": "2999",
            "children-0-is_unborn": "on",
            "children-0-date_of_birth_day": "1",
            "children-0-date_of_birth_month": "1",
            "children-0-date_of_birth_year": "2020",
            "known": "open",
            "agreement": "refused",
        }
    )
    page = text(client_of(front_door).post(reverse("contacts:new"), answers))
    assert Contact.objects.count() == 0
    assert hostile not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; مرحبا 😀" in page
    for sentence in (
        "has no date of birth",
        "Enter the worker or the team that the child is open to",
        "Enter what the family said",
    ):
        assert sentence in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"happened_on_day": "1", "happened_on_month": "1", "happened_on_year": "2999"}, "This day is in the future"),
        (
            {
                "arrived_at_day": "1",
                "arrived_at_month": "1",
                "arrived_at_year": "2999",
                "arrived_at_time": "10:00",
            },
            "The time of arrival is in the future",
        ),
        ({"report": "x" * 20_001}, "must be 20,000 characters or fewer; it has 20001"),
        (
            {"name": "Nora Nextdoor", "concern": "Nora Nextdoor says"},
            "This gives away who told the hub and is not to be named",
        ),
        ({"referrer_kind": "anonymous", "name": "Nora"}, "An anonymous referrer is not named"),
    ],
)
def test_new_contact_says_what_to_do(
    client_of: ClientOf, front_door: Person, changes: dict[str, str], sentence: str
) -> None:
    page = text(client_of(front_door).post(reverse("contacts:new"), blank_new(**changes)))
    assert sentence in page
    assert Contact.objects.count() == 0


def test_fourteen_children_and_a_text_of_twenty_thousand_signs(client_of: ClientOf, front_door: Person) -> None:
    children = {f"children-{place}-given_name": f"Child{place}" for place in range(14)}
    client = client_of(front_door)
    page = client.post(
        reverse("contacts:new"), blank_new(**{**children, "children-TOTAL_FORMS": "14", "report": "😀" * 20_000})
    )
    assert page.status_code == 302
    assert Subject.objects.count() == 14
    assert len(Report.objects.get().text) == 20_000
    assert client.get(page["Location"]).status_code == 200


def test_a_double_click_logs_one_contact(client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    key = str(uuid.uuid4())
    first = client.post(reverse("contacts:new"), blank_new(submission_key=key))
    second = client.post(reverse("contacts:new"), blank_new(submission_key=key))
    assert first["Location"] == second["Location"]
    assert Contact.objects.count() == 1


def test_looking_for_earlier_contacts_judges_nothing(
    client_of: ClientOf, front_door: Person, log_contact: LogContact
) -> None:
    earlier = log_contact()
    answers = blank_new(report="", look="1")
    page = text(client_of(front_door).post(reverse("contacts:new"), answers))
    assert earlier.reference in page
    assert "There is a problem" not in page
    fragment = text(client_of(front_door).post(reverse("contacts:suggest"), answers))
    assert (earlier.reference in fragment, "<html" in fragment) == (True, False)


def test_a_police_notice_becomes_the_report(client_of: ClientOf, front_door: Person) -> None:
    answers = blank_new(**{"report": "", "notice-notice": "Incident 12: officers attended.", "notice-use": "1"})
    page = text(client_of(front_door).post(reverse("contacts:new"), answers))
    assert re.search(r'name="report"[^>]*>\s*Incident 12: officers attended.', page)
    assert 'value="Police"' in page
    empty = text(client_of(front_door).post(reverse("contacts:new"), {**answers, "notice-notice": ""}))
    assert "Enter text of the police notification" in empty
