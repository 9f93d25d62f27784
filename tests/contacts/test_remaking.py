"""Keys by which staff are found in cases are made anew; what is held of staff in an earlier form is entered again."""

from __future__ import annotations

import io
from datetime import date
from itertools import product
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.actions import record_birth_and_home
from agencies.models import StaffRecord
from common.normal.addresses import address_keys
from common.normal.sounds import sound_of
from common.staff_keys import KEYS_FORM, person_texts, staff_keys, staff_texts
from contacts.actions.rows import address_keys as address_keys_of
from contacts.models import Contact, StaffMatch, Subject
from tests.logins import logged_in_as
from tests.people import ClientOf, Person, person
from tests.scenes.rows import new_contact

BORN, HOME = date(1984, 2, 11), "27 Larch Avenue, AB1 4XY"
OLD = "pa key in an earlier form"


def ran(*options: str) -> list[str]:
    out = io.StringIO()
    call_command("remake_keys", *options, stdout=out)
    return out.getvalue().splitlines()


def adult(contact: Contact | None = None, keys: list[str] | None = None, **said: Any) -> Subject:
    """Write Catherine Thorne into a case, with keys of an earlier form."""
    columns = {"kind": "adult", "given_name": "Catherine", "family_name": "Thorne", "date_of_birth": BORN, **said}
    contact = contact or new_contact(address=HOME)
    subject = Subject(contact=contact, position=contact.subjects.count(), staff_keys=keys or [OLD], **columns)
    subject.save(force_insert=True)
    return subject


def hold(form: int = KEYS_FORM) -> StaffRecord:
    """Hold the screener, under another name, against the cases."""
    who, administrator = person("sunita_screener"), person("anton_admin")
    who.user.name = "Catherine Thorne"
    who.user.save(update_fields=["name"])
    with acting_as(administrator.viewer) as viewer:
        row = record_birth_and_home(who.user, born=BORN, home=HOME, viewer=viewer, at=timezone.now())
    StaffRecord.objects.filter(pk=row.pk).update(birth_form=form, home_form=form)
    return row


def keys_of(subject: Subject) -> list[str]:
    subject.refresh_from_db()
    return subject.staff_keys


def test_keys_are_made_anew_in_batches_and_a_second_run_changes_nothing(transactional_db: None) -> None:
    people = [adult(given_name=f"Catherine {number}") for number in range(5)]
    with logged_in_as("mash_owner"):
        first, second = ran("--batch=2"), ran("--batch=2")
    assert first == [
        "2 looked at, 2 made anew",
        "4 looked at, 4 made anew",
        "5 children and adults, 5 with other keys than before.",
        "2 looked at, 2 made anew",
        "4 looked at, 4 made anew",
        "5 contacts, 5 with other keys of the home than before.",
        "2 looked at, 2 made anew",
        "4 looked at, 4 made anew",
        "5 contacts, 5 with other keys for the search than before.",
        "0 referrers, 0 with other keys for the search than before.",
        "2 looked at, 2 made anew",
        "4 looked at, 4 made anew",
        "5 people, 5 with other keys for the search than before.",
        "0 members of staff are held against them, 0 in an earlier form.",
    ]
    assert [line for line in second if "other keys" in line] == [
        "5 children and adults, 0 with other keys than before.",
        "5 contacts, 0 with other keys of the home than before.",
        "5 contacts, 0 with other keys for the search than before.",
        "0 referrers, 0 with other keys for the search than before.",
        "5 people, 0 with other keys for the search than before.",
    ]
    assert [OLD in keys_of(one) for one in people] == [False] * 5


def test_names_are_heard_anew(transactional_db: None) -> None:
    subject = adult(given_name="Łukasz", family_name="Đurić", name_key="Đrć", given_key="łksz")
    with logged_in_as("mash_owner"):
        ran()
    subject.refresh_from_db()
    assert (subject.name_key, subject.given_key) == (sound_of("Djuric"), sound_of("Lukasz"))


def test_homes_get_their_keys_and_protected_ones_none(transactional_db: None) -> None:
    home, protected = new_contact(address=HOME), new_contact(address=HOME, address_is_protected=True)
    with logged_in_as("mash_owner"):
        ran()
    for contact in (home, protected):
        contact.refresh_from_db()
    assert home.address_keys == address_keys_of(HOME, is_protected=False) != []
    assert protected.address_keys == []


def test_whoever_was_not_found_before_is_found_by_name_and_home(transactional_db: None) -> None:
    row = hold()
    subject = adult()
    assert StaffMatch.objects.count() == 0
    with logged_in_as("mash_owner"):
        assert ran()[-1] == "1 members of staff are held against them, 0 in an earlier form."
    matched = StaffMatch.objects.order_by("matched_on").values_list("user_id", "matched_on", "subject_id")
    assert list(matched) == [(row.pk, "home", subject.pk), (row.pk, "person", subject.pk)]
    assert set(staff_keys("Catherine Thorne", BORN, HOME)) & set(keys_of(subject))


