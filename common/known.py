"""The database refuses a choice that the code does not know: what cannot be worded is never stored."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q, TextChoices


def known(column: str, choices: type[TextChoices], name: str, *, blank: bool = False) -> CheckConstraint:
    """Return the constraint that a column holds one of its choices.

    Args:
        name: of the constraint, once in the database.
        blank: nothing is a choice too.
    """
    values = [*choices.values, *([""] if blank else [])]
    return CheckConstraint(condition=Q(**{f"{column}__in": values}), name=name)
