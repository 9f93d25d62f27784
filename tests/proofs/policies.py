"""Wall 2, clause by clause: every part of every policy opened and closed, in a transaction that is rolled back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from agencies.access.identity import _setting_for as setting_for
from agencies.access.viewer import Viewer
from tests.proofs.oracle import Model, Rows, key_of

INNER = re.compile(r"(?:FROM|JOIN) \(*([a-z]+_[a-z_]+)")
JOINT = re.compile(r" (?:OR|AND) ")


@dataclass(frozen=True)
class Policy:
    """One policy that lets rows be read.

    Attributes:
        also_writes: it lets the same rows be written, so that it bites where a wider policy lets them be read too.
    """

    table: str
    name: str
    condition: str
    restricts: bool
    also_writes: bool


@dataclass(frozen=True)
class Flip:
    """One part of a policy, opened or closed."""

    policy: Policy
    condition: str
    name: str


def reading(superuser: Connection) -> list[Policy]:
    """Return the policies under which rows are read, by table and name."""
    with superuser.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname, qual, permissive = 'RESTRICTIVE', cmd = 'ALL' FROM pg_policies"
            " WHERE schemaname = 'public' AND cmd IN ('SELECT', 'ALL') AND 'mash_web' = ANY (roles) ORDER BY 1, 2"
        )
        return [Policy(*row) for row in cursor.fetchall()]


def asked_by(policy: Policy) -> list[str]:
    """Return the other tables that a policy reads: their own policies stand behind its clauses as a second lock."""
    return sorted(set(INNER.findall(policy.condition)) - {policy.table})


def flips(policy: Policy) -> Iterator[Flip]:
    """Yield a policy with one part flipped at a time: the whole, and each part between OR and AND, however deep."""
    for start, end in parts(policy.condition):
        words = policy.condition[start:end]
        for value in ("true", "false"):
            changed = f"{policy.condition[:start]}{value}{policy.condition[end:]}"
            yield Flip(policy, changed, f"{policy.table}.{policy.name}: {words} -> {value}")


def parts(condition: str) -> list[tuple[int, int]]:
    """Return where the parts of a condition begin and end, as PostgreSQL prints it."""
    found = {(0, len(condition))}
    for start, end in _brackets(condition):
        joints = [one for one in JOINT.finditer(condition, start, end) if _depth(condition, start, one.start()) == 0]
        edges = [start, *(edge for one in joints for edge in one.span()), end]
        if joints:
            found.update(zip(edges[::2], edges[1::2], strict=True))
    return sorted(found)


def _brackets(condition: str) -> Iterator[tuple[int, int]]:
    """Yield the inside of each pair of round brackets; what stands in quotes is no bracket."""
    yield 0, len(condition)
    opened: list[int] = []
    for place, sign in _outside_quotes(condition, 0, len(condition)):
        if sign == "(":
            opened.append(place + 1)
        elif sign == ")":
            yield opened.pop(), place


def _depth(condition: str, start: int, end: int) -> int:
    signs = [sign for _, sign in _outside_quotes(condition, start, end)]
    return signs.count("(") - signs.count(")")


def _outside_quotes(condition: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    quoted = False
    for place in range(start, end):
        quoted ^= condition[place] == "'"
        if not quoted:
            yield place, condition[place]


@contextmanager
def in_force(changed: Mapping[Policy, str], superuser: Connection, *, off: Iterable[str] = ()) -> Iterator[None]:
    """Let policies stand with other conditions; rolled back.

    Args:
        off: tables whose own policies are off meanwhile.
    """
    try:
        with superuser.cursor() as cursor:
            for table in off:
                cursor.execute(sql.SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(sql.Identifier(table)))
        for policy, condition in changed.items():
            names = {"name": sql.Identifier(policy.name), "table": sql.Identifier(policy.table)}
            statement = sql.SQL("ALTER POLICY {name} ON {table} USING (").format(**names)
            with superuser.cursor() as cursor:
                cursor.execute(statement.as_string(superuser) + condition + ")")
        yield
    finally:
        superuser.rollback()


def seen_by(model: Model, viewer: Viewer, superuser: Connection) -> Rows:
    """Return what wall 2 opens to somebody, read on the connection on which the policies may have been changed."""
    table, key = sql.Identifier(model._meta.db_table), sql.Identifier(key_of(model))
    with superuser.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE mash_web")
        cursor.execute("SELECT set_config('app.identity', %s, true)", [setting_for(viewer, None)])
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(key, table))
        rows = frozenset(str(row[0]) for row in cursor.fetchall())
        cursor.execute("RESET ROLE")
        return rows
