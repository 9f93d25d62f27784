"""The column that says by which ways it is safe to reach somebody."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from contacts.choices import SafeWay


def safe_ways_field() -> ArrayField[Any, Any]:
    """Return the column; empty means that nobody was asked."""
    return ArrayField(
        models.CharField(max_length=12, choices=SafeWay.choices),
        default=list,
        blank=True,
        help_text="How it is safe to reach them; empty: nobody was asked.",
    )
