"""Rows that a function of the database gives out past the rule of their table, after asking its own."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from common.encryption import EncryptedTextField

M = TypeVar("M", bound=models.Model)


def past_the_rule(rows: models.QuerySet[M], function: str, *values: object) -> list[M]:
    """Return the rows that a function of the database gives out past the rule of their table, after asking its own."""
    model = rows.model
    table = model._meta.db_table
    columns = ", ".join(
        f'fw.with_key("{one.column}", {table}.id::text) AS "{one.column}"'
        if isinstance(one, EncryptedTextField)
        else f'"{one.column}"'
        for one in model._meta.concrete_fields
    )
    asked = f"SELECT {columns} FROM {function}(%s, %s) AS {table}"  # noqa: S608  # names of our own
    return list(rows.raw(asked, list(values)))
