"""A question with three answers: yes, no, not known yet. A tick has two, and its empty box reads as a no."""

from __future__ import annotations

from typing import Any

from django import forms

from common.nothing_shown import NOT_KNOWN_YET

YES, NO, NOT_KNOWN = "yes", "no", "not_known"
_ANSWERS = {YES: True, NO: False}


class YesNoField(forms.ChoiceField):
    """Radios that give True, False, or None where nobody knows or nobody answered."""

    def __init__(self, *, yes: str = "Yes", no: str = "No", not_known: str = NOT_KNOWN_YET, **options: Any) -> None:
        """Make the field.

        Args:
            yes: the words of each answer, where "yes" and "no" alone would not say it.
        """
        shown = ((YES, yes), (NO, no), (NOT_KNOWN, not_known))
        widget = forms.RadioSelect({"small": True, "inline": True})
        super().__init__(**{"required": False, "choices": shown, "widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        """Return the radio for what is stored; none is chosen where nobody knows."""
        return {True: YES, False: NO}.get(value, value) if value is not None else None

    def clean(self, value: Any) -> bool | None:
        """Return the answer."""
        return _ANSWERS.get(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another answer was given than at first."""
        return bool(_ANSWERS.get(str(data)) != initial)
