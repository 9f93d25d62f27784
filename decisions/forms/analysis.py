"""The form of the analysis: every part may wait while it is a draft."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from common.forms import HubForm, VersionField
from decisions.choices import Outcome

LONG = 20_000


def long_text(label: str, hint: str = "", *, rows: int = 4, required: bool = False) -> forms.CharField:
    """Return a field for a text of up to 20,000 characters."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=LONG, widget=forms.Textarea({"rows": rows})
    )


ASKED = {
    "family_conversation": "Write what the family said, or why you have not spoken with them",
    "risks": "Write what the risks are",
    "protection": "Write what protects the children, or that you know of nothing",
    "child_views": "Write what each child says or shows, or why that is not known",
    "family_views": "Write what the family thinks, or why that is not known",
    "gaps": "Write what you still do not know, or that nothing is open",
    "summary": "Write a summary of two or three sentences",
    "recommended_outcome": "Select what you recommend",
    "recommendation": "Write what you recommend and why",
}
"""Parts that the manager needs, and what is said of an empty one."""


class AnalysisForm(HubForm):
    """What the social worker makes of it, with the key of its page: it saves over itself and nobody else."""

    page_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = VersionField()
    family_conversation = long_text(
        "Conversation with the family",
        "Who was spoken to, when, and what they said. If nobody was, why not.",
        required=True,
    )
    risks = long_text("Risks", "What may harm the children, how likely, how soon.", required=True)
    protection = long_text("What protects the children", required=True)
    child_views = long_text("What the children say or show", required=True)
    family_views = long_text("What the family thinks", required=True)
    gaps = long_text("What is not known", "And whether a decision can be made without it.", required=True)
    summary = long_text("Summary", "Two or three sentences that the manager reads first.", rows=3, required=True)
    recommended_outcome = forms.ChoiceField(
        label="What you recommend", choices=Outcome.choices, widget=forms.RadioSelect
    )
    recommendation = long_text("Recommendation and why", required=True)
    items = forms.MultipleChoiceField(
        label="Items picked",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of the items was reworded or withdrawn. Look at the list again"},
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]] = (),
        items: Sequence[str] = (),
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        """Ask what it means for each child.

        Args:
            children: key and name of each.
            items: values of the items that can be picked.
            is_draft: take every part as it is, also empty.
        """
        super().__init__(*args, **kwargs)
        for name, sentence in ASKED.items():
            self.fields[name].error_messages["required"] = sentence
        self.children = [f"meaning_{key}" for key, _name in children]
        for key, name in children:
            self.fields[f"meaning_{key}"] = long_text(f"What it means for {name}", required=True)
            self.fields[f"meaning_{key}"].error_messages["required"] = f"Write what all this means for {name}"
        self.fields["items"].choices = [(value, value) for value in items]  # type: ignore[attr-defined]
        if is_draft:
            for name in (*ASKED, *self.children):
                self.fields[name].required = False
        first = ["page_key", "version", "family_conversation", *self.children]
        self.order_fields(first)

    @property
    def meanings(self) -> dict[uuid.UUID, str]:
        """Child to what it all means for it."""
        return {uuid.UUID(name.removeprefix("meaning_")): self.cleaned_data.get(name, "") for name in self.children}

    @property
    def picked(self) -> dict[uuid.UUID, int]:
        """Item to the version that was on the page."""
        pairs = (value.split(":") for value in self.cleaned_data.get("items", []))
        return {uuid.UUID(item): int(version) for item, version in pairs}

    @property
    def written(self) -> list[BoundField]:
        """The fields that are written, in order; the items are drawn apart."""
        return [field for field in self.visible_fields() if field.name != "items"]
