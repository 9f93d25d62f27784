"""The public form: a few pages for whoever is worried, without an account."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import DayField, HubForm, YesNoField, formset_of
from contacts.choices import FamilyAgreement, MayTell, PersonKind, ReferrerKind, SafeWay, Sex
from contacts.forms.people import PersonAnswers
from contacts.forms.reaching import SafeWaysField
from contacts.rules.intake import LONGEST_TEXT

_SHORT = {"rows": 3}

WHO = (
    (ReferrerKind.PROFESSIONAL, "I work with the child or the family"),
    (ReferrerKind.SCHOOL, "I work at a school or nursery"),
    (ReferrerKind.RELATIVE, "I am a relative or a friend of the family"),
    (ReferrerKind.NEIGHBOUR, "I am a neighbour or a member of the public"),
    (ReferrerKind.SELF, "I am worried about myself or my own family"),
    (ReferrerKind.ANONYMOUS, "I do not want to say who I am"),
)
FAMILY_KNOWS = (
    ("agreed", "Yes, and they agree"),
    ("refused", "Yes, but they do not agree"),
    ("knows", "They know, but I did not ask whether they agree"),
    ("unsafe", "No: telling them could put somebody at risk"),
    ("not_told", "No, for another reason"),
    ("unknown", "I do not know"),
)
_AGREEMENTS = {
    "agreed": (FamilyAgreement.GIVEN, MayTell.ALREADY),
    "refused": (FamilyAgreement.REFUSED, MayTell.ALREADY),
    "knows": (FamilyAgreement.NOT_SOUGHT, MayTell.ALREADY),
    "unsafe": (FamilyAgreement.NOT_SOUGHT, MayTell.NO),
    "not_told": (FamilyAgreement.NOT_SOUGHT, MayTell.NOT_KNOWN),
    "unknown": (FamilyAgreement.NOT_RECORDED, MayTell.NOT_KNOWN),
}
SAFE_FOR_YOU = {SafeWay.NEVER.value: "Please do not get in touch with me"}
NO_REASON = "No reason was given on the online form."


class WhoForm(HubForm):
    """Who is worried."""

    referrer_kind = forms.ChoiceField(label="Who are you?", choices=WHO, widget=forms.RadioSelect)
    danger = forms.ChoiceField(
        label="Is a child in danger right now?",
        help_text="If so, ring 999 first. Then go on here if you can.",
        choices=[("no", "No"), ("yes", "Yes"), ("unknown", "I do not know")],
        widget=forms.RadioSelect,
    )


class PublicChildForm(PersonAnswers):
    """A child, as far as a neighbour may know them."""

    given_name = forms.CharField(label="First name", max_length=120, required=False)
    family_name = forms.CharField(label="Last name", max_length=120, required=False)
    is_unborn = forms.BooleanField(label="Not born yet", required=False)
    date_of_birth = DayField(label="Date of birth", required=False)
    age_reported = forms.CharField(
        label="Age, if you do not know the date of birth",
        help_text="A guess helps, such as “about 5”. If you do not know anything, write “not known”.",
        max_length=40,
        required=False,
    )
    sex = forms.ChoiceField(
        label="Sex", choices=[("", "I do not know"), ("female", "Female"), ("male", "Male")], required=False
    )
    school = forms.CharField(label="School or nursery", max_length=120, required=False)

    def clean_sex(self) -> str:
        """Read an unanswered question as not known."""
        return self.cleaned_data["sex"] or Sex.NOT_KNOWN


class PublicAdultForm(PersonAnswers):
    """Somebody who lives or stays there."""

    kind = PersonKind.ADULT
    given_name = forms.CharField(label="First name", max_length=120, required=False)
    family_name = forms.CharField(label="Last name", max_length=120, required=False)
    part = forms.CharField(label="Relationship to the child", max_length=120, required=False)
    lives_in_household = YesNoField(
        label="Do they live there?", no="No, they only stay or visit", not_known="I do not know"
    )


PublicChildSet = formset_of(PublicChildForm, noun="child", least=1)
PublicAdultSet = formset_of(PublicAdultForm, noun="person", least=0)


class HomeForm(HubForm):
    """Where the child lives."""

    address = forms.CharField(
        label="Where does the child live?",
        help_text="As much as you know: house number, street, postcode",
        max_length=400,
        required=False,
        widget=forms.Textarea(_SHORT),
    )
    hazards = forms.CharField(
        label="Is there anything that somebody who visits should know?",
        help_text="Such as dogs, weapons or threats. Leave empty if you do not know",
        max_length=2000,
        required=False,
        widget=forms.Textarea(_SHORT),
    )


class WorryForm(HubForm):
    """What somebody is worried about."""

    report = forms.CharField(
        label="What are you worried about?",
        help_text="What have you seen or heard? When, and how often? Use your own words.",
        max_length=15_000,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": "Enter what you are worried about"},
    )
    child_said = forms.CharField(
        label="What has the child said?",
        help_text="In the child's own words, if you know them",
        max_length=4_000,
        required=False,
        widget=forms.Textarea(_SHORT),
    )
    happened_on = DayField(label="When did it happen last?", help_text="Leave empty if you do not know", required=False)


class KnowForm(HubForm):
    """Does the family know, and do they agree?"""

    family_knows = forms.ChoiceField(
        label="Does the family know that you are telling us?", choices=FAMILY_KNOWS, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label="Is there anything we should know about this?",
        max_length=2_000,
        required=False,
        widget=forms.Textarea(_SHORT),
    )

    @property
    def answers(self) -> dict[str, str]:
        """The answer in the hub's words."""
        agreement, may_tell = _AGREEMENTS[self.cleaned_data["family_knows"]]
        why = self.cleaned_data["why"].strip()
        asks_why = agreement in {FamilyAgreement.REFUSED, FamilyAgreement.NOT_SOUGHT}
        return {
            "agreement": agreement,
            "agreement_reason": (why or NO_REASON) if asks_why else why,
            "may_tell": may_tell,
            "may_tell_reason": (why or NO_REASON) if may_tell == MayTell.NO else "",
        }


