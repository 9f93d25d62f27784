"""Fields of hub forms: days, moments, the one-time submission key, the version that a page was drawn from."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError

from common.days import month_number, parts_of_day
from common.forms.widgets import DayWidget, MomentWidget
from common.moments import LONDON

_TIME = re.compile(r"(\d{1,2})(?:[:.\s]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=[0-9])(st|nd|rd|th|\.)$", re.IGNORECASE)
_NOON = 12
_EARLIEST_YEAR = 1900


class PartsError(ValidationError):
    """A date or time that cannot be read; names the boxes that are wrong so that only these are marked."""

    def __init__(self, message: str, *parts: str) -> None:
        """Remember the message and the boxes: day, month, year, time."""
        super().__init__(message, code="parts")
        self.parts = parts


class DayField(forms.Field):
    """A calendar day typed in three boxes; gives a `date` or None."""

    widget: type[DayWidget] = DayWidget
    part_names: tuple[str, ...] = ("day", "month", "year")

    def to_python(self, value: Any) -> Any:
        """Return the day that the boxes say.

        Raises:
            PartsError: a box is empty, or there is no such day.
        """
        if value is None or isinstance(value, date):
            return value
        texts = _texts(value, len(self.part_names))
        if not any(texts):
            return None
        self._refuse_gaps(texts)
        return _day(texts[0], texts[1], texts[2])

    def _refuse_gaps(self, texts: Sequence[str]) -> None:
        missing = [name for name, text in zip(self.part_names, texts, strict=True) if not text]
        if missing:
            said = " and ".join(f"a {name}" for name in missing)
            raise PartsError(f"{self.label or 'The date'} must include {said}", *missing)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether the boxes name another day than at first."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MomentField(DayField):
    """A day and a time of day in London; gives an aware `datetime` in UTC or None.

    The hour that the autumn clock change repeats means its first run.
    """

    widget = MomentWidget
    part_names = ("day", "month", "year", "time")

    def to_python(self, value: Any) -> Any:
        """Return the moment that the boxes say.

        Raises:
            PartsError: a box is empty, there is no such day or time, or the clocks skipped it.
        """
        if value is None or isinstance(value, datetime):
            return value
        texts = _texts(value, len(self.part_names))
        if not any(texts):
            return None
        self._refuse_gaps(texts)
        local = datetime.combine(_day(texts[0], texts[1], texts[2]), _time(texts[3]), LONDON)
        moment = local.astimezone(UTC)
        if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
            raise PartsError("That time did not exist: the clocks went forward that night", "time")
        return moment


class TimeField(forms.Field):
    """A time of day typed in one box; gives a `time` or None."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """Return the time that the box says.

        Raises:
            ValidationError: it is none.
        """
        if isinstance(value, time) or not str(value or "").strip():
            return value or None
        return _time(str(value))


class SubmissionKeyField(forms.Field):
    """The hidden one-time key by which a double submit is recognised. `agencies.access.once` judges it."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        """Draw a fresh key for each page unless the caller sets one."""
        super().__init__(**{"required": False, "initial": uuid4, **options})

    def clean(self, value: Any) -> UUID:
        """Return the posted key, or a fresh one."""
        try:
            return UUID(str(value))
        except ValueError:
            return uuid4()


class VersionField(forms.IntegerField):
    """The hidden version of the record that the page was drawn from."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        """Word the only way this can go wrong: a page from before, or a hand-made post."""
        stale = "This page is out of date. Open it again and repeat your change"
        messages = {"required": stale, "invalid": stale, "min_value": stale, "max_value": stale}
        super().__init__(**{"min_value": 0, "max_value": 2**31 - 1, "error_messages": messages, **options})


def _texts(value: Any, count: int) -> list[str]:
    """Return the trimmed texts of the boxes; a single ISO text (from a link or an API) is split."""
    if isinstance(value, str):
        day, _, rest = value.strip().partition("T")
        value = [*reversed(day.split("-")), *([rest[:5]] if rest else [])]
    texts = [str(text or "").strip() for text in value][:count]
    texts += [""] * (count - len(texts))
    whole = parts_of_day(texts[0]) if not any(texts[1:3]) else None  # A whole date, pasted into the first box.
    return [*whole, *texts[3:]] if whole else texts


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("2000") else 0


def _day(day_text: str, month_text: str, year_text: str) -> date:
    year = _number(year_text)
    if year < _EARLIEST_YEAR:
        raise PartsError("Year must have 4 numbers, for example 2019", "year")
    try:
        return date(year, month_number(month_text), _number(_ORDINAL.sub("", day_text)))
    except ValueError:
        raise PartsError("Enter a real date, for example 27 3 2019", "day", "month", "year") from None


def _time(text: str) -> time:
    match = _TIME.fullmatch(text.strip())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= _NOON:
            hour = hour % _NOON + (_NOON if half == "pm" else 0)
        elif half:
            hour = 24
        if hour < 24 and minute < 60 and (half or match[2]):  # hours of a day, minutes of an hour
            return time(hour, minute)
    raise PartsError("Enter a time like 14:30 or 2:30pm", "time")
