"""Who is acting, told to the database: a signed membership that lasts as long as the transaction."""

from __future__ import annotations

import hashlib
import hmac
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg2.errorcodes import CANNOT_CONNECT_NOW
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from agencies.access.keys import remembered
from agencies.access.viewer import CaseAccess, Viewer
from common.errors import HubError

LIFETIME_SECONDS = 300
"""How long a signature holds: longer than any request, shorter than a stolen one is worth."""


def sign(membership_id: uuid.UUID, *, expires: int, as_of: datetime | None = None) -> str:
    """Return `membership|expiry[@moment]|signature` as the database checks it.

    Args:
        expires: seconds since 1970 at which the signature ends.
        as_of: the moment as of which they act, for the builder of a history; None is now.
    """
    moment = "" if as_of is None else f"@{int(as_of.timestamp())}"
    message = f"{membership_id}|{expires}{moment}"
    signature = hmac.new(settings.MASH_IDENTITY_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
    return f"{message}|{signature}"


NOBODYS = "nobody"
"""What is set for a viewer without a membership: no identity, and yet not the same as outside every request."""


def _setting_for(viewer: Viewer, as_of: datetime | None) -> str:
    if viewer.membership_id is None:
        return NOBODYS
    return sign(viewer.membership_id, expires=int(time.time()) + LIFETIME_SECONDS, as_of=as_of)


class BroughtUpToDate(HubError):
    """A part of the second wall is down while an upgrade changes a column that it names (503)."""

    status = 503

    def __init__(self) -> None:
        super().__init__("The hub is being brought up to date. Try again in a minute; nothing is lost.")


@contextmanager
def acting_as(viewer: Viewer, *, to_write: bool = False, as_of: datetime | None = None) -> Iterator[Viewer]:
    """Open a transaction in which the database knows the viewer; the only way to set an identity.

    Serves the middleware, tasks, the demo's builder and tests. Inside another one it takes over until its end;
    an exception rolls back to the beginning, which also brings the earlier identity back.

    Args:
        to_write: hold the viewer's membership until the end, so that taking the right away waits for this write,
            or this write for it.
        as_of: the moment as of which they act, for the builder of a history; None is now.

    Yields:
        The viewer with what is closed and opened to them by name, as of now.

    Raises:
        BroughtUpToDate: an upgrade has taken a part of the wall down.
    """
    with transaction.atomic(), remembered():
        earlier, case_access = _enter(viewer, to_write=to_write, as_of=as_of)
        yield viewer.with_case_access(case_access)
        _refuse_lost_work()
        if not connection.needs_rollback and len(connection.savepoint_ids) > 0:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {TELL}", {"identity": earlier})


TELL = "set_config('app.identity', %(identity)s, true)"
"""How the database is told who is acting, until the end of the transaction."""

ENTER = """
SELECT told.earlier, told.held, case_access.closed_contacts, case_access.closed_enquiries, case_access.closed_persons,
       case_access.closed_references, case_access.reviewed, case_access.emergency_access, case_access.emergency_route,
       case_access.stands_in
  FROM (SELECT coalesce(current_setting('app.identity', true), '') AS earlier, {tell} AS identity,
               {hold} AS held OFFSET 0) AS told
 CROSS JOIN LATERAL fw.case_access(told.identity) AS case_access
"""
"""One round trip: the function that reads the identity takes what setting it returned, so it cannot be asked first."""


def _enter(viewer: Viewer, *, to_write: bool, as_of: datetime | None) -> tuple[str, CaseAccess]:
    """Set the viewer's identity; return the earlier one and what is closed and opened to them by name."""
    hold = "fw.hold(%(membership)s)" if to_write and viewer.user_id is not None else "NULL"
    values = {"identity": _setting_for(viewer, as_of), "membership": viewer.membership_id}
    with connection.cursor() as cursor:
        try:
            cursor.execute(ENTER.format(tell=TELL, hold=hold), values)
        except OperationalError as refusal:
            if getattr(refusal.__cause__, "pgcode", None) == CANNOT_CONNECT_NOW:
                raise BroughtUpToDate from refusal
            raise
        earlier, _held, *keys = cursor.fetchone()
    return earlier, CaseAccess(*(frozenset(some) for some in keys))


def _refuse_lost_work() -> None:
    """Stop where a database error was caught and work went on: the server answers COMMIT with a silent ROLLBACK."""
    broken = connection.connection is not None and (
        connection.connection.get_transaction_status() == TRANSACTION_STATUS_INERROR
    )
    if broken and not connection.needs_rollback:
        raise transaction.TransactionManagementError(
            "A database error was caught without a savepoint: nothing is saved."
        )
