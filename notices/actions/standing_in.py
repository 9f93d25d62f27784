"""The second clock: sweeps where no worker does, and tells operations. It needs neither Valkey nor Celery.

It takes the same locks as the worker: rows that one holds are passed over by the other, and each step has a unique
key. So both may run, at once or in turn, and nothing is told twice.
"""

from __future__ import annotations

import logging
import smtplib
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import Error, connection

from agencies.access.identity import BroughtUpToDate, acting_as
from agencies.access.tasks import run_here
from agencies.access.viewer import CLOCK
from clock.actions import beat
from clock.queries import MAIL, SILENT_AFTER, SWEEP, TIMER, WORKER, last_seen
from notices.actions.sending import Outcome, send_waiting
from notices.actions.sweeping import sweep

logger = logging.getLogger(__name__)

LOOKS_EVERY_SECONDS = 15.0
STANDS_IN_AFTER = {SWEEP: timedelta(minutes=1), MAIL: timedelta(minutes=2)}
"""So long a part may be silent before its work is done here: two rounds of beat, and the longest run of mail."""

OF_LATER_STAGES = (
    "screening.tasks.tell_left_behind",
    "information_sharing.tasks.tell_of_silence",
    "contacts.tasks.tell_staff_matches",
    "decisions.tasks.tell_changes",
    "decisions.tasks.tell_undelivered",
)
"""Tasks that find what to tell by query; named, because they stand above."""

DATABASE = "database"

Now = Callable[[], datetime]


@dataclass
class Done:
    """What one round came to.

    Attributes:
        failed: names of what ended with an error; the rest was done all the same.
    """

    steps: int = 0
    mails: dict[Outcome, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def run_round(now: Now) -> Done:
    """Do once what beat has the workers do; one part that fails stops no other.

    Args:
        now: reads the clock: a round takes a while, and each part is told when it begins.

    Raises:
        Error: the database is away.
    """
    viewer, done = CLOCK.with_request(str(uuid.uuid4())), Done()

    def take_steps() -> None:
        done.steps = sweep(viewer=viewer, at=now())

    def send() -> None:
        done.mails = send_waiting(viewer=viewer, at=now())

    _guarded("sweep", take_steps, done)
    for name in OF_LATER_STAGES:
        _guarded(name, lambda name=name: run_here(name), done)  # type: ignore[misc]  # bound now
    _guarded("mail", send, done)
    return done


def _guarded(name: str, work: Callable[[], None], done: Done) -> None:
    try:
        work()
    except Exception as error:
        if isinstance(error, BroughtUpToDate) or connection.connection is None or connection.connection.closed:
            raise
        logger.exception("%s failed", name)
        done.failed.append(name)


@dataclass
class SecondClock:
    """Looks every few seconds whether the worker works; does its work where it does not.

    Attributes:
        now: reads the clock.
        since: when it began, or the database came back: nothing is silent for longer.
        told: parts of whose silence operations know.
    """

    now: Now
    since: datetime
    stopping: threading.Event = field(default_factory=threading.Event)
    told: set[str] = field(default_factory=set)
    away_since: datetime | None = None

    def run(self) -> None:
        """Look until somebody stops it."""
        while not self.stopping.is_set():
            self.look(at=self.now())
            self.stopping.wait(LOOKS_EVERY_SECONDS)

    def look(self, *, at: datetime) -> Done | None:
        """Look once. Returns what was done in the worker's place, if anything."""
        try:
            with acting_as(CLOCK):
                beat(TIMER, at=at)
            self._is_back(at)
            return self._stand_in(at)
        except (Error, BroughtUpToDate) as problem:
            logger.error("The second clock cannot ask the database (%s).", type(problem).__name__)  # noqa: TRY400
            connection.close()
            self.away_since = self.away_since or at
            self._tell(DATABASE, is_silent=at - self.away_since > SILENT_AFTER, since=self.away_since)
            return None

    def _is_back(self, at: datetime) -> None:
        """Begin anew after the database was away: nobody could leave a sign of life meanwhile."""
        if self.away_since is not None:
            self.away_since, self.since = None, at
            self._tell(DATABASE, is_silent=False, since=at)

    def _stand_in(self, at: datetime) -> Done | None:
        seen = {name: self._seen(name) for name in STANDS_IN_AFTER}
        is_needed = any(at - seen[name] > patience for name, patience in STANDS_IN_AFTER.items())
        done = run_round(self.now) if is_needed else None
        for name in (SWEEP, WORKER):
            since = self._seen(name)
            self._tell(name, is_silent=at - since > SILENT_AFTER, since=since)
        return done

    def _seen(self, name: str) -> datetime:
        return max(last_seen(name) or self.since, self.since)

    def _tell(self, part: str, *, is_silent: bool, since: datetime) -> None:
        """Tell operations once that a part is silent, and once that it works again."""
        if is_silent == (part in self.told):
            return
        fate = f"silent since {since:%H:%M} UTC" if is_silent else "works again"
        subject = f"MASH: {part} {fate}"
        logger.error("%s", subject)
        if _mail_operations(subject):
            (self.told.add if is_silent else self.told.discard)(part)


WHAT_TO_DO = (
    "Times on all pages are right while the database answers. docs/operations/clock.md says what to look at.\n"
    "This mail holds nothing of a case, and comes once for each silence."
)


def _mail_operations(subject: str) -> bool:
    """Send a mail to operations, past the queue; say whether they know, or nobody is to be told."""
    if not settings.MASH_OPERATIONS_EMAIL:
        return True
    try:
        send_mail(subject, WHAT_TO_DO, None, [settings.MASH_OPERATIONS_EMAIL])
    except (smtplib.SMTPException, OSError) as problem:
        logger.warning("Operations could not be told by mail (%s); tried again.", type(problem).__name__)
        return False
    return True
