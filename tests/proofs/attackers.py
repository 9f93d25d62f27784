"""Whom an attacker inside a web process could pretend to be, and how an attempt ends."""

from __future__ import annotations

import hashlib
import hmac
import io
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from agencies.access.identity import sign

IN_AN_HOUR = 3600


@dataclass(frozen=True)
class Attempt:
    """How one statement ended: refused, or with so many rows."""

    refused: bool
    rows: int = 0
    error: type[Exception] | None = None

    @property
    def got_through(self) -> bool:
        """Say whether it did or told anything; an error that is no refusal tells that something is there."""
        return not self.refused and (self.rows > 0 or self.error is not None)


class Attacker:
    """The web role's login, with any identity it likes to set."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def tries(self, identity: str | None, statement: str | sql.Composable, *values: object) -> Attempt:
        """Try one statement under an identity; nothing of it stays.

        A count is one row that says a number: the number counts.
        """
        try:
            with self.connection.cursor() as cursor:
                if identity is not None:
                    cursor.execute("SELECT set_config('app.identity', %s, true)", [identity])
                rows = _copied(cursor, statement) if _copies(cursor, statement) else None
                if rows is None:
                    cursor.execute(statement, values or None)
                    rows = _rows(cursor)
                return Attempt(refused=False, rows=rows)
        except (errors.InsufficientPrivilege, errors.FeatureNotSupported):
            return Attempt(refused=True)
        except psycopg2.Error as error:
            return Attempt(refused=False, error=type(error))
        finally:
            self.connection.rollback()


def _copies(cursor: Cursor, statement: str | sql.Composable) -> bool:
    text = statement if isinstance(statement, str) else statement.as_string(cursor)
    return text.startswith("COPY") and text.endswith("TO STDOUT")


def _copied(cursor: Cursor, statement: str | sql.Composable) -> int:
    written = io.StringIO()
    cursor.copy_expert(statement, written)
    return written.getvalue().count("\n")


def _rows(cursor: Cursor) -> int:
    if cursor.description is None:
        return max(cursor.rowcount, 0)
    if [column.name for column in cursor.description] == ["count"]:
        return int(cursor.fetchone()[0])  # type: ignore[index]  # A count has its row.
    return len(cursor.fetchall())


@contextmanager
def attacker(url: str) -> Iterator[Attacker]:
    """Log in as an attacker would; waiting for a lock on a row tells that the row is there, and counts as through."""
    with closing(psycopg2.connect(url, options="-c lock_timeout=300 -c statement_timeout=5000")) as connection:
        yield Attacker(connection)


def signed(membership_id: uuid.UUID) -> str:
    """Return an identity as the application signs it."""
    return sign(membership_id, expires=_soon())


def worthless(victim: uuid.UUID) -> dict[str, str | None]:
    """Return every kind of identity that must count as none; each names somebody who sees almost everything."""
    good = sign(victim, expires=_soon())
    member, expiry, signature = good.split("|")
    other = sign(uuid.UUID(int=7), expires=_soon())
    return {
        "none was set": None,
        "empty": "",
        "one part": member,
        "two parts": f"{member}|{expiry}",
        "empty parts": "||",
        "without signature": f"{member}|{expiry}|",
        "four parts": f"{good}|",
        "two identities": f"{good}|{good}",
        "made up": f"{member}|{expiry}|{'0' * 64}",
        "another key": f"{member}|{expiry}|{_with_key('guessed', f'{member}|{expiry}')}",
        "no key": f"{member}|{expiry}|{_with_key('', f'{member}|{expiry}')}",
        "another's signature": f"{member}|{expiry}|{other.rpartition('|')[2]}",
        "longer life": f"{member}|{int(expiry) + 600}|{signature}",
        "expired": sign(victim, expires=int(time.time()) - 1),
        "no expiry": f"{member}||{signature}",
        "expiry with a sign": f"{member}|+{expiry}|{signature}",
        "expiry beyond counting": f"{member}|{'9' * 30}|{signature}",
        "capital letters": f"{member.upper()}|{expiry}|{signature}",
        "signature in capitals": f"{member}|{expiry}|{signature.upper()}",
        "blanks around": f" {good} ",
        "line break": f"{good}\n",
        "statement inside": f"{member}'; SELECT 1; --|{expiry}|{signature}",
        "nobody's membership": sign(uuid.UUID(int=7), expires=_soon()),
        "roles instead": "manager|social_worker|front_door",
    }


def _with_key(key: str, message: str) -> str:
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


def _soon() -> int:
    return int(time.time()) + IN_AN_HOUR
