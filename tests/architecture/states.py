"""What the demo hub does not have of itself: records in the states and of the kinds that its cases do not come to."""

from __future__ import annotations

import json
import uuid
from functools import partial
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json

from common.references import new_reference

WITH_INSTRUCTION = "EXISTS (SELECT 1 FROM information_sharing_safetyinstruction n WHERE n.item_id = i.id) DESC"
"""Orders sealed items: first those from which the manager made an instruction."""

POLICE_SEALED = (
    "SELECT i.request_id FROM information_sharing_item i JOIN agencies_agency a ON a.id = i.agency_id"
    f" WHERE i.handling = 'manager_only' ORDER BY a.kind = 'police' DESC, {WITH_INSTRUCTION}, i.id"
)
WAITING_REQUEST = "SELECT id FROM information_sharing_informationrequest WHERE state = 'sent' ORDER BY sent_at, id"
MEMBERSHIP = "SELECT m.id FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id WHERE u.email = %s"


def bring_about(cursor: Cursor, *, named_reader: str) -> None:
    """Write one record of each state and kind that is missing.

    Args:
        named_reader: the mail address of somebody whom a lead has named to read what is sealed.
    """
    member = one(cursor, MEMBERSHIP, "maeve.manager@demo.invalid")
    now = str(one(cursor, "SELECT now()"))
    said = {"text": "A reason.", "given_at": now, "given_by_id": member}
    _protection(cursor, member, now, said)
    _moved(cursor, "screening_handover", "sent", {"state": "withdrawn"})
    cursor.execute(
        "UPDATE information_sharing_informationrequest SET state = 'withdrawn' WHERE id = %s",
        [one(cursor, WAITING_REQUEST)],
    )
    settled = {"state": "refused_by_lead", "settled_at": now, "settled_by_id": member}
    copied(cursor, "information_sharing_safetyinstruction", "state = 'refused'", settled)
    for state in ("draft", "withdrawn"):
        copied(cursor, "decisions_mashsummary", "state = 'with_manager'", {"state": state})
    _moved(cursor, "decisions_familyletter", "held_back", {"state": "draft", "held_back_reason": ""})
    for state in ("received", "in_enquiry", "ended"):
        contact = one(cursor, f"SELECT id FROM contacts_contact WHERE state = '{state}' ORDER BY id")
        row = {"contact_id": contact, "text": "A correction.", "made_at": now, "made_by_id": member}
        new(cursor, "contacts_correction", row)
    _open_screening(cursor, now)
    deadline = one(cursor, "SELECT id FROM clock_deadline WHERE met_at IS NOT NULL ORDER BY id")
    new(cursor, "clock_breachreason", {"deadline_id": deadline, **said})
    _dead_letters(cursor, now)
    reader = {"request_id": one(cursor, POLICE_SEALED), "membership_id": one(cursor, MEMBERSHIP, named_reader)}
    new(cursor, "information_sharing_sealedreader", {**reader, "named_at": now, "named_by_id": member})
    _joint_view(cursor, member, now)
    _protected(cursor)
    _outgoing_texts(cursor, member, now)


def _outgoing_texts(cursor: Cursor, member: Any, now: str) -> None:
    """Hand in a word to a referrer in each state, by the front door."""
    writer = one(cursor, MEMBERSHIP, "fiona.front@demo.invalid")
    contact = one(cursor, "SELECT id FROM contacts_contact WHERE state = 'ended' ORDER BY id")
    path = "/contacts/" + one(cursor, "SELECT reference FROM contacts_contact WHERE id = %s", contact) + "/feedback/"
    row = {"contact_id": contact, "path": path, "action": path, "fields": "", "sent_at": now, "sent_by_id": writer}
    settled = {"settled_at": now, "settled_by_id": member}
    for state, more in (("waiting", {}), ("passed", settled), ("sent_back", settled | {"words": "Leave it out."})):
        said = {"id": str(uuid.uuid4()), "reference": new_reference("T"), "state": state, "version": 1, "words": ""}
        new(cursor, "decisions_outgoingtext", {**row, **said, **more})
        if state == "waiting":
            clock = {"subject_kind": "text", "subject_id": said["id"], "subject_reference": said["reference"]}
            clock |= {"case_id": contact}
            clock |= {"measure": "checking", "colour": "", "enquiry_id": None, "enquiry_reference": ""}
            clock |= {"agency_id": None, "team_id": None, "membership_id": None, "replaces_id": None}
            copied(cursor, "clock_deadline", "met_at IS NULL AND cancelled_at IS NULL", clock)


