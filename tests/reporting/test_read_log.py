"""Every page that shows guarded content leaves one line in the read log, and says in which role and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from audit.models import Reading
from contacts.choices import PersonKind
from contacts.models import Subject
from decisions import actions
from information_sharing.models import Item
from reporting.rules import PAGES
from tests.people import ClientOf, Person, person
from tests.scenes.case import Case
from tests.scenes.enquiries import answer, ask, new, open_case, seal

pytestmark = pytest.mark.django_db


def opened(client: Client, name: str, *args: object, query: str = "") -> list[tuple[str, str, int, list[str]]]:
    """Open a page, and return what it left in the read log: page, purpose, number of records, roles."""
    before = set(Reading.objects.values_list("pk", flat=True))
    assert client.get(reverse(name, args=args) + query).status_code == 200
    rows = Reading.objects.exclude(pk__in=before)
    return [(one.page, one.purpose, len(one.item_ids), one.roles) for one in rows]


@pytest.fixture
def case() -> Case:
    """Return a case of today that nobody has logged yet."""
    return Case(timezone.now() - timedelta(days=1))


def test_pages_of_items(
    client_of: ClientOf, mash_manager: Person, social_worker: Person, police_officer: Person, out_of_hours: Person
) -> None:
    made = open_case()
    asked = ask(made, "police")[0]
    item = answer(asked, police_officer, new(needed_at_night=True))[0]
    hidden = seal(asked, police_officer)
    enquiry, worker, manager = made.enquiry.reference, ["social_worker"], ["manager"]
    team, boss = client_of(social_worker), client_of(mash_manager)
    owner, night = client_of(police_officer), client_of(out_of_hours)
    sharing = "information_sharing"
    assert opened(team, f"{sharing}:information", enquiry) == [("information", "", 1, worker)]
    assert opened(team, f"{sharing}:chronology", enquiry) == [("chronology", "", 1, worker)]
    assert opened(team, "decisions:analysis", enquiry) == [("analysis", "", 1, worker)]
    assert opened(team, "screening:enquiry", enquiry) == [("enquiry", "", 1, worker)]
    assert opened(boss, f"{sharing}:sealed", enquiry) == []
    assert opened(boss, f"{sharing}:sealed", enquiry, query="?purpose=safety") == []  # Only with the password, by POST.
    assert opened(boss, "decisions:decide", enquiry) == [("decision", "decision", 1, manager)]
    assert opened(night, f"{sharing}:information", enquiry) == [("information", "", 1, ["out_of_hours"])]
    assert opened(owner, f"{sharing}:request", asked.reference) == [("request", "", 2, ["researcher"])]
    assert opened(owner, f"{sharing}:edit_item", asked.reference, item.pk) == [("item", "", 1, ["researcher"])]
    assert opened(owner, f"{sharing}:edit_item", asked.reference, hidden.pk) == [("item", "", 1, ["researcher"])]


def test_pages_of_contacts(client_of: ClientOf, case: Case, front_door: Person, screener: Person) -> None:
    contact = case.received().contact
    assert opened(client_of(front_door), "contacts:contact", contact.reference) == [("contact", "", 1, ["front_door"])]
    assert opened(client_of(front_door), "contacts:copy_sheet", contact.reference) == [
        ("contact", "", 1, ["front_door"])
    ]
    assert opened(client_of(screener), "screening:screen", contact.reference) == [("screening", "", 1, ["screener"])]
    again = Case(case.at + timedelta(hours=1)).received().contact
    shown = opened(client_of(front_door), "contacts:earlier_list", again.reference)
    assert shown == [("earlier_list", "", 4, ["front_door"])]


def test_a_summary_and_an_outcome(client_of: ClientOf, case: Case, mash_manager: Person) -> None:
    case.received().in_mash()
    item = case.told()
    case.recommended()
    case.decided("assessment", "early_help", sealed_reasons="Known to the manager alone.")
    assert opened(client_of(mash_manager), "decisions:decision", case.enquiry.reference) == []
    assert opened(client_of(case.worker), "decisions:decision", case.enquiry.reference) == []
    drafts = case.prepared({0: "assessment", 1: "early_help_team"})
    for summary, items in zip(drafts, ({item.pk: item.version}, {}), strict=True):
        sent = case.released(case.with_manager(summary, items))
        taker = person("asha_assessment" if items else "ella_early_help")
        assert opened(client_of(taker), "decisions:summary", sent.reference) == [
            ("summary", "", len(items), ["receiving_worker"])
        ]
    assert Item.objects.count() == 1


def test_a_letter(client_of: ClientOf, case: Case, front_door: Person) -> None:
    contact = case.received().ended()
    mother = Subject.objects.filter(contact=contact, kind=PersonKind.ADULT).order_by("position")[0]
    with acting_as(front_door.viewer) as viewer:
        letter = actions.begin_letter(contact, mother.pk, viewer=viewer, at=case.at)
    assert opened(client_of(front_door), "decisions:letter", letter.reference) == [("letter", "", 1, ["front_door"])]


def test_every_page_of_the_log_has_its_words() -> None:
    assert {"letter", "outcome", "screening", "enquiry", "earlier_list", "log_export"} <= set(PAGES)
