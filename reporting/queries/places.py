"""Where a page of the log begins: after a line that the reader has seen, never by a count."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from common.moments import LONDON

PAGE_LENGTH = 50


@dataclass(frozen=True)
class Place:
    """The last line of the page before; the next page begins after it."""

    at: datetime
    id: uuid.UUID

    def __str__(self) -> str:
        """Return it as an address carries it."""
        return f"{self.at.astimezone(UTC).isoformat()}~{self.id}"


def read_place(text: str) -> Place | None:
    """Return the place that an address carries, or None where it carries none that can be read."""
    at, _, key = text.partition("~")
    try:
        place = Place(datetime.fromisoformat(at), uuid.UUID(key))
    except ValueError:
        return None
    return place if place.at.tzinfo else None


def start_of(day: date | None) -> datetime | None:
    """Return when a day begins in London; None without a day."""
    return datetime.combine(day, time.min, LONDON) if day else None


def end_of(day: date | None) -> datetime | None:
    """Return when the day after begins in London; None without a day."""
    return start_of(day + timedelta(days=1)) if day else None
