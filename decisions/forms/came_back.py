"""Forms of what came back: that it did, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from common.forms import ActionForm, DayField
from decisions.choices import SeenToBy, StandsOnIt
from decisions.forms.undelivered import SeeToForm


class CameBackForm(ActionForm):
    """What came back, when, and what stands on it; nothing is preselected."""

    reveals = {"stands_on_it": {StandsOnIt.OTHER: ["words"]}}  # as every form of the hub
    what = forms.ChoiceField(label="What came back?", widget=forms.RadioSelect)
    came_back_on = DayField(label="The day on which it came back")
    stands_on_it = forms.ChoiceField(label="What stands on it?", widget=forms.RadioSelect, choices=StandsOnIt.choices)
    words = forms.CharField(
        label="What else stands on it",
        required=False,
        max_length=300,
        help_text="Not a new address: that belongs into the contact.",
    )

    def __init__(self, *args: Any, left: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """Offer what has left.

        Args:
            left: what the form sends, and its words.
        """
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = left  # type: ignore[attr-defined]


class SettleReturnForm(SeeToForm):
    """What was done about it. A letter is sent again by writing it again, not here."""

    def __init__(self, *args: Any, is_letter: bool = False, **kwargs: Any) -> None:
        """Offer to send again what is an email.

        Args:
            is_letter: a letter to a parent came back.
        """
        super().__init__(*args, to_account=is_letter, **kwargs)
        if is_letter:
            way = self.fields["way"]
            way.choices = [one for one in way.choices if one[0] != SeenToBy.TRIED_AGAIN]  # type: ignore[attr-defined]
