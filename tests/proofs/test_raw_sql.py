"""Raw SQL as the web role: reading, counting, changing, planting and probing what an identity may not see.

What an identity may see is what wall 1 says, asked by a role that no policy binds; all beyond it is a way through.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.firewall import Kind, guarded_models, kind_of
from agencies.models import Membership
from tests.access.test_raw_sql import ATTACKS
from tests.architecture.people import visitor
from tests.architecture.planting import World
from tests.proofs.attackers import Attacker, attacker, signed, worthless
from tests.proofs.figures import add, is_quick
from tests.proofs.oracle import by_the_rule
from tests.walls import past_the_walls

pytestmark = pytest.mark.django_db

ATTEMPTS, THROUGH = "raw SQL: attempts", "raw SQL: got through"
AT_LEAST = ">= 5000"
"""Of attempts, in the short form too: they cost little."""

STRANGERS = ("stranger_researcher", "stranger_receiver", "auditor", "administrator", "researcher", "receiving_worker")
"""Signed in, each with a part in some cases or in none."""

WITHOUT_PART = ("stranger_researcher", "auditor")
"""Who may add to no case at all."""

FOR_OTHERS = {"notices_notice"}
"""Tables into which everybody writes rows that they may not read: what somebody else is to be told."""

GUARDED = sorted(guarded_models(), key=lambda model: model._meta.db_table)
GRANTS = sorted((m for m in apps.get_models() if kind_of(m) == Kind.GRANT), key=lambda m: m._meta.db_table)
RIGHTS = ("agencies_user", "agencies_membership", "agencies_agency", "agencies_team", "agencies_agreement",
          "agencies_signature", "auth_group")  # fmt: skip
HANDS_OFF = {
    "agencies_user": ("password_stamp", "is_active", "is_superuser", "email"),
    "agencies_membership": ("roles", "ended_at", "agency_id"),
    "agencies_agency": ("is_core", "is_active", "group_id"),
    "agencies_team": ("group_id", "is_active"),
    "agencies_agreement": ("ends_on",),
    "agencies_signature": ("ends_on", "agency_id"),
    "auth_group": ("name",),
}
"""Columns that decide what somebody may do."""

THEIRS = {
    ("manager", f"agencies_{name}") for name in ("absence", "duty", "review", "emergencyuse", "conflictofinterest")
}
"""What a manager does in their own name; that they do it in nobody else's is in test_forgeries.py."""

NO_ADMINISTRATOR = ("front_door", "manager", "social_worker", "researcher", "lead", "auditor")


@pytest.fixture
def web(web_url: str) -> Iterator[Attacker]:
    """Log in as an attacker inside a web process."""
    with attacker(web_url) as one:
        yield one


@pytest.fixture
def all_seeing(django_db_setup: None) -> Iterator[Connection]:
    """Log in as the superuser, whom no policy binds.

    Grants that the planted hub left behind for the first wall's sake go: the database ends them when a team declines.
    """
    with past_the_walls() as opened:
        with opened.cursor() as cursor:
            cursor.execute(
                "DELETE FROM decisions_summarygrant g USING decisions_mashsummary s"
                " WHERE s.id = g.content_object_id AND s.state IN ('declined', 'withdrawn')"
            )
        opened.commit()
        yield opened


class Tally:
    """What was tried, and what got through."""

    def __init__(self) -> None:
        self.attempts = 0
        self.through: list[str] = []

    def note(self, what: str, *, got_through: bool) -> None:
        """Count one attempt."""
        self.attempts += 1
        if got_through:
            self.through.append(what)

    def told(self) -> None:
        """Add to the figures; the ways through are in the failure's message."""
        add(ATTEMPTS, self.attempts, AT_LEAST)
        try:
            add(THROUGH, len(self.through), "0")
        except AssertionError as error:
            raise AssertionError(f"{error}: {', '.join(self.through[:40])}") from None


def table_of(model: type[models.Model]) -> sql.Identifier:
    """Return a model's table, quoted."""
    return sql.Identifier(model._meta.db_table)


def key_of(model: type[models.Model]) -> sql.Identifier:
    """Return the column of a model's key, quoted."""
    return sql.Identifier(str(model._meta.pk.column))


def rows_of(all_seeing: Connection, model: type[models.Model]) -> dict[str, dict[str, Any]]:
    """Return every row of a table as the superuser sees it, by its key as text."""
    key = str(model._meta.pk.column)
    with all_seeing.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT to_jsonb(t) FROM {} t").format(table_of(model)))
        return {str(row[0][key]): row[0] for row in cursor.fetchall()}


