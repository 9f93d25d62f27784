"""The page of notices."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from audit.models import Event
from notices import actions
from notices.actions import Message, Outcome
from notices.choices import Channel
from notices.models import DeadLetter, Notice
from screening.actions import assign_social_worker
from screening.models import Enquiry
from tests.drawn import plain
from tests.logins import logged_in_as
from tests.notices.conftest import Postbox
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import ask, open_case

pytestmark = pytest.mark.django_db


PATH = "/requests/R-2345-6789/"


def tell(
    who: Person, subject: str = "New request R-2345-6789", body: str = "You are asked to search.", path: str = PATH
) -> Notice:
    message = Message("request.made", subject, body, path=path, dedupe=str(uuid.uuid4()))
    actions.notify(message, memberships=[who.membership.pk], at=timezone.now(), channels=[Channel.IN_APP])
    return Notice.objects.latest("created_at")


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(reverse("notices:list") + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_list_says_why(client_of: ClientOf, police_officer: Person) -> None:
    assert "You have no notices." in page_of(client_of(police_officer))


def test_the_list_shows_the_viewers_own(client_of: ClientOf, police_officer: Person, police_lead: Person) -> None:
    tell(police_officer, "New request R-2222-2222")
    tell(police_lead, "New request R-3333-3333")
    page = page_of(client_of(police_officer))
    assert ["R-2222-2222" in page, "R-3333-3333" in page, "Emails that were not sent" in page] == [True, False, False]


def test_a_link_goes_when_the_right_to_what_it_leads_to_ends(
    client_of: ClientOf, police_officer: Person, social_worker: Person
) -> None:
    case = open_case()
    [asked] = ask(case, "police")
    told = {
        who: tell(who, path=reverse("information_sharing:request", args=[asked.reference]))
        for who in (police_officer, social_worker)
    }
    for who, notice in told.items():
        assert f'href="{notice.path}"' in page_of(client_of(who))
        assert client_of(who).get(reverse("notices:notice", args=[notice.pk]))["Location"] == notice.path
    with acting_as(person("maeve_manager").viewer) as manager:
        enquiry = Enquiry.objects.get(pk=case.enquiry.pk)
        assign_social_worker(
            enquiry, person("sean_worker").membership.pk, viewer=manager, at=timezone.now(), version=None
        )
    page = page_of(client_of(social_worker))
    assert (f'href="{told[social_worker].path}"' in page, "This has ended for you." in page) == (False, True)
    answer = client_of(social_worker).get(reverse("notices:notice", args=[told[social_worker].pk]))
    assert (answer.status_code, "This has ended for you." in answer.content.decode()) == (200, True)
    assert f'href="{told[police_officer].path}"' in page_of(client_of(police_officer))


def test_a_notice_of_somebody_else_is_not_there(
    client_of: ClientOf, police_officer: Person, police_lead: Person
) -> None:
    other = tell(police_lead)
    answers = [client_of(police_officer).get(reverse("notices:notice", args=[key])) for key in (other.pk, uuid.uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert plain(answers[0]) == plain(answers[1])


def test_hostile_text_is_text(client_of: ClientOf, police_officer: Person) -> None:
    hostile = "<script>alert(1)</script> & \u202eright to left 🙂"
    tell(police_officer, hostile, hostile)
    page = page_of(client_of(police_officer))
    assert (page.count(escape(hostile)), "<script>alert" in page) == (3, False)


def test_a_long_list_has_pages(client_of: ClientOf, police_officer: Person) -> None:
    for number in range(30):
        tell(police_officer, f"Number {number:02}.")
    client = client_of(police_officer)
    shown = [page_of(client, query).count("Mark as read") for query in ("", "?page=2", "?page=99", "?page=x")]
    assert shown == [25, 5, 5, 25]


@pytest.mark.parametrize("count", [2, 20])
def test_the_list_asks_the_same_number_of_queries(
    client_of: ClientOf, police_officer: Person, count: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    for _ in range(count):
        tell(police_officer)
    client = client_of(police_officer)
    page_of(client)
    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]
        page_of(client)


QUERIES = 13
"""The page with its header, however many notices there are."""


def test_marking_one_as_read(client_of: ClientOf, police_officer: Person) -> None:
    first, second = tell(police_officer), tell(police_officer)
    answer = client_of(police_officer).post(reverse("notices:read"), {"row": str(first.pk)})
    assert (answer.status_code, answer["Location"]) == (302, reverse("notices:list"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.read_at is None, second.read_at) == (False, None)


def test_marking_all_as_read(client_of: ClientOf, police_officer: Person, police_lead: Person) -> None:
    for who in (police_officer, police_officer, police_lead):
        tell(who)
    client_of(police_officer).post(reverse("notices:read"))
    unread = Notice.objects.unread().values_list("membership_id", flat=True)
    assert list(unread) == [police_lead.membership.pk]


def test_another_persons_notice_stays_unread(client_of: ClientOf, police_officer: Person, police_lead: Person) -> None:
    other = tell(police_lead)
    answers = [
        client_of(police_officer).post(reverse("notices:read"), {"row": key}).status_code
        for key in (str(other.pk), str(uuid.uuid4()))
    ]
    other.refresh_from_db()
    assert (answers, other.read_at) == ([302, 302], None)


def test_a_made_up_row_is_refused_with_a_sentence(client_of: ClientOf, police_officer: Person) -> None:
    answer = client_of(police_officer).post(reverse("notices:read"), {"row": "1 OR 1=1"})
    assert answer.status_code == 400


def test_reading_by_get_changes_nothing(client_of: ClientOf, police_officer: Person) -> None:
    told = tell(police_officer)
    assert client_of(police_officer).get(reverse("notices:read")).status_code == 405
    told.refresh_from_db()
    assert told.read_at is None


@pytest.mark.parametrize("name", ["notices:list", "notices:read", "notices:retry"])
def test_strangers_to_the_hub_are_sent_to_sign_in(client: Client, name: str) -> None:
    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert (answer.status_code, answer["Location"].startswith("/account/login/")) == (302, True)


@pytest.mark.parametrize("who", ["anton_admin", "fiona_front", "maeve_manager"])
def test_late_mail_is_shown_to_those_who_see_to_it(client_of: ClientOf, who: str) -> None:
    actions.notify_address(Message("k", "S", "B"), "a@b.invalid", at=timezone.now() - timedelta(hours=1))
    assert "Waiting for the email server:</strong> 1," in page_of(client_of(person(who)))


def test_nobody_else_is_shown_late_mail(client_of: ClientOf, police_officer: Person) -> None:
    actions.notify_address(Message("k", "S", "B"), "a@b.invalid", at=timezone.now() - timedelta(hours=1))
    page = page_of(client_of(police_officer))
    assert ["Waiting for the email server" in page, "Notices and email are late" in page] == [False, True]


@pytest.mark.parametrize(
    ("who", "row", "status"),
    [
        ("fiona_front", "", 404),
        ("fiona_front", "nonsense", 404),
        ("fiona_front", "5f0c7d0e-6a7e-4a5e-9d0c-2b1a90f2f111", 404),
        ("police_lead", "5f0c7d0e-6a7e-4a5e-9d0c-2b1a90f2f111", 403),
    ],
)
def test_a_mail_that_cannot_be_tried_again(client_of: ClientOf, who: str, row: str, status: int) -> None:
    answer = client_of(person(who)).post(reverse("notices:retry"), {"row": row})
    assert (answer.status_code, Event.objects.filter(verb="mail.tried_again").count()) == (status, 0)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_did_not_leave_is_tried_again_from_the_page(
    client_of: ClientOf, front_door: Person, postbox: Postbox
) -> None:
    contact = open_case().contact
    path = reverse("contacts:contact", args=[contact.reference])
    message = Message("feedback.sent", "S", "B", reference=contact.reference, staff_path=path)
    actions.notify_address(message, "head@school", at=timezone.now())
    postbox.refusals["head@school"] = "550 no such mailbox"
    with logged_in_as("mash_sweep"):
        actions.send_waiting(viewer=CLOCK, at=timezone.now())
    client, letter = client_of(front_door), DeadLetter.objects.get()
    page = page_of(client)
    shown = ["Emails that were not sent", f'href="{path}"', "The email server refused it for good"]
    assert ([text in page for text in shown], "head@school" in page) == ([True] * 3, False)
    answer = client.post(reverse("notices:retry"), {"row": str(letter.pk)}, follow=True)
    assert f"The email {contact.reference} will be tried again within a minute." in answer.content.decode()
    assert client.post(reverse("notices:retry"), {"row": str(letter.pk)}).status_code == 404
    postbox.refusals.clear()
    with logged_in_as("mash_sweep"):
        assert actions.send_waiting(viewer=CLOCK, at=timezone.now()) == {Outcome.SENT: 1}