def test_nobody_is_told_of_a_case_that_is_over(transactional_db: None) -> None:
    hold()
    ended = adult()
    with connection.cursor() as cursor:
        over = "UPDATE contacts_contact SET state = 'ended', ended_at = now() WHERE id = %s"
        cursor.execute(over, [ended.contact_id])
    with logged_in_as("mash_owner"):
        ran()
    assert (StaffMatch.objects.count(), OLD in keys_of(ended)) == (0, False)


def test_what_somebody_wrote_meanwhile_stays(transactional_db: None) -> None:
    subject, other = adult(), adult(given_name="Kathryn")
    with logged_in_as("mash_owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT fw.remake_subject(%s, %s, %s)", [subject.pk, ["", "", "pread before that"], ["", "", "pnew"]]
        )
        assert cursor.fetchone() == (False,)
        cursor.execute("SELECT fw.remake_subject(%s, %s, %s)", [other.pk, ["", "", OLD], ["tn", "kn", "pnew"]])
        assert cursor.fetchone() == (True,)
    assert (keys_of(subject), keys_of(other)) == ([OLD], ["pnew"])
    assert (other.name_key, other.given_key) == ("tn", "kn")


def test_without_the_ring_nothing_is_changed(transactional_db: None, ring: list[str], settings: Any) -> None:
    subject = adult()
    settings.MASH_FIELD_KEYS = ring[0]
    with logged_in_as("mash_owner"), pytest.raises(CommandError, match="'old' is not on the key ring"):
        ran()
    assert keys_of(subject) == [OLD]


def test_an_erased_address_gives_no_key_any_more(transactional_db: None) -> None:
    subject = adult()
    with logged_in_as("mash_owner"):
        ran()
        assert any(key.startswith("h") for key in keys_of_as_owner(subject))
        call_command("destroy_key", str(subject.contact_id), stdout=io.StringIO())
        ran()
    assert {key[0] for key in keys_of(subject)} == {"p"}


def keys_of_as_owner(subject: Subject) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT keys[3:] FROM fw.subjects_after(NULL, 10) WHERE id = %s", [subject.pk])
        found: list[str] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("role", ["mash_web", "mash_sweep", "mash_auditor"])
def test_only_the_owner_of_the_tables_may(role: str, transactional_db: None) -> None:
    adult()
    with logged_in_as(role):
        with pytest.raises(CommandError, match="Only the owner of the tables"):
            ran()
        for call in (
            "fw.subjects_after(NULL, 1)",
            "fw.remake_subject(NULL, '{}', '{}')",
            "fw.contacts_after(NULL, 1)",
            "fw.remake_home(NULL, '{}', '{}')",
            "fw.staff_held(2)",
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
                cursor.execute(f"SELECT {call}")


def test_what_is_held_in_an_earlier_form_is_counted_and_named_to_the_administrator(
    transactional_db: None, client_of: ClientOf
) -> None:
    hold(form=KEYS_FORM - 1)
    with logged_in_as("mash_owner"):
        said = ran()
    assert said[-2] == "1 members of staff are held against them, 1 in an earlier form."
    assert "an administrator enters them again" in said[-1]
    client, who = client_of(person("anton_admin")), person("sunita_screener")
    address = reverse("agencies:birth_and_home", args=[who.user.pk])
    assert f'href="{address}"' in client.get(reverse("agencies:people")).content.decode()
    account = reverse("agencies:account", args=[who.user.pk])
    assert "Kept in an earlier form" in client.get(account).content.decode()
    hold()
    assert f'href="{address}"' not in client.get(reverse("agencies:people")).content.decode()
    assert "Kept in an earlier form" not in client.get(account).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ({"born": BORN}, (KEYS_FORM, 1)),
        ({"home": HOME}, (1, KEYS_FORM)),
        ({"take_home": True}, (1, 1)),
        ({"born": BORN, "home": HOME}, (KEYS_FORM, KEYS_FORM)),
    ],
)
def test_entering_one_of_both_renews_that_one(
    said: dict[str, Any], forms: tuple[int, int], administrator: Person
) -> None:
    row = hold(form=1)
    with acting_as(administrator.viewer) as viewer:
        record_birth_and_home(row.user, **said, viewer=viewer, at=timezone.now())
    row.refresh_from_db()
    assert (row.birth_form, row.home_form) == forms


def test_whoever_changes_what_is_hashed_raises_the_form() -> None:
    """What `KEYS_FORM` 3 hashes, once and for all: if this differs, raise it, and write down here what 4 hashes."""
    assert KEYS_FORM == 3
    homes = ("Flat 2, The Larches, 27 Larch Ave, AB1 4XY", "27 Larch Avenue")
    assert [sorted(address_keys(one)) for one in homes] == [
        ["2|larches|ab14xy", "2|larches|larchavenue", "2·27|larchavenue|ab14xy"],
        ["27|larchavenue|"],
    ]
    assert person_texts("A.", "Stuart", BORN) == {"1984-02-11||strt"}
    sounds = ["an", "anstrt", "anstwrt", "strt", "stwrt"]
    assert person_texts("Ł.", "Łoś", BORN) == person_texts("L", "Los", BORN) == {"1984-02-11||ls"}
    pairs = {"|".join(sorted(pair)) for pair in product(sounds, [*sounds, ""])}
    assert staff_texts("Anne Stewart", BORN) == {f"1984-02-11|{pair}" for pair in pairs}
