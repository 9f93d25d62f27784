"""What was typed and did not arrive: kept for its author alone, found again, put back without writing anything."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agencies.access import kept
from agencies.access.kept import Author, typed_by
from agencies.models import Membership, Submission
from contacts.models import Contact, Protection
from tests.people import ClientOf, Person
from tests.scenes.rows import new_contact
from tests.sending import Browser

pytestmark = pytest.mark.django_db
TEXT = "He came to the door at four & shouted.\nShe hid under the bed. " + "ñ" * 20_000
PAIRS = (("reason", TEXT), ("children", "1"), ("children", "2"))


def author(who: Person) -> Author:
    return Author(who.user.pk, who.membership.pk)


def save(who: Person, action: str = "/contacts/C-2222-2222/protect/", pairs: Any = PAIRS) -> str:
    said = {"page": action, "action": action, "title": "Protect now", "membership": "The hub"}
    return kept.keep(author(who), **said, pairs=pairs, at=timezone.now())


def titles(who: Person) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return [(one.action, one.pairs) for one in kept.kept_by(author(who))]


def test_kept_form_comes_back_to_its_author_alone(front_door: Person, other_front_door: Person) -> None:
    place = save(front_door)
    assert titles(front_door) == [("/contacts/C-2222-2222/protect/", PAIRS)]
    assert titles(other_front_door) == []
    assert kept.let_go(author(other_front_door), place) is False
    assert kept.let_go(author(front_door), place) is True
    assert titles(front_door) == []


def test_what_is_typed_on_takes_the_place_of_what_was_kept(front_door: Person) -> None:
    places = {save(front_door, pairs=(("reason", text),)) for text in ("He", "He came", "He came in")}
    assert (len(places), titles(front_door)[0][1]) == (1, (("reason", "He came in"),))


def test_author_has_so_many_and_for_a_month(front_door: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_TEXTS", 2)
    for number in range(3):
        save(front_door, action=f"/{number}/")
    assert len(titles(front_door)) == 2
    long_ago = timezone.now() - kept.KEPT_FOR - timedelta(minutes=1)
    kept.keep(author(front_door), page="/", action="/0/", title="", membership="", pairs=PAIRS, at=long_ago)
    assert "/0/" not in [action for action, _pairs in titles(front_door)]


def test_form_longer_than_any_is_refused(front_door: Person) -> None:
    with pytest.raises(ValueError, match="so long"):
        save(front_door, pairs=(("reason", "x" * kept.MOST_CHARACTERS),))


def test_table_tells_neither_who_nor_what(front_door: Person) -> None:
    save(front_door)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM fw.kept_texts(%s) t", [kept.hashed("author", front_door.user.pk)])
        row = str(cursor.fetchone()[0])
    assert not [told for told in ("shouted", "C-2222-2222", "Protect", str(front_door.user.pk)) if told in row]


@pytest.mark.parametrize("typed", ["", "no", "00000000-0000-4000-8000-000000000001::x", None])
def test_form_that_does_not_say_who_opened_it_is_refused(
    typed: str | None, client_of: ClientOf, front_door: Person
) -> None:
    contact = new_contact()
    client = client_of(front_door)
    answer = client.post(reverse("contacts:protect", args=[contact.reference]), {"reason": TEXT, "typed_by": typed})
    assert (answer.status_code, Protection.objects.count()) == (409, 0)


def test_form_that_somebody_else_opened_is_refused_and_kept_for_them(
    client_of: ClientOf, front_door: Person, other_front_door: Person
) -> None:
    """On a shared computer the first went home, the second signed in, and the first one's page is still open."""
    page = reverse("contacts:protect", args=[new_contact().reference])
    answer = client_of(other_front_door).post(page, {"reason": "Hers.", "typed_by": typed_by(author(front_door))})
    assert (answer.status_code, "Hers." in answer.content.decode(), Protection.objects.count()) == (409, False, 0)
    assert (titles(front_door), titles(other_front_door)) == ([(page, (("reason", "Hers."),))], [])


def test_form_of_another_membership_is_refused(client_of: ClientOf, front_door: Person, panel_police: Person) -> None:
    page = reverse("contacts:protect", args=[new_contact().reference])
    elsewhere = typed_by(Author(front_door.user.pk, panel_police.membership.pk))
    answer = client_of(front_door).post(page, {"reason": "In the other tab.", "typed_by": elsewhere})
    assert (answer.status_code, "In the other tab." in answer.content.decode()) == (409, True)
    assert titles(front_door) == [(page, (("reason", "In the other tab."),))]


def test_form_sent_after_the_session_ended_is_kept_and_found_after_signing_in(
    client_of: ClientOf, front_door: Person
) -> None:
    page = reverse("contacts:protect", args=[new_contact().reference])
    stale = Browser()
    answer = stale.post(page, {"reason": TEXT, "typed_by": typed_by(author(front_door))})
    assert titles(front_door) == [(page, (("reason", TEXT),))]
    there = reverse("agencies:kept_text", args=[kept.place_of(author(front_door), page)])
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert there in answer.headers["Location"].replace("%2F", "/")
    shown = client_of(front_door).get(there).content.decode()
    assert ("She hid under the bed." in shown, "Put it back into its form" in shown) == (True, True)


