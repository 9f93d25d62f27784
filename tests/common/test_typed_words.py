"""What somebody typed is shown under the labels of the form, and not under the names of its fields."""

from __future__ import annotations

from django import forms

import decisions.forms.ending  # noqa: F401  # declares the forms that are spoken of
from common.forms import HubForm, typed
from common.forms.typed import worded


class ForTheTest(HubForm):
    """A form with a choice, a hidden count and a text."""

    colour_of_hat = forms.ChoiceField(label="Which hat?", choices=[("r", "Red hat"), ("Groups", [("g", "Green hat")])])
    hats_before = forms.IntegerField(widget=forms.HiddenInput)
    words_of_hat = forms.CharField(label="What it says")


def test_labels_choices_and_what_nobody_typed() -> None:
    typed._declared.cache_clear()  # Forms of the product are all there before the first page; this one came later.
    pairs = (
        ("colour_of_hat", "g"),
        ("hats_before", "3"),
        ("words_of_hat", "Hello"),
        ("rows-0-words_of_hat", "Again"),
        ("rows-TOTAL_FORMS", "1"),
        ("known_to_no_form", "x"),
        ("told_before", "0"),
        ("words_of_hat", ""),
    )
    assert worded(pairs) == [
        ("Which hat?", "Green hat"),
        ("What it says", "Hello"),
        ("Rows 0: What it says", "Again"),
        ("Known to no form", "x"),
    ]
