"""The hub in which each cell is known by itself: a canary of its own in every text, and no moment or day twice.

It is the demo's hub with people of no part in it, every state of every record, emergency access and a conflict of
interest; but without the corners that only a rule can meet and no page.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

import screening.actions
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.models import Membership
from contacts.models import Contact
from screening.models import Enquiry
from screening.queries import case_of_enquiry
from tests.architecture.planting import (
    NOT_PLANTED,
    PLAIN,
    World,
    address_of,
    case_records,
    copy_database,
    enter_world,
    make_colleagues,
    plant,
)
from tests.architecture.states import bring_about
from tests.database import FOLDER
from tests.walls import past_the_walls, without_triggers
from tests.worker_environment import DATABASE

SHOWN_WORLD = "mash_shown_world"
SHOWN_BUILT = FOLDER / "shown_world.built"
FILLED = FOLDER / "shown_world.filled"
"""Which cells somebody had written something in before the canary came: what a page owes to those who may read it."""

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
UNPLANTED = ("audit_event", "audit_reading", "notices_notice")
"""Tables whose moments stand on pages too and are left as they are: no planted moment is one of theirs."""


@dataclass(frozen=True)
class DateCell:
    """One moment or day of one row."""

    label: str
    column: str
    key: str
    value: datetime | date


def enter_shown_world() -> World:
    """Put that hub into this worker's database, building it if no worker has yet."""
    world = enter_world(PLAIN)
    with (FOLDER / "world.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not SHOWN_BUILT.exists():
            _fill()
            copy_database(DATABASE, SHOWN_WORLD)
            SHOWN_BUILT.touch()
        copy_database(SHOWN_WORLD, DATABASE)
    return world


def _fill() -> None:
    make_colleagues()
    with past_the_walls() as superuser:
        with superuser.cursor() as cursor:
            bring_about(cursor, named_reader=address_of("other_researcher"))
        superuser.commit()
    _looking_and_closed()
    with past_the_walls() as superuser:
        FILLED.write_text(json.dumps(plant(superuser)), encoding="utf-8")
        plant_dates(superuser)
        superuser.commit()


def _looking_and_closed() -> None:
    """Let a social worker open two enquiries in need, and a manager be closed out of one."""
    now = timezone.now()
    in_need = [
        Enquiry.objects.filter(state=state).order_by("id").values_list("reference", flat=True)[0]
        for state in ("closed", "gathering")
    ]
    with _as_colleague("unassigned_worker") as viewer:
        for reference in in_need:
            screening.actions.break_glass(reference, "A child may come to harm tonight.", viewer=viewer, at=now)
    with _as_colleague("closed_out") as viewer:
        contact = Contact.objects.filter(enquiry_id__isnull=False).order_by("id")[0]
        case = case_of_enquiry(Enquiry.objects.get(pk=contact.enquiry_id))
        screening.actions.declare_interest(case, viewer=viewer, at=now)


@contextmanager
def _as_colleague(name: str) -> Iterator[Any]:
    member = Membership.objects.select_related("user", "agency", "team").get(user__email=address_of(name))
    with acting_as(viewer_of(member)) as viewer:
        yield viewer


def dates(model: type[models.Model]) -> Iterator[Any]:
    """Return the columns of a model that hold a moment or a day."""
    for column in model._meta.concrete_fields:
        if isinstance(column, models.DateField):
            yield column


def plant_dates(superuser: Connection) -> None:
    """Move moments and days as little as possible, so that no two are the same minute or the same day.

    Their order stays, and what lies behind or ahead of now stays there: the past is pushed back, the future ahead.
    """
    now = timezone.now()
    with superuser.cursor() as cursor, without_triggers(cursor):
        found = list(_read(cursor))
        moments = [one for one in found if isinstance(one.value, datetime)]
        taken = _minutes_of(cursor, UNPLANTED)
        days = [one for one in found if not isinstance(one.value, datetime)]
        _write(
            cursor,
            [
                *_spread([one for one in moments if one.value < now], -MINUTE, taken),
                *_spread([one for one in moments if one.value >= now], MINUTE, taken),
                *_spread([one for one in days if one.value <= now.date()], -DAY, set()),
                *_spread([one for one in days if one.value > now.date()], DAY, set()),
            ],
        )


def _read(cursor: Cursor) -> Iterator[DateCell]:
    for model in case_records():
        for column in dates(model) if model not in NOT_PLANTED else ():
            key: Any = model._meta.pk
            names = (sql.Identifier(one) for one in (key.column, column.column, model._meta.db_table, column.column))
            cursor.execute(sql.SQL("SELECT {}::text, {} FROM {} WHERE {} IS NOT NULL").format(*names))
            yield from (DateCell(model._meta.label, column.name, row, value) for row, value in cursor.fetchall())


def _minutes_of(cursor: Cursor, tables: Iterable[str]) -> set[datetime | date]:
    found: set[datetime | date] = set()
    for table in tables:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type LIKE 'timestamp%%'",
            [table],
        )
        for (column,) in cursor.fetchall():
            names = map(sql.Identifier, (column, table))
            cursor.execute(sql.SQL("SELECT DISTINCT date_trunc('minute', {}) FROM {}").format(*names))
            found |= {row[0].astimezone(UTC) for row in cursor.fetchall() if row[0] is not None}
    return found


def _spread(cells: list[DateCell], step: timedelta, taken: set[datetime | date]) -> Iterator[DateCell]:
    """Yield the cells with their new values: from the one nearest to now outwards, each at least a step further."""
    back = step < timedelta()
    outwards = sorted(cells, key=lambda one: (_at(one.value), one.label, one.column, one.key), reverse=back)
    last: Any = None
    for one in outwards:
        value: Any = _at(one.value)
        if last is not None:
            value = min(value, last + step) if back else max(value, last + step)
        while value in taken:
            value += step
        last = value
        yield DateCell(one.label, one.column, one.key, value)


def _at(value: Any) -> Any:
    """Return a moment to the minute in UTC; a day as it is."""
    return value.astimezone(UTC).replace(second=0, microsecond=0) if isinstance(value, datetime) else value


def _write(cursor: Cursor, cells: Iterable[DateCell]) -> None:
    """Write row by row: what constraints say of two moments of a row must hold in between, too."""
    rows: dict[tuple[str, str], list[DateCell]] = {}
    for one in cells:
        rows.setdefault((one.label, one.key), []).append(one)
    for (label, row), changes in rows.items():
        model: Any = apps.get_model(label)
        columns = sql.SQL(", ").join(
            sql.SQL("{} = %s").format(sql.Identifier(model._meta.get_field(one.column).column)) for one in changes
        )
        names = sql.Identifier(model._meta.db_table), sql.Identifier(model._meta.pk.column)
        statement = sql.SQL("UPDATE {} SET {} WHERE {} = %s").format(names[0], columns, names[1])
        cursor.execute(statement, [*(one.value for one in changes), row])


def planted_dates(superuser: Connection) -> list[DateCell]:
    """Return every moment and day of the hub, as they stand now."""
    with superuser.cursor() as cursor:
        return [DateCell(one.label, one.column, one.key, _at(one.value)) for one in _read(cursor)]


def filled() -> dict[str, frozenset[str]]:
    """Return the keys of the rows in which each text had been written, by the number of the text."""
    return {number: frozenset(keys) for number, keys in json.loads(FILLED.read_text(encoding="utf-8")).items()}
