"""Telephone numbers, email addresses and references in a text."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from common.leaks.page import Page
from common.leaks.values import Match, Secret
from common.normal.references import reference_of, references_at
from common.normal.signs import visible
from common.normal.telephones import telephones_at, telephones_in, with_noughts

_LAST = 6
"""Figures at the end of a number by which it is known to whoever has seen it."""
_FIGURES = re.compile(r"\d(?:[^\S\n]?[().\-\u2010-\u2015\u2212/]?[^\S\n]?\d){5,14}")
_AT = r"(?:\s*@\s*|\s*[(\[{<]\s*(?:at|@)\s*[)\]}>]\s*|\s+at\s+)"
_DOT = r"(?:\s*[(\[{<]\s*(?:dot|\.)\s*[)\]}>]\s*|\s+dot\s+|\.)"
_MAIL = re.compile(rf"(?<![\w.+-])((?:[\w+-]+)(?:{_DOT}[\w+-]+)*){_AT}([\w-]+(?:{_DOT}[\w-]+)+)", re.IGNORECASE)
_MAILBOX = re.compile(r"(?<![\w.+-])[\w+-]+(?:[._+][\w+-]+)+(?![\w@-])")
_CAPITALS = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)


def telephones_found(page: Page, secrets: Iterable[Secret], permitted: Iterable[Secret]) -> Iterator[Match]:
    """Yield each telephone number, whole or by its last six figures."""
    sought = {number: secret for secret in secrets for number in telephones_in(secret.value)}
    for known in {number for secret in permitted for number in telephones_in(secret.value)}:
        sought.pop(known, None)
    whole = telephones_at(page.plain) if sought else []
    for number, start, end in whole:
        if number in sought:
            yield Match(sought[number], *page.span(start, end), "telephone number")
    ends = {number[-_LAST:]: secret for number, secret in sought.items()}
    for match in _FIGURES.finditer(with_noughts(page.plain)) if sought else ():
        figures = re.sub(r"\D", "", match[0])
        parts = (figures[place : place + _LAST] for place in range(len(figures) - _LAST + 1))
        secret = next((ends[part] for part in parts if part in ends), None)
        is_another = any(start <= match.start() and match.end() <= end for _, start, end in whole)
        if secret is not None and not is_another:
            yield Match(secret, *page.span(*match.span()), "end of a telephone number")


def mails_found(page: Page, secrets: Iterable[Secret], permitted: Iterable[Secret]) -> Iterator[Match]:
    """Yield each email address, also with its signs spelt out, or what stands before its @ where that is a name."""
    sought = {_plain_mail(secret.value): secret for secret in secrets}
    for known in {"", *(_plain_mail(secret.value) for secret in permitted)}:
        sought.pop(known, None)
    for match in _MAIL.finditer(page.plain) if sought else ():
        secret = sought.get(_plain_mail(match[0]))
        if secret is not None:
            yield Match(secret, *page.span(*match.span()), "email address")
    boxes = {mail.split("@")[0]: secret for mail, secret in sought.items()}
    for match in _MAILBOX.finditer(page.plain) if sought else ():
        secret = boxes.get(match[0].casefold())
        if secret is not None:
            yield Match(secret, *page.span(*match.span()), "mailbox")


def references_found(page: Page, secrets: Iterable[Secret], permitted: Iterable[Secret]) -> Iterator[Match]:
    """Yield each reference, however it is parted."""
    sought = {reference_of(secret.value): secret for secret in secrets}
    for known in {"", *(reference_of(secret.value) for secret in permitted)}:
        sought.pop(known, None)
    if not sought:
        return
    for reference, start, end in references_at(page.plain.translate(_CAPITALS)):
        if reference in sought:
            yield Match(sought[reference], *page.span(start, end), "reference")


def _plain_mail(typed: str) -> str:
    text = re.sub(_AT, "@", visible(typed).casefold().strip(" <>"), count=1)
    return re.sub(r"\s+", "", re.sub(_DOT, ".", text)) if "@" in text else ""
