"""Mail leaves: each is claimed under its row's lock, sent outside the transaction, and settled.

A sender that dies between the mail server's yes and the settling sends again after the wait: at least once, with
the row's id as Message-ID, so that a repetition is known to be one.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Case, Q, QuerySet, Value, When

from agencies.access import firewall, roles
from agencies.access.closed import excluded_memberships
from agencies.access.identity import acting_as
from agencies.access.tasks import OutOfTime, enqueue
from agencies.access.viewer import CLOCK, Viewer
from agencies.choices import Role
from agencies.models import Membership
from audit.actions import record
from clock.actions import beat, count_failure, ends_the_round, held_back
from clock.choices import OF_DANGER, Colour, Loop, Unit
from clock.models import Deadline, hub_calendar
from clock.rules.due import Allowance, due
from common.errors import RuleBroken
from common.moments import london_day
from notices import mail
from notices.actions.writing import SEND_WAITING, notify_holders
from notices.choices import Channel, Failure
from notices.models import DeadLetter, Notice
from notices.rules import SERVER_WAIT, Message, is_given_up, next_try_at

logger = logging.getLogger(__name__)

SEEN_TO_WITHIN = Allowance(Unit.WORKING_DAYS, 1, waits_for_opening=True, runs_past_closing=False)
FOR_GOOD = {Failure.REFUSED, Failure.NO_ADDRESS}


MAIL_BUDGET_SECONDS = 30.0
"""With the longest wait for a mail server below the soft limit of a task."""


LOOK_AGAIN_SECONDS = 5.0
"""What is Red and was written since goes next, however slowly the server takes the others."""


class Outcome(StrEnum):
    """What came of one try."""

    NOT_MINE = "not mine"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    SERVER_AWAY = "server away"


def send_waiting(
    *, viewer: Viewer, at: datetime, batch: int = 100, seconds: float = MAIL_BUDGET_SECONDS
) -> dict[Outcome, int]:
    """Send the mails whose time has come, while there are any and time; stop when the server is away.

    What is Red goes first, also before what has waited longer: it is looked for again after each batch.

    Safe to run anywhere and any number of times at once. Returns how many ended how.

    Args:
        batch: so many are looked up at once.
        seconds: no mail is begun after so long; the next run goes on.
    """
    until = time.monotonic() + seconds
    counts: Counter[Outcome] = Counter()
    server = get_connection()
    try:
        while True:
            with acting_as(viewer):
                waiting = list(_in_turn(at).values_list("pk", flat=True)[:batch])
            look_again = min(until, time.monotonic() + LOOK_AGAIN_SECONDS)
            tried = _send_each(waiting, viewer=viewer, at=at, server=server, until=look_again)
            counts += tried
            is_all = len(waiting) < batch and tried.total() == len(waiting)
            if is_all or Outcome.SERVER_AWAY in tried or not tried.keys() - {Outcome.NOT_MINE}:
                break
            if time.monotonic() >= until:
                break
    finally:
        server.close()
    with acting_as(viewer):
        beat("mail", at=at)
    return dict(counts)


def _in_turn(at: datetime) -> QuerySet[Notice]:
    """Return mails whose time has come: those about what is Red or in danger now, then the longest waiting."""
    pressing = Deadline.objects.open().filter(Q(colour=Colour.RED) | Q(measure__in=OF_DANGER))
    about = Q(reference__in=pressing.values("subject_reference"))
    about |= Q(reference__in=pressing.exclude(enquiry_reference="").values("enquiry_reference"))
    turn = Case(When(about, then=Value(0)), default=Value(1))
    return Notice.objects.waiting(at).exclude(pk__in=held_back(Loop.MAIL, at=at)).order_by(turn, "not_before")


def _send_each(
    waiting: Iterable[uuid.UUID], *, viewer: Viewer, at: datetime, server: BaseEmailBackend, until: float
) -> Counter[Outcome]:
    counts: Counter[Outcome] = Counter()
    for notice_id in waiting:
        counts[_send_or_count(notice_id, viewer=viewer, at=at, server=server)] += 1
        if counts[Outcome.SERVER_AWAY] or time.monotonic() >= until:
            break
    return counts


def _send_or_count(notice_id: uuid.UUID, *, viewer: Viewer, at: datetime, server: BaseEmailBackend) -> Outcome:
    """Send one mail; one that cannot even be claimed or settled is written down, and keeps no other."""
    try:
        return send_notice(notice_id, viewer=viewer, at=at, server=server)
    except Exception as error:
        if ends_the_round(error):
            raise
        with acting_as(viewer):
            is_set_aside = count_failure(Loop.MAIL, notice_id, error, at=at)
        if is_set_aside:
            _give_up_unread(notice_id, viewer=viewer, at=at)
        return Outcome.FAILED


def _give_up_unread(notice_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> None:
    """Make a task of a mail that could not even be tried; where that fails too, it stays counted as set aside."""
    try:
        with acting_as(viewer):
            _give_up(Notice.objects.defer("body", "to_address").get(pk=notice_id), Failure.OTHER, at=at)
    except Exception as error:
        if ends_the_round(error):
            raise
        logger.exception("Mail %s could not be given up; it stays set aside.", notice_id)


def send_notice(
    notice_id: uuid.UUID, *, viewer: Viewer, at: datetime, server: BaseEmailBackend | None = None
) -> Outcome:
    """Send one mail, if nobody else has it and its recipient may still be told."""
    with acting_as(viewer):
        claimed = _claim(notice_id, at=at)
    if isinstance(claimed, Outcome):
        return claimed
    connection = server or get_connection()
    try:
        failure = _deliver(claimed, connection, viewer)
    finally:
        if server is None:
            connection.close()
    with acting_as(viewer):
        return _settle(claimed, failure, at=at)


def _claim(notice_id: uuid.UUID, *, at: datetime) -> Notice | Outcome:
    rows = Notice.objects.waiting(at).select_for_update(skip_locked=True, of=("self",)).defer("body", "to_address")
    notice: Notice | None = rows.filter(pk=notice_id).select_related("membership__user").first()
    if notice is None:
        return Outcome.NOT_MINE
    if is_given_up(notice.attempts):
        _give_up(notice, Failure.INTERRUPTED, at=at)
        return Outcome.FAILED
    if notice.membership and not _may_be_told(notice, notice.membership, at=at):
        notice.withdrawn_at = at
        notice.save(update_fields=["withdrawn_at"])
        return Outcome.WITHDRAWN
    notice.attempts += 1
    notice.not_before = next_try_at(notice.attempts, at=at)
    notice.last_error = Failure.INTERRUPTED
    notice.save(update_fields=["attempts", "not_before", "last_error"])
    return notice


def _may_be_told(notice: Notice, membership: Membership, *, at: datetime) -> bool:
    """Say whether the membership is in force, and the case not closed to it since the mail was written."""
    if not Membership.objects.in_force(london_day(at)).filter(pk=membership.pk).exists():
        return False
    return not notice.reference or membership.pk not in excluded_memberships(notice.reference)


def _deliver(notice: Notice, server: BaseEmailBackend, viewer: Viewer) -> Failure | None:
    connected = False
    try:
        with acting_as(viewer):  # Nobody but the clock reads a mail; one whose text does not open keeps no other.
            notice.refresh_from_db(fields=["body", "to_address"])
        address = notice.membership.user.email if notice.membership else notice.to_address
        if not mail.is_usable(address):
            return Failure.NO_ADDRESS
        server.open()
        connected = True
        message = mail.compose(notice, address)
        message.connection = server
        message.send()
    except OutOfTime:
        raise  # It ends the round, not this mail: the try that was written down at the claim stands.
    except Exception as error:  # noqa: BLE001 - whatever it is, one mail must not keep the others
        failure = mail.failure_of(error, connected=connected)
        logger.warning("Mail %s did not leave: %s (%s)", notice.pk, failure.value, type(error).__name__)
        server.close()
        return failure
    return None


def _settle(notice: Notice, failure: Failure | None, *, at: datetime) -> Outcome:
    if failure is None:
        notice.sent_at, notice.last_error = at, ""
        notice.save(update_fields=["sent_at", "last_error"])
        return Outcome.SENT
    if failure is Failure.SERVER_UNREACHABLE:
        notice.attempts -= 1
        notice.not_before, notice.last_error = at + SERVER_WAIT, failure
        notice.save(update_fields=["attempts", "not_before", "last_error"])
        return Outcome.SERVER_AWAY
    if failure in FOR_GOOD or is_given_up(notice.attempts):
        _give_up(notice, failure, at=at)
    else:
        notice.last_error = failure
        notice.save(update_fields=["last_error"])
    return Outcome.FAILED


def _give_up(notice: Notice, failure: Failure, *, at: datetime) -> None:
    notice.given_up_at, notice.last_error = at, failure
    notice.save(update_fields=["given_up_at", "last_error"])
    reference = notice.reference if notice.membership_id is None else ""
    letter = DeadLetter(
        notice=notice,
        is_to_the_public=notice.membership_id is None,
        kind=notice.kind,
        reference=reference,
        staff_path=notice.staff_path,
        attempts=notice.attempts,
        error=failure,
        at=at,
        see_to_by=due(SEEN_TO_WITHIN, at, hub_calendar()).at,
    )
    letter.save(force_insert=True)
    told = (Role.FRONT_DOOR, Role.MANAGER) if notice.membership_id is None else (Role.ADMINISTRATOR,)
    message = Message(
        kind="mail.given_up",
        subject=f"An email was not sent{f': {reference}' if reference else ''}",
        body="An email could not be delivered. Under Notices you see which, and can have it tried again.",
        path=notice.staff_path,
        reference=reference,
        dedupe=f"given_up:{letter.pk}",
    )
    notify_holders(message, *told, at=at, channels=(Channel.IN_APP,))


@transaction.atomic
def retry_mail(letter_id: uuid.UUID, *, viewer: Viewer, at: datetime) -> DeadLetter:
    """Have a mail that was given up tried again from the beginning.

    Raises:
        NotPermitted: the viewer does not see to mail.
        NotVisible: it is not there, or somebody has done so already.
        RuleBroken: it was taken back since, because it may not leave any more.
    """
    roles.require(viewer, Role.ADMINISTRATOR, Role.MANAGER, Role.FRONT_DOOR)
    letter: DeadLetter = firewall.fetch(DeadLetter.objects.open().select_for_update(of=("self",)), viewer, pk=letter_id)
    with acting_as(CLOCK):
        is_withdrawn = Notice.objects.filter(pk=letter.notice_id, withdrawn_at__isnull=False).exists()
    if is_withdrawn:
        raise RuleBroken("This mail was taken back since: email is not safe for whom it was for. Tell them otherwise.")
    letter.seen_to_at = at
    letter.save(update_fields=["seen_to_at"])
    with acting_as(CLOCK):  # The mail itself is nobody's to read or to change but its sender's.
        _from_the_beginning(letter.notice_id, at=at)
    record(
        "mail.tried_again",
        actor=viewer,
        at=at,
        record_type="notices.deadletter",
        record_id=letter.pk,
        reference=letter.reference,
    )
    return letter


def _from_the_beginning(notice_id: uuid.UUID, *, at: datetime) -> None:
    rows = Notice.objects.filter(pk=notice_id)
    rows.update(given_up_at=None, withdrawn_at=None, attempts=0, not_before=at, last_error="")


@transaction.atomic
def try_again(letter_id: uuid.UUID, *, address: str = "", at: datetime) -> None:
    """Have a mail that was given up tried again. Called inside the action that says who may, and writes the event.

    Args:
        address: where it goes this time, of a mail to somebody without an account; empty: where it went.

    Raises:
        NotVisible: somebody has seen to it already.
    """
    with acting_as(CLOCK):
        letter = _seen_to(letter_id, at=at)
        _from_the_beginning(letter.notice_id, at=at)
        if address:
            notice = Notice.objects.defer("body").get(pk=letter.notice_id)
            notice.to_address = address
            notice.save(update_fields=["to_address"])


@transaction.atomic
def send_once_more(dedupe: str, *, address: str = "", at: datetime) -> bool:
    """Have a mail that had left, and came back, leave once more. Called inside the action that says who may.

    Args:
        dedupe: of the message, as it was written.
        address: where it goes this time; empty: where it went.

    Returns:
        Whether there is such a mail.
    """
    with acting_as(CLOCK):  # The mail itself is nobody's to read or to change but its sender's.
        rows = Notice.objects.defer("body").filter(dedupe=f"{dedupe}:address:{Channel.MAIL}", channel=Channel.MAIL)
        notice = rows.first()
        if notice is None:
            return False
        _from_the_beginning(notice.pk, at=at)
        Notice.objects.filter(pk=notice.pk).update(sent_at=None)
        if address:
            notice.to_address = address
            notice.save(update_fields=["to_address"])
    enqueue(SEND_WAITING)
    return True


@transaction.atomic
def put_aside(letter_id: uuid.UUID, *, at: datetime) -> None:
    """Take a mail that was given up as seen to in another way: it is not tried again. As `try_again`."""
    with acting_as(CLOCK):
        _seen_to(letter_id, at=at)


def _seen_to(letter_id: uuid.UUID, *, at: datetime) -> DeadLetter:
    letter: DeadLetter = firewall.fetch(DeadLetter.objects.open().select_for_update(of=("self",)), CLOCK, pk=letter_id)
    letter.seen_to_at = at
    letter.save(update_fields=["seen_to_at"])
    return letter
