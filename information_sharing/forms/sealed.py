"""Forms about what is confidential."""

from __future__ import annotations

from django import forms

from common.forms import ActionForm, ChangeForm


class InstructionForm(ActionForm):
    """The words that the manager proposes."""

    words = forms.CharField(
        label="What should the visiting worker read?",
        help_text="What to do, not what is known. The owner agrees these words or writes others.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )


class AgreeForm(ChangeForm):
    """The words that the owner agrees."""

    words = forms.CharField(
        label="Wording for the visiting worker",
        help_text="Leave them as proposed, or word them otherwise. Only these words go out.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )
