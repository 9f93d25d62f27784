"""The form that stands before what is confidential: why, and the password once more."""

from __future__ import annotations

from django import forms

from common.forms.base import ActionForm

PURPOSES = (
    ("decision", "To decide on this enquiry"),
    ("rating", "To rate it"),
    ("safety", "To see whether a visiting worker needs to know"),
    ("protection", "To protect a child now"),
    ("complaint", "To answer a complaint or an inspection"),
)


class OpeningForm(ActionForm):
    """Why the manager opens what is confidential, which stands in the read log; and their password, each time.

    The one-time key makes it so: a browser that sends the form again opens nothing.
    """

    purpose = forms.ChoiceField(
        label="Why do you open it?",
        help_text="The purpose is logged, and the owner and the auditor can see it.",
        choices=PURPOSES,
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label="Your password",
        help_text="Asked each time, so that an unlocked screen opens nothing.",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    @property
    def purpose_in_words(self) -> str:
        """The purpose that was chosen, as the page says it."""
        return dict(PURPOSES)[self.cleaned_data["purpose"]]
