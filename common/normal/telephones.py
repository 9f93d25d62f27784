"""Telephone numbers, however they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from common.normal.signs import visible

_HERE = "GB"
_NOUGHT = re.compile(r"(?<=[\d+(])[oO]+|(?<![^\W_])[oO]+(?=[\doO])|[oO](?=\d)")
_DAY_MONTH = r"(?:0?[1-9]|[12]\d|3[01]){between}(?:0?[1-9]|1[0-2])"
_DAY = re.compile(
    rf"(?<![\d./-]){_DAY_MONTH.format(between='/')}/(?:\d{{4}}|\d{{2}})(?![\d/]|[.-]\d)"
    rf"|(?<![\d./-]){_DAY_MONTH.format(between='[.-]')}[.-]\d{{4}}(?!\d|[./-]\d)"
    rf"|(?<![\d./+-])(?<!\d\s){_DAY_MONTH.format(between=' ')} \d{{4}}(?!\d|[\s./-]\d)"
)
"""A day in figures: with strokes its year may be short; otherwise nothing of a number is beside it."""

_WITHOUT_NOUGHT = re.compile(r"7[1-9]\d{8}")
"""A mobile number out of a table of figures, which drops the nought."""

_LEFT = " \t\n\u00a0/-.\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_BESIDE = re.compile(r"(?<=\d)[\s/\-\u2010-\u2015\u2212.]+(?=[+(0])")
"""Where one number may end and another begin."""

_RUN = re.compile(r"(?:\+|\(|\d)[\d\s().\-\u2010-\u2015\u2212/+]{7,}\d")


def telephone_of(typed: str) -> str:
    """Return the first number in what was typed in its international form, such as +447700900313; empty without one.

    A letter O beside a figure is a nought. A number that nobody may have been given is kept: people mistype.
    """
    return next(iter(telephones_in(typed)), "")


def telephones_in(text: str) -> list[str]:
    """Return the numbers in a text, each in its international form, in the order in which they stand there."""
    return list(dict.fromkeys(number for number, _, _ in telephones_at(visible(text))))


def telephones_at(text: str) -> list[tuple[str, int, int]]:
    """Return each number in a text with where it begins and ends.

    Args:
        text: as `visible` gives it.
    """
    figures = _DAY.sub(lambda day: "x" * len(day[0]), with_noughts(text))
    return [found for match in _RUN.finditer(figures) for found in _parted(match[0], match.start())]


def _parted(run: str, begins: int) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers of a run of figures: one, or several that stand beside each other as two in one box.

    Of each the longest that is a number counts, and only where a nought, a plus or a bracket begins it.
    """
    edges = [0, *(match.end() for match in _BESIDE.finditer(run))]
    first = 0
    while first < len(edges):
        start = edges[first]
        for end in (len(run), *reversed(edges[first + 1 :])):
            number = _international(run[start:end])
            if number:
                yield number, begins + start, begins + start + len(run[start:end].rstrip(_LEFT))
                break
        else:
            end = start
        first = next((place for place in range(first + 1, len(edges)) if edges[place] >= end), len(edges))


def with_noughts(text: str) -> str:
    """Return a text in which each letter O that stands for a nought is one; it is as long as before."""
    earlier = ""
    while earlier != text:
        earlier, text = text, _NOUGHT.sub(lambda match: "0" * len(match[0]), text)
    return text


def _international(run: str) -> str:
    digits = re.sub(r"[^\d+]", "", run.replace("(0)", ""))  # +44 (0)7700: the nought in brackets is not dialled.
    if digits.startswith("44") and len(digits) >= 12:
        digits = f"+{digits}"
    if _WITHOUT_NOUGHT.fullmatch(digits):
        digits = f"0{digits}"
    if not digits.startswith(("+", "0")):  # A day or a sum: a number without its area is not compared.
        return ""
    try:
        number = phonenumbers.parse(digits, _HERE)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
