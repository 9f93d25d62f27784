"""A whole hub to sweep: the demo's, some people with no part in it, and a canary in every text that somebody wrote."""

from __future__ import annotations

import fcntl
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.utils import timezone
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extras import Json

from agencies import actions
from agencies.access.firewall import Kind, kind_of
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.models import Agency, Agreement, User
from common.encryption import EncryptedTextField
from common.moments import london_day
from demo.builder import build_hub
from demo.people import DOMAIN
from deploy.bootstrap import restrict_database
from notices.models import Notice
from tests.architecture.corners import cut_corners
from tests.architecture.sealing import owners, sealed
from tests.architecture.seeds import WORLD_SEED, draw_keys_at_random, draw_keys_in_order, drawn_from
from tests.architecture.states import bring_about
from tests.database import FOLDER, TESTER, administrator, replace_database
from tests.walls import past_the_walls, without_triggers
from tests.worker_environment import DATABASE

CANARY = "CanaryInTheText"
WORLD, PLAIN = "mash_world", "mash_plain_world"
"""The planted hub, and the same hub in its own words."""

BUILT = FOLDER / "world.built"
NOT_PLANTED: set[type[models.Model]] = {Notice}
"""A notice is addressed to whom it tells; what may stand in it is the business of `notices`."""

CODES = {
    "action",
    "address_keys",
    "dedupe",
    "enquiry_reference",
    "explanation",
    "given_key",
    "kind",
    "measure",
    "name_key",
    "path",
    "reference",
    "response",
    "secret_hash",
    "staff_path",
    "subject_kind",
    "subject_reference",
}
"""Columns that hold a code, a keyed hash or the words of a policy, whatever their type."""

KINDS = {
    "contacts": "contacts_contact",
    "screening": "contacts_contact",
    "protection": "contacts_protection",
    "enquiries": "screening_enquiry",
    "handovers": "screening_handover",
    "requests": "information_sharing_informationrequest",
    "instructions": "information_sharing_safetyinstruction",
    "summaries": "decisions_mashsummary",
    "letters": "decisions_familyletter",
    "corrections": "decisions_correctionnotice",
    "texts": "decisions_outgoingtext",
    "undelivered": "decisions_undelivered",
}
"""First part of a path to the table of the record whose reference follows."""

WITHOUT_STATE = {"decisions_correctionnotice": ("kind", "id"), "decisions_undelivered": ("kind", "letter_id")}
"""What tells records apart that have no state, and their key."""

PER_STATE = 1
STRANGERS = {"stranger_researcher": "researcher", "stranger_lead": "lead", "stranger_receiver": "receiving_worker"}
"""People of an agency and a team that no case knows, with their roles."""

COLLEAGUES = {
    "other_researcher": ("police", "researcher"),
    "unassigned_worker": ("social_care", "social_worker"),
    "suspended": ("police", "researcher"),
    "moved_on": ("police", "auditor"),
    "closed_out": ("social_care", "manager"),
    "closed_lead": ("police", "lead"),
    "closed_screener": ("social_care", "screener"),
    "covering": ("social_care", "social_worker"),
    "on_duty": ("social_care", "social_worker"),
}
"""More people of agencies that the cases know: kind of agency and role. One is named to read what is sealed; some are
closed out of half of the cases; one covers for the social worker of the others, one is on duty."""


