"""When something is due, reckoned a second time and slowly: minute by minute, from raw policy and raw calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.proofs.nobody.rows import Raw, Row

LONDON = ZoneInfo("Europe/London")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
URGENCY = {"red": 0, "amber": 1, "green": 2}
WAITING = {"hub_minutes", "working_days", "day_minutes"}


@dataclass(frozen=True)
class Hours:
    """When the hub is open, from the raw tables."""

    opens_at: time
    closes_at: time
    closed: frozenset[date]

    def is_open_day(self, moment: datetime) -> bool:
        """Say whether the hub opens on the day of a moment."""
        day = moment.astimezone(LONDON).date()
        return day.weekday() < 5 and day not in self.closed

    def is_open(self, moment: datetime) -> bool:
        """Say whether the hub is open at a moment."""
        return self.is_open_day(moment) and self.opens_at <= moment.astimezone(LONDON).time() < self.closes_at

    def at(self, moment: datetime, clock: time) -> datetime:
        """Return a time of day, on the day of a moment."""
        return datetime.combine(moment.astimezone(LONDON).date(), clock, LONDON).astimezone(UTC)

    def opening(self, moment: datetime) -> datetime:
        """Return the moment itself while the hub is open, otherwise when it opens next."""
        if self.is_open(moment):
            return moment
        moment = moment.replace(second=0, microsecond=0)
        while not self.is_open(moment):
            moment += MINUTE
        return moment


def hours(raw: Raw) -> Hours:
    """Read when the hub is open."""
    [hub] = raw.table("agencies_hubsettings")
    closed = {row["day"] for row in raw.table("clock_closure")}
    closed |= {row["day"] for row in raw.table("clock_bankholiday", "nation = %(nation)s", {"nation": hub["nation"]})}
    return Hours(hub["opens_at"], hub["closes_at"], frozenset(closed))


def due(policy: Row, start: datetime, open_: Hours, *, waits: bool | None = None) -> datetime:
    """Return when a policy's time has run, from a start."""
    unit, quantity = policy["unit"], policy["quantity"]
    waits = policy["waits_for_opening"] if waits is None else waits
    if unit in WAITING or waits:
        start = open_.opening(start)
    end = COUNTS[unit](start, quantity, open_)
    if not policy["runs_past_closing"] and not open_.is_open(end) and end != open_.at(end, open_.closes_at):
        return open_.opening(end)
    return end


def _counted(start: datetime, minutes: int, counts: Callable[[datetime], bool]) -> datetime:
    """Return the moment after so many minutes that count."""
    while minutes:
        minutes -= counts(start)
        start += MINUTE
    return start


def _working_days(start: datetime, days: int, open_: Hours) -> datetime:
    while days:
        start += DAY
        days -= open_.is_open_day(start)
    return open_.at(start, open_.closes_at)


def _time_of_day(start: datetime, minute: int, open_: Hours) -> datetime:
    wanted, day = time(minute // 60, minute % 60), start
    while not open_.is_open_day(day) or open_.at(day, wanted) <= start:
        day += DAY
    return open_.at(day, wanted)


COUNTS: dict[str, Callable[[datetime, int, Hours], datetime]] = {
    "elapsed_minutes": lambda start, minutes, open_: start + timedelta(minutes=minutes),
    "open_day_minutes": lambda start, minutes, open_: _counted(start, minutes, open_.is_open_day),
    "hub_minutes": lambda start, minutes, open_: _counted(start, minutes, open_.is_open),
    "working_days": _working_days,
    "day_minutes": _time_of_day,
}


def policy_of(policies: list[Row], deadline: Row, start: datetime) -> Row | None:
    """Return the policy in force at a start: that of the colour before that of any, the latest of them."""
    fits = [
        one for one in policies
        if one["measure"] == deadline["measure"] and one["colour"] in {deadline["colour"], ""}
        and one["effective_from"] <= start
    ]  # fmt: skip
    fits.sort(key=lambda one: (one["colour"] != "", one["effective_from"]))
    return fits[-1] if fits else None


def policys_instant(row: Row, old: Row | None, policies: list[Row], open_: Hours) -> datetime | None:
    """Return the policy's instant of a deadline that was begun, or that replaced an old one; None without a policy."""
    if old is not None and old["colour"] == row["colour"]:
        return old["policy_due_at"]  # type: ignore[no-any-return]
    if old is None:
        policy = policy_of(policies, row, row["started_at"])
        return None if policy is None else due(policy, row["started_at"], open_)
    goes_up = URGENCY[row["colour"]] < URGENCY[old["colour"]]
    start = row["created_at"] if goes_up else row["started_at"]
    policy = policy_of(policies, row, start)
    if policy is None:
        return None
    new = due(policy, start, open_, waits=False if goes_up else None)
    earlier: datetime = old["policy_due_at"]
    if goes_up:
        return min(earlier, new)
    return new if earlier > row["created_at"] else earlier


def act_by(row: Row) -> datetime:
    """Return the earliest of the policy's instant, the manager's own deadline and one hour before *safe until*."""
    safe = row["safe_until"] - timedelta(hours=1) if row["safe_until"] else None
    moments: list[datetime] = [one for one in (row["policy_due_at"], row["own_due_at"], safe) if one is not None]
    return min(moments)
