"""Forms of a contact and an enquiry: screening, rating, handing over, looking into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from agencies.choices import Finding, ReviewPurpose
from clock.choices import Colour
from common.forms import ActionForm, ChangeForm, DayField, HubForm, MomentField
from contacts.choices import LevelOfNeed
from screening.choices import HANDED_OVER, Criterion, EnquiryState, Exit
from screening.forms.choices import offer
from screening.rules import LEAST_NEED, LEAST_REASON, LEAST_REASONS, LONGEST_TEXT

NEW_ENQUIRY = "new"
SMALL = 5


def _long(label: str, *, required: bool = True, help_text: str = "", rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DecideScreeningForm(ChangeForm):
    """Where a contact goes, with level of need per child and reasons. Nothing is preselected."""

    exit = forms.ChoiceField(
        label="Where does this contact go?", choices=Exit.choices, widget=forms.RadioSelect(attrs={"small": True})
    )
    criteria = forms.MultipleChoiceField(
        label="Which of the agreed criteria are met?",
        choices=Criterion.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
        error_messages={"required": "Select the criteria that are met, or that none is"},
    )
    reasons = _long("Reasons", help_text=f"At least {LEAST_REASONS} characters. Always asked for, whatever the exit.")
    proposed_colour = forms.ChoiceField(
        label="Proposed rating",
        required=False,
        choices=Colour.choices,
        widget=forms.RadioSelect(attrs={"inline": True, "small": True}),
        help_text="The MASH manager rates; leave it open if you do not want to propose one.",
    )
    joins = forms.ChoiceField(label="New or running enquiry?", required=False, widget=forms.RadioSelect)
    team = forms.ChoiceField(label="Team that takes over", required=False)
    handover_text = _long(
        "What the team is told",
        required=False,
        help_text="Children, concern and reasons as you choose them. The team is shown nothing else of this contact.",
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[int, str]],
        joinable: Sequence[tuple[str, str]],
        teams: Sequence[tuple[str, str]],
        closing: Iterable[str],
        **kwargs: Any,
    ) -> None:
        """Make the form for one contact.

        Args:
            children: position and name of each child.
            joinable: reference and words of each running enquiry about the same people.
            teams: key and words of each team that may take over.
            closing: exits that this person may not choose, because only a registered social worker closes.
        """
        super().__init__(*args, **kwargs)
        self.levels = [f"level_{position}" for position, _name in children]
        for position, name in children:
            self.fields[f"level_{position}"] = forms.ChoiceField(
                label=f"Level of need: {name}",
                choices=LevelOfNeed.choices,
                widget=forms.RadioSelect(attrs={"small": True, "inline": True}),
                error_messages={"required": f"Select a level of need for {name}"},
            )
        running = [(reference, f"Joins {words}") for reference, words in joinable]
        self._choose("joins", [(NEW_ENQUIRY, "A new MASH enquiry"), *running])
        self._choose("team", [("", "Choose a team"), *teams])
        if not joinable:
            del self.fields["joins"]
        self._arrange(closing)

    def _arrange(self, closing: Iterable[str]) -> None:
        into_the_mash = [name for name in ("proposed_colour", "joins") if name in self.fields]
        self.reveals = {"exit": {Exit.MASH.value: into_the_mash}}  # type: ignore[misc]
        only = "Only a registered social worker chooses this"
        self.hints = {"exit": dict.fromkeys(closing, only)}  # type: ignore[misc]
        self.groups = (  # type: ignore[misc]
            ("Criteria and level of need", ["criteria", *self.levels]),
            ("Where it goes", ["exit"]),
            ("If a team takes over", ["team", "handover_text"]),
            ("Why", ["reasons"]),
        )

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen exit needs."""
        answers = super().clean() or {}
        chosen = answers.get("exit", "")
        if chosen in HANDED_OVER:
            if not answers.get("team"):
                self.add_error("team", "Choose the team that takes over")
            if not answers.get("handover_text"):
                self.add_error("handover_text", "Enter what the team is told")
        if chosen == Exit.MASH and "joins" in self.fields and not answers.get("joins"):
            self.add_error("joins", "Select whether this is a new enquiry or joins a running one")
        return answers

    @property
    def chosen_levels(self) -> dict[int, str]:
        """The levels of need by the position of the child."""
        return {int(name.removeprefix("level_")): self.cleaned_data.get(name, "") for name in self.levels}


class ViewForm(ActionForm):
    """The view of one agency on the panel."""

    exit = forms.ChoiceField(
        label="Where would your agency send this contact?",
        choices=Exit.choices,
        widget=forms.RadioSelect(attrs={"small": True}),
    )
    reason = _long("Your agency's reason", help_text=f"At least {LEAST_REASON} characters.", rows=SMALL)


class RateForm(ChangeForm):
    """The first rating; nothing is preselected, whatever was proposed."""

    colour = forms.ChoiceField(label="Rating", choices=Colour.choices, widget=forms.RadioSelect)
    reason = _long("Reason", required=False, rows=SMALL)


class RerateForm(RateForm):
    """A further rating, which needs a reason."""

    reason = _long("Why does the rating change?", help_text=f"At least {LEAST_REASON} characters.", rows=SMALL)


