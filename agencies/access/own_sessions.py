"""Whoever is signed in, and where: their own sessions, which they list and end.

The table of sessions gives nothing away; whose a session is stands beside it (`agencies/sql/functions/sessions.sql`),
and each question carries a signature by the identity key, so that SQL alone lists and ends none.
"""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from agencies.access.sessions import row_key


@dataclass(frozen=True)
class OwnSession:
    """A session of somebody, as their list names it.

    Attributes:
        browser: in what it began, such as "Firefox on Windows".
        seen_at: when its holder was last seen, to five minutes.
        is_this: it is the one that asks.
    """

    id: uuid.UUID
    began_at: datetime
    seen_at: datetime
    browser: str
    is_this: bool


def sessions_of(account: uuid.UUID, cookie_key: str, *, at: datetime) -> list[OwnSession]:
    """Return the sessions of who is at work that have not run out, the latest first.

    Args:
        cookie_key: of the session that asks.
    """
    here = row_key(cookie_key)
    rows = _rows(
        "SELECT id, began_at, seen_at, browser, is_this FROM fw.sessions_of(%s, %s, %s)",
        account,
        here,
        _permit("list", account, here),
    )
    since = at - timedelta(minutes=settings.MASH_INACTIVITY_MINUTES)
    return [one for one in (OwnSession(*row) for row in rows) if one.seen_at >= since or one.is_this]


def end_session(account: uuid.UUID, which: uuid.UUID) -> bool:
    """End one session of who is at work; False if it is none of theirs, or has ended."""
    permit = _permit("end", account, which)
    return bool(_rows("SELECT fw.end_session_of(%s, %s, %s)", account, which, permit)[0][0])


def end_others(account: uuid.UUID, cookie_key: str) -> int:
    """End all sessions of who is at work but the one that asks, and return how many."""
    here = row_key(cookie_key)
    permit = _permit("end others", account, here)
    return int(_rows("SELECT fw.end_other_sessions(%s, %s, %s)", account, here, permit)[0][0])


def _permit(purpose: str, account: uuid.UUID, said: object) -> str:
    """Return the application's signature over one question."""
    message = f"sessions|{purpose}|{account}|{said}"
    return hmac.new(settings.MASH_IDENTITY_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