@dataclass
class World:
    """What there is to sweep, read once without any rule.

    Attributes:
        references: some records of every state, by table; newest first.
        items: by the reference of their request or enquiry.
        complaints: by the reference of their contact.
        earlier: other contacts about the same person, by the reference of a contact.
        linked: contacts whose first person somebody has linked to a person on record.
    """

    references: dict[str, list[str]] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    complaints: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    earlier: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    linked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def enter_world(source: str = WORLD) -> World:
    """Put the planted hub into this worker's database, building it if no worker has yet, and say what is in it.

    Args:
        source: `PLAIN` for the same hub in its own words, without the canary.
    """
    with (FOLDER / "world.lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            if not BUILT.exists():
                _build()
            copy_database(source, DATABASE)
        except BaseException:
            replace_database()  # What was half built would be found by every test that follows.
            raise
    with past_the_walls() as connection:
        return _look_around(connection)


def _build() -> None:
    now = timezone.now()
    with drawn_from(WORLD_SEED):
        _fill(now)
    copy_database(DATABASE, WORLD)
    BUILT.write_text(now.isoformat(), encoding="utf-8")


def _fill(now: datetime) -> None:
    build_hub(at=now, say=lambda _line: None)
    _make_strangers()
    _count_rows()
    copy_database(DATABASE, PLAIN)
    make_colleagues()
    with past_the_walls() as connection:
        with connection.cursor() as cursor:
            draw_keys_in_order(cursor, WORLD_SEED)
            bring_about(cursor, named_reader=address_of("other_researcher"))
            former, idle = address_of("moved_on"), address_of("unassigned_worker")
            cut_corners(cursor, moved_on=former, idle=idle, named_abroad=f"health.researcher@{DOMAIN}")
            draw_keys_at_random(cursor)
        plant(connection)
        connection.commit()
    _count_rows()


def _count_rows() -> None:
    """Let the database count its rows: by itself it does not here, and would take every table for an empty one."""
    with past_the_walls() as connection, connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        connection.commit()


def copy_database(source: str, target: str) -> None:
    """Make a database that is a copy of another one, in place of what was there."""
    connections.close_all()
    with administrator() as connection, connection.cursor() as cursor:
        names = sql.Identifier(target), sql.Identifier(source)
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]))
        # Whatever an earlier test left connected would keep it from being copied.
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [source])
        cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER mash_owner STRATEGY file_copy").format(*names))
        restrict_database(cursor, target)
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(names[0], sql.Identifier(TESTER)))


def _make_strangers() -> None:
    """Make people of an agency and a team that no case knows, each in one role; and a superuser."""
    now = timezone.now()
    with acting_as(BUILDER):
        agency = actions.create_agency(
            "Lighthouse Keepers", short_name="Lighthouse", kind="voluntary", is_core=True, viewer=BUILDER, at=now
        )
        team = actions.create_team(agency, "Lighthouse team", kind="universal", viewer=BUILDER, at=now)
        actions.sign_agreement(Agreement.objects.get(), agency, signed_on=london_day(now), viewer=BUILDER, at=now)
        for name, role in STRANGERS.items():
            user = actions.create_account(address_of(name), name, password=None, viewer=BUILDER, at=now)
            actions.add_membership(user, agency, [role], team=team, starts_on=london_day(now), viewer=BUILDER, at=now)
    User.objects.create_superuser(address_of("superuser"), None, name="Root")


def make_colleagues() -> None:
    """Make people beside those of the demo: no part in any case, or an account that is suspended."""
    now = timezone.now()
    with acting_as(BUILDER):
        for name, (kind, role) in COLLEAGUES.items():
            agency = Agency.objects.filter(kind=kind).order_by("name")[0]
            user = actions.create_account(address_of(name), name, password=None, viewer=BUILDER, at=now)
            actions.add_membership(user, agency, [role], team=None, starts_on=london_day(now), viewer=BUILDER, at=now)
    User.objects.filter(email=address_of("suspended")).update(is_active=False)


def address_of(stranger: str) -> str:
    """Return the address of a stranger."""
    return f"{stranger}@lighthouse.invalid"


def case_records() -> list[type[models.Model]]:
    """Return every model of case records."""
    return [model for model in apps.get_models() if kind_of(model) == Kind.CASE]


def texts(model: type[models.Model]) -> Iterator[Any]:
    """Return the columns in which somebody writes, or that are read from what somebody wrote."""
    for column in model._meta.concrete_fields:
        is_text = isinstance(column, models.CharField | models.TextField | models.JSONField) and not column.choices
        long_enough = column.max_length is None or column.max_length > len(CANARY)
        if is_text and long_enough and not column.unique and column.name not in CODES:
            yield column


def codes() -> dict[tuple[str, str], str]:
    """Return the number by which a canary says in which text of which record it was planted."""
    found = [
        (model._meta.label, column.name)
        for model in case_records()
        if model not in NOT_PLANTED
        for column in texts(model)
    ]
    return {place: f"{number:03d}" for number, place in enumerate(sorted(found), start=100)}


def plant(superuser: Connection) -> dict[str, list[str]]:
    """Put the canary into every text of every case record; triggers and policies are off meanwhile.

    A canary is followed by the number of its text and by eight signs of its row's key: `CanaryInTheText1173f2a91bc`.

    Returns:
        The keys of the rows in which each text had been written before, by its number: what pages owe to their readers.
    """
    numbers, written = codes(), dict[str, list[str]]()
    with superuser.cursor() as cursor, without_triggers(cursor):
        for model in case_records():
            for column in texts(model) if model not in NOT_PLANTED else ():
                number = numbers[model._meta.label, column.name]
                written[number] = _written(cursor, model, column)
                _plant_column(cursor, model, column, CANARY + number)
    return written


