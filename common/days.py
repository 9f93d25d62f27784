"""A calendar day as people type it."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GAP = r"[\s./,-]+"
_WRITTEN = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th)?{_GAP}(?:of )?([0-9]{{1,2}}|[a-z]+){_GAP}([0-9]{{4}})", re.IGNORECASE
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def parts_of_day(text: str) -> tuple[str, str, str] | None:
    """Return day, month and year of a date typed as one text, day first or as computers write it; None otherwise.

    "27/3/2019", "27.03.2019", "27 March 2019", "27th of March, 2019" and "2019-03-27" are the same day.
    """
    typed = text.strip()
    if found := _WRITTEN.fullmatch(typed):
        return found[1], found[2], found[3]
    if found := _ISO.fullmatch(typed):
        return found[3], found[2], found[1]
    return None


def month_number(text: str) -> int:
    """Return the number of a month that was typed as a number or by the start of its name; 0 where it is none."""
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else 0


def day_within(text: str) -> tuple[date | None, str] | None:
    """Return the first date in a text, and the text without it; None where it holds none.

    The day is None where there is no such day: somebody meant one all the same.
    """
    for pattern in (_ISO, _WRITTEN):
        for found in pattern.finditer(text):
            parts = parts_of_day(found[0])
            if parts is not None and month_number(parts[1]):
                return _day(*parts), f"{text[: found.start()]} {text[found.end() :]}"
    return None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), month_number(month), int(day))
    except ValueError:
        return None
