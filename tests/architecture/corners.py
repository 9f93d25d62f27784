"""Corners of the rules: rows at which each clause of a rule makes a difference to somebody.

Many of them no action would write: a worker who has moved on and is still named in a row, a grant that was left
behind, somebody named by a lead of another agency. It is there that a rule must hold on its own.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from psycopg2.extensions import cursor as Cursor

from tests.architecture.states import MEMBERSHIP, WITH_INSTRUCTION, copied, new, one
from tests.walls import without_triggers

PARTS = ("raised", "convened", "held", "stood_down")

STATEMENTS = Path(__file__).with_suffix(".sql")
CLOSED_AND_OPENED = STATEMENTS.with_name("case_access.sql")
CLAUSES, HANGING = STATEMENTS.with_name("clauses.sql"), STATEMENTS.with_name("hanging.sql")
ALONE = STATEMENTS.with_name("alone.sql")


def cut_corners(cursor: Cursor, *, moved_on: str, idle: str, named_abroad: str) -> None:
    """Write the rows; triggers are off, so that what they would forbid or mend stands as it is written.

    Args:
        moved_on: the mail address of somebody who was worker, author and reader, and now holds another role.
        idle: of a social worker with no enquiry.
        named_abroad: of a researcher whom a lead of another agency has named.
    """
    with without_triggers(cursor):
        cursor.execute(STATEMENTS.read_text(encoding="utf-8"))
        former, spare = one(cursor, MEMBERSHIP, moved_on), one(cursor, MEMBERSHIP, idle)
        _worker_who_moved_on(cursor, former)
        _parts_in_protection(cursor, spare, former)
        _alarms_since_the_end(cursor, spare)
        _readers(cursor, former, one(cursor, MEMBERSHIP, named_abroad))
        _hub(cursor)
        cursor.execute(CLOSED_AND_OPENED.read_text(encoding="utf-8"))
        cursor.execute(CLAUSES.read_text(encoding="utf-8"))
        cursor.execute(HANGING.read_text(encoding="utf-8"))
        _follow_the_enquiry(cursor)
        cursor.execute(ALONE.read_text(encoding="utf-8"))
        cursor.execute("DROP TABLE who")
    # What the list of work goes by follows from those rows, as it would in a hub.
    cursor.execute("SELECT fw.weigh_corrections(c.id), fw.weigh_letters(c.id) FROM contacts_contact c ORDER BY c.id")


COPIED_FROM_ENQUIRY = ("information_sharing_informationrequest", "contacts_contact", "decisions_mashsummary")
"""Tables that carry their enquiry's social worker, as the database sees to it wherever triggers are on."""


def _follow_the_enquiry(cursor: Cursor) -> None:
    """Let the copies agree: a worker of a summary and not of its enquiry is in no hub, and would lose its page."""
    for table in COPIED_FROM_ENQUIRY:
        cursor.execute(
            f"UPDATE {table} r SET social_worker_id = e.social_worker_id FROM screening_enquiry e"
            " WHERE e.id = r.enquiry_id AND r.social_worker_id IS DISTINCT FROM e.social_worker_id"
        )


def _worker_who_moved_on(cursor: Cursor, former: Any) -> None:
    enquiry = one(cursor, "SELECT id FROM screening_enquiry WHERE state = 'released' ORDER BY id")
    for table in COPIED_FROM_ENQUIRY:
        cursor.execute(f"UPDATE {table} SET social_worker_id = %s WHERE enquiry_id = %s", [former, enquiry])
    cursor.execute("UPDATE screening_enquiry SET social_worker_id = %s WHERE id = %s", [former, enquiry])
    cursor.execute("UPDATE clock_deadline SET membership_id = %s WHERE enquiry_id = %s", [former, enquiry])
    cursor.execute("UPDATE contacts_contact SET logged_by_id = %s WHERE enquiry_id = %s", [former, enquiry])


