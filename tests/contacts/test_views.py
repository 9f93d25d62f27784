"""Pages of contacts, by the people who work with them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts import actions
from contacts.models import Contact, Protection, Report, Subject
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact
from tests.people import Person

SignIn = Callable[[Person], Client]


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


def test_new_contact_is_logged(client_of: SignIn, front_door: Person) -> None:
    client = client_of(front_door)
    assert client.get(reverse("contacts:new")).status_code == 200
    page = client.post(reverse("contacts:new"), blank_new())
    contact = Contact.objects.get()
    assert page.status_code == 302
    assert page["Location"] == reverse("contacts:contact", args=[contact.reference])
    shown = client.get(page["Location"])
    assert shown.status_code == 200
    assert "She cries every night." in shown.content.decode()


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
    client_of: SignIn, front_door: Person, log_contact: LogContact, name: str
) -> None:
    contact = log_contact()
    page = client_of(front_door).get(reverse(f"contacts:{name}", args=[contact.reference]))
    assert page.status_code == 200
    assert contact.reference in page.content.decode()


def test_list_page(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    page = client_of(front_door).get(reverse("contacts:list"))
    assert contact.reference in page.content.decode()
    found = client_of(front_door).post(reverse("contacts:list"), {"q": "thornbury"})
    assert contact.reference in found.content.decode()


def test_protect_now_from_page(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    client = client_of(front_door)
    page = client.post(reverse("contacts:protect", args=[contact.reference]), {"reason": "Father is outside."})
    protection = Protection.objects.get()
    assert page["Location"] == reverse("contacts:protection", args=[protection.reference])
    assert client.get(page["Location"]).status_code == 200


def post(client: Client, name: str, *args: object, **answers: str) -> Any:
    return client.post(reverse(f"contacts:{name}", args=args), answers)


def text(page: Any) -> str:
    return str(page.content.decode())


ABSENT = "C-2345-6789"
PAGES = ["contact", "amend", "correct", "earlier_list", "family", "copy_sheet", "add_person", "relate", "protect"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["police_officer", "stranger", "auditor", "assessment_worker", "out_of_hours"])
def test_a_contact_of_others_is_not_there(
    client_of: SignIn, request: pytest.FixtureRequest, log_contact: LogContact, name: str, who: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    contact = log_contact()
    forbidden = client.get(reverse(f"contacts:{name}", args=[contact.reference]))
    absent = client.get(reverse(f"contacts:{name}", args=[ABSENT]))
    assert forbidden.status_code == absent.status_code
    assert forbidden.status_code in {403, 404}
    assert plain(forbidden) == plain(absent)


def plain(page: Any) -> str:
    """Return a page without what differs from one drawing to the next."""
    return re.sub(r'(data-now|value)="[^"]*"', "", text(page))


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_to_the_hub_signs_in_first(client: Client, log_contact: LogContact, name: str) -> None:
    page = client.get(reverse(f"contacts:{name}", args=[log_contact().reference]))
    assert (page.status_code, page["Location"].startswith(reverse("account_login"))) == (302, True)


@pytest.mark.parametrize(
    ("name", "args", "answers"),
    [
        ("claim", [], {}),
        ("acknowledge", [], {}),
        ("worker_acknowledged", [], {}),
        ("protect", [], {"reason": "x"}),
        ("link_person", [1], {"other": "00000000-0000-4000-8000-000000000009"}),
        ("undo_link", [1], {}),
        ("edit_person", [1], {"kind": "child", "version": "1"}),
    ],
)
def test_posts_about_a_contact_of_others_change_nothing(
    client_of: SignIn,
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


def test_new_contact_keeps_everything_when_something_cannot_be(client_of: SignIn, front_door: Person) -> None:
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
        ({"name": "Nora Nextdoor", "concern": "Nora Nextdoor says"}, "holds their name"),
        ({"referrer_kind": "anonymous", "name": "Nora"}, "An anonymous referrer is not named"),
    ],
)
def test_new_contact_says_what_to_do(
    client_of: SignIn, front_door: Person, changes: dict[str, str], sentence: str
) -> None:
    page = text(client_of(front_door).post(reverse("contacts:new"), blank_new(**changes)))
    assert sentence in page
    assert Contact.objects.count() == 0


def test_fourteen_children_and_a_text_of_twenty_thousand_signs(client_of: SignIn, front_door: Person) -> None:
    children = {f"children-{place}-given_name": f"Child{place}" for place in range(14)}
    client = client_of(front_door)
    page = client.post(
        reverse("contacts:new"), blank_new(**{**children, "children-TOTAL_FORMS": "14", "report": "😀" * 20_000})
    )
    assert page.status_code == 302
    assert Subject.objects.count() == 14
    assert len(Report.objects.get().text) == 20_000
    assert client.get(page["Location"]).status_code == 200


def test_a_double_click_logs_one_contact(client_of: SignIn, front_door: Person) -> None:
    client = client_of(front_door)
    key = str(uuid.uuid4())
    first = client.post(reverse("contacts:new"), blank_new(submission_key=key))
    second = client.post(reverse("contacts:new"), blank_new(submission_key=key))
    assert first["Location"] == second["Location"]
    assert Contact.objects.count() == 1


def test_looking_for_earlier_contacts_judges_nothing(
    client_of: SignIn, front_door: Person, log_contact: LogContact
) -> None:
    earlier = log_contact()
    answers = blank_new(report="", look="1")
    page = text(client_of(front_door).post(reverse("contacts:new"), answers))
    assert earlier.reference in page
    assert "There is a problem" not in page
    fragment = text(client_of(front_door).post(reverse("contacts:suggest"), answers))
    assert (earlier.reference in fragment, "<html" in fragment) == (True, False)


def test_a_police_notice_becomes_the_report(client_of: SignIn, front_door: Person) -> None:
    answers = blank_new(**{"report": "", "notice-notice": "Incident 12: officers attended.", "notice-use": "1"})
    page = text(client_of(front_door).post(reverse("contacts:new"), answers))
    assert re.search(r'name="report"[^>]*>\s*Incident 12: officers attended.', page)
    assert 'value="Police"' in page
    empty = text(client_of(front_door).post(reverse("contacts:new"), {**answers, "notice-notice": ""}))
    assert "Enter text of the police notice" in empty


def test_a_name_never_stands_in_an_address(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
    contact = log_contact()
    page = text(client_of(front_door).get(reverse("contacts:contact", args=[contact.reference])))
    addresses = " ".join(re.findall(r'(?:href|action)="([^"]*)"', page))
    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert not any(word in addresses + title[1] for word in ("Ada", "Thornbury", "Nora", "Elm"))


def test_amending_and_who_was_quicker(
    client_of: SignIn, front_door: Person, mash_manager: Person, log_contact: LogContact
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
    client_of: SignIn, screener: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    page = text(client_of(screener).get(reverse("contacts:contact", args=[contact.reference])))
    assert not any(word in page for word in ("Nora", "01632", "He shouts every night"))
    assert "A young girl is often heard crying at night." in page


def test_people_are_added_completed_and_related(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
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
    client_of: SignIn, front_door: Person, log_contact: LogContact
) -> None:
    earlier, contact = log_contact(), log_contact()
    old = earlier.subjects.get(position=1)
    client = client_of(front_door)
    page = text(client.get(reverse("contacts:earlier_list", args=[contact.reference])))
    assert f'value="{old.pk}"' in page
    for _ in range(2):
        assert post(client, "link_person", contact.reference, 1, other=str(old.pk)).status_code == 302
    assert Subject.objects.get(contact=contact, position=1).person_id is not None
    stranger = post(client, "link_person", contact.reference, 1, other=str(uuid.uuid4()))
    nonsense = post(client, "link_person", contact.reference, 1, other="nonsense")
    assert (stranger.status_code, nonsense.status_code) == (404, 404)
    assert post(client, "undo_link", contact.reference, 1).status_code == 302
    assert post(client, "undo_link", contact.reference, 1).status_code == 404
    assert Subject.objects.get(contact=contact, position=1).person_id is None


def test_an_earlier_contact_asks_what_for(client_of: SignIn, front_door: Person, log_contact: LogContact) -> None:
    earlier, contact = log_contact(report="Earlier words."), log_contact()
    client = client_of(front_door)
    url = reverse("contacts:earlier", args=[contact.reference, earlier.reference])
    assert "Earlier words." not in text(client.get(url))
    assert "Select what do you open it for" in text(
        client.post(url, {})
    ) or "Answer “What do you open it for?”" in text(client.post(url, {}))
    assert "Earlier words." in text(client.post(url, {"purpose": "safety"}))
    absent = client.get(reverse("contacts:earlier", args=[contact.reference, ABSENT]))
    assert absent.status_code == 404


def test_moves_on_the_page(
    client_of: SignIn, front_door: Person, screener: Person, panel_police: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer) as viewer:
        actions.send_to_panel(contact, viewer=viewer, at=AT)
    shown = {}
    for who in (front_door, screener, panel_police):
        page = text(client_of(who).get(reverse("contacts:contact", args=[contact.reference])))
        shown[who.user.name] = [
            move
            for move in ("Take this contact", "Add details", "Acknowledge to the referrer", "Protect now")
            if move in page
        ]
    assert list(shown.values()) == [
        ["Take this contact", "Add details", "Protect now"],
        ["Take this contact", "Acknowledge to the referrer"],
        ["Take this contact"],
    ]


def test_claim_acknowledge_and_worker(
    client_of: SignIn, front_door: Person, screener: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    assert post(client_of(front_door), "claim", contact.reference, version="1").status_code == 302
    assert post(client_of(front_door), "acknowledge", contact.reference).status_code == 403
    assert post(client_of(screener), "acknowledge", contact.reference).status_code == 302
    again = post(client_of(screener), "acknowledge", contact.reference)
    assert (again.status_code, "acknowledged already" in text(again)) == (409, True)
    assert post(client_of(front_door), "worker_acknowledged", contact.reference).status_code == 409
    with acting_as(screener.viewer) as viewer:
        actions.pass_on(contact, endings={}, viewer=viewer, at=AT)
    page = text(client_of(front_door).get(reverse("contacts:contact", args=[contact.reference])))
    assert "The worker has acknowledged it" in page
    assert post(client_of(front_door), "worker_acknowledged", contact.reference).status_code == 302


def test_protective_work_from_alarm_to_discussion(
    client_of: SignIn, front_door: Person, social_worker: Person, log_contact: LogContact
) -> None:
    contact = log_contact()
    for _ in range(2):
        post(client_of(front_door), "protect", contact.reference, reason="<i>He is outside</i>")
    reference = Protection.objects.get().reference
    client = client_of(social_worker)
    for _ in range(2):
        assert post(client, "convene", reference).status_code == 302
    nowhere = post(client, "whereabouts", reference, 1)
    assert "Enter where the child is, or with whom" in text(nowhere)
    assert post(client, "whereabouts", reference, 1, **{"child-1-place": "School"}).status_code == 302
    assert post(client, "whereabouts", reference, 99, **{"child-99-place": "School"}).status_code == 404
    said = {"present": "Police", "agreed": "Visit today", "section_47": "yes"}
    assert "Answer “Who was present?”" in text(post(client, "hold", reference, **{**said, "present": ""}))
    for _ in range(2):
        assert post(client, "hold", reference, **said).status_code == 302
    assert post(client, "stand_down", reference, reason="Later thought").status_code == 302
    page = text(client.get(reverse("contacts:protection", args=[reference])))
    for words in ("&lt;i&gt;He is outside&lt;/i&gt;", "School", "Visit today", "Later thought"):
        assert words in page
    assert post(client_of(front_door), "hold", reference, **said).status_code == 403
    listed = text(client_of(front_door).get(reverse("contacts:protections", args=[contact.reference])))
    assert reference in listed


@pytest.mark.parametrize("count", [2, 10])
def test_query_count_of_pages(client_of: SignIn, front_door: Person, log_contact: LogContact, count: int) -> None:
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
    assert counts == {"list": 11, "contact": 17, "earlier_list": 12, "new": 7}
