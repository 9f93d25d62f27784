"""Choices of a form that are known only when it is made."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms


def offer(form: forms.Form, name: str, offered: Sequence[tuple[str, str]]) -> None:
    """Offer these in a field of choices: key and words."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(offered)
