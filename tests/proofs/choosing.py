"""Which record stands for each state: one open to as many people as any of that state; and which for a part besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.table import ADDRESSES
from agencies.access.table.meaning import opened, parts_of
from agencies.access.table.words import Part
from tests.architecture.planting import World
from tests.proofs import oracle
from tests.proofs.cells import Chosen, Record
from tests.proofs.people import IN_ROLE, PRINCIPALS, WITHOUT_PART, viewer

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
    for label in labels:
        chosen[label] += _for_parts(label, chosen[label], superuser)
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


def _of_every_state(label: str, superuser: Connection) -> list[Record]:
    model, open_to = oracle.model_of(label), Counter[str]()
    for name in IN_ROLE:
        open_to.update(oracle.by_the_table(model, viewer(name), superuser))
    best: dict[str, tuple[str, str, str]] = {}
    for row in _rows(label, superuser):
        held = best.get(row[0])
        if held is None or open_to[row[1]] > open_to[held[1]]:
            best[row[0]] = row
    return [_entry(label, *row) for row in best.values()]


def _for_parts(label: str, chosen: list[Record], superuser: Connection) -> Iterator[Record]:
    """Yield a record for each part that reaches an address of this kind and to which none of the chosen is open."""
    rows = _rows(label, superuser)
    wanted = {part for row in ADDRESSES.values() if row.record == label for part in row.reach}
    for part in sorted(wanted):
        opened_to_it = _opened_to(label, part, superuser)
        if not opened_to_it & {one.key for one in chosen}:
            yield from [_entry(label, *row, only=part) for row in rows if row[1] in opened_to_it][:1]


def _opened_to(label: str, part: Part, superuser: Connection) -> frozenset[str]:
    """Return the records that are open to anybody in this part."""
    found: frozenset[str] = frozenset()
    for name in PRINCIPALS:
        one = oracle.as_the_rows_say(viewer(name), superuser)
        if name not in WITHOUT_PART and part in parts_of(one):
            found |= oracle.keys(oracle.model_of(label), opened(label, one, frozenset({part})), superuser)
    return found


def _entry(label: str, state: str, key: str, reference: str, *, only: Part | None = None) -> Record:
    return Record(state, key, (("item" if label == ITEM else "reference", reference),), only)
