"""What the pages are sent on which a person, an agency or a team is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from common.forms import ChangeForm, DayField

_TELEPHONE = {"class": "govuk-input--width-20", "inputmode": "tel"}


class CorrectAccountForm(ChangeForm):
    """What the directory says of a person."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        help_text="As colleagues know them. What happened before keeps the old name.",
    )
    email = forms.EmailField(
        label="Work email address",
        max_length=254,
        help_text="They sign in with it. A change is told to the old and the new address.",
    )
    telephone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs=_TELEPHONE)
    )
    job_title = forms.CharField(label="Job title", max_length=120, required=False)
    is_registered_social_worker = forms.BooleanField(
        label="Registered social worker", required=False, help_text="Only a registered social worker closes a contact."
    )
    sponsor = forms.ChoiceField(
        label="Sponsor", required=False, help_text="The colleague who answers for it that they need the account."
    )
    review_on = DayField(
        label="Review due on", required=False, help_text="When it is asked again whether they need the account."
    )

    def __init__(self, *args: Any, sponsors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the colleagues by their keys."""
        super().__init__(*args, **kwargs)
        chosen = self.fields["sponsor"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
        chosen.choices = [("", "Nobody"), *sponsors]


class CorrectAgencyForm(ChangeForm):
    """What an agency is called and how it is reached."""

    name = forms.CharField(
        label="Name", max_length=120, help_text="In full. What was sent before keeps the name of its time."
    )
    short_name = forms.CharField(label="Short name", max_length=40, help_text="As lists call it.")
    telephone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs=_TELEPHONE)
    )


class CorrectTeamForm(ChangeForm):
    """What a team is called and how it is reached."""

    name = forms.CharField(label="Name", max_length=120)
    telephone = forms.CharField(
        label="Telephone", max_length=40, required=False, widget=forms.TextInput(attrs=_TELEPHONE)
    )
