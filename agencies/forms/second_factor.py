"""What is sent where a second factor is given, set up, reset, or asked of roles."""

from __future__ import annotations

from typing import Any

from django import forms

from agencies.choices import MadeSure, ResetReason, Role
from common.forms import ActionForm, HubForm

_CODE = {
    "class": "govuk-input--width-10",
    "autocomplete": "one-time-code",
    "autocapitalize": "none",
    "spellcheck": "false",
}


class CodeInput(forms.TextInput):
    """The box of a code, which comes back empty: what was typed is used up or wrong."""

    def format_value(self, value: Any) -> None:
        """Show nothing."""


def _code(label: str, help_text: str) -> forms.CharField:
    """Return the field of a code; its name keeps it out of what is kept of typed forms, like a password."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=40,
        widget=CodeInput(attrs=_CODE),
        error_messages={"required": "Enter the code."},
    )


def _password() -> forms.CharField:
    return forms.CharField(
        label="Your password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )


class CodeForm(HubForm):
    """The second factor at sign-in."""

    one_time_password = _code(
        "Code",
        "The six figures that your device shows now. Or one of your recovery codes, if you do not have the device.",
    )


class SetUpFactorForm(ActionForm):
    """A device that is to be the second factor, seen to work."""

    one_time_password = _code("Code", "The six figures that the device shows now for this hub.")
    password = _password()

    def __init__(self, *args: Any, asks_password: bool, **kwargs: Any) -> None:
        """Ask for the password unless it was given only just now.

        Args:
            asks_password: whether to ask.
        """
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]


class PasswordAgainForm(ActionForm):
    """The password once more."""

    password = _password()


class ResetFactorForm(ActionForm):
    """Why somebody's second factor is taken away, and how it is known who asked."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=ResetReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say why."},
    )
    made_sure = forms.ChoiceField(
        label="How did you make sure that it is them?",
        choices=MadeSure.choices,
        widget=forms.RadioSelect,
        help_text="A mail, or a call from a number that you do not know, is not enough: anybody can write or ring.",
        error_messages={"required": "Say how you made sure that it is them."},
    )


class SecondFactorRolesForm(ActionForm):
    """In which roles nobody works without a second factor."""

    roles = forms.MultipleChoiceField(
        label="Who must have a second factor?",
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whoever has none sets one up at their next page, before all else. All others may have one.",
    )
