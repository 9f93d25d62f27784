"""Telephone numbers, however they were typed."""

from __future__ import annotations

import re

import phonenumbers

from common.normal.signs import visible

_HERE = "GB"
_NOUGHT = re.compile(r"(?<=[\d+(])[oO]+|(?<![^\W_])[oO]+(?=[\doO])|[oO](?=\d)")
_RUN = re.compile(r"(?:\+|\(|\d)[\d\s().\-\u2010-\u2015\u2212/+]{7,}\d")


def telephone_of(typed: str) -> str:
    """Return a number in its international form, such as +447700900313; empty if there is none in what was typed.

    A letter O beside a figure is a nought. A number that nobody may have been given is kept: people mistype.
    """
    return next(iter(telephones_in(typed)), "")


def telephones_in(text: str) -> list[str]:
    """Return the numbers in a text, each in its international form, in the order in which they stand there."""
    plain = _with_noughts(visible(text))
    found = (_international(match[0]) for match in _RUN.finditer(plain))
    return list(dict.fromkeys(number for number in found if number))


def same_telephone(one: str, other: str) -> bool:
    """Say whether two typings are one number."""
    number = telephone_of(one)
    return bool(number) and number == telephone_of(other)


def _with_noughts(text: str) -> str:
    earlier = ""
    while earlier != text:
        earlier, text = text, _NOUGHT.sub(lambda match: "0" * len(match[0]), text)
    return text


def _international(run: str) -> str:
    digits = re.sub(r"[^\d+]", "", run.replace("(0)", ""))
    if digits.startswith("44") and len(digits) >= 12:
        digits = f"+{digits}"
    if not digits.startswith(("+", "0")):  # A day or a sum: a number without its area is not compared.
        return ""
    try:
        number = phonenumbers.parse(digits, _HERE)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
