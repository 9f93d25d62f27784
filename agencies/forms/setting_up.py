"""What the pages are sent on which a hub is set up: the hub itself, its agencies, its receiving teams."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.choices import AgencyKind, DecisionBy, Nation, ScreeningBy, TeamKind
from common.forms import ActionForm

_TELEPHONE = {"class": "govuk-input--width-20", "inputmode": "tel"}


class HubForm(ActionForm):
    """What the hub is called, how it is reached, when it is open, and who decides."""

    name = forms.CharField(
        label="Name of the hub", max_length=120, help_text="As it stands on pages, mails and letters."
    )
    authority = forms.CharField(label="Authority", max_length=120)
    telephone = forms.CharField(
        label="Telephone of the front door", max_length=40, widget=forms.TextInput(attrs=_TELEPHONE)
    )
    out_of_hours_telephone = forms.CharField(
        label="Telephone out of hours", max_length=40, widget=forms.TextInput(attrs=_TELEPHONE)
    )
    disagree_with = forms.CharField(
        label="Whom a referrer rings who disagrees", max_length=200, required=False, help_text="A post and a number."
    )
    nation = forms.ChoiceField(
        label="Nation", choices=Nation.choices, help_text="Its bank holidays are days on which the hub is closed."
    )
    opens_at = forms.TimeField(
        label="Opens at",
        help_text="For example 09:00.",
        widget=forms.TimeInput(attrs={"class": "govuk-input--width-5"}, format="%H:%M"),
    )
    closes_at = forms.TimeField(
        label="Closes at",
        help_text="For example 17:00.",
        widget=forms.TimeInput(attrs={"class": "govuk-input--width-5"}, format="%H:%M"),
    )
    screening_by = forms.ChoiceField(label="Who screens", choices=ScreeningBy.choices)
    decision_by = forms.ChoiceField(label="Who decides", choices=DecisionBy.choices)

    def clean(self) -> dict[str, Any]:
        """Refuse a day that ends before it begins."""
        said: dict[str, Any] = super().clean() or {}
        opens, closes = said.get("opens_at"), said.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", "The hub closes before it opens: change one of them.")
        return said


class AgencyForm(ActionForm):
    """An organisation that takes part."""

    name = forms.CharField(label="Name", max_length=120, help_text="In full, as on its letters.")
    short_name = forms.CharField(label="Short name", max_length=40, help_text="As lists call it.")
    kind = forms.ChoiceField(label="Which service", choices=[("", "Choose a service"), *AgencyKind.choices])
    is_core = forms.BooleanField(
        label="It is a core agency: it may be named for what another one shares", required=False
    )
    telephone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs=_TELEPHONE)
    )


class TeamForm(ActionForm):
    """A team to which summaries and handovers go."""

    name = forms.CharField(label="Name", max_length=120)
    agency = forms.ChoiceField(label="Agency")
    kind = forms.ChoiceField(label="What it does", choices=[("", "Choose what it does"), *TeamKind.choices])
    telephone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs=_TELEPHONE)
    )

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the agencies by their keys."""
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
        chosen.choices = [("", "Choose an agency"), *agencies]
