"""How a deadline is said on a page: as text first, so that it works without a script and for a screen reader."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from common.moments import LONDON

SOON = timedelta(hours=1)
_MINUTES_PER_HOUR = 60
_HOURS_PER_DAY = 24
_DAYS_WITHOUT_HOURS = 7


@dataclass(frozen=True)
class TimeLeft:
    """A deadline as words.

    Attributes:
        state: "overdue", "soon" (an hour or less) or "later".
        left: "1 hour 12 minutes left" or "overdue by 5 minutes".
        due: "due 15:40", with the day where it is not today.
        due_at: the moment itself.
    """

    state: str
    left: str
    due: str
    due_at: datetime

    @property
    def sentence(self) -> str:
        """Return both parts in one line."""
        return f"{self.left}, {self.due}"


def countdown(due_at: datetime, *, at: datetime) -> TimeLeft:
    """Return how a deadline stands.

    Args:
        due_at: the instant by which it must be done, aware.
        at: the time of the page, aware.
    """
    left = due_at - at
    if left < timedelta(0):
        state, words = "overdue", f"Overdue by {span(-left)}"
    else:
        state, words = ("soon" if left <= SOON else "later"), f"{span(left)} left"
    return TimeLeft(state, words, _due(due_at, at), due_at)


def span(length: timedelta) -> str:
    """Return a length of time in words, whole minutes: "1 hour 12 minutes", "2 days 3 hours", "less than a minute"."""
    minutes = int(length.total_seconds()) // _MINUTES_PER_HOUR
    if minutes < 1:
        return "less than a minute"
    hours, minutes = divmod(minutes, _MINUTES_PER_HOUR)
    days, hours = divmod(hours, _HOURS_PER_DAY)
    if days >= _DAYS_WITHOUT_HOURS:
        hours = 0
    parts = [(days, "day"), (hours, "hour"), (0 if days else minutes, "minute")]
    return " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)


def _due(due_at: datetime, at: datetime) -> str:
    local, today = due_at.astimezone(LONDON), at.astimezone(LONDON).date()
    days = (local.date() - today).days
    if days == 0:
        return f"due {local:%H:%M}"
    if days == 1:
        return f"due tomorrow {local:%H:%M}"
    if days == -1:
        return f"due yesterday {local:%H:%M}"
    year = "" if local.year == today.year else f" {local.year}"
    return f"due {local:%a} {local.day} {local:%b}{year} {local:%H:%M}"