def test_form_sent_after_the_membership_ended_is_kept(client_of: ClientOf, front_door: Person) -> None:
    page = reverse("contacts:protect", args=[new_contact().reference])
    client = client_of(front_door)
    client.typed_by()
    Membership.objects.filter(pk=front_door.membership.pk).update(ended_at=timezone.now() - timedelta(minutes=1))
    answer = client.post(page, {"reason": "Still mine."})
    assert titles(front_door) == [(page, (("reason", "Still mine."),))]
    assert answer.headers["Location"].startswith(reverse("agencies:choose_membership"))
    listed = client.get(reverse("agencies:kept_texts"))
    assert (listed.status_code, page in listed.content.decode()) == (200, True)


def test_refused_form_is_kept_and_one_that_arrives_is_let_go(client_of: ClientOf, front_door: Person) -> None:
    page, client = reverse("contacts:protect", args=[new_contact().reference]), client_of(front_door)
    assert client.post(page, {"reason": "In danger.", "submission_key": ""}).status_code == 409
    assert titles(front_door) == [(page, (("reason", "In danger."),))]
    assert client.post(page, {"reason": "In danger."}).status_code == 302
    assert titles(front_door) == []


def test_button_without_text_keeps_nothing(client_of: ClientOf, front_door: Person) -> None:
    page = reverse("contacts:claim", args=["C-2222-2222"])
    assert client_of(front_door).post(page, {"version": "1"}).status_code == 404
    assert titles(front_door) == []


def test_password_is_never_kept(client_of: ClientOf, mash_manager: Person) -> None:
    page = reverse("information_sharing:sealed", args=["E-2222-2222"])
    client_of(mash_manager).post(page, {"purpose": "decision", "password": "lantern-harbour-47"})
    assert titles(mash_manager) == [(page, (("purpose", "decision"),))]


ELSEWHERE = [{"page": "javascript:alert(1)"}, {"action": "//other.example/"}, {"action": "https://other.example/"}]


def kept_while_typing(client: Browser, **said: Any) -> Any:
    said = {"page": "/work/", "action": "/x/", "title": "A form", "membership": "The hub", **said}
    return client.post(reverse("agencies:keep"), said)


def test_kept_while_typing_whether_or_not_signed_in(client_of: ClientOf, front_door: Person) -> None:
    fields = json.dumps([["reason", "He"], ["version", "3"], ["csrfmiddlewaretoken", "t"], ["my_password", "p"]])
    seal = typed_by(author(front_door))
    for client, still in ((client_of(front_door), True), (Browser(), False)):
        answer = kept_while_typing(client, typed_by=seal, fields=fields)
        assert (answer.status_code, answer.json()["signed_in"]) == (200, still)
        assert titles(front_door) == [("/x/", (("reason", "He"),))]


@pytest.mark.parametrize(
    "wrong", [{"typed_by": "no"}, {"fields": "{"}, {"fields": "[1]"}, {"fields": '[["a"]]'}, *ELSEWHERE]
)
def test_nothing_is_kept_of_what_is_no_form(wrong: dict[str, str], client_of: ClientOf, front_door: Person) -> None:
    said = {"typed_by": typed_by(author(front_door)), "fields": '[["a", "b"]]', **wrong}
    assert (kept_while_typing(client_of(front_door), **said).status_code, titles(front_door)) == (404, [])


def test_form_that_arrived_is_not_kept_again_by_a_late_saving(client_of: ClientOf, front_door: Person) -> None:
    key = uuid4()
    Submission.objects.create(key=key, membership_id=front_door.membership.pk, at=timezone.now())
    fields = json.dumps([["reason", "Too late"], ["submission_key", str(key)]])
    kept_while_typing(client_of(front_door), typed_by=typed_by(author(front_door)), fields=fields)
    assert titles(front_door) == []


def test_page_is_told_what_was_typed_on_it(client_of: ClientOf, front_door: Person) -> None:
    save(front_door, action="/here/", pairs=(("reason", "He"),))
    save(front_door, action="/elsewhere/")
    texts = client_of(front_door).get(reverse("agencies:kept_here"), {"page": "/here/"}).json()["texts"]
    assert [(one["action"], one["pairs"]) for one in texts] == [("/here/", [["reason", "He"]])]


def test_what_is_kept_can_be_thrown_away_by_its_author_alone(
    client_of: ClientOf, front_door: Person, other_front_door: Person
) -> None:
    place = save(front_door)
    away = reverse("agencies:throw_away", args=[place])
    assert client_of(other_front_door).post(away).status_code == 404
    assert client_of(other_front_door).get(reverse("agencies:kept_text", args=[place])).status_code == 404
    assert (client_of(front_door).post(away).status_code, titles(front_door)) == (302, [])


