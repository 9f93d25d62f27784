"""Which record stands for each state: one that is open to as many people as any of that state."""

from __future__ import annotations

from collections import Counter

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.table import ADDRESSES
from tests.architecture.planting import World
from tests.proofs import oracle
from tests.proofs.cells import Chosen
from tests.proofs.people import IN_ROLE, viewer

CONTACT, ITEM = "contacts.Contact", "information_sharing.Item"
NOTICE = "decisions.CorrectionNotice"
STATE_OF_ITEM = (
    "concat_ws(' ', handling, CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN given_at IS NULL"
    " THEN 'not given' END)"
)


def choose(world: World, superuser: Connection) -> Chosen:
    """Return one record of every state of every kind, and those that have what an address is about."""
    labels = sorted({row.record for row in ADDRESSES.values()} - {""})
    chosen = {label: _of_every_state(label, superuser) for label in labels}
    contacts = {row[2]: row for row in _rows(CONTACT, superuser)}
    needed = {
        "contacts:undo_link": world.linked,
        "contacts:earlier": world.earlier,
        "decisions:complaint_answer": world.complaints,
    }
    for route, references in needed.items():
        chosen[route] = [_entry(CONTACT, *contacts[one]) for one in sorted(references) if one in contacts][:2]
    return chosen


def _rows(label: str, superuser: Connection) -> list[tuple[str, str, str]]:
    model = oracle.model_of(label)
    state = {ITEM: STATE_OF_ITEM, NOTICE: "kind"}.get(label, "state")
    reference = "id::text" if label == ITEM else "reference"
    with superuser.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {}, id::text, {} FROM {} ORDER BY 1, 2").format(
                sql.SQL(state), sql.SQL(reference), sql.Identifier(model._meta.db_table)
            )
        )
        return cursor.fetchall()


def _of_every_state(label: str, superuser: Connection) -> list[tuple[str, str, tuple[tuple[str, object], ...]]]:
    model, open_to = oracle.model_of(label), Counter[str]()
    for name in IN_ROLE:
        open_to.update(oracle.by_the_table(model, viewer(name), superuser))
    best: dict[str, tuple[str, str, str]] = {}
    for row in _rows(label, superuser):
        held = best.get(row[0])
        if held is None or open_to[row[1]] > open_to[held[1]]:
            best[row[0]] = row
    return [_entry(label, *row) for row in best.values()]


def _entry(label: str, state: str, key: str, reference: str) -> tuple[str, str, tuple[tuple[str, object], ...]]:
    return state, key, (("item" if label == ITEM else "reference", reference),)
