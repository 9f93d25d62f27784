"""What the pages of the directory are sent: parsed and worded here, judged by the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from agencies.access.roles import DESCRIPTIONS
from agencies.choices import MOST_GLASS_A_DAY, Role
from common.forms import ActionForm, ChangeForm, DayField, VersionField

Choices = Sequence[tuple[str, str]]


class AccountForm(ActionForm):
    """A person who is to sign in."""

    name = forms.CharField(label="Name", max_length=120, help_text="As colleagues know the person.")
    email = forms.EmailField(label="Work email address", max_length=254, help_text="They sign in with it.")
    telephone = forms.CharField(label="Telephone", max_length=40, required=False)
    registered = forms.BooleanField(
        label="Registered social worker", required=False, help_text="Only a registered social worker closes a contact."
    )


class BirthAndHomeForm(ActionForm):
    """What is held of a person so that a case of their own family is noticed; an empty field keeps what is held."""

    born = DayField(
        label="Date of birth",
        required=False,
        help_text="Kept so that it can be compared and never read. Leave empty to keep what is held.",
    )
    take_birth = forms.BooleanField(label="Remove the date of birth that is held", required=False)
    home = forms.CharField(
        label="Home address",
        max_length=300,
        required=False,
        help_text="With house number and postcode; kept in the same way. Leave empty to keep what is held.",
    )
    take_home = forms.BooleanField(label="Remove the home address that is held", required=False)

    def __init__(self, *args: Any, birth: bool, home: bool, **kwargs: Any) -> None:
        """Offer to take away only what there is.

        Args:
            birth: whether a date of birth is held; likewise `home` for the address.
        """
        super().__init__(*args, **kwargs)
        for name, held in (("take_birth", birth), ("take_home", home)):
            if not held:
                del self.fields[name]


class MembershipForm(ActionForm):
    """In which agency and roles a person works, from when to when."""

    groups: ClassVar[Sequence[tuple[str, Sequence[str]]]] = (("When", ("starts_on", "ends_on")),)
    hints: ClassVar[Mapping[str, Mapping[str, str]]] = {"roles": {str(role): DESCRIPTIONS[role] for role in Role}}

    agency = forms.ChoiceField(label="Agency")
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="A person who does two jobs gets two memberships. Case roles wait for a MASH manager's yes.",
    )
    team = forms.ChoiceField(label="Receiving team (for a receiving worker)", required=False)
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day", required=False)

    def __init__(self, *args: Any, agencies: Choices, teams: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agency", agencies, blank="Choose an agency")
        _offer(self, "team", teams, blank="No team")


class LeavingForm(ActionForm):
    """That somebody leaves, and who follows the last MASH manager."""

    version = VersionField()
    successor = forms.ChoiceField(
        label="Who is MASH manager from now on?",
        widget=forms.RadioSelect,
        help_text="They are the last one: without a MASH manager nobody rates, assigns or decides.",
        error_messages={
            "required": "Choose who follows, or enter another MASH manager first.",
            "invalid_choice": "Choose one of the colleagues who are at work now.",
        },
    )

    def __init__(self, *args: Any, successors: Choices, asks_version: bool, **kwargs: Any) -> None:
        """Ask for a successor only where one is needed.

        Args:
            successors: keys and names of the accounts that may follow.
            asks_version: whether what changes has a version.
        """
        super().__init__(*args, **kwargs)
        if not asks_version:
            del self.fields["version"]
        _ask_successor(self, successors)


class ChangeMembershipForm(ChangeForm):
    """In which roles and team a person works from now on, and until when."""

    hints: ClassVar[Mapping[str, Mapping[str, str]]] = {"roles": {str(role): DESCRIPTIONS[role] for role in Role}}

    roles = forms.MultipleChoiceField(label="Roles", choices=Role.choices, widget=forms.CheckboxSelectMultiple)
    team = forms.ChoiceField(label="Receiving team (for a receiving worker)", required=False)
    ends_on = DayField(label="Last day", required=False, help_text="Leave empty for until further notice.")
    successor = forms.ChoiceField(
        label="Who is MASH manager from now on, if this person no longer is?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the colleagues who are at work now."},
    )

    def __init__(self, *args: Any, teams: Choices, successors: Choices, **kwargs: Any) -> None:
        """Offer the teams of the agency, and who may follow the last MASH manager.

        Args:
            successors: keys and names of the accounts that may follow; none where another manager remains.
        """
        super().__init__(*args, **kwargs)
        _offer(self, "team", teams, blank="No team")
        _ask_successor(self, successors)


def _ask_successor(form: forms.Form, successors: Choices) -> None:
    field = form.fields["successor"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
    field.choices = list(successors)
    if not successors:
        del form.fields["successor"]


class AgreementForm(ActionForm):
    """A version of the information sharing agreement."""

    title = forms.CharField(
        label="Title", max_length=120, help_text="For example: Information sharing agreement, version 3."
    )
    starts_on = DayField(label="In force from")
    ends_on = DayField(label="In force until")
    items_close_after_days = forms.IntegerField(
        label="Days after the decision for which agencies still see items that named them",
        min_value=0,
        max_value=365,
        initial=0,
    )


class GlassLimitForm(ActionForm):
    """How often a day one person may use emergency access before it is noticed."""

    times = forms.IntegerField(
        label="For how many enquiries a day may one person use emergency access?",
        min_value=0,
        max_value=MOST_GLASS_A_DAY,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text=(
            f"A whole number from 0 to {MOST_GLASS_A_DAY}. From the next one on, managers and auditors are warned by "
            "email as well; nobody is kept out. With 0 they are warned each time."
        ),
        error_messages={
            "required": "Enter how many.",
            "invalid": f"Enter a whole number from 0 to {MOST_GLASS_A_DAY}.",
            "min_value": f"Enter a whole number from 0 to {MOST_GLASS_A_DAY}.",
            "max_value": f"Enter a whole number from 0 to {MOST_GLASS_A_DAY}.",
        },
    )


class SignatureForm(ActionForm):
    """An agency's signature on a version of the agreement."""

    agreement = forms.ChoiceField(label="Version of the agreement")
    agency = forms.ChoiceField(label="Agency")
    signed_on = DayField(label="Signed on")
    ends_on = DayField(
        label="Valid until", required=False, help_text="Leave empty if it lasts as long as the agreement."
    )
    signatory = forms.CharField(
        label="Signed by (post, not name)", max_length=120, required=False, help_text="For example: Caldicott guardian."
    )

    def __init__(self, *args: Any, agreements: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "agreement", agreements, blank="Choose a version")
        _offer(self, "agency", agencies, blank="Choose an agency")


def _offer(form: forms.Form, name: str, choices: Choices, *, blank: str) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
    field.choices = [("", blank), *choices]
