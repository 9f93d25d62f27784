"""Reading notices."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db import connection

from agencies.access import firewall
from agencies.access.viewer import Viewer
from agencies.access.ways import open_paths
from agencies.choices import Role
from clock.queries import SIGNS, Signs, signs_of_life
from notices.models import DeadLetter, Notice

PER_PAGE = 25
LATE_AFTER = timedelta(minutes=15)
"""How long a mail may wait before people are told that mail is late."""


@dataclass(frozen=True)
class MailBacklog:
    """Mails that have been waiting longer than they should."""

    count: int
    oldest_at: datetime | None


def unread_and_signs(viewer: Viewer) -> tuple[int, Signs]:
    """Return how many notices the viewer has not read, and when the clock was last seen at work: in one statement."""
    rows = Notice.objects.visible_to(viewer).unread().filter(membership_id=viewer.membership_id)
    try:
        asked, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0, signs_of_life()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (SELECT count(*) FROM ({asked}) AS unread), {SIGNS}", values)  # noqa: S608 - made above
        unread, *signs = cursor.fetchone()
    return unread, Signs(*signs)


def own_notices(viewer: Viewer, page: str | int | None) -> Page[Notice]:
    """Return a page of the viewer's notices in the hub, the newest first.

    Args:
        page: what the address said; anything that is no page is the first or the last one.
    """
    rows = Notice.objects.visible_to(viewer).in_app().filter(membership_id=viewer.membership_id)
    return Paginator(rows.order_by("-created_at", "id"), PER_PAGE).get_page(page)


def own_notice(viewer: Viewer, key: uuid.UUID) -> Notice:
    """Return one of the viewer's notices in the hub.

    Raises:
        NotVisible: it is not one of them.
    """
    rows = Notice.objects.in_app().filter(membership_id=viewer.membership_id)
    found: Notice = firewall.fetch(rows, viewer, pk=key)
    return found


def open_links(viewer: Viewer, told: Iterable[Notice | DeadLetter]) -> frozenset[str]:
    """Return which links of notices and of mails that did not leave open to the viewer now.

    Somebody's right to a record may end after they were told of it: then the message says so and its link goes. As many
    queries for many as for one.
    """
    links = (one.path if isinstance(one, Notice) else one.staff_path for one in told)
    return open_paths(viewer, filter(None, links))


def open_dead_letters(viewer: Viewer) -> list[DeadLetter]:
    """Return mails that did not leave and that nobody has tried again, the newest first, at most a hundred."""
    return list(DeadLetter.objects.visible_to(viewer).open().order_by("-at", "id")[:100])


def mail_backlog(viewer: Viewer, *, at: datetime) -> MailBacklog:
    """Return how much mail is late; nothing for those who do not see to mail. Counts only: no row is shown."""
    if not viewer.has(Role.ADMINISTRATOR, Role.MANAGER, Role.FRONT_DOOR):
        return MailBacklog(0, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT held, oldest FROM fw.mail_backlog(%s)", [at - LATE_AFTER])
        return MailBacklog(*cursor.fetchone())
