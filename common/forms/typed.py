"""What somebody typed into a form: without what every form carries of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.http import HttpRequest

Pairs = tuple[tuple[str, str], ...]
"""Names and values of a form's fields, in its order; a field of several values stands several times."""

WRAPPING = re.compile(r"csrfmiddlewaretoken|typed_by|put_back|checking|submission_key|version|.*password.*")
"""Fields that nobody typed, and what nobody keeps."""
COUNTS = re.compile(r".*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS")
"""How many forms of a kind there are: kept, and no text."""


def typed_in(request: HttpRequest) -> Pairs:
    """Return the names and values of what was typed into a form, in its order, without keys, versions and passwords."""
    return typed_of((name, str(value)) for name, values in request.POST.lists() for value in values)


def typed_of(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Return those of a form's names and values that somebody typed or chose; none where all of them are empty."""
    kept = tuple((name, value) for name, value in pairs if not WRAPPING.fullmatch(name))
    return kept if any(value.strip() and not COUNTS.fullmatch(name) for name, value in kept) else ()


def worded(pairs: Pairs) -> list[tuple[str, str]]:
    """Return what was typed as a page shows it: each field once, with its name in words."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip() and not COUNTS.fullmatch(name):
            found.setdefault(name, []).append(value)
    return [
        (name.replace("_", " ").replace("-", " ").capitalize(), "\n".join(values)) for name, values in found.items()
    ]
