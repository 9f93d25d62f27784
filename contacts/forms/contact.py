"""The phone intake and what may be completed later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from common.forms import ActionForm, ChangeForm, DayField, HubForm, MomentField, YesNoField
from common.moments import london_day
from contacts.choices import Channel, FamilyAgreement, Known, MayTell, Purpose, ReferrerKind
from contacts.forms.again import AsksAgain
from contacts.forms.hidden import KeepsHidden
from contacts.forms.reaching import SafeWaysField
from contacts.rules.dates import impossible_day
from contacts.rules.intake import (
    LONGEST_TEXT,
    Intake,
    ReportedPerson,
    ReportedReferrer,
    hazard_problems,
    intake_problems,
    known_problems,
    protected_problems,
    reason_problems,
)
from contacts.rules.protected import LONGEST_FROM

PRIVATE = (
    ("", "As usual for this kind of referrer"),
    ("yes", "Yes, keep them private"),
    ("no", "No, they may be named"),
)
_LONG = {"rows": 8}
_SHORT = {"rows": 3}

_KNOWN_FIELDS = ["known", "systems_searched", "open_to"]
_AGREEMENT_FIELDS = ["agreement", "agreement_reason", "may_tell", "may_tell_reason"]
_HOME_FIELDS = ["address", "address_is_protected", "visit_hazard"]
REFERRER_FIELDS = [
    "name",
    "organisation",
    "post",
    "telephone",
    "email",
    "safe_by",
    "safe_ways",
    "own_reference",
    "is_private",
]


class Completable(HubForm):
    """Answers that may be given at once or completed later."""

    reveals = {
        "known": {"open": ["open_to"]},
        "visit_hazard": {"yes": ["hazards"]},
        "address_is_protected": {"yes": ["protected_from"]},
        "may_tell": {"no": ["may_tell_reason"]},
    }

    known = forms.ChoiceField(
        label="Is a child known, or open to a worker?",
        choices=Known.choices,
        widget=forms.RadioSelect({"small": True}),
        required=False,
    )
    systems_searched = forms.CharField(label="Systems searched", max_length=300, required=False)
    open_to = forms.CharField(label="Open to which worker or team?", max_length=200, required=False)
    concern = forms.CharField(
        label="Concern for sharing",
        help_text="What other agencies may read. Leave out whatever gives away a private referrer.",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(_LONG),
    )
    happened_on = DayField(label="When did it happen?", help_text="Leave empty if nobody knows", required=False)
    crime_possible = YesNoField(label="May a crime have been committed?")
    immediate_danger = YesNoField(label="May a child be in danger now?")
    infant_mark = YesNoField(
        label="Is there a mark or an injury on a baby, or on a child who cannot move by themself?",
        help_text="However small: the child is then examined by a paediatrician today",
    )
    address = forms.CharField(
        label="Address of the household", max_length=400, required=False, widget=forms.Textarea(_SHORT)
    )
    address_is_protected = YesNoField(
        label="Is this address protected?",
        help_text="Such as a refuge or foster carers. School, nursery, practice and the base of a worker are then "
        "protected too",
    )
    protected_from = forms.CharField(
        label="From whom is it protected?",
        help_text="Such as Craig Doe; “everybody” is an answer",
        max_length=LONGEST_FROM,
        required=False,
    )
    visit_hazard = YesNoField(
        label="Is there a hazard for whoever visits?",
        help_text="Such as dogs, weapons, threats. Not what an agency told in confidence",
    )
    hazards = forms.CharField(
        label="What must whoever visits know?", max_length=2000, required=False, widget=forms.Textarea(_SHORT)
    )
    agreement = forms.ChoiceField(
        label="Does the family agree that information is shared?",
        choices=FamilyAgreement.choices,
        widget=forms.RadioSelect({"small": True}),
        required=False,
    )
    agreement_reason = forms.CharField(
        label="What did the family say, or why were they not asked?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(_SHORT),
    )
    may_tell = forms.ChoiceField(
        label="May the family be told of this contact?",
        choices=MayTell.choices,
        widget=forms.RadioSelect({"small": True}),
        required=False,
    )
    may_tell_reason = forms.CharField(
        label="How would telling them raise the risk?", max_length=2000, required=False, widget=forms.Textarea(_SHORT)
    )
    name = forms.CharField(label="Name of the referrer", max_length=200, required=False)
    organisation = forms.CharField(label="Organisation", max_length=200, required=False)
    post = forms.CharField(label="Post", max_length=200, required=False)
    telephone = forms.CharField(label="Telephone", max_length=60, required=False)
    email = forms.EmailField(label="Email", required=False)
    safe_by = SafeWaysField(label="How is it safe to reach the referrer?")
    safe_ways = forms.CharField(
        label="When is it safe, and what else counts?",
        help_text="Such as weekdays between ten and two, no voice messages",
        max_length=400,
        required=False,
    )
    own_reference = forms.CharField(
        label="The referrer's own reference",
        help_text="Such as a log number; not a name. It is given back in the answer",
        max_length=60,
        required=False,
    )
    is_private = forms.ChoiceField(
        label="Keep the referrer private?",
        help_text="Usual: professionals and schools are named, everyone else is kept private",
        choices=PRIVATE,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reasons and for the worker of an open case."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["known"] = cleaned.get("known") or Known.NOT_ASKED
        cleaned["agreement"] = cleaned.get("agreement") or FamilyAgreement.NOT_RECORDED
        cleaned["may_tell"] = cleaned.get("may_tell") or MayTell.NOT_KNOWN
        found = [
            *protected_problems(cleaned.get("address_is_protected"), cleaned.get("protected_from", "")),
            *hazard_problems(cleaned.get("visit_hazard"), cleaned.get("hazards", "")),
            *known_problems(cleaned["known"], cleaned.get("open_to", "")),
            *reason_problems(
                cleaned["agreement"],
                cleaned.get("agreement_reason", ""),
                cleaned["may_tell"],
                cleaned.get("may_tell_reason", ""),
            ),
        ]
        for problem in found:
            self.add_error(problem.field, problem.sentence)
        return cleaned

    @property
    def referrer(self) -> ReportedReferrer:
        """Who was worried, as typed."""
        said = {"yes": True, "no": False}.get(self.cleaned_data.get("is_private", ""))
        held = {name: self.cleaned_data.get(name, "") for name in REFERRER_FIELDS if name != "is_private"}
        return ReportedReferrer(is_private=said, **held)


class ContactForm(AsksAgain, Completable, ActionForm):
    """A worry that reaches the hub by telephone, mail, letter, visit or police notification; one page, any order."""

    groups = (
        ("First: known or open?", _KNOWN_FIELDS),
        ("What was reported", ["dates_checked", "arrived_at", "channel", "report", "concern", "happened_on"]),
        ("Danger", ["immediate_danger", "infant_mark", "crime_possible"]),
        ("Referrer", ["referrer_kind", *REFERRER_FIELDS]),
        ("The home", _HOME_FIELDS),
        ("Agreement", _AGREEMENT_FIELDS),
    )

    arrived_at = MomentField(
        label="When did it reach the hub?",
        help_text="The call, email or notification itself; leave empty for now",
        required=False,
    )
    channel = forms.ChoiceField(
        label="How did it reach the hub?",
        choices=[choice for choice in Channel.choices if choice[0] != Channel.ONLINE],
        widget=forms.RadioSelect({"small": True}),
    )
    report = forms.CharField(
        label="As reported",
        help_text="In the referrer's own words. This text is never altered.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": "Enter what was reported, in the words that were used"},
    )
    referrer_kind = forms.ChoiceField(
        label="Who is the referrer?", choices=ReferrerKind.choices, widget=forms.RadioSelect({"small": True})
    )

    def intake(self, people: tuple[ReportedPerson, ...], *, at: datetime) -> Intake:
        """Return the worry as typed, with its people."""
        taken = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in Intake.__dataclass_fields__ and name != "arrived_at"
        }
        return Intake(
            **taken, arrived_at=self.cleaned_data.get("arrived_at") or at, people=people, referrer=self.referrer
        )

    def judge(self, people: tuple[ReportedPerson, ...], *, at: datetime) -> bool:
        """Put what the whole worry breaks at its fields, and say whether all is well."""
        if self.errors:
            return False
        for problem in intake_problems(self.intake(people, at=at), at=at, today=london_day(at)):
            if problem.place is None:
                self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        return not self.errors


class AmendForm(KeepsHidden, Completable, ChangeForm):
    """What may be completed after a contact was logged; arrival, source and report may not."""

    groups = (
        ("First: known or open?", _KNOWN_FIELDS),
        ("The concern", ["concern", "happened_on", "immediate_danger", "infant_mark", "crime_possible"]),
        ("Referrer", REFERRER_FIELDS),
        ("The home", _HOME_FIELDS),
        ("Agreement", _AGREEMENT_FIELDS),
    )

    def __init__(
        self,
        *args: Any,
        referrer_kind: str,
        with_referrer: bool,
        held: Mapping[str, str] | None = None,
        mask: Callable[[str], str] = str,
        **kwargs: Any,
    ) -> None:
        """Make the form.

        Args:
            held: protected places, by the name of their answer; they are not written into the form.
            mask: takes the protected places out of a text.
            with_referrer: whether the viewer may see who told the hub; without, nothing is asked about them.
        """
        super().__init__(*args, **kwargs)
        self.keep_hidden(held)
        self.mask_texts(mask, shared=frozenset({"concern"}))
        self.referrer_kind = referrer_kind
        self.with_referrer = with_referrer
        if not with_referrer or referrer_kind == ReferrerKind.ANONYMOUS:
            for name in REFERRER_FIELDS:
                del self.fields[name]

    @property
    def asks_referrer(self) -> bool:
        """Whether the form asks who told the hub."""
        return "name" in self.fields

    def clean(self) -> dict[str, Any]:
        """Check that its day has come."""
        cleaned = super().clean()
        wrong = impossible_day(cleaned.get("happened_on"), today=london_day(timezone.now()), what="This day")
        if wrong:
            self.add_error("happened_on", wrong)
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """The columns of the contact as typed."""
        not_columns = {*REFERRER_FIELDS, "version", "submission_key"}
        return {name: value for name, value in self.cleaned_data.items() if name not in not_columns}


class CorrectionForm(ActionForm):
    """What turned out to be wrong."""

    text = forms.CharField(
        label="What is wrong, and what is right?",
        help_text="It is shown beside what was reported; the report itself stays as it is.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(_LONG),
    )


class PurposeForm(HubForm):
    """Why the full text of an earlier contact is opened."""

    purpose = forms.ChoiceField(
        label="What do you open it for?", choices=Purpose.choices, widget=forms.RadioSelect({"small": True})
    )


class OpenPlacesForm(ActionForm):
    """Why a protected place is opened, by those whose case it is not."""

    purpose = forms.ChoiceField(
        label="What do you open it for?",
        help_text="The purpose is logged.",
        choices=Purpose.choices,
        widget=forms.RadioSelect({"small": True}),
    )


class NoticeForm(HubForm):
    """A police notification, pasted as it came."""

    notice = forms.CharField(
        label="Text of the police notification", max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 16})
    )
