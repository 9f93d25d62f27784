"""Keys and versions that were posted beside a form: one that is missing is refused, as one that is wrong."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from common.errors import NotVisible, StaleRecord

LONGEST_VERSION = 9
"""Digits; nothing was ever saved so often."""


def posted_version(request: HttpRequest) -> int:
    """Return the version that a button was drawn from.

    Raises:
        StaleRecord: there is none, or what was posted is no version: the check is never skipped.
    """
    version = request.POST.get("version", "")
    if version.isascii() and version.isdigit() and len(version) <= LONGEST_VERSION:
        return int(version)
    raise StaleRecord("Nothing was changed: this page does not say which version it shows. Open it again.")


def posted_key(text: str | None) -> UUID:
    """Return a posted key of a row.

    Raises:
        NotVisible: it is none.
    """
    try:
        return UUID(text or "")
    except ValueError:
        raise NotVisible from None
