"""Filters of the log. What they carry into an address are choices, days and references: no word that somebody typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms

from common.forms import DayField, HubForm
from common.normal.references import plain_reference_of

DONE_TO = (
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
    ("refusal", "Refused attempts"),
)


class ReferenceField(forms.CharField):
    """The reference of a record; anything else, such as a name, is refused before it comes into an address."""

    def __init__(self, label: str) -> None:
        """Make the field, which may be left out."""
        narrow = forms.TextInput(attrs={"class": "govuk-input--width-10"})
        super().__init__(label=label, required=False, max_length=40, widget=narrow)

    def clean(self, value: Any) -> str:
        """Return it in the form in which it is kept."""
        typed = str(super().clean(value))
        reference = plain_reference_of(typed)
        if typed and not reference:
            raise forms.ValidationError("Enter a reference such as M-7KQ4-M2XD")
        return reference


class PeriodForm(HubForm):
    """A period of the log."""

    from_day = DayField(label="First day", required=False)
    to_day = DayField(label="Last day", required=False)

    only_sent: ClassVar[frozenset[str]] = frozenset()
    """What is typed to find something by, and comes into no address."""

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        answers = super().clean() or {}
        first, last = answers.get("from_day"), answers.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", "Enter a last day that is not before the first day")
        return answers

    @property
    def said(self) -> list[str]:
        """What was looked for, in words: a question and its answer each; empty where nothing was, or not understood."""
        answers = self.cleaned_data if self.is_bound and self.is_valid() else {}
        asked = ((name, answer) for name, answer in answers.items() if answer and name not in self.only_sent)
        return [f"{self.fields[name].label}: {self._in_words(name, answer)}" for name, answer in asked]

    def _in_words(self, name: str, answer: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(answer, answer))  # type: ignore[arg-type]  # flat: no groups here
        if isinstance(answer, date):
            return f"{answer.day} {answer:%B %Y}"
        return "yes" if answer is True else str(answer)

    def in_address(self, **further: str) -> str:
        """Return the answers that were judged as the end of an address, empty where there are none."""
        said: dict[str, str] = {}
        for name, answer in (self.cleaned_data if self.is_bound and self.is_valid() else {}).items():
            if name in self.only_sent:
                continue
            if isinstance(answer, date):
                said |= {f"{name}_{part}": str(getattr(answer, part)) for part in ("day", "month", "year")}
            elif answer:
                said[name] = "on" if answer is True else str(answer)
        said |= further
        return f"?{urlencode(said)}" if said else ""


class ReceiptForm(PeriodForm):
    """Which receipts: everything may be left out."""

    reference = ReferenceField("Reference of the request")
    own_too = forms.BooleanField(label="Also what your own agency read", required=False)
    field_order = ["reference", "from_day", "to_day", "own_too"]


class ActivityForm(PeriodForm):
    """Who did, read or tried what, when: everything may be left out."""

    kind = forms.ChoiceField(label="What to look for", required=False, choices=KINDS)
    reference = ReferenceField("Reference")
    name = forms.CharField(
        label="Name of the person who did it",
        required=False,
        max_length=120,
        help_text="All of it or a part. A person who has left is found as well.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    person = forms.ChoiceField(
        label="Person who did it",
        required=False,
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={"invalid_choice": "This finds nobody any more: search by name."},
    )
    agency = forms.ChoiceField(label="Agency", required=False)
    deed = forms.ChoiceField(label="Kind of record", required=False, choices=DONE_TO)
    field_order = ["name", "person", "kind", "reference", "agency", "deed", "from_day", "to_day"]
    only_sent = frozenset({"name"})

    def __init__(
        self,
        *args: Any,
        agencies: Sequence[tuple[str, str]],
        people: Sequence[tuple[str, str]],
        more: bool = False,
        **kwargs: Any,
    ) -> None:
        """Make the form with what there is to choose from: key and name.

        Args:
            people: those who were found by what was typed, or the one who was chosen; none leaves the question out,
                unless one was asked for.
            more: whether more were found than are offered.
        """
        super().__init__(*args, **kwargs)
        self.are_more = more
        anybody = [] if self.data.get("name") else [("", "Anybody")]  # Of a name that was typed, one is meant.
        for name, offered in (("agency", [("", "Any agency"), *agencies]), ("person", [*anybody, *people])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        if not people and not self.data.get("person"):
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        """Ask which person is meant, where more than one was found by the name that was typed."""
        answers = super().clean()
        found = [key for key, _ in getattr(self.fields.get("person"), "choices", ()) if key]
        if not answers.get("name") or answers.get("person") in found:
            return answers
        if not found:
            self.add_error("name", "Nobody who has worked here has this in their name")
        elif len(found) == 1:
            answers["person"] = found[0]
        else:
            self.add_error("person", "Choose which of them you mean")
        if self.are_more:
            self.add_error("name", f"More than {len(found)} people have this in their name: type more of it")
        return answers
