"""What a person was just answered or has just searched for: kept for a while, for their session and membership alone.

A form is answered with the address of a page, never with the page itself, so that Back and Reload send nothing twice
(docs/adr/0084). The address carries a random key and not a word of what was typed. What stands behind the key rests
closed by the key ring in the table of kept texts, under hashes of the session and of the key: it ends with the session,
opens in no other, and in no other membership of the same session.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from agencies.access import kept
from agencies.access.viewer import HubRequest
from common.encryption import seal, unseal
from common.key_ring import TextUnreadable

KEPT_FOR = timedelta(hours=1)
MOST_ROWS = 40
"""Of one session; beyond it the oldest goes."""

MOST_CHARACTERS = 600_000
KEY_BYTES = 24


def keep(request: HttpRequest, said: Mapping[str, Any], *, at: datetime, lasts: timedelta = KEPT_FOR) -> str:
    """Keep something for the session of a request and return the random key that opens it.

    Raises:
        ValueError: it is longer than any page.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    text = json.dumps({"membership": _membership(request), "said": dict(said)})
    if len(text) > MOST_CHARACTERS:
        raise ValueError("No page is so long.")
    place, whose = _place(key), _whose(_session(request))
    closed = seal(text, place=_bound(place))
    kept.ask("SELECT fw.keep_text(%s, %s, %s, %s, %s)", place, whose, closed, at + lasts, MOST_ROWS)
    return key


def find(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """Return what a key opens for the session of a request; None where it opens nothing (any more).

    Whether it is also the same membership is asked by `is_theirs`, because that is not known at every place.
    """
    if not key or not request.session.session_key:
        return None
    place = _place(key)
    content = kept.ask("SELECT fw.kept_text(%s, %s)", place, _whose(request.session))
    try:
        return cast(dict[str, Any], json.loads(unseal(str(content), place=_bound(place)))) if content else None
    except TextUnreadable:
        return None


def is_theirs(request: HttpRequest, found: Mapping[str, Any]) -> bool:
    """Say whether it was kept in the membership in which the viewer works now."""
    return bool(found["membership"] == _membership(request))


def let_go(request: HttpRequest, key: str) -> None:
    """Let go of what a key opens for the session of a request."""
    kept.ask("SELECT fw.drop_text(%s, %s)", _place(key), _whose(request.session))


def let_all_go(request: HttpRequest) -> None:
    """Let go of all that is kept for the session of a request."""
    if request.session.session_key:
        kept.ask("SELECT fw.drop_texts(%s)", _whose(request.session))


def _membership(request: HttpRequest) -> str:
    viewer = cast(HubRequest, request).viewer
    held: UUID | None = viewer.membership_id
    return f"{viewer.user_id}:{held}"


def _session(request: HttpRequest) -> SessionBase:
    """Return the session of a request; one begins here where nobody has signed in and none has begun."""
    if not request.session.session_key:
        request.session.create()
    return request.session


def _place(key: str) -> str:
    return kept.hashed("passing", key)


def _whose(session: SessionBase) -> str:
    return kept.hashed("session", session.session_key)


def _bound(place: str) -> str:
    return f"passing text {place}"
