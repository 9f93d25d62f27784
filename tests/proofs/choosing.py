"""Which record stands for each state: one open to as many people as any; and which for an audience besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.table.meaning import opened
from agencies.access.table.whole import ADDRESSES
from agencies.access.table.words import Audience
from tests.architecture.planting import WITHOUT_STATE, World
from tests.proofs import oracle
from tests.proofs.cells import Chosen, Record
from tests.proofs.people import IN_ROLE, viewer

Row = tuple[str, str, str]
"""State, key and reference of a record."""

PLAYED = {audience: str(audience) for audience in Audience if audience in IN_ROLE} | {
    Audience.EMERGENCY_ACCESS: "unassigned_worker",
    Audience.LET_IN: "lapsed_agency",
}
"""Who stands for each audience."""

CONTACT, ITEM = "contacts.Contact", "information_sharing.Item"
NOTICE = "decisions.CorrectionNotice"
STATE_OF_ITEM = (
    "concat_ws(' ', handling, CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN given_at IS NULL"
    " THEN 'not given' END)"
)


def choose(world: World, superuser: Connection) -> Chosen:
    """Return one record of every state of every kind, and those that have what an address is about.

    An audience to which the one of some state is not open has another one of that state, where there is one.
    """
    labels = sorted({row.record for row in ADDRESSES.values()} - {""})
    chosen: Chosen = {}
    for label in labels:
        rows = rows_of(label, superuser)
        reach = {audience for row in ADDRESSES.values() if row.record == label for audience in row.reach}
        chosen[label] = _of_every_state(label, rows, superuser)
        chosen[label] += _for_audiences(label, rows, reach, chosen[label], superuser)
    contacts = rows_of(CONTACT, superuser)
    needed = {
        "contacts:undo_link": world.linked,
        "contacts:earlier": world.earlier,
        "decisions:complaint_answer": world.complaints,
    }
    for route, references in needed.items():
        rows = [row for row in contacts if row[2] in references]
        reach = set(ADDRESSES[route].reach)
        chosen[route] = [entry(CONTACT, *row) for row in sorted(rows, key=lambda row: row[2])[:2]]
        chosen[route] += _for_audiences(CONTACT, rows, reach, chosen[route], superuser)
    return chosen


def rows_of(label: str, superuser: Connection) -> list[Row]:
    """Return state, key and reference of every record of a kind, by state and key."""
    model = oracle.model_of(label)
    state, key = WITHOUT_STATE.get(model._meta.db_table, (STATE_OF_ITEM if label == ITEM else "state", "id"))
    reference = "id::text" if label == ITEM else "reference"
    with superuser.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT {}, {}::text, {} FROM {} ORDER BY 1, 2").format(
                sql.SQL(state), sql.SQL(key), sql.SQL(reference), sql.Identifier(model._meta.db_table)
            )
        )
        return cursor.fetchall()


def _of_every_state(label: str, rows: list[Row], superuser: Connection) -> list[Record]:
    model, open_to = oracle.model_of(label), Counter[str]()
    for name in IN_ROLE:
        open_to.update(oracle.by_the_table(model, viewer(name), superuser))
    best: dict[str, Row] = {}
    for row in rows:
        held = best.get(row[0])
        if held is None or open_to[row[1]] > open_to[held[1]]:
            best[row[0]] = row
    return [entry(label, *row) for row in best.values()]


def _for_audiences(
    label: str, rows: list[Row], reach: set[Audience], chosen: list[Record], superuser: Connection
) -> Iterator[Record]:
    """Yield a record of each state for each audience that has one, unless one is chosen already that is open to it."""
    for audience in sorted(reach & PLAYED.keys()):
        one = oracle.as_the_rows_say(viewer(PLAYED[audience]), superuser)
        condition = opened(label, one, frozenset({audience})) & _as_worker(label, audience)
        keys = oracle.keys(oracle.model_of(label), condition, superuser)
        done = {record.state for record in chosen if record.only is None and record.key in keys}
        for row in rows:
            if row[1] in keys and row[0] not in done:
                done.add(row[0])
                yield entry(label, *row, only=audience)


def _as_worker(label: str, audience: Audience) -> Q:
    """Return which rows are a social worker's own: protective work opens contacts to every one of them, for less."""
    path = {CONTACT: "social_worker_id", NOTICE: "contact__social_worker_id"}.get(label)
    own = path and audience == Audience.SOCIAL_WORKER
    return Q(**{str(path): viewer(PLAYED[audience]).membership_id}) if own else Q()


def entry(label: str, state: str, key: str, reference: str, *, only: Audience | None = None) -> Record:
    """Return a row as a record of cells."""
    return Record(state, key, (("item" if label == ITEM else "reference", reference),), only)
