"""Forms of those who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from common.forms import ActionForm, HubForm
from information_sharing.choices import LawfulBasis, OpeningPurpose, ReferrerNamed
from information_sharing.rules import EMERGENCY_HOURS, LEAST_REASON

Choices = Sequence[tuple[str, str]]


class ChooseForm(HubForm):
    """Which agencies to ask; goes by GET, so that the next page can be opened again."""

    agencies = forms.MultipleChoiceField(
        label="Which agencies do you ask?",
        help_text="You word each request on the next page.",
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
        error_messages={"invalid_choice": "An agency that you chose cannot be asked now; the list below says why."},
    )

    def __init__(self, *args: Any, agencies: Choices, warnings: Mapping[str, str], **kwargs: Any) -> None:
        """Offer only those that may be asked.

        Args:
            warnings: by the key of an agency, what to know of it before it is asked.
        """
        super().__init__(*args, **kwargs)
        self.fields["agencies"].choices = agencies  # type: ignore[attr-defined]
        self.hints = {"agencies": warnings}  # type: ignore[misc]  # of this form alone


class AskForm(ActionForm):
    """Why agencies are asked, the same for all of one sending."""

    purpose = forms.CharField(
        label="Why do you ask?",
        help_text="Every agency reads this.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2_000,
    )
    lawful_basis = forms.ChoiceField(label="Lawful basis", choices=LawfulBasis.choices, widget=forms.RadioSelect)


class AgencyAskForm(HubForm):
    """What one agency is asked, about whom, and what it is told."""

    subjects = forms.MultipleChoiceField(
        label="About whom?",
        help_text="Only those this agency needs to search for: it learns nothing of the others.",
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
    )
    asks = forms.CharField(label="What is it asked?", widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000)
    concern = forms.CharField(
        label="What is it told of the concern?",
        help_text="Only what it needs to search. Leave empty to send the question alone.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
    )
    referrer = forms.ChoiceField(
        label="What is it told of the referrer?",
        choices=ReferrerNamed.choices,
        widget=forms.RadioSelect(attrs={"small": True}),
        required=False,
    )
    with_school = forms.BooleanField(label="Give it the school or nursery", required=False)
    with_practice = forms.BooleanField(label="Give it the GP practice", required=False)
    with_address = forms.BooleanField(label="Give it the address to search", required=False)
    with_protected = forms.BooleanField(
        label="Give it the protected address to search",
        help_text="As a field of its own: it presses a button to see it, and that is logged.",
        required=False,
    )

    def __init__(
        self, *args: Any, people: Choices, referrers: Choices, gets_protected: bool = False, **kwargs: Any
    ) -> None:
        """Offer what may be told.

        Args:
            people: the children and adults of the enquiry.
            referrers: what may be said of who was worried; none where nobody may be named.
            gets_protected: there is a protected address, and the agency may be given it.
        """
        super().__init__(*args, **kwargs)
        self.fields["subjects"].choices = people  # type: ignore[attr-defined]
        self.fields["referrer"].choices = referrers  # type: ignore[attr-defined]
        if not referrers:
            del self.fields["referrer"]
        if not gets_protected:
            del self.fields["with_protected"]

    @property
    def parts(self) -> dict[str, Any]:
        """What the agency is told besides the question, as the action takes it; what was not answered is left out."""
        ticked = ("with_school", "with_practice", "with_address", "with_protected")
        said: dict[str, Any] = {name: bool(self.cleaned_data.get(name)) for name in ticked}
        return said | {"referrer": self.cleaned_data.get("referrer") or ReferrerNamed.LEFT_OUT}


class OpenAddressForm(ActionForm):
    """Why an agency opens the protected address that it was given to search by."""

    purpose = forms.ChoiceField(
        label="What do you open it for?",
        help_text="The purpose is logged.",
        choices=OpeningPurpose.choices,
        widget=forms.RadioSelect(attrs={"small": True}),
    )


class AuthorityForm(ActionForm):
    """The manager's reason for asking without the family's agreement."""

    hints: ClassVar[dict[str, dict[str, str]]] = {}
    reason = forms.CharField(
        label="Why may agencies be asked without the family's agreement?",
        help_text="Say what would happen to the child if they were not asked, or if the family were asked first.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=5_000,
    )


class EmergencyForm(ActionForm):
    """Which agency is let in without a signature, for how long, and why. Nothing is preselected."""

    agency = forms.ChoiceField(label="Agency without a signature in force", widget=forms.RadioSelect)
    hours = forms.ChoiceField(
        label="For how long?", choices=EMERGENCY_HOURS, widget=forms.RadioSelect(attrs={"small": True})
    )
    reason = forms.CharField(
        label="Why can this not wait for the signature?",
        help_text=f"At least {LEAST_REASON} characters: what may happen to the child. Only MASH managers read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5_000,
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        """Offer the agencies that cannot be asked for want of a signature."""
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = agencies  # type: ignore[attr-defined]