STATEMENTS = {
    "read": "SELECT * FROM {table}",
    "read the keys": "SELECT {key} FROM {table}",
    "count": "SELECT count(*) FROM {table}",
    "lock": "SELECT * FROM {table} FOR UPDATE",
    "share": "SELECT * FROM {table} FOR KEY SHARE",
    "ask whether any": "SELECT 1 WHERE EXISTS (SELECT 1 FROM {table})",
    "error that tells": "SELECT * FROM {table} WHERE 1 / (length({key}::text) - length({key}::text)) > 0",
    "copy out": "COPY (SELECT * FROM {table}) TO STDOUT",
    "change": "UPDATE {table} SET {key} = {key}",
    "remove": "DELETE FROM {table}",
}


@pytest.mark.parametrize("part", range(4))
def test_worthless_identity_gets_nowhere(part: int, web: Attacker, world: World) -> None:
    victim = Membership.objects.filter(roles__contains=["manager"]).order_by("pk")[0]
    tally = Tally()
    for model in [*GUARDED, *GRANTS][part :: 8 if is_quick() else 4]:
        names = {"table": table_of(model), "key": key_of(model)}
        for called, identity in worthless(victim.pk).items():
            for kind, statement in STATEMENTS.items():
                ended = web.tries(identity, sql.SQL(statement).format(**names))
                tally.note(f"{kind} {model._meta.db_table} as {called}", got_through=ended.got_through)
    tally.told()


@pytest.mark.parametrize("name", STRANGERS)
def test_identity_sees_counts_and_changes_nothing_beyond_its_rule(
    name: str, web: Attacker, world: World, all_seeing: Connection
) -> None:
    viewer, tally = visitor(name).viewer, Tally()
    assert viewer is not None
    assert viewer.membership_id is not None
    mine = signed(viewer.membership_id)
    for model in GUARDED:
        seen = by_the_rule(model, viewer, all_seeing)
        rows = rows_of(all_seeing, model)
        hidden = sorted(set(rows) - seen)
        names = {"table": table_of(model), "key": key_of(model)}
        for kind, statement in HIDDEN.items():
            ended = web.tries(mine, sql.SQL(statement).format(**names), hidden)
            tally.note(f"{kind} {model._meta.db_table} as {name}", got_through=ended.got_through)
        if name in WITHOUT_PART and hidden and model._meta.db_table not in FOR_OTHERS:
            plant(model, rows[hidden[0]], mine, web, tally, name)
    tally.told()


HIDDEN = {
    "read hidden": "SELECT * FROM {table} WHERE {key}::text = ANY (%s)",
    "count hidden": "SELECT count(*) FROM {table} WHERE {key}::text = ANY (%s)",
    "lock hidden": "SELECT 1 FROM {table} WHERE {key}::text = ANY (%s) FOR UPDATE",
    "change hidden": "UPDATE {table} SET {key} = {key} WHERE {key}::text = ANY (%s)",
    "remove hidden": "DELETE FROM {table} WHERE {key}::text = ANY (%s)",
    "error about hidden": (
        "SELECT 1 FROM {table} WHERE {key}::text = ANY (%s) AND 1 / (length({key}::text) - length({key}::text)) > 0"
    ),
}


def plant(
    model: type[models.Model], row: dict[str, Any], identity: str | None, web: Attacker, tally: Tally, name: str
) -> None:
    """Try to plant a copy of a row, under its own key, a new key, and beside a parent that is not there.

    The first tells by its error whether the row is there, the last whether the parent is: all must be refused alike.
    """
    parents = {
        str(f.column): absent(f.target_field)  # type: ignore[attr-defined]  # Only foreign keys have a target.
        for f in model._meta.concrete_fields
        if f.remote_field and row[str(f.column)]
    }
    fresh = row | {str(model._meta.pk.column): absent(model._meta.pk)}
    copies = {"plant a copy in": row, "plant a new row in": fresh, "plant beside no parent in": fresh | parents}
    statement = sql.SQL("INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, %s::jsonb)).*").format(
        table=table_of(model)
    )
    for kind, copy in copies.items():
        ended = web.tries(identity, statement, json.dumps(copy))
        tally.note(f"{kind} {model._meta.db_table} as {name}", got_through=ended.got_through)


def absent(key: models.Field[Any, Any]) -> object:
    """Return a key that nothing has."""
    target = key.target_field if isinstance(key, models.ForeignKey) else key
    return str(uuid.uuid4()) if isinstance(target, models.UUIDField) else 2_000_000_000


def test_nothing_is_planted_without_an_identity(web: Attacker, world: World, all_seeing: Connection) -> None:
    tally = Tally()
    for model in [*GUARDED, *GRANTS]:
        for row in list(rows_of(all_seeing, model).values())[:1]:
            for called, identity in (("nobody", None), ("empty", "")):
                plant(model, row, identity, web, tally, called)
    tally.told()


