"""Forms of single items: given, changed, sealed, taken down by telephone, confirmed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from common.forms import MOST_FORMS, ActionForm, ChangeForm, DayField, HubForm, HubFormSet, formset_of
from information_sharing.choices import AnswerKind, DatePrecision, Handling, Theme
from information_sharing.forms.answering import HANDLING_HINTS
from information_sharing.rules import pieces_of

Choices = Sequence[tuple[str, str]]
OPEN_HANDLINGS = [choice for choice in Handling.choices if choice[0] != Handling.MANAGER_ONLY]
AS_THE_WHOLE = ("", "As for the whole answer")
NOBODY = ("", "Nobody in particular")


class _ItemFields(HubForm):
    """What every item says: text, about whom, when, of which kind, from which record."""

    text = forms.CharField(label="What do you know?", widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
    subject = forms.ChoiceField(label="About whom", required=False, choices=[NOBODY])
    theme = forms.ChoiceField(label="Theme", required=False, choices=[("", "Choose a theme"), *Theme.choices])
    occurred_on = DayField(label="When it happened", required=False)
    precision = forms.ChoiceField(
        label="How sure is the date?", required=False, choices=[("", "That day"), *DatePrecision.choices[1:]]
    )
    source = forms.CharField(label="Your system or record", required=False, max_length=120)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        """Offer the people about whom the agency was asked."""
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [NOBODY, *people]  # type: ignore[attr-defined]


class _SharedFields(_ItemFields):
    """With whom else an item is shared."""

    handling = forms.ChoiceField(label="How far this item may be shared", required=False, choices=[])
    needed_at_night = forms.BooleanField(label="The out-of-hours team needs this at night", required=False)
    named = forms.MultipleChoiceField(
        label="May another core agency read it?",
        help_text="Works only for an agency that was asked about the same child and has answered. Default: nobody.",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
    )

    def __init__(self, *args: Any, agencies: Choices, handlings: Choices = (), **kwargs: Any) -> None:
        """Offer the hub's core agencies, whoever was asked."""
        super().__init__(*args, **kwargs)
        self.fields["handling"].choices = [AS_THE_WHOLE, *(handlings or Handling.choices)]  # type: ignore[attr-defined]
        if agencies:
            self.fields["named"].choices = agencies  # type: ignore[attr-defined]
        else:
            del self.fields["named"]


