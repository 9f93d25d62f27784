"""Raw SQL that writes as somebody else, or that changes blindly what its writer may not read.

A statement that reads no column is not held to the policies of reading: `UPDATE item SET handling = 'onward'`.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.models import Membership
from tests.architecture.people import visitor
from tests.architecture.planting import World
from tests.proofs.attackers import Attacker, signed
from tests.proofs.oracle import by_the_rule
from tests.proofs.test_raw_sql import GUARDED, Tally, all_seeing, rows_of, table_of, web

__all__ = ["all_seeing", "web"]

pytestmark = pytest.mark.django_db

WRITERS = (
    "front_door",
    "screener",
    "manager",
    "social_worker",
    "researcher",
    "lead",
    "receiving_worker",
    "out_of_hours",
    "stranger_researcher",
)
KEEPS_ITS_WRITERS = {"information_sharing_sealedtext"}
"""Earlier versions are sealed by whoever seals, and keep the names of those who wrote them."""

CONSTANTS: dict[type[models.Field[Any, Any]], str] = {
    models.BooleanField: "true",
    models.CharField: "'x'",
    models.TextField: "'x'",
    models.DateField: "'2031-01-01'",
    models.IntegerField: "7",
    models.UUIDField: "gen_random_uuid()",
    models.JSONField: "'{}'",
    ArrayField: "'{}'",
}
"""Something to write into a column, by its type."""


def constant(column: models.Field[Any, Any]) -> str:
    """Return something to write into a column."""
    if isinstance(column, models.ForeignKey):
        return constant(column.target_field)
    return next((value for kind, value in CONSTANTS.items() if isinstance(column, kind)), "NULL")


def signatures(model: type[models.Model]) -> list[str]:
    """Return the columns of a record that name who did something."""
    named = [
        str(column.column)
        for column in model._meta.concrete_fields
        if column.remote_field and column.remote_field.model is Membership
    ]
    return [name for name in named if name.endswith("_by_id") or name == "author_id"]


@pytest.mark.parametrize("name", WRITERS)
def test_nobody_writes_in_anothers_name(name: str, web: Attacker, world: World, all_seeing: Connection) -> None:
    viewer, tally = visitor(name).viewer, Tally()
    assert viewer is not None
    assert viewer.membership_id is not None
    assert viewer.user_id is not None
    mine = signed(viewer.membership_id)
    others = [str(key) for key in Membership.objects.exclude(user_id=viewer.user_id).values_list("pk", flat=True)]
    for model in GUARDED:
        table, key = model._meta.db_table, str(model._meta.pk.column)
        rows = rows_of(all_seeing, model)
        seen = sorted(set(rows) & by_the_rule(model, viewer, all_seeing)) or sorted(rows)
        for column in signatures(model) if seen else ():
            named = {row[column] for row in rows.values()}
            other = next(one for one in others if one not in named)  # Who is named already stays so: no change.
            copy = rows[seen[0]] | {key: str(uuid.uuid4()), column: other}
            statement = sql.SQL("INSERT INTO {0} SELECT (jsonb_populate_record(NULL::{0}, %s::jsonb)).*")
            ended = web.tries(mine, statement.format(table_of(model)), json.dumps(copy))
            tally.note(f"plant {table}.{column} of another as {name}", got_through=not ended.refused)
            change = sql.SQL("UPDATE {} SET {} = %s").format(table_of(model), sql.Identifier(column))
            ended = web.tries(mine, change, other)
            tally.note(f"change {table}.{column} to another as {name}", got_through=ended.got_through)
    tally.told()


@pytest.mark.parametrize("name", [*WRITERS, "auditor", "administrator"])
def test_what_is_not_seen_is_not_changed_blindly(
    name: str, web: Attacker, world: World, all_seeing: Connection
) -> None:
    viewer, tally = visitor(name).viewer, Tally()
    assert viewer is not None
    assert viewer.membership_id is not None
    mine = signed(viewer.membership_id)
    for model in GUARDED:
        rows = rows_of(all_seeing, model)
        seen = len(set(rows) & by_the_rule(model, viewer, all_seeing))
        ended = web.tries(mine, sql.SQL("DELETE FROM {}").format(table_of(model)))
        tally.note(f"remove blindly {model._meta.db_table} as {name}", got_through=ended.rows > seen)
        for column in model._meta.concrete_fields if seen < len(rows) else ():
            change = sql.SQL("UPDATE {} SET {} = {}").format(
                table_of(model), sql.Identifier(str(column.column)), sql.SQL(constant(column))
            )
            ended = web.tries(mine, change)
            more = ended.rows > seen or (seen == 0 and ended.got_through)
            tally.note(f"change blindly {model._meta.db_table}.{column.column} as {name}", got_through=more)
    tally.told()


def test_every_signature_is_held_to_the_own_name(all_seeing: Connection) -> None:
    with all_seeing.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgargs FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'in_own_name' AND t.tgenabled = 'O'"
        )
        held = {name: sorted(bytes(arguments).decode().split("\0")[:-1]) for name, arguments in cursor.fetchall()}
    wanted = {model._meta.db_table: sorted(signatures(model)) for model in GUARDED if signatures(model)}
    assert {name: columns for name, columns in held.items() if name in wanted} == {
        name: columns for name, columns in wanted.items() if name not in KEEPS_ITS_WRITERS
    }
