"""The password once more, before something that a session alone must not open (ASVS 7.5.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from agencies.access.viewer import Viewer
from agencies.models import PasswordTries, User
from audit.actions import record_refusal
from common.errors import NotPermitted

FREE_TRIES = 5
WAIT = timedelta(minutes=5)
"""After five wrong passwords in a row an account waits, and again after each further one."""

WRONG = "This is not your password. Nothing was opened."
TOO_MANY = "Too many wrong passwords. Nothing was opened: try again in five minutes."


@transaction.atomic
def refusal_of_password(viewer: Viewer, typed: str, *, route: str, reference: str, at: datetime) -> str:
    """Return why a password does not open anything now; empty if it is the viewer's own. A refusal is logged.

    Tries of one account follow one another, also from several windows at once.

    Args:
        route: the page for which it was asked, for the log; with its `reference`.

    Raises:
        NotPermitted: nobody is signed in.
    """
    if viewer.user_id is None:
        raise NotPermitted("Sign in first.")
    PasswordTries.objects.get_or_create(user_id=viewer.user_id)
    tries = PasswordTries.objects.select_for_update().get(user_id=viewer.user_id)
    why = _refusal(tries, typed, at=at)
    if why:
        record_refusal(actor=viewer, at=at, method="POST", route=route, reference=reference, status=403)
    elif tries.wrong:
        tries.wrong = 0
        tries.save(update_fields=["wrong"])
    return why


def _refusal(tries: PasswordTries, typed: str, *, at: datetime) -> str:
    last = tries.last_wrong_at
    if tries.wrong >= FREE_TRIES and last is not None and at < last + WAIT:
        return TOO_MANY
    account = User.objects.filter(pk=tries.user_id, is_active=True).first()
    if account is not None and account.check_password(typed):
        return ""
    tries.wrong = min(tries.wrong + 1, 32_000)
    tries.last_wrong_at = at
    tries.save(update_fields=["wrong", "last_wrong_at"])
    return WRONG
