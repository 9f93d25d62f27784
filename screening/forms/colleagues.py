"""Forms about colleagues: who is away, who is on duty, and a manager's word on case roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any, ClassVar

from django import forms

from common.forms import ActionForm, ChangeForm, DayField, TimeField
from common.moments import london_moment
from screening.forms.choices import offer

NOBODY = "nobody"
WORD_YES, WORD_NO = "yes", "no"


class AbsenceForm(ActionForm):
    """From when to when a colleague is away, and who covers. Why they are away is asked nowhere."""

    groups: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (("When are they away?", ("starts_on", "ends_on")),)

    starts_on = DayField(label="First day away")
    ends_on = DayField(label="Last day away", help_text="On the day after, their work is theirs again by itself.")
    cover = forms.ChoiceField(
        label="Who covers for them?",
        widget=forms.RadioSelect,
        help_text="The cover sees and does their work meanwhile. Nothing confidential is inherited.",
    )

    def __init__(self, *args: Any, covers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make the form with those who may cover: key and words."""
        super().__init__(*args, **kwargs)
        nobody = (NOBODY, "Nobody: the MASH managers assign it, and whoever is on duty has the Reds")
        offer(self, "cover", [*covers, nobody])


class DutyForm(ActionForm):
    """Who is on duty, from when to when; whole days where no time is given."""

    membership = forms.ChoiceField(label="Social worker", widget=forms.RadioSelect)
    starts_on = DayField(label="First day on duty")
    starts_time = TimeField(label="From", required=False, help_text="A time like 17:00. Empty: from midnight.")
    ends_on = DayField(label="Last day on duty")
    ends_time = TimeField(label="Until", required=False, help_text="A time like 9am. Empty: to the end of the day.")

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make the form with the social workers who are at work: key and name."""
        super().__init__(*args, **kwargs)
        offer(self, "membership", workers)

    def clean(self) -> dict[str, Any]:
        """Return the moments too: the end is the first one that is not on duty any more."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("starts_on") and said.get("ends_on") and not self.errors:
            last, until = said["ends_on"], said["ends_time"]
            said["starts_at"] = london_moment(said["starts_on"], said["starts_time"] or time())
            said["ends_at"] = london_moment(last, until) if until else london_moment(last + timedelta(days=1))
        return said


class WordForm(ChangeForm):
    """A manager's yes or no to case roles. Nothing is preselected."""

    word = forms.ChoiceField(
        label="Shall they have these roles?",
        choices=((WORD_YES, "Yes: I give my word"), (WORD_NO, "No")),
        widget=forms.RadioSelect,
        error_messages={"required": "Say yes or no."},
    )
    reason = forms.CharField(
        label="If no, why not?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The administrator reads it. Nothing about a case.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a reason with a no, and for none with a yes."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("word") == WORD_NO and not (said.get("reason") or "").strip():
            self.add_error("reason", "Say why not: the administrator reads it.")
        return said
