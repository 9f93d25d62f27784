"""The keys by which people are found in cases, made anew from what was reported; by the owner of the tables."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from common.data_keys import Erased
from common.encryption import EncryptedTextField
from common.normal.sounds import sound_of
from common.staff_keys import KEYS_FORM, subject_keys
from contacts.actions.rows import address_keys, person_find_keys, place_keys, referrer_find_keys
from contacts.models import Contact, Referrer, Subject
from contacts.rules.protected import Home, Shield, shield_of_home

MAY = "fw.remake_subject(uuid, text[], text[])"


@dataclass(frozen=True)
class Remade:
    """What became of one batch.

    Attributes:
        last: the key of the last one; None where the batch was the last one.
        seen: how many they were.
        made: how many got other keys.
    """

    last: uuid.UUID | None
    seen: int
    made: int


@dataclass(frozen=True)
class StaffHeld:
    """How many members of staff something is held of, and of how many of them in an earlier form."""

    held: int
    earlier: int


def may_remake() -> bool:
    """Say whether this login may: the owner of the tables may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege(%s, 'EXECUTE')", [MAY])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def remake_people(after: uuid.UUID | None, most: int) -> Remade:
    """Make the keys of up to `most` children and adults anew, in the order of their own keys.

    The database holds them against the staff list as it writes them. What somebody changes meanwhile stays as they
    wrote it. An address that was erased gives no key any more.

    Args:
        after: the last one of the batch before.

    Raises:
        KeyMissing: the ring does not hold a key that an address needs.
    """
    rows = _asked("SELECT * FROM fw.subjects_after(%s, %s)", after, most)
    return _remade(rows, most, _keys_of, "SELECT fw.remake_subject(%s, %s, %s)")


@transaction.atomic
def remake_homes(after: uuid.UUID | None, most: int) -> Remade:
    """Make the keys by which homes are found anew, of up to `most` contacts; a protected home has none.

    Args:
        after: the last one of the batch before.

    Raises:
        KeyMissing: the ring does not hold a key that an address needs.
    """
    rows = _asked("SELECT * FROM fw.contacts_after(%s, %s)", after, most)
    return _remade(rows, most, _keys_of_home, "SELECT fw.remake_home(%s, %s, %s)")


@transaction.atomic
def remake_finding(kind: str, after: uuid.UUID | None, most: int) -> Remade:
    """Make what a search compares anew, of up to `most` contacts, referrers or people.

    Args:
        kind: one of `FOUND`.
        after: the last one of the batch before.

    Raises:
        KeyMissing: the ring does not hold a key that a text needs.
    """
    rows = _asked(f"SELECT * FROM fw.findable_{FOUND[kind]}(%s, %s)", after, most)  # noqa: S608  # names of our own
    return _remade(rows, most, _FINDING[kind], f"SELECT fw.remake_findable('{kind}', %s, %s, %s)")


def _place_keys_of(row: dict[str, Any]) -> list[str]:
    home = _opened(Contact, row["home"])
    return place_keys(home, is_protected=_shield_of(row, home) is not None)


def _referrer_keys_of(row: dict[str, Any]) -> list[str]:
    return referrer_find_keys(_opened(Referrer, row["telephone"], "telephone"), row["own_reference"])


def _person_keys_of(row: dict[str, Any]) -> list[str]:
    names = ("given_name", "family_name", "other_names", "school", "address_is_protected", "protected_from")
    person = Subject(**{name: row[name] for name in names}, address=_opened(Subject, row["own_address"]))
    contact = Home(_opened(Contact, row["home"]), row["contact_is_protected"], row["contact_protected_from"], "")
    return person_find_keys(person, contact, _shield_of(row, contact.address))


def _shield_of(row: dict[str, Any], home: str) -> Shield | None:
    """Return how the address of a household is protected; from whom is no matter to the keys.

    The database knows what was said, and not whether somebody's own protected address is this one.
    """
    own = (_opened(Subject, stored) for stored in row["protected_own"])
    people = [Subject(address=one, address_is_protected=True) for one in own if one]
    return shield_of_home(Home(home, row["home_is_protected"], "", ""), people)


FOUND = {"contact": "contacts", "referrer": "referrers", "person": "people"}
_FINDING = {"contact": _place_keys_of, "referrer": _referrer_keys_of, "person": _person_keys_of}


def _asked(sql: str, after: uuid.UUID | None, most: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, most])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _remade(rows: list[dict[str, Any]], most: int, keys_of: Callable[[dict[str, Any]], list[str]], sql: str) -> Remade:
    made = 0
    with connection.cursor() as cursor:
        for row in rows:
            keys = keys_of(row)
            if keys != row["keys"]:
                cursor.execute(sql, [row["id"], row["keys"], keys])
                made += cursor.fetchone()[0]
    return Remade(rows[-1]["id"] if len(rows) == most else None, len(rows), made)


def _keys_of_home(row: dict[str, Any]) -> list[str]:
    home = _opened(Contact, row["home"])
    return address_keys(home, is_protected=_shield_of(row, home) is not None)


def staff_held() -> StaffHeld:
    """Return how much is held of staff; in an earlier form it can only be entered again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT held, earlier FROM fw.staff_held(%s)", [KEYS_FORM])
        return StaffHeld(*cursor.fetchone())


def _keys_of(row: dict[str, Any]) -> list[str]:
    """Return how surname and first name sound, then the keys against staff, as the database compares them."""
    own, common = _opened(Subject, row["own_address"]), _opened(Contact, row["home"])
    home = own or (common if row["lives_in_household"] is not False else "")
    born: date | None = row["date_of_birth"]
    given, family = row["given_name"], row["family_name"]
    against_staff = subject_keys(given, family, born, home, others=row["other_names"])
    return [sound_of(family), sound_of(given), *against_staff]


def _opened(model: type[Contact] | type[Subject] | type[Referrer], stored: str | None, name: str = "address") -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, EncryptedTextField)  # noqa: S101  # for the type checker
    text = field.from_db_value(stored, None, connection)
    return "" if text is None or isinstance(text, Erased) else text
