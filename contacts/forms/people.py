"""What is asked about a child, an adult, and how they belong together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from stdnum.gb import nhs, upn

from common.forms import ActionForm, ChangeForm, DayField, HubForm, YesNoField, formset_of
from common.moments import london_day
from contacts.choices import PersonKind, RelationKind, Sex
from contacts.forms.again import AsksAgain
from contacts.forms.hidden import KeepsHidden
from contacts.forms.reaching import SafeWaysField
from contacts.rules.dates import asked_again, to_look_at_again
from contacts.rules.intake import ReportedPerson, person_problems, protected_problems
from contacts.rules.protected import LONGEST_FROM, WORDS_FOR_AGENCIES

NARROW = {"class": "govuk-input--width-20"}
_TEXTS = {
    "given_name": ("First name", 120),
    "family_name": ("Last name", 120),
    "other_names": ("Other names they are known by", 200),
    "age_reported": ("Age, if the date of birth is not known", 40),
    "ethnicity": ("Ethnicity", 60),
    "language": ("Language, and whether an interpreter is needed", 60),
    "disability": ("Disability or special need", 200),
    "school": ("School or nursery", 120),
    "practice": ("GP practice", 120),
    "part": ("Who this is in the family, such as mother or lodger", 120),
}


def _text(name: str) -> forms.CharField:
    label, longest = _TEXTS[name]
    return forms.CharField(label=label, max_length=longest, required=False)


class PersonAnswers(HubForm):
    """What every form about a person shares: the check of its days, and the person as the actions take them."""

    kind: ClassVar[str] = PersonKind.CHILD
    answers = ReportedPerson.__dataclass_fields__

    def clean(self) -> dict[str, Any]:
        """Put each problem with the days at its field."""
        cleaned = super().clean() or self.cleaned_data
        for problem in person_problems(self.person, today=london_day(timezone.now())):
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        return cleaned

    @property
    def person(self) -> ReportedPerson:
        """The person as typed; answers that were not asked stay unknown."""
        held = {name: value for name, value in self.cleaned_data.items() if name in self.answers and value is not None}
        if held.get("address") and "lives_in_household" not in held:
            held["lives_in_household"] = False  # An address of one's own is where one lives, if elsewhere.
        return ReportedPerson(**{"kind": self.kind, **held})


class ChildForm(PersonAnswers):
    """A child in the phone intake: every answer may stay empty, one must not."""

    given_name = _text("given_name")
    family_name = _text("family_name")
    is_unborn = forms.BooleanField(label="Not born yet", required=False)
    date_of_birth = DayField(label="Date of birth", required=False)
    expected_on = DayField(label="Expected date of birth", help_text="Only for a child not born yet", required=False)
    age_reported = _text("age_reported")
    sex = forms.ChoiceField(
        label="Sex", choices=[("", "Not asked yet"), *Sex.choices], required=False, widget=forms.Select
    )
    school = _text("school")
    has_died = forms.BooleanField(label="This child has died", required=False)
    lives_in_household = YesNoField(label="Does the child live in this household?")
    part = forms.CharField(label="Anything else that tells who this is", max_length=120, required=False)

    def clean_sex(self) -> str:
        """Read an unanswered question as not known."""
        return self.cleaned_data["sex"] or Sex.NOT_KNOWN


class AdultForm(PersonAnswers):
    """An adult in the phone intake."""

    kind = PersonKind.ADULT
    given_name = _text("given_name")
    family_name = _text("family_name")
    part = _text("part")
    date_of_birth = DayField(label="Date of birth", required=False)
    age_reported = _text("age_reported")
    lives_in_household = YesNoField(label="Do they live in this household?")
    safe_by = SafeWaysField()


ChildSet = formset_of(ChildForm, noun="child", least=1)
AdultSet = formset_of(AdultForm, noun="adult", least=0)


class PersonForm(AsksAgain, KeepsHidden, PersonAnswers, ChangeForm):
    """Everything that may be known of one person; used to add and to complete."""

    groups = (
        ("Who it is", ["kind", "given_name", "family_name", "other_names", "part"]),
        ("Birth", ["dates_checked", "is_unborn", "date_of_birth", "expected_on", "age_reported", "sex"]),
        ("Death", ["has_died", "died_on"]),
        ("Home", ["lives_in_household", "address", "address_is_protected", "safe_by"]),
        ("What agencies search by", ["nhs_number", "unique_pupil_number", "school", "practice"]),
        ("About them", ["ethnicity", "language", "disability"]),
    )

    reveals = {"address_is_protected": {"yes": ["protected_from"]}}

    kind = forms.ChoiceField(label="Child or adult?", choices=PersonKind.choices, widget=forms.RadioSelect)  # type: ignore[assignment]
    given_name = _text("given_name")
    family_name = _text("family_name")
    other_names = _text("other_names")
    part = _text("part")
    is_unborn = forms.BooleanField(label="Not born yet", required=False)
    date_of_birth = DayField(label="Date of birth", required=False)
    expected_on = DayField(label="Expected date of birth", help_text="Only for a child not born yet", required=False)
    age_reported = _text("age_reported")
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices, required=False)
    lives_in_household = YesNoField(label="Do they live in this household?")
    address = forms.CharField(label="Where they live, if elsewhere", max_length=400, required=False)
    address_is_protected = YesNoField(
        label="Are their own address, school and practice protected?",
        help_text="Of somebody who lives apart, or with foster carers; the home of the household has its own question",
        not_known="As the contact says",
    )
    protected_from = forms.CharField(
        label="From whom are they protected?",
        help_text="Such as Craig Doe; “everybody” is an answer",
        max_length=LONGEST_FROM,
        required=False,
    )
    safe_by = SafeWaysField()
    nhs_number = forms.CharField(label="NHS number", max_length=20, required=False, widget=forms.TextInput(NARROW))
    unique_pupil_number = forms.CharField(
        label="Unique pupil number", max_length=20, required=False, widget=forms.TextInput(NARROW)
    )
    school = _text("school")
    practice = _text("practice")
    ethnicity = _text("ethnicity")
    language = _text("language")
    disability = _text("disability")

    has_died = forms.BooleanField(label="This person has died", required=False)
    died_on = DayField(label="When did they die?", help_text="Leave empty if nobody knows", required=False)

    def __init__(
        self,
        *args: Any,
        held: Mapping[str, str] | None = None,
        mask: Callable[[str], str] = str,
        **kwargs: Any,
    ) -> None:
        """Make the form.

        Args:
            held: protected places, by the name of their answer; they are not written into the form.
            mask: takes the protected places out of a text.
        """
        super().__init__(*args, **kwargs)
        self.keep_hidden(held)
        self.mask_texts(mask, shared=WORDS_FOR_AGENCIES)

    def clean(self) -> dict[str, Any]:
        """Ask from whom the places are protected."""
        cleaned = super().clean()
        for one in protected_problems(cleaned.get("address_is_protected"), cleaned.get("protected_from", "")):
            self.add_error(one.field, one.sentence)
        again = to_look_at_again(None, [self.person], at=timezone.now(), today=london_day(timezone.now()))
        is_new = cleaned.get("date_of_birth") != self.initial.get("date_of_birth")
        if again and is_new and not cleaned.get("dates_checked"):
            self.add_error("dates_checked", asked_again(again))
        return cleaned

    def clean_sex(self) -> str:
        """Read an unanswered question as not known."""
        return self.cleaned_data["sex"] or Sex.NOT_KNOWN

    def clean_nhs_number(self) -> str:
        """Refuse a number whose check digit is wrong."""
        typed = nhs.compact(self.cleaned_data["nhs_number"])
        if typed and not nhs.is_valid(typed):
            raise forms.ValidationError("This is not an NHS number: it has 10 digits, and the last one checks the rest")
        return str(typed)

    def clean_unique_pupil_number(self) -> str:
        """Refuse a number whose check letter is wrong."""
        typed = upn.compact(self.cleaned_data["unique_pupil_number"])
        if typed and not upn.is_valid(typed):
            raise forms.ValidationError(
                "This is not a pupil number: a letter and 12 digits, the letter checks the rest"
            )
        return str(typed)


class RelationForm(ChangeForm):
    """How one person is related to another."""

    subject = forms.TypedChoiceField(label="Who?", coerce=int)
    kind = forms.ChoiceField(label="Is the", choices=[("", "Choose"), *RelationKind.choices])
    to = forms.TypedChoiceField(label="Of whom?", coerce=int)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the people of the contact.

        Args:
            people: place in the contact and name.
        """
        super().__init__(*args, **kwargs)
        for name in ("subject", "to"):
            self.fields[name].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for two different people."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("subject") and cleaned.get("subject") == cleaned.get("to"):
            self.add_error("to", "Choose two different people")
        return cleaned


class LinkForm(ActionForm):
    """Which person of an earlier contact this one is."""

    other = forms.UUIDField(widget=forms.HiddenInput)


class CompareForm(HubForm):
    """Who is put beside somebody: a person of an earlier contact, or another entry of this one."""

    other = forms.UUIDField(required=False)
    entry = forms.IntegerField(required=False, min_value=1)


class EntryForm(ActionForm):
    """Which other entry of this contact is the same person."""

    entry = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    checked = forms.BooleanField(
        label="I compared both entries: they are no twins, no brother and sister, no namesakes", required=False
    )


class ApartForm(CompareForm, ActionForm):
    """Of whom it is said that they are not the same person, or that this is taken back."""

    undo = forms.BooleanField(required=False)


def typed_person(form: HubForm) -> tuple[str, str, Any]:
    """Return first name, last name and date of birth as far as they can be read from a form that is not judged yet."""
    try:
        born = DayField(required=False).clean(form["date_of_birth"].value())
    except forms.ValidationError:
        born = None
    return str(form["given_name"].value() or "")[:120], str(form["family_name"].value() or "")[:120], born
