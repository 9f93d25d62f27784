"""Forms of the MASH summary: where each child goes, what the team reads, the door, the team's answer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from common.forms import ChangeForm
from decisions.choices import DeclineReason, DoorQuestion, FamilyTold
from decisions.forms.analysis import long_text

TEXTS = ("covering_text", "hazards", "household", "concern", "reasons", "agreement", "referrer", "missing")


class PlacingForm(ChangeForm):
    """To which team each child goes."""

    def __init__(
        self, *args: Any, placings: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (), **kwargs: Any
    ) -> None:
        """Ask about each child that is in no summary.

        Args:
            placings: key of the child, its name with the outcome, and key and name of each fitting team.
        """
        super().__init__(*args, **kwargs)
        self.keys = [key for key, _name, _teams in placings]
        for key, name, teams in placings:
            self.fields[f"team_{key}"] = forms.ChoiceField(
                label=name, required=False, choices=[("", "No team for now"), *teams]
            )

    def chosen(self) -> dict[uuid.UUID, uuid.UUID]:
        """Return child to team, for those that go to one."""
        said = {key: self.cleaned_data.get(f"team_{key}") for key in self.keys}
        return {uuid.UUID(key): uuid.UUID(team) for key, team in said.items() if team}


class SummaryForm(ChangeForm):
    """What the receiving team reads."""

    covering_text = long_text("To the team", "What you ask of them, and by when.")
    hazards = long_text(
        "Hazards of a visit", "Such as dogs, weapons, threats; or that none is recorded, or nobody was asked.", rows=3
    )
    concern = long_text("Concern for sharing", "Must not give away who told the hub and is not to be named.")
    household = long_text("Household", "Everybody else who belongs to it, as far as the team needs to know.")
    reasons = long_text("Level of need and reasons", "Nothing that rests on confidential information.")
    agreement = long_text("Agreement of the family, or the authorised basis for sharing without it", rows=3)
    family_told = forms.ChoiceField(
        label="Has the family been told?", required=False, choices=FamilyTold.choices, widget=forms.RadioSelect
    )
    referrer = long_text("Who was worried", "A professional, unless held back. Leave empty to hold it back.", rows=2)
    missing = long_text("What is missing", rows=3)
    items = forms.MultipleChoiceField(
        label="Items that go out",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of the items may not be passed on any more. Look at the list again"},
    )

    def __init__(self, *args: Any, items: Sequence[str] = (), is_draft: bool = False, **kwargs: Any) -> None:
        """Offer the items that their owners cleared.

        Args:
            items: values of the items, each in the version on the page.
            is_draft: take every part as it is, also empty.
        """
        super().__init__(*args, **kwargs)
        for name in ("family_told", *TEXTS):
            self.fields[name].required = name != "referrer" and not is_draft
        self.fields["items"].choices = [(value, value) for value in items]  # type: ignore[attr-defined]

    @property
    def texts(self) -> dict[str, str]:
        """The written parts."""
        return {name: self.cleaned_data.get(name, "") for name in TEXTS}

    @property
    def chosen(self) -> dict[uuid.UUID, int]:
        """Item to the version that was on the page."""
        pairs = (value.split(":") for value in self.cleaned_data.get("items", []))
        return {uuid.UUID(item): int(version) for item, version in pairs}

    @property
    def written(self) -> list[BoundField]:
        """The fields that are written; the items are drawn apart."""
        return [field for field in self.visible_fields() if field.name != "items"]


class DoorForm(ChangeForm):
    """The manager's question before a release; nothing is preselected."""

    reveals = {"door_question": {DoorQuestion.YES: ["agreed", "own_words", "own_words_clean"]}}
    door_question = forms.ChoiceField(
        label="Does anyone who meets this child or knocks on this door need to know something?",
        choices=DoorQuestion.choices,
        widget=forms.RadioSelect,
    )
    agreed = forms.MultipleChoiceField(
        label="Safety instructions agreed with the owner of confidential information",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of the instructions is not agreed any more. Look at the list again"},
    )
    own_words = long_text("Your own words", "Only what rests on nothing confidential.", rows=3)
    own_words_clean = forms.BooleanField(label="My own words rest on nothing confidential", required=False)

    def __init__(self, *args: Any, instructions: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """Offer the agreed instructions.

        Args:
            instructions: reference and words of each.
        """
        super().__init__(*args, **kwargs)
        if "agreed" in self.fields:
            self.fields["agreed"].choices = list(instructions)  # type: ignore[attr-defined]


class PlainDoorForm(DoorForm):
    """The same question where no safety instruction is agreed."""

    reveals = {"door_question": {DoorQuestion.YES: ["own_words", "own_words_clean"]}}
    agreed = None  # type: ignore[assignment]  # takes the field away


class MessageForm(ChangeForm):
    """A question to the hub, or its answer."""

    text = long_text("Your message", required=True)

    def __init__(self, *args: Any, label: str = "Your message", **kwargs: Any) -> None:
        """Call the field by what is asked for."""
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class DeclineForm(ChangeForm):
    """Why a team declines."""

    reason = forms.ChoiceField(label="Why do you decline?", choices=DeclineReason.choices, widget=forms.RadioSelect)
    text = long_text("For the manager: what happened", required=True)