def _written(cursor: Cursor, model: type[models.Model], column: Any) -> list[str]:
    key: Any = model._meta.pk
    names = (sql.Identifier(name) for name in (key.column, column.column, model._meta.db_table))
    cursor.execute(sql.SQL("SELECT {}::text, {} FROM {} ORDER BY 1").format(*names))
    return [row for row, held in cursor.fetchall() if (_words(held) if isinstance(held, dict | list) else held)]


def _words(structure: Any) -> bool:
    """Say whether somebody's words stand in a structure."""
    if isinstance(structure, dict | list):
        inside = structure.values() if isinstance(structure, dict) else structure
        return any(_words(one) for one in inside)
    return isinstance(structure, str) and " " in structure


def _plant_column(cursor: Cursor, model: type[models.Model], column: Any, canary: str) -> None:
    key: Any = model._meta.pk
    names = {"table": model._meta.db_table, "column": column.column, "key": key.column}
    identifiers = {name: sql.Identifier(value) for name, value in names.items()}
    plain = sql.SQL("UPDATE {table} SET {column} = %s || left({key}::text, 8)").format(**identifiers)
    if not isinstance(column, (EncryptedTextField, models.JSONField)):
        cursor.execute(plain, [canary])
        return
    cursor.execute(sql.SQL("SELECT {key}::text, {column} FROM {table}").format(**identifiers))
    rows = {row: (held, canary + row[:8]) for row, held in cursor.fetchall()}
    statement = sql.SQL("UPDATE {table} SET {column} = %s WHERE {key} = %s").format(**identifiers)
    values: dict[str, object]
    if isinstance(column, EncryptedTextField):
        under = owners(cursor, model, column)
        values = {row: sealed(cursor, name, column, row, under[row]) for row, (_held, name) in rows.items()}
    else:
        values = {row: Json(_worded(held, name)) for row, (held, name) in rows.items()}
    for row, value in values.items():
        cursor.execute(statement, [value, row])


def _worded(structure: Any, name: str) -> Any:
    """Return a structure with every sentence in it replaced; keys, numbers and short codes stay."""
    if isinstance(structure, dict):
        return {key: _worded(value, name) for key, value in structure.items()}
    if isinstance(structure, list):
        return [_worded(value, name) for value in structure]
    return name if isinstance(structure, str) and " " in structure else structure


def _look_around(superuser: Connection) -> World:
    world = World()
    with superuser.cursor() as cursor:
        for table in set(KINDS.values()):
            cursor.execute(
                f"SELECT reference FROM (SELECT reference, row_number() OVER (PARTITION BY"
                f" {' ORDER BY '.join(WITHOUT_STATE.get(table, ('state', 'id')))}) AS place"
                f" FROM {table}) one WHERE place <= {PER_STATE} ORDER BY reference"
            )
            world.references[table] = [row[0] for row in cursor.fetchall()]
        for found, statement in (
            (world.items, ITEMS_OF_REQUESTS),
            (world.items, SEALED_OF_ENQUIRIES),
            (world.complaints, COMPLAINTS),
            (world.earlier, EARLIER),
            (world.linked, LINKED),
        ):
            cursor.execute(statement)
            for key, value in cursor.fetchall():
                found[key].append(str(value))
    return world


ITEMS_OF_REQUESTS = (
    "SELECT r.reference, i.id FROM information_sharing_item i"
    " JOIN information_sharing_informationrequest r ON r.id = i.request_id ORDER BY i.id"
)
SEALED_OF_ENQUIRIES = (
    "SELECT e.reference, i.id FROM information_sharing_item i JOIN screening_enquiry e ON e.id = i.enquiry_id"
    " WHERE i.handling = 'manager_only' ORDER BY i.id"
)
COMPLAINTS = "SELECT c.reference, k.reference FROM decisions_complaint k JOIN contacts_contact c ON c.id = k.contact_id"
EARLIER = (
    "SELECT DISTINCT a.reference, b.reference FROM contacts_subject s JOIN contacts_subject t"
    " ON t.person_id = s.person_id AND t.contact_id <> s.contact_id JOIN contacts_contact a ON a.id = s.contact_id"
    " JOIN contacts_contact b ON b.id = t.contact_id WHERE b.arrived_at < a.arrived_at"
)
LINKED = (
    "SELECT DISTINCT c.reference, c.reference FROM contacts_subject s JOIN contacts_contact c ON c.id = s.contact_id"
    " WHERE s.position = 1 AND s.person_id IS NOT NULL"
)
