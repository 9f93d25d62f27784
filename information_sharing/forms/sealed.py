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


class DecideWordsForm(ChangeForm):
    """The words that the manager decides once the owner's time is up, or at once."""

    words = forms.CharField(
        label="What should the visiting worker read?",
        help_text="What to do, not what is known.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )
    reason = forms.CharField(
        label="Why do you decide it?",
        help_text="The agency that owns the information reads it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
    )
    life_at_risk = forms.BooleanField(label="Life is at risk: it cannot wait for the agency", required=False)


class AgreeForm(ChangeForm):
    """The words that the owner agrees."""

    words = forms.CharField(
        label="Wording for the visiting worker",
        help_text="Leave them as proposed, or word them otherwise. Only these words go out.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
    )
