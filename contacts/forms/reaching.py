"""The question by which ways it is safe to reach somebody."""

from __future__ import annotations

from typing import Any

from django import forms

from contacts.choices import SafeWay
from contacts.rules.reaching import safe_by_problem


class SafeWaysField(forms.MultipleChoiceField):
    """Boxes for the ways that are safe; none is ticked where nobody was asked."""

    def __init__(self, **options: Any) -> None:
        """Make the field; every part of it may be worded otherwise."""
        usual: dict[str, Any] = {
            "label": "How is it safe to reach them?",
            "help_text": "Nothing goes out in any other way. Tick nothing if nobody has asked",
            "choices": SafeWay.choices,
            "widget": forms.CheckboxSelectMultiple(attrs={"small": True}),
            "required": False,
        }
        super().__init__(**{**usual, **options})

    def clean(self, value: Any) -> list[str]:
        """Return the ways that were ticked, in the order of the boxes.

        Raises:
            forms.ValidationError: nobody may get in touch, and a way is ticked all the same.
        """
        ticked = super().clean(value)
        problem = safe_by_problem(ticked)
        if problem:
            raise forms.ValidationError(problem)
        return [way for way in SafeWay.values if way in ticked]
