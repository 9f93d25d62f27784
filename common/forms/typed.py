"""What somebody typed into a form: without what every form carries of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from django import forms
from django.http import HttpRequest

from common.forms.base import HubForm

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
    """Return what was typed as a page shows it: each field once, under its label, choices in their words.

    A field that forms call differently, or that only a form as it is made knows, stands under its name in words; one
    that is hidden in every form was typed by nobody and is left out.
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip() and not COUNTS.fullmatch(name) and not _is_hidden(name):
            found.setdefault(name, []).append(_in_words(name, value))
    return [(_label(name), "\n".join(values)) for name, values in found.items()]


def _fields_of(name: str) -> list[forms.Field]:
    """Return the fields of this name in all forms; a form of several of a kind puts its number before the name."""
    return _declared().get(name.rpartition("-")[2], [])


@cache
def _declared() -> Mapping[str, list[forms.Field]]:
    declared: dict[str, list[forms.Field]] = {}
    waiting = [HubForm]
    while waiting:
        form = waiting.pop()
        waiting.extend(form.__subclasses__())
        for name, field in form.base_fields.items():
            declared.setdefault(name, []).append(field)
    return declared


def _is_hidden(name: str) -> bool:
    fields = _fields_of(name)
    return bool(fields) and all(field.widget.is_hidden for field in fields)


def _label(name: str) -> str:
    before, _dash, last = name.rpartition("-")
    labels = {str(field.label or "") for field in _fields_of(name)}
    words = last.replace("_", " ").capitalize()
    label = next(iter(labels)) or words if len(labels) == 1 else words
    return f"{before.replace('_', ' ').replace('-', ' ').capitalize()}: {label}" if before else label


def _in_words(name: str, value: str) -> str:
    said = {
        str(words)
        for field in _fields_of(name)
        if isinstance(field, forms.ChoiceField)
        for key, words in _flat(cast(Iterable[Any], field.choices))
        if str(key) == value
    }
    return next(iter(said)) if len(said) == 1 else value


def _flat(choices: Iterable[Any]) -> Iterator[tuple[object, object]]:
    """Yield choices, also of groups of choices."""
    for key, words in choices:
        if isinstance(words, list | tuple):
            yield from _flat(words)
        else:
            yield key, words
