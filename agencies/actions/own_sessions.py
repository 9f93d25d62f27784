"""Ending one's own sessions: on a computer that was left, or in a browser that one does not know."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from agencies.access import own_sessions
from agencies.access.credentials import record_sign_in
from agencies.access.viewer import Viewer
from agencies.models import User
from common.errors import NotPermitted, NotVisible


@transaction.atomic
def end_own_session(user: User, which: uuid.UUID, *, viewer: Viewer, at: datetime) -> None:
    """End one of one's own sessions; its next page asks to sign in.

    Raises:
        NotPermitted: the account is another's.
        NotVisible: there is no such session of theirs.
    """
    _require_own(user, viewer)
    if not own_sessions.end_session(user.pk, which):
        raise NotVisible
    record_sign_in("account.sessions_ended", user, viewer=viewer, at=at, count=1)


@transaction.atomic
def end_other_sessions(user: User, cookie_key: str, *, viewer: Viewer, at: datetime) -> int:
    """End all of one's own sessions but the one that asks, and return how many.

    Args:
        cookie_key: of the session that asks.

    Raises:
        NotPermitted: the account is another's.
    """
    _require_own(user, viewer)
    ended = own_sessions.end_others(user.pk, cookie_key)
    if ended:
        record_sign_in("account.sessions_ended", user, viewer=viewer, at=at, count=ended)
    return ended


def _require_own(user: User, viewer: Viewer) -> None:
    if viewer.user_id is None or viewer.user_id != user.pk:
        raise NotPermitted("Sessions are ended by their holder.")
