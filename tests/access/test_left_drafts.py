"""A draft of the front door passes on to the desk once its author has left, is away or suspended."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agencies.access import kept
from agencies.access.identity import acting_as
from agencies.access.kept import Author
from agencies.access.left import left_for
from agencies.models import Absence, ConflictOfInterest, Membership, User
from audit.models import Event
from common.moments import london_day
from contacts.actions import protect_now
from contacts.models import Contact, Correction, Subject
from decisions.models import CorrectionNotice, FamilyLetter
from tests.contacts.test_views_intake import blank_new
from tests.people import ClientOf, Person
from tests.scenes.rows import new_contact

pytestmark = pytest.mark.django_db
TEXT = "He came to the door at four and shouted."
NOT_BEGUN = "Drafts that somebody else began"


@pytest.fixture
def contact(db: None) -> Contact:
    return new_contact()


def save(who: Person, action: str, text: str = TEXT) -> str:
    said = {"page": action, "action": action, "title": "Protect now", "membership": "The hub"}
    author = Author(who.user.pk, who.membership.pk)
    return kept.keep(author, **said, pairs=(("reason", text),), at=timezone.now())


def form_of(contact: Contact) -> str:
    return reverse("contacts:protect", args=[contact.reference])


def leaves(who: Person) -> None:
    Membership.objects.filter(pk=who.membership.pk).update(ended_at=timezone.now() - timedelta(minutes=1))


def goes_away(who: Person) -> None:
    today = london_day(timezone.now())
    said = {"membership_id": who.membership.pk, "starts_on": today, "ends_on": today}
    Absence.objects.create(**said, marked_at=timezone.now(), marked_by_id=who.membership.pk)


def is_suspended(who: Person) -> None:
    User.objects.filter(pk=who.user.pk).update(is_active=False)


def seen_by(who: Person) -> list[tuple[str, str, str]]:
    with acting_as(who.viewer) as viewer:
        return [(one.begun_by, one.contact, one.text.pairs[0][1]) for one in left_for(viewer)]


@pytest.mark.parametrize("gone", [leaves, goes_away, is_suspended])
def test_draft_passes_to_the_front_door_once_its_author_is_gone(
    gone: object, contact: Contact, front_door: Person, other_front_door: Person, mash_manager: Person
) -> None:
    save(front_door, form_of(contact))
    assert [seen_by(one) for one in (other_front_door, mash_manager)] == [[], []]
    gone(front_door)  # type: ignore[operator]
    assert seen_by(other_front_door) == [(front_door.user.name, contact.reference, TEXT)]
    assert seen_by(mash_manager) == []


def test_draft_passes_to_the_manager_where_the_front_door_is_empty(
    contact: Contact, front_door: Person, other_front_door: Person, mash_manager: Person
) -> None:
    save(front_door, reverse("contacts:new"))
    rows = Membership.objects.filter(roles__contains=["front_door"])
    rows.update(ended_at=timezone.now() - timedelta(minutes=1))
    assert seen_by(mash_manager) == [(front_door.user.name, "", TEXT)]


@pytest.mark.parametrize(
    "who", ["screener", "social_worker", "out_of_hours", "police_officer", "administrator", "auditor"]
)
def test_draft_passes_to_nobody_else(
    who: str, contact: Contact, front_door: Person, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    place = save(front_door, form_of(contact))
    leaves(front_door)
    other: Person = request.getfixturevalue(who)
    with acting_as(other.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fw.left_texts()")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT fw.take_left_text(%s)", [place])
        assert cursor.fetchone() == (False,)
    client = client_of(other)
    assert client.get(reverse("agencies:left_text", args=[place])).status_code == 403
    assert client.post(reverse("agencies:take_over", args=[place])).status_code == 403
    assert NOT_BEGUN not in client.get(reverse("agencies:kept_texts")).content.decode()


def test_form_that_is_no_work_of_the_front_door_passes_to_nobody(
    contact: Contact, front_door: Person, other_front_door: Person, screener: Person
) -> None:
    save(front_door, reverse("work"))
    save(screener, form_of(contact))
    leaves(front_door)
    leaves(screener)
    assert seen_by(other_front_door) == []


def test_draft_about_a_case_that_is_closed_to_somebody_does_not_pass_to_them(
    contact: Contact, front_door: Person, other_front_door: Person, mash_manager: Person
) -> None:
    save(front_door, form_of(contact))
    leaves(front_door)
    ConflictOfInterest.objects.create(
        contact_id=contact.pk,
        membership=other_front_door.membership,
        source="entered",
        entered_at=timezone.now(),
        entered_by=mash_manager.membership,
    )
    assert seen_by(other_front_door) == []


def test_taken_over_draft_is_theirs_marked_and_logged(
    contact: Contact, front_door: Person, other_front_door: Person, client_of: ClientOf
) -> None:
    place = save(front_door, form_of(contact))
    leaves(front_door)
    client = client_of(other_front_door)
    listed = client.get(reverse("agencies:kept_texts")).content.decode()
    assert (NOT_BEGUN in listed, front_door.user.name in listed, TEXT in listed) == (True, True, False)
    opened = client.get(reverse("agencies:left_text", args=[place])).content.decode()
    assert TEXT in opened
    answer = client.post(reverse("agencies:take_over", args=[place]))
    own = client.get(answer.headers["Location"]).content.decode()
    assert (TEXT in own, f"Begun by {front_door.user.name}" in own) == (True, True)
    assert client.post(reverse("agencies:take_over", args=[place])).status_code == 404
    assert kept.kept_by(Author(front_door.user.pk)) == []
    verbs = Event.objects.filter(verb__startswith="draft.").order_by("at", "id")
    assert [(one.verb, one.reference, one.record_id) for one in verbs] == [
        ("draft.opened", contact.reference, contact.pk), ("draft.taken_over", contact.reference, contact.pk)
    ]  # fmt: skip
    save(other_front_door, form_of(contact), "Typed on.")
    mine = kept.kept_by(Author(other_front_door.user.pk))
    assert [(one.begun_by, one.pairs[0][1]) for one in mine] == [(front_door.user.name, "Typed on.")]


def test_nothing_that_the_taker_typed_is_overwritten(
    contact: Contact, front_door: Person, other_front_door: Person, client_of: ClientOf
) -> None:
    place = save(front_door, form_of(contact))
    save(other_front_door, form_of(contact), "My own.")
    leaves(front_door)
    assert client_of(other_front_door).post(reverse("agencies:take_over", args=[place])).status_code == 409
    assert [one.pairs[0][1] for one in kept.kept_by(Author(other_front_door.user.pk))] == ["My own."]
    assert len(seen_by(other_front_door)) == 1


def test_manager_of_an_empty_front_door_sends_what_they_took_over(
    front_door: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    action = reverse("contacts:new")
    place = save(front_door, action)
    Membership.objects.filter(roles__contains=["front_door"]).update(ended_at=timezone.now() - timedelta(minutes=1))
    client = client_of(mash_manager)
    assert client.post(reverse("agencies:take_over", args=[place])).status_code == 302
    assert client.post(action, {"put_back": "x", "report": TEXT}).status_code == 200
    sent = client.post(action, blank_new(report=TEXT))
    assert (sent.status_code, Contact.objects.get().logged_by) == (302, mash_manager.membership)


def test_half_a_letter_and_half_a_call_about_a_correction_pass_on_too(
    contact: Contact, front_door: Person, other_front_door: Person
) -> None:
    at, by = timezone.now(), front_door.membership
    parent = Subject.objects.create(contact=contact, position=1, kind="adult")
    letter = FamilyLetter.objects.create(contact=contact, subject=parent, written_at=at, written_by=by)
    said = Correction.objects.create(contact=contact, text="He is eight.", made_at=at, made_by=by)
    notice = CorrectionNotice.objects.create(
        contact=contact,
        correction=said,
        kind="letter",
        letter=letter,
        text="He is eight.",
        written_at=at,
        written_by=by,
    )
    save(front_door, reverse("decisions:letter", args=[letter.reference]))
    save(front_door, reverse("decisions:correction_rung", args=[notice.reference]))
    leaves(front_door)
    assert {one for _who, one, _text in seen_by(other_front_door)} == {letter.reference, notice.reference}


def test_draft_about_protective_work_passes_on_too(
    contact: Contact, front_door: Person, other_front_door: Person
) -> None:
    with acting_as(front_door.viewer) as viewer:
        work = protect_now(contact, "He waits outside.", viewer=viewer, at=timezone.now()).protection
    save(front_door, reverse("contacts:whereabouts", args=[work.reference, 1]))
    leaves(front_door)
    assert seen_by(other_front_door) == [(front_door.user.name, work.reference, TEXT)]
    ConflictOfInterest.objects.create(
        contact_id=contact.pk,
        user=other_front_door.user,
        source="entered",
        reason="A cousin.",
        entered_at=timezone.now(),
        entered_by=other_front_door.membership,
    )
    assert seen_by(other_front_door) == []
