"""The question whether unlikely dates are right, asked of those alone who typed some."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundField

from common.forms import HubForm

CHECKED = "dates_checked"


class AsksAgain(HubForm):
    """A form that asks again before an unlikely date is stored."""

    dates_checked = forms.BooleanField(label="I looked again: the dates are right", required=False)

    @property
    def sections(self) -> list[tuple[str, list[BoundField]]]:
        """The questions, without this one until there is a reason for it."""
        every = super().sections
        if CHECKED in self.errors or self[CHECKED].value():
            return every
        return [(legend, [field for field in fields if field.name != CHECKED]) for legend, fields in every]