@pytest.mark.parametrize("name", ["none", "empty", *NO_ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_who_may_what(
    name: str, web: Attacker, world: World, all_seeing: Connection
) -> None:
    identity, tally = {"none": None, "empty": ""}.get(name), Tally()
    if name in NO_ADMINISTRATOR:
        viewer = visitor(name).viewer
        assert viewer is not None
        assert viewer.membership_id is not None
        identity = signed(viewer.membership_id)
    for table in [*RIGHTS, *_later_tables()]:
        model = next(m for m in apps.get_models() if m._meta.db_table == table)
        columns = HANDS_OFF.get(table) or [f.column for f in model._meta.concrete_fields if not f.primary_key]
        for column in columns if (name, table) not in THEIRS else ():
            change = sql.SQL("UPDATE {} SET {} = {}").format(table_of(model), *[sql.Identifier(str(column))] * 2)
            ended = web.tries(identity, change)
            tally.note(f"change {table}.{column} as {name}", got_through=ended.got_through)
        ended = web.tries(identity, sql.SQL("DELETE FROM {}").format(table_of(model)))
        tally.note(f"remove {table} as {name}", got_through=ended.got_through)
        for row in list(rows_of(all_seeing, model).values())[:1] if (name, table) not in THEIRS else ():
            plant(model, row, identity, web, tally, name)
    tally.told()


def _later_tables() -> list[str]:
    """Return tables that decide rights and came later, such as the conflicts of interest."""
    rights = {m._meta.db_table for m in apps.get_models() if kind_of(m) == Kind.RIGHTS}
    return sorted(rights - set(RIGHTS) - {"auth_permission", "django_session"})


SERVER = {
    **ATTACKS,
    "a password hash": "SELECT * FROM fw.credential",
    "a password hash, copied out": "COPY (SELECT verifier FROM fw.credential) TO STDOUT",
    "the key of the signatures": "SELECT * FROM fw.signing_key",
    "sessions": "SELECT session_key, session_data FROM django_session",
    "sessions changed": "UPDATE django_session SET expire_date = expire_date",
    "sessions ended": "DELETE FROM django_session",
    "data keys": "SELECT * FROM agencies_datakey",
    "texts that were typed": "SELECT * FROM agencies_kepttext",
    "texts that were typed, cleared": "SELECT fw.clear_kept_texts()",
    "another session's statement": (
        "SELECT query FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND coalesce(query, '') NOT IN ('',"
        " '<insufficient privilege>')"
    ),
    "statements kept by an extension": "SELECT * FROM pg_stat_statements",
    "what the planner knows of texts": (
        "SELECT most_common_vals FROM pg_stats WHERE schemaname = 'public' AND (tablename LIKE 'contacts%%' OR"
        " tablename LIKE 'information_sharing%%') AND most_common_vals IS NOT NULL"
    ),
    "statistics of the planner": "SELECT * FROM pg_statistic",
    "stacked identity": (
        "SELECT set_config('app.identity', 'x|1|y', true); SELECT set_config('app.identity', 'a|9|b', false);"
        " SELECT * FROM contacts_contact"
    ),
    "role and back": "RESET ROLE; RESET SESSION AUTHORIZATION; SELECT * FROM contacts_contact",
    "all settings back": "RESET ALL; SELECT * FROM contacts_contact",
    "policies off for the owner": "SET row_security = on; SELECT * FROM contacts_contact",
    "large objects": "SELECT * FROM pg_largeobject",
    "files of the server": "SELECT * FROM pg_hba_file_rules",
    "prepared elsewhere": "PREPARE p AS SELECT * FROM contacts_contact; EXECUTE p",
    "cursor": "DECLARE c CURSOR FOR SELECT * FROM contacts_contact; FETCH ALL FROM c",
    "block of code": "DO $$ BEGIN DELETE FROM contacts_contact; END $$",
}


def test_server_tells_and_gives_nothing(web: Attacker, world: World) -> None:
    tally = Tally()
    for kind, statement in SERVER.items():
        ended = web.tries(None, statement.replace("%%", "%"))
        tally.note(kind, got_through=ended.got_through and ended.error is not psycopg2.errors.UndefinedTable)
    tally.told()


def test_session_that_is_read_does_not_sign_in(world: World) -> None:
    """Whoever reads the table of sessions must not be able to go on as somebody else with what they find."""
    tally, manager = Tally(), visitor("manager")
    assert manager.client.get("/work/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        found = [row[0] for row in cursor.fetchall()]
    assert found
    for key in found:
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = key
        tally.note("a session's key", got_through=thief.get("/work/").status_code == 200)
    tally.told()
