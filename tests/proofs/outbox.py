"""What people are told in a world: their notices, and the mails that leave when sweep and sender have run."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core import mail

from agencies.access.viewer import CLOCK
from notices.actions import send_waiting, sweep
from notices.models import Notice
from tests.logins import logged_in_as
from tests.proofs.crawling import address, instant

Told = tuple[str, ...]

OWN = re.compile(r"/notices/[0-9a-f]{8}-[0-9a-f-]{27}/")
"""A mail leads by its notice, whose key is drawn anew in each world."""


def mail_to(who: Iterable[str]) -> set[Told]:
    """Return all that these people and everybody without an account were told, and are told by the next sweep."""
    addresses = {address(name) for name in who}
    mail.outbox = []
    with logged_in_as("mash_sweep"):
        sweep(viewer=CLOCK, at=instant())
        send_waiting(viewer=CLOCK, at=instant())
    rows = Notice.objects.select_related("membership__user")
    written = {
        (row.membership.user.email, row.channel, row.kind, row.subject, row.body, _alike(row.path), row.reference)
        if row.membership
        else (row.to_address, row.channel, row.kind, row.subject, row.body, row.path, row.reference)
        for row in rows
        if row.membership is None or row.membership.user.email in addresses
    }
    known = {row.membership.user.email for row in rows if row.membership}
    sent = {
        (to, "sent", str(one.subject), _alike(str(one.body)), *sorted(str(value) for value in one.extra_headers))
        for one in mail.outbox
        for to in one.to
        if to in addresses or to not in known
    }
    return written | sent


def _alike(words: str) -> str:
    return OWN.sub("/notices/its-own/", words)
