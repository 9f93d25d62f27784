"""Pages of contacts, by the people who work with them."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts import actions
from contacts.models import Protection, Subject
from contacts.rules.intake import ReportedReferrer
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact
from tests.contacts.hands import post
from tests.drawn import plain, text
from tests.people import ClientOf, Person

ABSENT = "C-2345-6789"
PAGES = ["contact", "amend", "correct", "earlier_list", "family", "copy_sheet", "add_person", "relate", "protect"]


@pytest.mark.parametrize(
    "name",
    [
        "contact",
        "amend",
        "correct",
        "earlier_list",
        "family",
        "copy_sheet",
        "add_person",
        "relate",
        "protect",
        "protections",
    ],
)
def test_pages_of_a_contact_open_for_the_front_door(
    client_of: ClientOf, front_door: Person, log_contact: LogContact, name: str
) -> None:
    contact = log_contact()
    page = client_of(front_door).get(reverse(f"contacts:{name}", args=[contact.reference]))
    assert page.status_code == 200
    assert contact.reference in page.content.decode()


def test_list_page(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    page = client_of(front_door).get(reverse("contacts:list"))
    assert contact.reference in page.content.decode()
    found = client_of(front_door).post(reverse("search"), {"q": "thornbury"}, follow=True)
    assert contact.reference in found.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["police_officer", "stranger", "auditor", "assessment_worker", "out_of_hours"])
def test_a_contact_of_others_is_not_there(
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    log_contact: LogContact,
    front_door: Person,
    name: str,
    who: str,
) -> None:
    client = client_of(request.getfixturevalue(who))
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer:  # Until the hub has seen an arrival, it is the duty team's too.
        actions.claim_contact(contact, viewer=viewer, at=AT)
    forbidden = client.get(reverse(f"contacts:{name}", args=[contact.reference]))
    absent = client.get(reverse(f"contacts:{name}", args=[ABSENT]))
    status = 403 if name == "copy_sheet" and who != "out_of_hours" else 404  # Nights log contacts, so they copy some.
    assert (forbidden.status_code, absent.status_code) == (status, status)
    assert plain(forbidden) == plain(absent)


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_to_the_hub_signs_in_first(client: Client, log_contact: LogContact, name: str) -> None:
    page = client.get(reverse(f"contacts:{name}", args=[log_contact().reference]))
    assert (page.status_code, page["Location"].startswith(reverse("account_login"))) == (302, True)


@pytest.mark.parametrize(
    ("name", "args", "answers"),
    [
        ("claim", [], {"version": "1"}),
        ("acknowledge", [], {"version": "1"}),
        ("worker_acknowledged", [], {}),
        ("protect", [], {"reason": "x"}),
        ("link_person", [1], {"other": "00000000-0000-4000-8000-000000000009"}),
        ("undo_link", [1], {}),
        ("edit_person", [1], {"kind": "child", "version": "1"}),
    ],
)
def test_posts_about_a_contact_of_others_change_nothing(
    client_of: ClientOf,
    police_officer: Person,
    log_contact: LogContact,
    name: str,
    args: list[int],
    answers: dict[str, str],
) -> None:
    contact = log_contact()
    page = post(client_of(police_officer), name, contact.reference, *args, **answers)
    assert page.status_code == 404
    contact.refresh_from_db()
    assert (contact.version, Protection.objects.count()) == (1, 0)


def test_a_name_never_stands_in_an_address(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    page = text(client_of(front_door).get(reverse("contacts:contact", args=[contact.reference])))
    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert not any(word in addresses + title[1] for word in ("Ada", "Thornbury", "Nora", "Elm"))


def test_amending_and_who_was_quicker(
    client_of: ClientOf, front_door: Person, mash_manager: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    answers = {"concern": "Quicker", "version": "1", "known": "not_known", "agreement": "given", "may_tell": "yes"}
    assert post(client_of(mash_manager), "amend", contact.reference, **answers).status_code == 302
    late = post(client_of(front_door), "amend", contact.reference, **{**answers, "concern": "Slower words"})
    assert late.status_code == 409
    assert "Slower words" in text(late)
    assert mash_manager.user.name in text(late)
    contact.refresh_from_db()
    assert contact.concern == "Quicker"


def test_a_screener_who_may_not_see_the_referrer_is_not_shown_them(
    client_of: ClientOf, screener: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    page = text(client_of(screener).get(reverse("contacts:contact", args=[contact.reference])))
    assert not any(word in page for word in ("Nora", "01632"))
    assert "He shouts every night" in page
    assert "A young girl is often heard crying at night." in page


def test_people_are_added_completed_and_related(
    client_of: ClientOf, front_door: Person, log_contact: LogContact
) -> None:
    contact, client = log_contact(), client_of(front_door)
    added = {"kind": "adult", "given_name": "Rob", "version": "1", "nhs_number": "943 476 5919"}
    assert post(client, "add_person", contact.reference, **added).status_code == 302
    wrong = post(client, "edit_person", contact.reference, 3, **{**added, "version": "2", "nhs_number": "123"})
    assert "This is not an NHS number" in text(wrong)
    bad_pupil = post(
        client, "edit_person", contact.reference, 3, **{**added, "version": "2", "unique_pupil_number": "1"}
    )
    assert "This is not a pupil number" in text(bad_pupil)
    assert (
        post(
            client, "edit_person", contact.reference, 3, **{**added, "version": "2", "given_name": "Robert"}
        ).status_code
        == 302
    )
    related = {"subject": "3", "kind": "parent", "to": "1", "version": "3"}
    assert post(client, "relate", contact.reference, **related).status_code == 302
    assert "Choose two different people" in text(
        post(client, "relate", contact.reference, **{**related, "to": "3", "version": "4"})
    )
    foreign = post(client, "relate", contact.reference, **{**related, "to": "99", "version": "4"})
    assert "There is a problem" in text(foreign)
    family = text(client.get(reverse("contacts:family", args=[contact.reference])))
    assert "child of Robert" in family


def test_linking_is_a_decision_that_can_be_undone(
    client_of: ClientOf, front_door: Person, log_contact: LogContact
) -> None:
    earlier, contact = log_contact(), log_contact()
    old = earlier.subjects.get(position=1)
    client = client_of(front_door)
    page = text(client.get(reverse("contacts:earlier_list", args=[contact.reference])))
    assert f"?other={old.pk}" in page
    where = reverse("contacts:compare", args=[contact.reference, 1])
    assert "This is the same person" in text(client.get(f"{where}?other={old.pk}"))
    assert client.get(where).status_code == client.get(f"{where}?other=nonsense").status_code == 404
    for _ in range(2):
        assert post(client, "link_person", contact.reference, 1, other=str(old.pk)).status_code == 302
    assert Subject.objects.get(contact=contact, position=1).person_id is not None
    stranger = post(client, "link_person", contact.reference, 1, other=str(uuid.uuid4()))
    nonsense = post(client, "link_person", contact.reference, 1, other="nonsense")
    assert (stranger.status_code, nonsense.status_code) == (404, 404)
    assert post(client, "undo_link", contact.reference, 1).status_code == 302
    assert post(client, "undo_link", contact.reference, 1).status_code == 404
    assert Subject.objects.get(contact=contact, position=1).person_id is None


def test_an_earlier_contact_asks_what_for(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    earlier, contact = log_contact(report="Earlier words."), log_contact()
    client = client_of(front_door)
    url = reverse("contacts:earlier", args=[contact.reference, earlier.reference])
    assert "Earlier words." not in text(client.get(url))
    assert "Answer “What do you open it for?”" in text(client.post(url, {}))
    assert "Earlier words." in text(client.post(url, {"purpose": "safety"}))
    absent = client.get(reverse("contacts:earlier", args=[contact.reference, ABSENT]))
    assert absent.status_code == 404


def test_moves_on_the_page(
    client_of: ClientOf, front_door: Person, screener: Person, panel_police: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.send_to_panel(contact, viewer=viewer, at=AT)
    shown = {}
    for who in (front_door, screener, panel_police):
        page = text(client_of(who).get(reverse("contacts:contact", args=[contact.reference])))
        shown[who.user.name] = [
            move
            for move in ("Claim this contact", "Add details", "Acknowledge to the referrer", "Protect now")
            if move in page
        ]
    assert list(shown.values()) == [
        ["Claim this contact", "Add details", "Protect now"],
        ["Claim this contact", "Acknowledge to the referrer"],
        ["Claim this contact"],
    ]


def test_claim_acknowledge_and_worker(
    client_of: ClientOf, front_door: Person, screener: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    assert post(client_of(front_door), "claim", contact.reference, version="1").status_code == 302
    assert post(client_of(front_door), "acknowledge", contact.reference, version="2").status_code == 403
    assert post(client_of(screener), "acknowledge", contact.reference, version="2").status_code == 302
    again = post(client_of(screener), "acknowledge", contact.reference, version="3")
    assert (again.status_code, "acknowledged already" in text(again)) == (409, True)
    assert post(client_of(front_door), "worker_acknowledged", contact.reference).status_code == 409
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.pass_on(contact, endings={}, viewer=viewer, at=AT)
    page = text(client_of(front_door).get(reverse("contacts:contact", args=[contact.reference])))
    assert "The worker has acknowledged it" in page
    assert post(client_of(front_door), "worker_acknowledged", contact.reference).status_code == 302


@pytest.mark.parametrize("count", [2, 10])
def test_query_count_of_pages(client_of: ClientOf, front_door: Person, log_contact: LogContact, count: int) -> None:
    for _ in range(count):
        contact = log_contact(people=(CHILD, MOTHER) * count)
    client = client_of(front_door)
    counts = {}
    for name, args in (
        ("list", []),
        ("contact", [contact.reference]),
        ("earlier_list", [contact.reference]),
        ("new", []),
    ):
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse(f"contacts:{name}", args=args))
        counts[name] = len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])
    assert counts == {"list": 14, "contact": 26, "earlier_list": 21, "new": 7}


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"happened_on_day": "1", "happened_on_month": "1", "happened_on_year": "2999"}, "This day is in the future"),
        (
            {"name": "Nora Nextdoor", "concern": "Nora Nextdoor says"},
            "is not to be named: “Nora Nextdoor says” (whole name)",
        ),
        ({"known": "open"}, "Enter the worker or the team"),
        ({"may_tell": "no"}, "Enter how telling the family would raise the risk"),
        ({"version": "soon"}, "This page is out of date"),
    ],
)
def test_amending_says_what_to_do(
    client_of: ClientOf, front_door: Person, log_contact: LogContact, answers: dict[str, str], sentence: str
) -> None:
    contact = log_contact()
    page = post(client_of(front_door), "amend", contact.reference, **{"version": "1", **answers})
    assert (page.status_code, sentence in text(page)) == (200, True)
    contact.refresh_from_db()
    assert contact.version == 1


def test_amending_keeps_who_the_referrer_is_and_shows_it(
    client_of: ClientOf, front_door: Person, log_contact: LogContact
) -> None:
    contact, client = log_contact(), client_of(front_door)
    form = text(client.get(reverse("contacts:amend", args=[contact.reference])))
    assert 'value="Nora Nextdoor"' in form
    said = {"version": "1", "name": "Nora Next", "is_private": "no", "own_reference": "LOG 7", "concern": "Nora Next"}
    assert post(client, "amend", contact.reference, **said).status_code == 302
    page = text(client.get(reverse("contacts:contact", args=[contact.reference])))
    assert ("Nora Next" in page, "LOG 7" in page) == (True, True)


def test_an_anonymous_referrer_is_not_asked_for_when_amending(
    client_of: ClientOf, front_door: Person, log_contact: LogContact
) -> None:
    contact = log_contact(referrer_kind="anonymous", referrer=ReportedReferrer())
    client = client_of(front_door)
    assert "Name of the referrer" not in text(client.get(reverse("contacts:amend", args=[contact.reference])))
    assert post(client, "amend", contact.reference, version="1", concern="More").status_code == 302


def test_correcting_on_the_page(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact, client = log_contact(), client_of(front_door)
    assert "There is a problem" in text(post(client, "correct", contact.reference, text=""))
    assert post(client, "correct", contact.reference, text="She is <b>eight</b>.").status_code == 302
    page = text(client.get(reverse("contacts:contact", args=[contact.reference])))
    assert "She is &lt;b&gt;eight&lt;/b&gt;." in page


def test_a_contact_that_says_all_it_can(
    client_of: ClientOf, front_door: Person, screener: Person, log_contact: LogContact
) -> None:
    unborn = replace(CHILD, given_name="", family_name="", is_unborn=True, expected_on=date(2026, 9, 1))
    away = replace(MOTHER, lives_in_household=False, address="2 Far Street", date_of_birth=date(1990, 1, 2))
    contact = log_contact(
        people=(unborn, away),
        known="open",
        open_to="East team",
        agreement="refused",
        agreement_reason="They said no",
        address_is_protected=True,
    )
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.pass_on(contact, endings={}, viewer=viewer, at=AT)
    with acting_as(front_door.viewer) as viewer:
        actions.acknowledge_by_worker(contact, viewer=viewer, at=AT)
    page = text(client_of(front_door).get(reverse("contacts:contact", args=[contact.reference])))
    for words in (
        "Unborn child",
        "1 Sep 2026",
        "Address protected (nobody has said from whom)",
        "Open to a worker: East team",
        "Protected address",
        "They said no",
        "Acknowledged by the worker",
    ):
        assert words in page
    assert "2 Far Street" not in page


def test_adding_a_person_says_what_to_do(client_of: ClientOf, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    born = {"date_of_birth_day": "1", "date_of_birth_month": "1", "date_of_birth_year": "2020"}
    page = post(
        client_of(front_door), "add_person", contact.reference, kind="adult", version="1", is_unborn="on", **born
    )
    assert "Only a child can be unborn" in text(page)
    assert "has no date of birth" in text(page)


def test_the_out_of_hours_team_reads_its_own_contact(
    client_of: ClientOf, out_of_hours: Person, log_contact: LogContact
) -> None:
    contact = log_contact(by=out_of_hours)
    page = text(client_of(out_of_hours).get(reverse("contacts:contact", args=[contact.reference])))
    assert "He shouts every night" in page
