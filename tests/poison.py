"""Rows that cannot be handled: the database itself refuses what is written about one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tests.logins import logged_in_as


@contextmanager
def refused(table: str, column: str, value: object, *, on: str = "INSERT OR UPDATE") -> Iterator[None]:
    """Have the database refuse every row of a table in which a column has a value, for as long as one stays inside."""
    with logged_in_as("mash_owner"), connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION public.refuse_it() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'poison'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER aaa_poison BEFORE {on} ON {table} FOR EACH ROW"
            f" WHEN (NEW.{column} = '{value}') EXECUTE FUNCTION public.refuse_it()"
        )
    try:
        yield
    finally:
        with logged_in_as("mash_owner"), connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER aaa_poison ON {table}")
            cursor.execute("DROP FUNCTION public.refuse_it()")