def _protected(cursor: Cursor) -> None:
    """Protect the address of one contact of each state: its places are masked, and opened by a press of a button."""
    cursor.execute(
        "UPDATE contacts_contact SET address_is_protected = true, protected_from = 'Somebody' WHERE id IN ("
        " SELECT DISTINCT ON (state) id FROM contacts_contact WHERE address <> '' ORDER BY state, id)"
    )
    cursor.execute(
        "INSERT INTO decisions_summaryplaces (summary_id, text) SELECT id, 'Somewhere' FROM decisions_mashsummary"
        " WHERE released_at IS NOT NULL"
    )


def _protection(cursor: Cursor, member: Any, now: str, said: dict[str, Any]) -> None:
    ended = {"state": "stood_down", "stood_down_at": now, "stood_down_by_id": member, "stood_down_reason": "It ended."}
    copied(cursor, "contacts_protection", "state = 'held'", ended)
    raised = one(cursor, "SELECT id FROM contacts_protection WHERE state = 'raised'")
    new(cursor, "contacts_furtherreason", {"protection_id": raised, **said})


def _open_screening(cursor: Cursor, now: str) -> None:
    contact = one(
        cursor,
        "SELECT c.id FROM contacts_contact c LEFT JOIN screening_screening s ON s.contact_id = c.id"
        " WHERE c.state = 'received' AND s.id IS NULL ORDER BY c.id",
    )
    copied(
        cursor,
        "screening_screening",
        "state = 'with_panel'",
        {"contact_id": contact, "state": "open", "opened_at": now, "sent_to_panel_at": None},
    )


def _dead_letters(cursor: Cursor, now: str) -> None:
    for told in ("IS NULL", "IS NOT NULL"):
        notice = one(cursor, f"SELECT id FROM notices_notice WHERE membership_id {told} ORDER BY id")
        letter = {"notice_id": notice, "kind": "receipt", "attempts": 5, "error": "refused", "at": now}
        letter |= {"is_to_the_public": told == "IS NULL"}
        new(cursor, "notices_deadletter", {**letter, "reference": "", "staff_path": "", "seen_to_at": None})


def _joint_view(cursor: Cursor, member: Any, now: str) -> None:
    enquiry = one(cursor, "SELECT id FROM screening_enquiry WHERE state = 'deciding' ORDER BY id")
    agency = one(cursor, "SELECT id FROM agencies_agency WHERE kind = 'police' ORDER BY name")
    view = {"enquiry_id": enquiry, "agency_id": agency, "for_number": 1, "version": 1, "outcome": "early_help"}
    new(cursor, "decisions_jointview", {**view, "reason": "A view.", "given_at": now, "given_by_id": member})


def one(cursor: Cursor, statement: str, *values: object) -> Any:
    """Return the first column of the first row, which must be there."""
    cursor.execute(statement, values)
    found = cursor.fetchone()
    assert found is not None, statement
    return found[0]


def _moved(cursor: Cursor, table: str, state: str, changes: dict[str, Any]) -> None:
    row = one(cursor, f"SELECT id FROM {table} WHERE state = %s ORDER BY id", state)
    columns = sql.SQL(", ").join(sql.SQL("{} = %s").format(sql.Identifier(name)) for name in changes)
    statement = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), columns)
    cursor.execute(statement, [*changes.values(), row])


def copied(cursor: Cursor, table: str, where: str, changes: dict[str, Any]) -> None:
    """Write a record again, with a key and a reference of its own."""
    row = one(cursor, f"SELECT to_jsonb(t) FROM {table} t WHERE {where} ORDER BY id")
    own = {"id": str(uuid.uuid4())}
    if "reference" in row:
        own["reference"] = new_reference(row["reference"][0])
    _write(cursor, table, {**row, **own, **changes})


def new(cursor: Cursor, table: str, row: dict[str, Any]) -> None:
    """Write a row with a key of its own."""
    _write(cursor, table, {"id": str(uuid.uuid4()), **row})


def _write(cursor: Cursor, table: str, row: dict[str, Any]) -> None:
    name = sql.Identifier(table)
    statement = sql.SQL("INSERT INTO {} SELECT (jsonb_populate_record(NULL::{}, %s)).*").format(name, name)
    cursor.execute(statement, [Json(row, dumps=partial(json.dumps, default=str))])
