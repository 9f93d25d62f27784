"""To which matter a row or an address belongs: an enquiry with its contacts and all that hangs on them, or a contact.

The quick proof walks a few matters for each person, in which each column that is open to them, in each way, occurs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from contacts.models import Contact
from screening.models import Enquiry
from tests.proofs import oracle
from tests.proofs.showing import CLOCK, Cell

NAMED = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
"""What names a record in an address."""

WITH_CLOCKS = (
    "contacts.Protection",
    "decisions.Complaint",
    "decisions.CorrectionNotice",
    "decisions.MashSummary",
    "decisions.OutgoingText",
    "screening.Handover",
)
"""Whose clocks run by their own key, not by that of their contact."""


@cache
def matters_of(label: str, superuser: Connection) -> dict[str, str]:
    """Return to which matter each row of a kind belongs; rows that belong to none are left out."""
    model = oracle.model_of(label)
    if label == CLOCK:
        own = _columns(model, superuser, "id", "enquiry_id", "subject_id")
        about: dict[str, str] = {}
        for record in WITH_CLOCKS:
            about |= matters_of(record, superuser)
        return {key: enquiry or about.get(subject) or whole(subject, superuser) for key, enquiry, subject in own}
    way = _way(model)
    if way is None:
        return {}
    if not way:
        return {key: whole(key, superuser) for (key,) in _columns(model, superuser, oracle.key_of(model))}
    column, parent = way
    up = {} if parent is None else matters_of(parent._meta.label, superuser)
    rows = _columns(model, superuser, oracle.key_of(model), column)
    found = {key: whole(over, superuser) if parent is None else up.get(over, "") for key, over in rows if over}
    return {key: matter for key, matter in found.items() if matter}


def _way(model: oracle.Model) -> tuple[str, oracle.Model | None] | tuple[()] | None:
    """Return the column that leads towards a contact or an enquiry, and the record it leads to; () for these two."""
    if model in (Contact, Enquiry):
        return ()
    fields = {field.column: field for field in model._meta.concrete_fields}
    for name in ("enquiry_id", "contact_id"):
        if name in fields:
            return name, None
    guarded = set(oracle.guarded())
    for column, field in fields.items():
        related: Any = field.related_model
        if related in guarded and related is not model and _way(related) is not None:
            return str(column), related
    return None


@cache
def whole(key: str, superuser: Connection) -> str:
    """Return the enquiry of a contact, where it is in one; else the key itself."""
    return _enquiries(superuser).get(key) or key


@cache
def _enquiries(superuser: Connection) -> dict[str, str]:
    return dict(_columns(Contact, superuser, "id", "enquiry_id"))  # type: ignore[arg-type]


def _columns(model: oracle.Model, superuser: Connection, *names: str) -> list[tuple[str, ...]]:
    columns = sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in names)
    with superuser.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(columns, sql.Identifier(model._meta.db_table)))
        return cursor.fetchall()


@cache
def open_matters(superuser: Connection) -> frozenset[str]:
    """Return the matters that have not ended: a running enquiry, or a contact outside one that nobody has ended."""
    with superuser.cursor() as cursor:
        cursor.execute(
            "SELECT id::text FROM screening_enquiry WHERE closed_at IS NULL UNION ALL"
            " SELECT id::text FROM contacts_contact WHERE enquiry_id IS NULL AND ended_at IS NULL"
        )
        return frozenset(row[0] for row in cursor.fetchall())


@cache
def _named(superuser: Connection) -> dict[str, str]:
    """Return to which matter each reference and each key that may stand in an address belongs."""
    found: dict[str, str] = {}
    for model in oracle.guarded():
        matters = matters_of(model._meta.label, superuser)
        found.update(matters)
        if (
            any(field.name == "reference" for field in model._meta.concrete_fields)
            and model._meta.label != "notices.Notice"
        ):
            rows = _columns(model, superuser, oracle.key_of(model), "reference")
            found.update({reference: matters[key] for key, reference in rows if key in matters})
    return found


def among(chosen: Collection[str], superuser: Connection) -> Callable[[str], bool]:
    """Return whether an address names no record of another matter than those that were chosen."""
    known = _named(superuser)
    return lambda path: all(known.get(one, "") in {"", *chosen} for one in NAMED.findall(path))


def few(cells: Iterable[Cell], superuser: Connection) -> frozenset[str]:
    """Return a few matters in which each column that is open to somebody, in each way, occurs."""
    holds: dict[str, set[str]] = defaultdict(set)
    for one in cells:
        matter = matters_of(one.label, superuser).get(one.key)
        if matter:
            holds[matter].add(f"{one.kind} {one.audience}")
    left = set().union(*holds.values()) if holds else set()
    chosen = []
    while left:
        best = max(sorted(holds), key=lambda matter: len(holds[matter] & left))
        chosen.append(best)
        left -= holds[best]
    return frozenset(chosen)
