"""Forms about what is confidential."""

from __future__ import annotations

from django import forms

from mash.common.forms import ActionForm, ChangeForm, HubForm

PURPOSES = (
    ("decision", "To decide on this enquiry"),
    ("rating", "To rate it"),
    ("safety", "To see whether somebody at the door needs to know"),
    ("protection", "To protect a child now"),
    ("complaint", "To answer a complaint or an inspection"),
)


class PurposeForm(HubForm):
    """Why the manager opens what is confidential; stands in the read log."""

    purpose = forms.ChoiceField(
        label="Why do you open it?",
        help_text="The purpose stands in the read log, which the owner and the auditor can see.",
        choices=PURPOSES,
        widget=forms.RadioSelect,
    )


class InstructionForm(ActionForm):
    """The words that the manager proposes."""

    words = forms.CharField(
        label="What should the person at the door read?",
        help_text="What to do, not what is known. The owner agrees these words or writes others.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )


class AgreeForm(ChangeForm):
    """The words that the owner agrees."""

    words = forms.CharField(
        label="Words that may be read at the door",
        help_text="Leave them as proposed, or word them otherwise. Only these words go out.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )
