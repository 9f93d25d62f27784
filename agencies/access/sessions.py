"""Sessions whose table gives nothing away: the key is kept hashed, the content encrypted under the cookie's key.

The web role reaches the table through functions that take one exact key (`fw.keep_session`), so it can neither list
sessions nor end somebody else's. Both keys also depend on MASH_SECRET_KEY: a copy of the database plants no session.
"""

from __future__ import annotations

import base64
import os
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import connection
from django.utils.crypto import salted_hmac

BEGAN = "began"
"""Key of a session: when its holder signed in, in seconds since 1970."""

BROWSER = "browser"
"""Key of a session: in what it began, as its holder's list names it."""

NONCE_BYTES = 12
ROW_BYTES = 30
"""Forty letters, as many as the table's key holds: 240 bits."""


def row_key(cookie_key: str) -> str:
    """Return the key of the row that belongs to a cookie's key."""
    digest = salted_hmac("mash.session.row", cookie_key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:ROW_BYTES]).decode()


def _cipher(cookie_key: str) -> AESGCM:
    return AESGCM(salted_hmac("mash.session.content", cookie_key, algorithm="sha256").digest())


def closed(text: str, cookie_key: str) -> str:
    """Encrypt what a session holds, bound to its row."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _cipher(cookie_key).encrypt(nonce, text.encode(), row_key(cookie_key).encode())
    return base64.b64encode(sealed).decode()


def opened(kept: str, cookie_key: str) -> str | None:
    """Decrypt what a session holds; None if it was altered or belongs to another cookie."""
    try:
        sealed = base64.b64decode(kept, validate=True)
        nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return _cipher(cookie_key).decrypt(nonce, content, row_key(cookie_key).encode()).decode()
    except (InvalidTag, ValueError):
        return None


KEEP = "SELECT fw.keep_session(%s, %s, %s, %s, %s, %s, %s)"


def _holder(content: dict[str, Any]) -> tuple[str | None, datetime | None, str]:
    """Return who is signed in, since when, in which browser: what its holder's list of sessions tells."""
    began = content.get(BEGAN)
    return content.get(SESSION_KEY), began and datetime.fromtimestamp(began, UTC), str(content.get(BROWSER, ""))


class SessionStore(SessionBase):
    """Django's session, kept through the database's functions."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key, where it has ended."""
        key = self.session_key
        kept = _ask("SELECT fw.session_text(%s)", row_key(key)) if key else None
        text = opened(str(kept), key) if key and kept is not None else None
        if text is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(text)
        return found

    def exists(self, session_key: str) -> bool:
        """Say whether a session of this key is running."""
        return _ask("SELECT fw.session_text(%s)", row_key(session_key)) is not None

    def create(self) -> None:
        """Begin a session under a key of its own."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # not in the stubs
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep the session.

        Raises:
            CreateError: the key is taken.
            UpdateError: the session was ended meanwhile; it does not come back.
        """
        key = self.session_key
        if key is None:
            self.create()
            return
        content: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # not in the stubs
        kept = closed(self.encode(content), key)
        done = _ask(KEEP, row_key(key), kept, self.get_expiry_date(), must_create, *_holder(content))
        if not done:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End the session, or another one whose key is known."""
        key = session_key or self.session_key
        if key:
            _ask("SELECT fw.end_session(%s)", row_key(key))

    @classmethod
    def clear_expired(cls) -> None:
        """Remove sessions that have run out."""
        _ask("SELECT fw.clear_sessions()")


def _ask(question: str, *values: Any) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
