"""Rotating the key ring: stopped and resumed, twice at once, with a key missing; and the check at the start."""

from __future__ import annotations

import base64
import io
import os
import re
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from psycopg2.extensions import connection as Connection

from agencies.access import keys
from common import data_keys, key_ring
from contacts.models import Contact
from tests.logins import logged_in_as
from tests.scenes.rows import new_contact

ROOT = Path(__file__).resolve().parents[2]
MANY = 300


def key(name: str) -> str:
    return f"{name}:{base64.b64encode(os.urandom(32)).decode()}"


@pytest.fixture
def ring(settings: object) -> Iterator[list[str]]:
    """Begin with a ring of one key, called old; give two keys, of which the first is new."""
    both = [key("new"), key("old")]
    before = settings.MASH_FIELD_KEYS  # type: ignore[attr-defined]
    settings.MASH_FIELD_KEYS = both[1]  # type: ignore[attr-defined]
    yield both
    settings.MASH_FIELD_KEYS = before  # type: ignore[attr-defined]
    key_ring._ring_of.cache_clear()


def ran(command: str, *options: str) -> str:
    out = io.StringIO()
    call_command(command, *options, stdout=out)
    return out.getvalue()


def many_keys(count: int = MANY) -> list[uuid.UUID]:
    """Write contacts, each with a text under a key of its own."""
    return [new_contact(address=f"{number} Elm Road").pk for number in range(count)]


def addresses() -> set[str]:
    return set(Contact.objects.values_list("address", flat=True))


def in_use() -> dict[str, int]:
    return keys.ring_keys_in_use()


def process(ring: list[str]) -> subprocess.Popen[str]:
    """Start a rotation in a process of its own, as the owner."""
    env = {**os.environ, "DATABASE_URL": os.environ["MASH_OWNER_DATABASE_URL"], "MASH_FIELD_KEYS": ",".join(ring)}
    return subprocess.Popen(
        [sys.executable, "manage.py", "rotate_keys", "--batch=5"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_rotation_that_was_killed_goes_on_and_two_at_once_share_it(
    transactional_db: None, ring: list[str], settings: object
) -> None:
    many_keys()
    settings.MASH_FIELD_KEYS = ",".join(ring)  # type: ignore[attr-defined]
    killed = process(ring)
    assert killed.stdout is not None
    assert killed.stdout.readline() == f"5 of {MANY}\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    counts = in_use()
    assert (set(counts), sum(counts.values())) == ({"new", "old"}, MANY)
    assert addresses() == {f"{number} Elm Road" for number in range(MANY)}

    both = [process(ring), process(ring)]
    ended = [(one.communicate(timeout=60), one.returncode) for one in both]
    assert [(errors, status) for (_out, errors), status in ended] == [("", 0)] * 2
    made = [
        re.search(r"^(\d+) data keys closed anew with new\.$", out, re.MULTILINE) for (out, _errors), _status in ended
    ]
    assert sum(int(found[1]) for found in made if found) == counts["old"]
    assert all("May be removed from MASH_FIELD_KEYS: old." in out for (out, _errors), _status in ended)
    assert in_use() == {"new": MANY}

    settings.MASH_FIELD_KEYS = ring[0]  # type: ignore[attr-defined]
    assert addresses() == {f"{number} Elm Road" for number in range(MANY)}


def test_second_rotation_changes_nothing(transactional_db: None, ring: list[str], settings: object) -> None:
    owner = many_keys(3)[0]
    settings.MASH_FIELD_KEYS = ",".join(ring)  # type: ignore[attr-defined]
    before = data_keys.key_of(owner)
    with logged_in_as("mash_owner"):
        first, second = ran("rotate_keys", "--batch=2"), ran("rotate_keys", "--batch=2")
    assert first.splitlines() == [
        "2 of 3",
        "3 of 3",
        "3 data keys closed anew with new.",
        "May be removed from MASH_FIELD_KEYS: old.",
    ]
    assert second.splitlines()[0] == "0 data keys closed anew with new."
    assert data_keys.key_of(owner) == before  # The key itself is the same: the texts were not touched.


def test_missing_key_is_named_and_never_shown(transactional_db: None, ring: list[str], settings: object) -> None:
    many_keys(2)
    settings.MASH_FIELD_KEYS = ",".join(ring)  # type: ignore[attr-defined]
    assert ran("check_keys").splitlines() == [
        "The key ring opens all 2 data keys.",
        "2 are not yet closed by new: run rotate_keys.",
    ]
    settings.MASH_FIELD_KEYS = ring[0]  # type: ignore[attr-defined]
    for role, command in (("mash_web", "check_keys"), ("mash_sweep", "check_keys"), ("mash_owner", "rotate_keys")):
        with logged_in_as(role), pytest.raises(CommandError) as caught:
            ran(command)
        assert str(caught.value).startswith("Not on the key ring, and needed: old (2 data keys). Put them back")
        assert ring[0].partition(":")[2] not in str(caught.value)
    assert in_use() == {"old": 2}
    settings.MASH_FIELD_KEYS = "no ring"  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="MASH_FIELD_KEYS"):
        ran("check_keys")


def test_destroyed_keys_are_left_out(transactional_db: None, ring: list[str], settings: object) -> None:
    gone, _stays = many_keys(2)
    with logged_in_as("mash_owner"):
        assert ran("destroy_key", str(gone)) == "Destroyed: the protected texts of this record are erased.\n"
        for owner in (gone, uuid.uuid4()):
            with pytest.raises(CommandError, match="no data key of this record, or it was destroyed before"):
                ran("destroy_key", str(owner))
    settings.MASH_FIELD_KEYS = ",".join(ring)  # type: ignore[attr-defined]
    with logged_in_as("mash_owner"):
        assert ran("rotate_keys").splitlines()[-2] == "1 data keys closed anew with new."
    assert addresses() == {"Erased", "1 Elm Road"}


def test_only_the_owner_of_the_tables_rotates_and_erases(db: None) -> None:
    for command in (("rotate_keys",), ("destroy_key", str(uuid.uuid4()))):
        with pytest.raises(CommandError, match="Only the owner of the tables"):
            ran(*command)


def test_rotation_waits_for_no_writer(
    transactional_db: None, ring: list[str], settings: object, owner_connection: Connection
) -> None:
    """A text that is being written holds its key against destruction and not against being closed anew."""
    owner = many_keys(1)[0]
    with owner_connection.cursor() as cursor:
        cursor.execute("SELECT id FROM agencies_datakey WHERE owner_id = %s FOR KEY SHARE", [str(owner)])
        settings.MASH_FIELD_KEYS = ",".join(ring)  # type: ignore[attr-defined]
        with logged_in_as("mash_owner"):
            assert "1 data keys closed anew with new." in ran("rotate_keys")
    owner_connection.rollback()
