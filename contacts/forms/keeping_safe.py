"""What keeps people safe, asked anew once a contact is over: who may know where they are, how they may be reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from common.forms import ChangeForm
from contacts.forms.contact import AmendForm
from contacts.forms.hidden import KeepsHidden
from contacts.forms.people import PersonForm
from contacts.rules.intake import protected_problems


class SafeForm(KeepsHidden, ChangeForm):
    """Whether a place is protected, and from whom."""

    reveals: ClassVar = {"address_is_protected": {"yes": ["protected_from"]}}

    def __init__(self, *args: Any, mask: Callable[[str], str], **kwargs: Any) -> None:
        """Make the form.

        Args:
            mask: takes the protected places out of a text.
        """
        super().__init__(*args, **kwargs)
        self.mask_texts(mask)

    def clean(self) -> dict[str, Any]:
        """Ask from whom the places are protected."""
        cleaned = super().clean() or self.cleaned_data
        for one in protected_problems(cleaned.get("address_is_protected"), cleaned.get("protected_from", "")):
            self.add_error(one.field, one.sentence)
        return cleaned


class HomeSafeForm(SafeForm):
    """The home of a contact, and its referrer."""

    address_is_protected = AmendForm.base_fields["address_is_protected"]
    protected_from = AmendForm.base_fields["protected_from"]
    safe_by = AmendForm.base_fields["safe_by"]
    safe_ways = AmendForm.base_fields["safe_ways"]

    def __init__(self, *args: Any, with_referrer: bool, **kwargs: Any) -> None:
        """Make the form.

        Args:
            with_referrer: whether it asks about the referrer, whom the viewer must then see.
        """
        super().__init__(*args, **kwargs)
        self.fields["address_is_protected"].label = "Is the address of the household protected?"
        if not with_referrer:
            del self.fields["safe_by"], self.fields["safe_ways"]


class PersonSafeForm(SafeForm):
    """One child or adult."""

    address_is_protected = PersonForm.base_fields["address_is_protected"]
    protected_from = PersonForm.base_fields["protected_from"]
    safe_by = PersonForm.base_fields["safe_by"]
