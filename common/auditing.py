"""What django-auditlog may know of our records: codes and moments, never a word that somebody wrote."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

_CODED = (
    models.BooleanField,
    models.DateField,
    models.UUIDField,
    models.ForeignKey,
    models.IntegerField,
)
"""Kinds of column that cannot carry a sentence; a text column only where its values come from a list."""


def register(model: type[models.Model], *, fields: Sequence[str]) -> None:
    """Let the audit log follow these columns of a model, and no other.

    Args:
        fields: states, codes, moments and keys. Empty: the log says that a row was made or changed, and no more.

    Raises:
        ValueError: a column may hold free text, a name or an encrypted value.
    """
    from auditlog.registry import auditlog  # noqa: PLC0415  # Needs the app registry, which is not there when apps.py is read.

    for name in fields:
        if not _is_coded(model._meta.get_field(name)):
            raise ValueError(f"{model.__name__}.{name} may hold what somebody wrote: keep it out of the audit log.")
    auditlog.register(model, include_fields=[str(model._meta.pk.name), *fields])


def _is_coded(field: object) -> bool:
    if isinstance(field, _CODED):
        return True
    return isinstance(field, models.CharField) and bool(field.choices)
