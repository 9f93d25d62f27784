"""What a request wrote: counted by a function of the tests' own, which sees every row whatever the policies say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from tests.proofs.oracle import guarded

BOOKKEEPING = {"notices.Notice"}
"""That somebody was told, and has read it, has no event of its own."""

FUNCTION = """
CREATE SCHEMA IF NOT EXISTS proof;
GRANT USAGE ON SCHEMA proof TO PUBLIC;
CREATE OR REPLACE FUNCTION proof.written(since bigint, every boolean,
    OUT rows bigint, OUT events bigint, OUT readings bigint, OUT refusals bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
#variable_conflict use_variable
BEGIN
    rows := 0;
    IF every THEN
        SELECT count(*) INTO rows FROM ({case_rows}) t;
    END IF;
    SELECT count(*) INTO events FROM audit_event WHERE xmin::text::bigint > since;
    SELECT count(*) INTO readings FROM audit_reading WHERE xmin::text::bigint > since;
    SELECT count(*) INTO refusals FROM audit_refusal WHERE xmin::text::bigint > since;
END $$;
"""


HARMLESS = ('SELECT "', "SELECT current_setting", "SELECT set_config", "SELECT 1", 'INSERT INTO "audit_', "SAVEPOINT",
            "RELEASE", "ROLLBACK")  # fmt: skip
"""Beginnings of statements that touch no case record; a call of a function is not among them."""


@dataclass(frozen=True)
class Written:
    """Rows that were written or changed: of case records, events, readings, refusals."""

    rows: int
    events: int
    readings: int
    refusals: int


def install(superuser: Connection) -> None:
    """Put the counting function into this worker's database."""
    parts = [
        sql.SQL("SELECT 1 FROM {} WHERE xmin::text::bigint > since").format(sql.Identifier(model._meta.db_table))
        for model in guarded()
        if model._meta.label not in BOOKKEEPING
    ]
    statement = sql.SQL(FUNCTION).format(case_rows=sql.SQL(" UNION ALL ").join(parts))
    with superuser.cursor() as cursor:
        cursor.execute(statement)
    superuser.commit()


def mark() -> int:
    """Return the number after which a row counts as written: that of the test's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


class Watch:
    """Hears the statements of a request: only where one may have written a case record are those counted."""

    def __init__(self) -> None:
        self.may_have_written = False

    def __call__(self, execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        """Note the statement and let it through."""
        if not statement.startswith(HARMLESS):
            self.may_have_written = True
        return execute(statement, values, many, context)


def written(since: int, *, every: bool) -> Written:
    """Return what was written after the mark and is not rolled back.

    Args:
        every: count the case records too; without it they are taken to be untouched.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM proof.written(%s, %s)", [since, every])
        return Written(*cursor.fetchone())
