"""Every column of the guarded tables in three words: shown, opened with a purpose, never.

A column stands nowhere by its kind (a key, copy, version or hash), or for a reason that its record names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models

from agencies.access.table.whole import RECORDS
from agencies.access.table.words import Audience, Record


class Word(StrEnum):
    """How a column reaches those to whom its record is open."""

    SHOWN = "shown"
    WITH_PURPOSE = "opened with a purpose"
    NEVER = "never"


class Unshown(StrEnum):
    """Kinds of columns that stand on no page."""

    KEY = "a key"
    COPY = "a copy"
    VERSION = "a version"
    HASH = "a keyed hash"


@dataclass(frozen=True)
class Column:
    """One column of the table.

    Attributes:
        readers: who may read it where the record is open to them.
        with_purpose: those of the readers who say first what for.
        why_not: the kind, or the reason, of a column that is never shown.
    """

    label: str
    name: str
    word: Word
    readers: tuple[Audience, ...] = ()
    with_purpose: tuple[Audience, ...] = ()
    why_not: str = ""


def columns() -> Iterator[Column]:
    """Yield every column of every record of the table."""
    for label, record in RECORDS.items():
        for field in apps.get_model(label)._meta.concrete_fields:
            yield column(record, field)


def column(record: Record, field: Any) -> Column:
    """Return what the table says of one column.

    Raises:
        KeyError: it says nothing.
    """
    name = field.name
    if name in record.never or (kind := unshown(record, field)):
        return Column(record.label, name, Word.NEVER, why_not=record.never.get(name) or str(kind))
    readers = {**dict.fromkeys(record.shown, openers(record)), **record.texts, **record.narrower}.get(name)
    if readers is None:
        raise KeyError(f"{record.label}.{name}")
    asked = record.with_purpose.get(name, ())
    word = Word.NEVER if not readers else Word.WITH_PURPOSE if set(readers) == set(asked) else Word.SHOWN
    return Column(record.label, name, word, readers, asked, "" if readers else "nobody reads it")


def openers(record: Record) -> tuple[Audience, ...]:
    """Return the people to whom a record opens, in one way or another."""
    found = dict.fromkeys(audience for one in record.openings for audience in one.audiences)
    return tuple(audience for audience in found if audience != Audience.CLOCK)


def unshown(record: Record, field: Any) -> Unshown | None:
    """Return the kind of a column that stands on no page by what it is; None where it may stand on one."""
    name = field.name
    if name in record.copies:
        return Unshown.COPY
    if name in record.texts or name in record.shown or name in record.narrower:
        return None
    if name.endswith(("_hash", "_key", "_keys")):
        return Unshown.HASH
    if name == "version" or name.endswith("_version"):
        return Unshown.VERSION
    related = field.related_model
    is_record = related is not None and related._meta.label in RECORDS
    return Unshown.KEY if field.primary_key or is_record or isinstance(field, models.UUIDField) else None