class YouForm(HubForm):
    """How the hub may get in touch; not asked of those who want to stay unknown."""

    name = forms.CharField(label="Your name", max_length=200, required=False)
    organisation = forms.CharField(label="Your organisation, if you tell us for one", max_length=200, required=False)
    post = forms.CharField(label="Your job there", max_length=200, required=False)
    telephone = forms.CharField(label="Telephone", max_length=60, required=False)
    email = forms.EmailField(
        label="Email",
        help_text="If you tick below that email is safe, we send a short receipt that says nothing about anybody.",
        required=False,
    )
    safe_by = SafeWaysField(
        label="How is it safe for us to reach you?",
        help_text="Leave out whatever others could read or hear. We use only what you tick",
        choices=[(value, SAFE_FOR_YOU.get(value, label)) for value, label in SafeWay.choices],
    )
    safe_ways = forms.CharField(label="When is it safe, and what else should we know?", max_length=400, required=False)
    own_reference = forms.CharField(
        label="Your own reference, if you have one",
        help_text="Such as a log number; not a name",
        max_length=60,
        required=False,
    )
    keep_private = forms.ChoiceField(
        label="May we tell the family who told us?",
        choices=[("yes", "Yes"), ("no", "No, keep me private")],
        widget=forms.RadioSelect,
    )


class StatusForm(HubForm):
    """Reference and code of a receipt."""

    reference = forms.CharField(label="Your reference", help_text="Such as R-2345-6789", max_length=40)
    code = forms.CharField(label="Your code", help_text="The six groups of signs that we showed you", max_length=80)


def told(worry: dict[str, Any]) -> str:
    """Return the referrer's words as one text, what the child said under its own heading."""
    said = worry["child_said"].strip()
    return f"{worry['report']}\n\nWhat the child has said:\n{said}"[:LONGEST_TEXT] if said else str(worry["report"])
