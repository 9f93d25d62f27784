"""Notices are written with the action that they tell of; mail leaves after the commit, or with the next sweep."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.access.tasks import enqueue
from agencies.access.viewer import CLOCK
from agencies.models import Membership
from common.moments import london_day
from common.references import new_key
from notices.choices import Channel
from notices.models import Notice
from notices.rules import Message

BOTH = (Channel.IN_APP, Channel.MAIL)
SEND_WAITING = "notices.tasks.send_waiting"


def notify(
    message: Message, *, memberships: Iterable[uuid.UUID], at: datetime, channels: Iterable[Channel] = BOTH
) -> None:
    """Tell some memberships, in the hub and by mail; whoever has left since is told nothing."""
    named = set(memberships)
    if not named:
        return
    told = Membership.objects.in_force(london_day(at)).filter(pk__in=named).order_by("pk").values_list("pk", flat=True)
    wanted = tuple(channels)
    write([row for key in told for row in membership_rows(message, key, wanted, at=at)])


def notify_or_holders(message: Message, membership_id: uuid.UUID, *roles: str, at: datetime) -> None:
    """Tell one membership while its person is at work; otherwise everyone who holds one of the roles."""
    if Membership.objects.at_work(london_day(at)).filter(pk=membership_id).exists():
        notify(message, memberships=[membership_id], at=at)
    else:
        notify_holders(message, *roles, at=at)


def notify_holders(
    message: Message,
    *roles: str,
    at: datetime,
    agency_id: uuid.UUID | None = None,
    team_id: uuid.UUID | None = None,
    channels: Iterable[Channel] = BOTH,
) -> None:
    """Tell everyone who holds one of the roles now, of one agency or team if given.

    Raises:
        ValueError: no role is named.
    """
    if not roles:
        raise ValueError("Name at least one role.")
    holders = Membership.objects.in_force(london_day(at)).holding(*roles)
    if agency_id is not None:
        holders = holders.filter(agency_id=agency_id)
    if team_id is not None:
        holders = holders.filter(team_id=team_id)
    notify(message, memberships=holders.order_by("pk").values_list("pk", flat=True), at=at, channels=channels)


def notify_address(message: Message, address: str, *, at: datetime) -> None:
    """Tell a person without an account, by mail; the address rests encrypted."""
    row = _row(message, Channel.MAIL, recipient="address", at=at)
    row.to_address = address.strip()
    write([row])


def withdraw_from_address(references: Collection[str], *, at: datetime) -> int:
    """Take back what waits to leave for somebody without an account; return how many mails that were.

    Args:
        references: of the records that the mails are about.
    """
    with acting_as(CLOCK):  # The mail itself is nobody's to read or to change but its sender's.
        rows = Notice.objects.filter(channel=Channel.MAIL, membership__isnull=True, reference__in=references)
        return rows.filter(sent_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)


def membership_rows(
    message: Message, membership_id: uuid.UUID, channels: Iterable[Channel] = BOTH, *, at: datetime
) -> list[Notice]:
    """Return the notices to one membership, one for each channel, not yet written.

    A mail leads by the notice in the hub, where there is one: that knows whether its reader may still open the record.
    """
    rows = {channel: _row(message, channel, recipient=str(membership_id), at=at) for channel in channels}
    shown, mailed = rows.get(Channel.IN_APP), rows.get(Channel.MAIL)
    if shown and mailed and mailed.path:
        mailed.path = reverse("notices:notice", args=[shown.pk])
    for row in rows.values():
        row.membership_id = membership_id
    return list(rows.values())


def _row(message: Message, channel: Channel, *, recipient: str, at: datetime) -> Notice:
    return Notice(
        kind=message.kind,
        channel=channel,
        subject=" ".join(message.subject.split())[:160],
        body=message.body,
        path=message.path,
        staff_path=message.staff_path,
        reference=message.reference,
        created_at=at,
        not_before=at,
        dedupe=f"{message.dedupe or new_key()}:{recipient}:{channel}",
    )


def write(rows: list[Notice]) -> None:
    """Write notices; one that was written before is left as it is. Mail is called for after the commit."""
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.channel == Channel.MAIL for row in rows):
        enqueue(SEND_WAITING)
