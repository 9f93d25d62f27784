"""Protect now."""

from __future__ import annotations

from datetime import datetime

from django import forms

from common.forms import ActionForm, MomentField
from contacts.choices import SectionFortySeven
from contacts.rules.discussion import Discussion
from contacts.rules.intake import LONGEST_TEXT
from contacts.rules.protected import LONGEST_FROM

_TEXT = {"rows": 4}


class AlarmForm(ActionForm):
    """Why a child must be protected now: one answer and nothing else."""

    reason = forms.CharField(
        label="What is the danger?",
        help_text="A few words are enough. Everything else can follow.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(_TEXT),
        error_messages={"required": "Say in a few words what the danger is"},
    )


class WhereaboutsForm(ActionForm):
    """Where a child is, with whom, and until when that is safe."""

    place = forms.CharField(label="Where is the child now?", max_length=1000, required=False)
    with_whom = forms.CharField(label="With whom?", max_length=1000, required=False)
    protected_from = forms.CharField(
        label="Is this place to be kept from somebody? From whom?",
        help_text="Such as Craig Doe, where the child is with foster carers. Leave empty if not",
        max_length=LONGEST_FROM,
        required=False,
    )
    safe_until = MomentField(
        label="Safe until", help_text="Such as the end of the school day; leave empty if nobody can say", required=False
    )


class DiscussionForm(ActionForm):
    """A strategy discussion."""

    held_at = MomentField(label="When was it held?", help_text="Leave empty for now", required=False)
    invited = forms.CharField(
        label="Who was invited?", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(_TEXT)
    )
    present = forms.CharField(label="Who was present?", max_length=LONGEST_TEXT, widget=forms.Textarea(_TEXT))
    agreed = forms.CharField(label="What was agreed?", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8}))
    section_47 = forms.ChoiceField(
        label="Does a section 47 enquiry begin?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect({"inline": True}),
    )
    actions = forms.CharField(
        label="Who does what by when?", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(_TEXT)
    )

    def discussion(self, *, at: datetime) -> Discussion:
        """Return the discussion as typed."""
        said = self.cleaned_data
        return Discussion(
            held_at=said["held_at"] or at,
            invited=said["invited"],
            present=said["present"],
            agreed=said["agreed"],
            section_47=SectionFortySeven(said["section_47"]),
            actions=said["actions"],
        )


class StandDownForm(ActionForm):
    """Why protective work is not needed."""

    reason = forms.CharField(
        label="Why are the children safe without it?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(_TEXT),
        error_messages={"required": "Enter why the children are safe without it"},
    )