class ReviseForm(_SharedFields, ChangeForm):
    """An item as its owner wants it from now on."""

    hints: ClassVar[dict[str, dict[str, str]]] = {"handling": HANDLING_HINTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the handling itself: there is no whole answer to follow here."""
        super().__init__(*args, **kwargs)
        self.fields["handling"] = forms.ChoiceField(
            label="How far may it be shared?", choices=Handling.choices, widget=forms.RadioSelect
        )


DOOR = "Does anyone who meets this child or knocks on this door need to know something?"
YES_NO = [("yes", "Yes"), ("no", "No")]


def _door_words() -> forms.CharField:
    return forms.CharField(
        label="What should whoever visits read?",
        help_text="What to do, not what is known. The MASH manager may let these words go out, and no others.",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _words_where_yes(form: HubForm, cleaned: dict[str, Any]) -> None:
    """Ask for the words where somebody at the door must know, and take none where nobody must."""
    if cleaned.get("door") == "yes" and not cleaned.get("door_words", "").strip():
        form.add_error("door_words", "Write what whoever visits is to read")
    elif cleaned.get("door") != "yes":
        cleaned["door_words"] = ""


class SealForm(_ItemFields, ActionForm):
    """A deposit for the MASH manager alone, with the question that goes with it."""

    reveals: ClassVar[dict[str, dict[str, list[str]]]] = {"door": {"yes": ["door_words"]}}
    door = forms.ChoiceField(label=DOOR, choices=YES_NO, widget=forms.RadioSelect({"inline": True}))
    door_words = _door_words()

    def clean(self) -> dict[str, Any]:
        """Ask for the words where somebody must know."""
        cleaned = super().clean() or self.cleaned_data
        _words_where_yes(self, cleaned)
        return cleaned


class _AnsweredItem(_SharedFields):
    """An item of an answer; of a confidential one it is asked whether somebody at the door must know."""

    door = forms.ChoiceField(
        label=f"If it is confidential: {DOOR[0].lower()}{DOOR[1:]}",
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect({"small": True, "inline": True}),
    )
    door_words = _door_words()

    def __init__(self, *args: Any, handlings: Choices = (), **kwargs: Any) -> None:
        """Leave the question away where nothing confidential is taken."""
        super().__init__(*args, handlings=handlings, **kwargs)
        if handlings:
            del self.fields["door"], self.fields["door_words"]

    def clean(self) -> dict[str, Any]:
        """Ask for the words where somebody must know."""
        cleaned = super().clean() or self.cleaned_data
        _words_where_yes(self, cleaned)
        return cleaned


def asks_at_door(items: HubFormSet, *, handling: str) -> bool:
    """Put the question at each confidential item on which it stands open, and say whether there is any.

    Args:
        handling: that of the whole answer, for an item that says nothing else.
    """
    missing = False
    for form in items.forms:
        sealed = (form.cleaned_data.get("handling") or handling) == Handling.MANAGER_ONLY
        if form.has_changed() and sealed and not form.cleaned_data.get("door"):
            form.add_error("door", "This is confidential: say whether anyone who visits needs to know something")
            missing = True
    return missing


class SpokenForm(ChangeForm):
    """What an agency said by telephone."""

    spoken_by = forms.CharField(label="Who gave the answer?", help_text="Post and name.", max_length=120)
    said = forms.ChoiceField(
        label="What did they say?",
        choices=[
            (AnswerKind.SHARED, "They gave information"),
            (AnswerKind.NOTHING_TO_SHARE, "They have nothing to share"),
        ],
        widget=forms.RadioSelect,
    )
    systems = forms.CharField(label="Systems they searched", required=False, max_length=300)


class ConfirmForm(ChangeForm):
    """How far a spoken answer may be shared, chosen once."""

    hints: ClassVar[dict[str, dict[str, str]]] = {"handling": HANDLING_HINTS}
    handling = forms.ChoiceField(
        label="How far may this answer be shared?",
        help_text="Applies to every item unless you choose otherwise for it.",
        choices=OPEN_HANDLINGS,
        widget=forms.RadioSelect,
    )


class ConfirmItemForm(HubForm):
    """One item of a spoken answer, put right where it was misheard."""

    text = forms.CharField(label="What was recorded", widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000)
    handling = forms.ChoiceField(
        label="How far this item may be shared", required=False, choices=[AS_THE_WHOLE, *OPEN_HANDLINGS]
    )


ItemSet = formset_of(_AnsweredItem, noun="item")
SpokenItemSet = formset_of(_ItemFields, noun="item")


def new_item(answers: Mapping[str, Any], *, handling: str) -> dict[str, Any]:
    """Return an item's answers as the actions take them.

    Args:
        handling: that of the whole answer, for an item that says nothing else.
    """
    return {
        "text": answers["text"],
        "handling": answers.get("handling") or handling,
        "subject_id": uuid.UUID(answers["subject"]) if answers.get("subject") else None,
        "theme": answers.get("theme") or Theme.OTHER,
        "occurred_on": answers.get("occurred_on"),
        "precision": answers.get("precision") or DatePrecision.DAY,
        "source": answers.get("source", ""),
        "needed_at_night": bool(answers.get("needed_at_night")),
        "named": tuple(uuid.UUID(key) for key in answers.get("named", ())),
    }


def with_pieces(posted: QueryDict, *, prefix: str, block: str) -> QueryDict:
    """Return posted data in which a pasted text stands split behind the items that were written already.

    The formset reads it as "add another", so that the page is shown again and nothing is judged yet.
    """
    changed = posted.copy()
    total = str(changed.get(f"{prefix}-TOTAL_FORMS", ""))
    written = min(int(total), MOST_FORMS) if total.isascii() and total.isdigit() else 0
    while written and not str(changed.get(f"{prefix}-{written - 1}-text", "")).strip():
        written -= 1
    pieces = pieces_of(block, most=max(MOST_FORMS - written, 1))
    for place, piece in enumerate(pieces, start=written):
        changed[f"{prefix}-{min(place, MOST_FORMS - 1)}-text"] = piece
    changed[f"{prefix}-TOTAL_FORMS"] = str(max(min(written + len(pieces), MOST_FORMS) - 1, 0))
    changed[f"{prefix}-add"] = "1"
    changed["block"] = ""
    return changed