def test_form_is_put_back_as_it_was_left_with_the_version_of_now(client_of: ClientOf, front_door: Person) -> None:
    contact = new_contact()
    page = reverse("contacts:amend", args=[contact.reference])
    said = {"put_back": "x", "version": "99", "concern": "He came to the door."}
    answer = client_of(front_door).post(page, said)
    shown = answer.content.decode()
    assert (answer.status_code, "He came to the door." in shown, "There is a problem" in shown) == (200, True, False)
    assert re.findall(r'name="version" value="(\d*)"', shown) == [str(contact.version)]


def test_putting_back_writes_nothing_even_where_a_press_would_be_enough(
    client_of: ClientOf, front_door: Person
) -> None:
    contact = new_contact()
    client = client_of(front_door)
    answer = client.post(reverse("contacts:protect", args=[contact.reference]), {"reason": "Now.", "put_back": "x"})
    assert (answer.status_code, Protection.objects.count(), "Now." in answer.content.decode()) == (200, 0, True)
    pressed = client.post(reverse("contacts:claim", args=[contact.reference]), {"put_back": "x", "version": "1"})
    assert (pressed.status_code, Contact.objects.get().claimed_by_id) == (409, None)


def test_quiet_session_ends_and_one_in_which_somebody_types_does_not(client_of: ClientOf, front_door: Person) -> None:
    limit = timedelta(minutes=settings.MASH_INACTIVITY_MINUTES)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client = client_of(front_door)
        assert client.get("/work/").status_code == 200
        for _ in range(3):
            clock.shift(limit - timedelta(minutes=1))
            kept_while_typing(client, typed_by=typed_by(author(front_door)), fields='[["reason", "He"]]')
        assert client.get("/work/").status_code == 200
        clock.shift(limit + timedelta(minutes=1))
        assert client.get("/work/").status_code == 302


def test_what_is_too_old_is_cleared(front_door: Person) -> None:
    long_ago = timezone.now() - kept.KEPT_FOR - timedelta(minutes=1)
    kept.keep(author(front_door), page="/", action="/", title="", membership="", pairs=PAIRS, at=timezone.now())
    kept.keep(author(front_door), page="/", action="/old/", title="", membership="", pairs=PAIRS, at=long_ago)
    kept.keep(author(front_door), page="/", action="/", title="", membership="", pairs=PAIRS, at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_kepttext")
        assert cursor.fetchone() == (1,)


def kept_of(who: Person) -> list[tuple[str, str]]:
    return sorted((one.pairs[0][1], one.form) for one in kept.kept_by(author(who)))


def type_into(who: Person, text: str, form: str) -> None:
    said = {"page": "/contacts/new/", "action": "/contacts/new/", "title": "New contact", "membership": "The hub"}
    kept.keep(author(who), **said, pairs=(("report", text),), at=timezone.now(), form=form)


def test_two_calls_taken_down_on_two_pages_of_one_form_are_both_kept(front_door: Person) -> None:
    one, other = str(uuid4()), str(uuid4())
    for text, form in (("The first", one), ("The first child", one), ("The second", other), ("The second one", other)):
        type_into(front_door, text, form)
    assert kept_of(front_door) == [("The first child", one), ("The second one", other)]


def test_what_is_put_into_another_page_and_typed_on_is_kept_once(front_door: Person) -> None:
    type_into(front_door, "The first", str(uuid4()))
    later = str(uuid4())
    for text in ("The first", "The first child, and a brother"):
        type_into(front_door, text, later)
    assert kept_of(front_door) == [("The first child, and a brother", later)]


def test_what_was_sent_lets_go_of_its_own_page_alone(front_door: Person, client_of: ClientOf) -> None:
    action, key = reverse("contacts:correct", args=[new_contact().reference]), str(uuid4())
    said = {"page": action, "action": action, "title": "Correct", "membership": "The hub"}
    for text, form in (("The first", str(uuid4())), ("The second, begun", key)):
        kept.keep(author(front_door), **said, pairs=(("text", text),), at=timezone.now(), form=form)
    sent = client_of(front_door).post(action, {"text": "The second, whole", "submission_key": key})
    assert (sent.status_code, [text for text, _form in kept_of(front_door)]) == (302, ["The first"])


def test_what_was_put_back_is_let_go_of_when_it_is_sent(front_door: Person, client_of: ClientOf) -> None:
    action = reverse("contacts:correct", args=[new_contact().reference])
    said = {"page": action, "action": action, "title": "Correct", "membership": "The hub"}
    kept.keep(author(front_door), **said, pairs=(("text", "Begun"),), at=timezone.now(), form=str(uuid4()))
    browser = client_of(front_door)
    shown = browser.post(action, {"text": "Begun", "put_back": "x"}).content.decode()
    key = re.findall(r'name="submission_key"[^>]*value="([^"]+)"', shown)[0]
    browser.post(action, {"text": "Otherwise, and whole", "submission_key": key})
    assert kept_of(front_door) == []


def test_what_a_script_kept_and_the_browser_sent_is_one_text(front_door: Person) -> None:
    """The browser ends lines with two signs, a script with one; what is refused may come without its key."""
    type_into(front_door, "The first\nchild ", str(uuid4()))
    type_into(front_door, "The first\r\nchild", "")
    assert kept_of(front_door) == [("The first\r\nchild", "")]
