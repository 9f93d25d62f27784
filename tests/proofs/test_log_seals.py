"""1,000 random tamperings with the log, by somebody who may do everything in the database: each is found.

Everything happens in one transaction of a superuser with the triggers off; each tampering is taken back by a savepoint,
and the whole log is compared with the seals as they were exported each time.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from time import monotonic

from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from audit.actions.sealing import MOST
from audit.queries import findings, waiting
from audit.rules import KINDS, SealLine
from mash.celery import SWEEP_SECONDS
from tests.proofs.figures import report
from tests.walls import without_triggers

TAMPERINGS, SEALS, ROWS = 1000, 12, 8
SEED = 20_261_125

COLUMNS: dict[str, dict[str, str]] = {
    "event": {
        "verb": "verb || 'x'",
        "record_type": "record_type || 'x'",
        "record_id": "gen_random_uuid()",
        "reference": "'M-9999-9999'",
        "enquiry_id": "gen_random_uuid()",
        "details": "details || '{\"changed\": 1}'",
    },
    "reading": {
        "page": "page || 'x'",
        "reference": "'M-9999-9999'",
        "enquiry_id": "gen_random_uuid()",
        "purpose": "purpose || 'x'",
        "item_ids": "item_ids[2:]",
    },
    "refusal": {"method": "'PUT'", "route": "route || 'x'", "reference": "'M-9999-9999'", "status": "status + 1"},
}
WHO = {
    "id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "user_id": "gen_random_uuid()",
    "membership_id": "NULL",
    "agency_id": "gen_random_uuid()",
    "roles": "roles || '{auditor}'",
    "request_id": "request_id || ' '",
}


def fill(cursor: Cursor) -> list[SealLine]:
    """Write rows of all three logs and seal them, several times; return the seals as they left the machine."""
    for _ in range(SEALS):
        for _ in range(ROWS):
            cursor.execute(
                "INSERT INTO audit_event SELECT gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), NULL,"
                " '{manager}', 'r', 'contact.ended', 'contacts.contact', gen_random_uuid(), 'C-2222-3333', NULL, '{}'"
            )
            cursor.execute(
                "INSERT INTO audit_reading SELECT gen_random_uuid(), now(), gen_random_uuid(), gen_random_uuid(), NULL,"
                " '{manager}', 'r', 'sealed', 'M-2222-3333', NULL, 'safety',"
                " ARRAY[gen_random_uuid(), gen_random_uuid()]"
            )
            cursor.execute(
                "INSERT INTO audit_refusal SELECT gen_random_uuid(), now(), NULL, NULL, NULL, '{}', 'r', 'GET',"
                " 'screening:enquiry', 'M-2222-3333', 404"
            )
        cursor.execute("SELECT fw.seal_logs(%s)", [MOST])
    cursor.execute("SELECT * FROM fw.seals_after(0)")
    return [SealLine(*row) for row in cursor.fetchall()]


def altered(cursor: Cursor, chance: random.Random) -> None:
    kind = chance.choice(KINDS)
    column, value = chance.choice(sorted({**WHO, **COLUMNS[kind]}.items()))
    others = "membership_id IS NOT NULL" if column == "membership_id" and kind != "refusal" else "true"
    value = "gen_random_uuid()" if (kind, column) == ("refusal", "membership_id") else value
    cursor.execute(
        f"UPDATE audit_{kind} SET {column} = {value} WHERE id ="
        f" (SELECT id FROM audit_{kind} WHERE {others} ORDER BY id OFFSET %s LIMIT 1)",
        [chance.randrange(SEALS * ROWS)],
    )
    assert cursor.rowcount == 1


def removed(cursor: Cursor, chance: random.Random) -> None:
    kind = chance.choice(KINDS)
    cursor.execute(
        f"DELETE FROM audit_{kind} WHERE id = (SELECT id FROM audit_{kind} ORDER BY id OFFSET %s LIMIT 1)",
        [chance.randrange(SEALS * ROWS)],
    )
    assert cursor.rowcount == 1


def replayed(cursor: Cursor, chance: random.Random) -> None:
    """Put a row in that says what another one says, under a key of its own."""
    kind = chance.choice(KINDS)
    cursor.execute(
        f"WITH one AS (SELECT * FROM audit_{kind} ORDER BY id OFFSET %s LIMIT 1)"
        f" INSERT INTO audit_{kind} SELECT (jsonb_populate_record(NULL::audit_{kind},"
        " to_jsonb(one) || jsonb_build_object('id', %s))).* FROM one",
        [chance.randrange(SEALS * ROWS), str(uuid.UUID(int=chance.getrandbits(128)))],
    )
    assert cursor.rowcount == 1


def swapped(cursor: Cursor, chance: random.Random) -> None:
    """Let two people change places: each row now says what the other did."""
    kind = chance.choice(("event", "reading"))
    one, other = chance.sample(range(SEALS * ROWS), 2)
    cursor.execute(
        f"WITH pair AS (SELECT id, user_id, row_number() OVER (ORDER BY id) - 1 AS n FROM audit_{kind})"
        f" UPDATE audit_{kind} t SET user_id = p.user_id FROM pair p, pair q"
        " WHERE t.id = q.id AND ((p.n = %s AND q.n = %s) OR (p.n = %s AND q.n = %s))",
        [one, other, other, one],
    )
    assert cursor.rowcount == 2


def seal_edited(cursor: Cursor, chance: random.Random) -> None:
    """Alter one column of a seal."""
    change = chance.choice(
        (
            "digest = sha256(digest)",
            "previous = sha256(previous)",
            "seal = sha256(seal)",
            "sealed_at = sealed_at + interval '1 microsecond'",
            "version = version + 1",
            "event_ids = event_ids[2:], event_digests = event_digests[2:]",
            "reading_digests = reading_digests[2:] || reading_digests[1:1]",
            "refusal_ids = refusal_ids || gen_random_uuid(), refusal_digests = refusal_digests || digest",
        )
    )
    cursor.execute(f"UPDATE audit_logseal SET {change} WHERE number = %s", [chance.randint(1, SEALS)])
    assert cursor.rowcount == 1


def seal_removed(cursor: Cursor, chance: random.Random) -> None:
    cursor.execute("DELETE FROM audit_logseal WHERE number = %s", [chance.randint(1, SEALS)])
    assert cursor.rowcount == 1


def rewritten(cursor: Cursor, chance: random.Random) -> None:
    """Alter a row, throw all seals away and seal the whole log anew: only the exported seals tell."""
    altered(cursor, chance)
    cursor.execute("DELETE FROM audit_logseal")
    for kind in KINDS:
        cursor.execute(f"INSERT INTO audit_unsealed (kind, row_id) SELECT '{kind}', id FROM audit_{kind}")
    for _ in range(SEALS):
        cursor.execute("SELECT fw.seal_logs(%s)", [ROWS * 3])


def slipped_in(cursor: Cursor, chance: random.Random) -> None:
    """Put a row in and write it into the list of a seal as well."""
    replayed(cursor, chance)
    cursor.execute(
        "UPDATE audit_logseal SET event_ids = event_ids || e.id, event_digests = event_digests || digest"
        " FROM (SELECT id FROM audit_event ORDER BY id LIMIT 1) e WHERE number = %s",
        [chance.randint(1, SEALS)],
    )


WAYS: tuple[Callable[[Cursor, random.Random], None], ...] = (
    altered,
    altered,
    altered,
    removed,
    replayed,
    swapped,
    seal_edited,
    seal_removed,
    rewritten,
    slipped_in,
)


def test_every_tampering_is_found(superuser_connection: Connection) -> None:
    chance, caught, missed, began = random.Random(SEED), 0, [], monotonic()  # noqa: S311  # no secret
    with superuser_connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_unsealed")
        with without_triggers(cursor):
            for table in ("audit_event", "audit_reading", "audit_refusal", "audit_logseal"):
                cursor.execute(f"DELETE FROM {table}")
        exported = fill(cursor)
        assert (len(exported), list(findings(cursor, exported)), waiting(cursor).rows) == (SEALS, [], 0)
        with without_triggers(cursor):
            for number in range(TAMPERINGS):
                way = WAYS[number % len(WAYS)]
                cursor.execute("SAVEPOINT before")
                way(cursor, chance)
                if next(findings(cursor, exported), None) is None:
                    missed.append((number, way.__name__))
                else:
                    caught += 1
                cursor.execute("ROLLBACK TO SAVEPOINT before")
        assert list(findings(cursor, exported)) == []
    report("read log: tamperings found, of 1,000", caught, "1000", ok=caught == TAMPERINGS)
    assert missed == []
    report("read log: seconds for 1,000 tamperings", round(monotonic() - began, 1), "told only", ok=True)


def test_the_window_is_at_most_a_minute() -> None:
    """A row waits for the next beat; one beat may be lost with its message."""
    report("read log: seconds until a row is sealed, at most", 2 * SWEEP_SECONDS, "<= 60", ok=2 * SWEEP_SECONDS <= 60)