def _parts_in_protection(cursor: Cursor, spare: Any, former: Any) -> None:
    night = one(cursor, MEMBERSHIP, "omar.nights@demo.invalid")
    member = one(cursor, MEMBERSHIP, "maeve.manager@demo.invalid")
    for number, part in enumerate(PARTS):
        for who, state in ((spare, "received"), (spare, "ended"), (former, "received"), (night, "received")):
            contact = one(
                cursor,
                f"SELECT id FROM contacts_contact WHERE state = '{state}' AND logged_by_id <> %s"
                f" ORDER BY id OFFSET {number}",
                night,
            )
            row = {"contact_id": contact, "raised_by_id": member, "state": "held", "held_at": None, "held_by_id": None}
            row |= {"convened_at": None, "convened_by_id": None, f"{part}_at": "2026-03-03", f"{part}_by_id": who}
            copied(cursor, "contacts_protection", "state = 'held'", row)


def _alarms_since_the_end(cursor: Cursor, worker: Any) -> None:
    """What was raised after its contact had ended: one that was held, and one that was stood down."""
    night = one(cursor, MEMBERSHIP, "omar.nights@demo.invalid")
    for number, (state, stood_down) in enumerate((("held", None), ("stood_down", worker))):
        contacts = f"contacts_contact WHERE state = 'ended' AND logged_by_id <> %s ORDER BY id DESC OFFSET {number}"
        contact = one(cursor, f"SELECT id FROM {contacts}", night)
        raised_at = one(cursor, f"SELECT ended_at + interval '1 hour' FROM {contacts}", night)
        row = {
            "contact_id": contact,
            "state": state,
            "raised_at": raised_at,
            "held_at": raised_at,
            "held_by_id": worker,
            "convened_at": None,
            "convened_by_id": None,
            "raised_by_id": worker,
        }
        row |= {"stood_down_at": stood_down and raised_at, "stood_down_by_id": stood_down}
        copied(cursor, "contacts_protection", "state = 'held'", row)


def _readers(cursor: Cursor, former: Any, named_abroad: Any) -> None:
    lead, member = (one(cursor, MEMBERSHIP, f"{name}@demo.invalid") for name in ("police.lead", "maeve.manager"))
    sealed = "SELECT i.request_id FROM information_sharing_item i JOIN agencies_agency a ON a.id = i.agency_id"
    order = f"i.handling = 'manager_only' DESC, {WITH_INSTRUCTION}, i.id"
    own = one(cursor, f"{sealed} WHERE a.kind = 'police' ORDER BY {order}")
    for request, reader in ((own, lead), (own, former), (own, named_abroad)):
        row = {"request_id": request, "membership_id": reader, "named_at": "2026-03-03", "named_by_id": member}
        new(cursor, "information_sharing_sealedreader", row)
    key = str(uuid.uuid4())
    text = one(cursor, "SELECT item_id FROM information_sharing_sealedtext ORDER BY id")
    copied(cursor, "information_sharing_item", f"id = '{text}'", {"id": key, "author_id": former})
    copied(cursor, "information_sharing_sealedtext", f"item_id = '{text}'", {"item_id": key})


def _hub(cursor: Cursor) -> None:
    deadline = one(cursor, "SELECT id FROM clock_deadline WHERE met_at IS NOT NULL ORDER BY id DESC")
    for name in ("fiona.front", "saira.worker", "police.lead"):
        given = {"given_at": "2026-03-03", "given_by_id": one(cursor, MEMBERSHIP, f"{name}@demo.invalid")}
        new(cursor, "clock_breachreason", {"deadline_id": deadline, "text": "A reason.", **given})
    police = one(cursor, "SELECT id FROM agencies_agency WHERE kind = 'police' ORDER BY name")
    for measure in ("safety_instruction", "acceptance"):
        row = {"id": str(uuid.uuid4()), "measure": measure, "agency_id": police, "replaces_id": None}
        copied(cursor, "clock_deadline", f"agency_id = '{police}'", row)
    new(cursor, "contacts_person", {"reference": "P-2222-2222", "given_name": "A", "family_name": "B"})