class LateForm(ActionForm):
    """Which clock was missed, and why."""

    deadline = forms.ChoiceField(label="What was late?", widget=forms.RadioSelect)
    reason = _long("Why was it late?", rows=SMALL)

    def __init__(self, *args: Any, clocks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the clocks that were missed, as far as the viewer sees them."""
        super().__init__(*args, **kwargs)
        offer(self, "deadline", clocks)


class OwnDeadlineForm(ChangeForm):
    """The manager's own deadline for one enquiry."""

    own_due_at = MomentField(label="Decision due by")
    reason = _long(
        "Why does it need a deadline of its own?", help_text=f"At least {LEAST_REASON} characters.", rows=SMALL
    )


class ReopenForm(ChangeForm):
    """Why a closed enquiry is opened again."""

    reason = _long("Why is it opened again?", help_text=f"At least {LEAST_REASON} characters.", rows=SMALL)


class AssignForm(ChangeForm):
    """Whose enquiry it is."""

    social_worker = forms.ChoiceField(label="Social worker", widget=forms.RadioSelect)

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make the form with the social workers who are at work now: key and words."""
        super().__init__(*args, **kwargs)
        field = self.fields["social_worker"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(workers)


class JoinForm(ActionForm):
    """The contact that joins an enquiry: one of those shown, or typed."""

    contact = forms.CharField(
        label="Reference of the contact",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text="Such as C-7KQ4-M2XD",
    )


class SaidForm(ChangeForm):
    """A query, an answer or a reason for declining."""

    text = _long("What do you want to say?", help_text=f"At least {LEAST_REASON} characters.", rows=SMALL)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        """Make the form with its question."""
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class SendAnewForm(ActionForm):
    """To whom a declined or withdrawn handover goes now, and with which text."""

    team = forms.ChoiceField(label="Team that takes over")
    handover_text = _long("What the team is told")

    def __init__(self, *args: Any, teams: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make the form with the teams of the kind that the exit asks for: key and words."""
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Choose a team"), *teams]


class EnquiryFilterForm(HubForm):
    """What the list of enquiries keeps; anything odd in the address is as if it were not there."""

    state = forms.ChoiceField(label="Stage", required=False, choices=[("", "All that run"), *EnquiryState.choices])
    colour = forms.ChoiceField(
        label="Rating", required=False, choices=[("", "Any"), *Colour.choices, ("none", "Not rated")]
    )
    mine = forms.BooleanField(label="Only mine", required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=400, widget=forms.HiddenInput)


class ReviewForm(ActionForm):
    """Who reviews an enquiry, what for, and between which days."""

    membership = forms.ChoiceField(label="Reviewer", widget=forms.RadioSelect)
    purpose = forms.ChoiceField(
        label="What is the review for?", choices=ReviewPurpose.choices, widget=forms.RadioSelect(attrs={"small": True})
    )
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")

    def __init__(self, *args: Any, reviewers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Make the form with the reviewers of this hub: key and words."""
        super().__init__(*args, **kwargs)
        field = self.fields["membership"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(reviewers)


class EmergencyAccessForm(ActionForm):
    """Which enquiry somebody must open now, and why."""

    reference = forms.CharField(
        label="Reference of the MASH enquiry",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        help_text="As it was told to you, such as M-7KQ4-M2XD",
    )
    reason = _long(
        "Why must you open it now?",
        help_text=f"At least {LEAST_NEED} characters. The MASH manager reads it; the auditor reviews what you did.",
        rows=4,
    )


class FindingForm(ActionForm):
    """What the auditor finds of one use, and why. Nothing is preselected."""

    finding = forms.ChoiceField(
        label="Was it justified?",
        choices=Finding.choices,
        widget=forms.RadioSelect(attrs={"inline": True, "small": True}),
    )
    words = _long(
        "What are your reasons?",
        help_text=f"In your own words, at least {LEAST_REASON} characters. MASH managers and auditors read them.",
        rows=3,
    )


class CloseToForm(ActionForm):
    """What is closed to whom by a conflict of interest, and why. Nothing is preselected."""

    what = forms.ChoiceField(label="Excluded from what?", widget=forms.RadioSelect(attrs={"small": True}))
    whom = forms.ChoiceField(
        label="Who is excluded?",
        help_text="A person in everything they do here, in one membership only, a team, or an agency.",
    )
    reason = _long(
        "Reason", help_text=f"At least {LEAST_REASON} characters. Only managers who are not excluded read it.", rows=3
    )

    def __init__(
        self, *args: Any, what: Sequence[tuple[str, str]], whom: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("what", what), ("whom", [("", "Choose"), *whom])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
            field.choices = list(offered)


class SettleMatchForm(ActionForm):
    """Whether a match with the staff list is really them."""

    outcome = forms.ChoiceField(
        label="Is it the same person?",
        choices=(("closed", "Yes: exclude them from the case"), ("not_them", "No, it is somebody else")),
        widget=forms.RadioSelect,
    )
    reason = _long("How do you know?", help_text=f"At least {LEAST_REASON} characters.", rows=3)


class InterestForm(ActionForm):
    """A person's word that they know the family."""

    sure = forms.BooleanField(
        label="I know somebody in this case, or have another interest in it",
        error_messages={"required": "Select this if you have a conflict of interest; if not, go back"},
    )
    reason = _long("How do you know them?", required=False, help_text="Only managers read it.", rows=3)
