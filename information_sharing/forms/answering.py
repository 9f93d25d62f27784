"""Forms of an answer as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from common.forms import ActionForm, ChangeForm, MomentField
from information_sharing.choices import Handling, WithheldReason

HANDLING_HINTS: dict[str, str] = {
    Handling.ONWARD: "The hub's decision team reads it; it may go into the summary for the receiving team.",
    Handling.HUB_ONLY: "The hub's decision team reads it; it never leaves the hub.",
    Handling.MANAGER_ONLY: "Only the MASH manager reads it. Everyone else reads “nothing to share”.",
}


class _SearchFields(ChangeForm):
    """Where the agency looked and by what."""

    systems = forms.CharField(
        label="Systems searched",
        help_text="As in your last answer; change it if you searched elsewhere.",
        max_length=300,
    )
    identifiers = forms.CharField(label="Identifiers used", max_length=300)


class NothingHeldForm(_SearchFields):
    """One click: nothing is held."""


class WithheldForm(_SearchFields):
    """Something is held and not shared."""

    field_order = ("reason", "systems", "identifiers")
    reason = forms.ChoiceField(
        label="Why is it not shared?",
        help_text="The hub reads this reason and nothing else.",
        choices=WithheldReason.choices,
        widget=forms.RadioSelect,
    )


class CannotSearchForm(ChangeForm):
    """Not yet, and until when."""

    until = MomentField(label="When will you be able to search?")


class AnswerForm(_SearchFields):
    """An answer item by item: how far it may be shared is chosen once, and varied where an item needs it."""

    field_order = ("block", "handling", "systems", "identifiers")
    hints: ClassVar[dict[str, dict[str, str]]] = {"handling": HANDLING_HINTS}
    block = forms.CharField(
        label="Paste a text and split it into items",
        help_text="It is split at its empty lines. Each piece becomes an item below.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=100_000,
    )
    handling = forms.ChoiceField(
        label="How far may this answer be shared?",
        help_text="Applies to every item unless you choose otherwise for it.",
        choices=Handling.choices,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to lose a pasted text that was not split."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("block"):
            self.add_error("block", "Press “Split into items”, or empty this box: what is in it is not sent.")
        return cleaned


class AddForm(ChangeForm):
    """New information after the answer; what is confidential has a page of its own."""

    hints: ClassVar[dict[str, dict[str, str]]] = {"handling": HANDLING_HINTS}
    handling = forms.ChoiceField(
        label="How far may it be shared?",
        choices=[choice for choice in Handling.choices if choice[0] != Handling.MANAGER_ONLY],
        widget=forms.RadioSelect,
    )


class ReaderForm(ActionForm):
    """Whom a lead lets read what the agency seals on a request."""

    membership = forms.ChoiceField(label="Who may read it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, members: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the agency's researchers and leads."""
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = members  # type: ignore[attr-defined]
