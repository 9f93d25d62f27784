"""The auditor's filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from mash.common.forms import DayField, HubForm

DEEDS = (
    ("", "Any record"),
    ("contact", "Contacts"),
    ("person", "Links of people"),
    ("protection", "Protective work"),
    ("screening", "Screening"),
    ("enquiry", "MASH enquiries"),
    ("handover", "Handovers"),
    ("request", "Information requests"),
    ("item", "Items of information"),
    ("instruction", "Safety instructions"),
    ("analysis", "Analyses"),
    ("decision", "Decisions"),
    ("summary", "MASH summaries"),
    ("feedback", "Feedback"),
    ("letter", "Letters"),
    ("complaint", "Complaints"),
    ("membership", "Memberships"),
    ("agency", "Agencies"),
)
"""First word of an event, and what the page calls it."""


KINDS = (
    ("", "All of it"),
    ("event", "What was done"),
    ("reading", "What was read"),
    ("refusal", "Tries that were refused"),
)


class PeriodForm(HubForm):
    """A period of the log."""

    from_day = DayField(label="First day", required=False)
    to_day = DayField(label="Last day", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        answers = super().clean() or {}
        first, last = answers.get("from_day"), answers.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", "Enter a last day that is not before the first day")
        return answers


class ReceiptForm(PeriodForm):
    """Which receipts: everything may be left out."""

    reference = forms.CharField(
        label="Reference of the request",
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    own_too = forms.BooleanField(label="Also what your own agency read", required=False)
    field_order = ["reference", "from_day", "to_day", "own_too"]


class ActivityForm(PeriodForm):
    """Who did, read or tried what, when: everything may be left out."""

    kind = forms.ChoiceField(label="What to look for", required=False, choices=KINDS)
    reference = forms.CharField(
        label="Reference",
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    actor = forms.CharField(label="Name of the person who did it", required=False, max_length=120)
    agency = forms.ChoiceField(label="Agency", required=False)
    deed = forms.ChoiceField(label="Done to", required=False, choices=DEEDS)
    field_order = ["kind", "reference", "actor", "agency", "deed", "from_day", "to_day"]

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make the form with the agencies to choose from: key and name."""
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Any agency"), *agencies]
