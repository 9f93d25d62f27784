"""The raw tables as they stand, read past both walls: what the oracle and the invariants judge by."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg2.extensions import connection as Connection

from common.moments import london_day

Row = dict[str, Any]
"""A row by its columns; what a column holds is the table's."""


@dataclass(frozen=True)
class Member:
    """A membership as the tables have it.

    Attributes:
        signed: whether the agency's signature is in force; without it nobody researches or leads for it.
    """

    key: uuid.UUID
    name: str
    user: uuid.UUID
    agency: uuid.UUID
    agency_kind: str
    team: uuid.UUID | None
    roles: frozenset[str]
    is_registered: bool
    signed: bool

    def holds(self, *roles: str) -> bool:
        """Say whether they hold one of the roles, now."""
        held = self.roles if self.signed else self.roles - {"researcher", "lead"}
        return bool(held & set(roles))


IN_FORCE = """
SELECT m.id, u.name, m.user_id, m.agency_id, a.kind, m.team_id, m.roles, u.is_registered_social_worker,
       EXISTS (SELECT 1 FROM agencies_signature s JOIN agencies_agreement g ON g.id = s.agreement_id
                WHERE s.agency_id = m.agency_id AND s.signed_on <= %(day)s
                  AND (s.ends_on IS NULL OR s.ends_on >= %(day)s) AND g.starts_on <= %(day)s AND g.ends_on >= %(day)s)
  FROM agencies_membership m JOIN agencies_user u ON u.id = m.user_id JOIN agencies_agency a ON a.id = m.agency_id
 WHERE u.is_active AND a.is_active AND m.ended_at IS NULL AND m.starts_on <= %(day)s
   AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
 ORDER BY u.name, m.id
"""


class Raw:
    """A connection past both walls, as a reader of whole tables."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        connection.autocommit = True

    def rows(self, statement: str, values: Row | Sequence[object] = ()) -> list[Row]:
        """Return the rows of a statement, by their columns."""
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def table(self, name: str, where: str = "true", values: Row | None = None) -> list[Row]:
        """Return the rows of a table that meet a condition, in the order of their keys."""
        return self.rows(f"SELECT * FROM {name} WHERE {where} ORDER BY 1", values or {})

    def members(self, at: datetime) -> list[Member]:
        """Return who is in force on the day of a moment."""
        day: date = london_day(at)
        with self.connection.cursor() as cursor:
            cursor.execute(IN_FORCE, {"day": day})
            found = cursor.fetchall()
        return [
            Member(_key(key), name, _key(user), _key(agency), kind, _key(team) if team else None,
                   frozenset(_list(roles)), registered, signed)
            for key, name, user, agency, kind, team, roles, registered, signed in found
        ]  # fmt: skip


def _key(value: object) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(str(value))


def _list(value: object) -> list[str]:
    if isinstance(value, str):
        return [one for one in value.strip("{}").split(",") if one]
    return list(value)  # type: ignore[call-overload,no-any-return]
