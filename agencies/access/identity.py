"""Who is acting, told to the database: a signed membership that lasts as long as the transaction."""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from agencies.access.keys import remembered
from agencies.access.viewer import Viewer

LIFETIME_SECONDS = 300
"""How long a signature holds: longer than any request, shorter than a stolen one is worth."""


def sign(membership_id: uuid.UUID, *, expires: int) -> str:
    """Return `membership|expiry|signature` as the database checks it.

    Args:
        expires: seconds since 1970 at which the signature ends.
    """
    message = f"{membership_id}|{expires}"
    signature = hmac.new(settings.MASH_IDENTITY_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
    return f"{message}|{signature}"


def _setting_for(viewer: Viewer) -> str:
    if viewer.membership_id is None:
        return ""
    return sign(viewer.membership_id, expires=int(time.time()) + LIFETIME_SECONDS)


@contextmanager
def acting_as(viewer: Viewer) -> Iterator[Viewer]:
    """Open a transaction in which the database knows the viewer; the only way to set an identity.

    Serves the middleware, tasks, the demo's builder and tests. Inside another one it takes over until its end;
    an exception rolls back to the beginning, which also brings the earlier identity back.
    """
    with transaction.atomic(), remembered():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('app.identity', true), set_config('app.identity', %s, true)",
                [_setting_for(viewer)],
            )
            earlier = cursor.fetchone()[0] or ""
        yield viewer
        _refuse_lost_work()
        if not connection.needs_rollback and len(connection.savepoint_ids) > 0:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.identity', %s, true)", [earlier])


def _refuse_lost_work() -> None:
    """Stop where a database error was caught and work went on: the server answers COMMIT with a silent ROLLBACK."""
    broken = connection.connection is not None and (
        connection.connection.get_transaction_status() == TRANSACTION_STATUS_INERROR
    )
    if broken and not connection.needs_rollback:
        raise transaction.TransactionManagementError(
            "A database error was caught without a savepoint: nothing is saved."
        )
