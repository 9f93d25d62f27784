"""The form of a message that did not arrive."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import ActionForm, MomentField
from decisions.choices import SeenToBy, ToldHow
from decisions.forms.analysis import long_text


class SeeToForm(ActionForm):
    """What was done about it; nothing is preselected."""

    reveals = {  # as every form of the hub
        "way": {
            SeenToBy.TRIED_AGAIN: ["address"],
            SeenToBy.TOLD: ["how", "informed_at", "informed_by"],
        }
    }
    row = forms.UUIDField(widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label="What was done about it?",
        widget=forms.RadioSelect,
        choices=(
            (SeenToBy.TRIED_AGAIN, "Send the email again"),
            (SeenToBy.TOLD, SeenToBy.TOLD.label),
            (SeenToBy.NOT_NEEDED, SeenToBy.NOT_NEEDED.label),
        ),
    )
    address = forms.CharField(
        label="The right email address", required=False, max_length=254, help_text="Leave empty to use the same one."
    )
    how = forms.ChoiceField(label="How", required=False, choices=[("", "Select"), *ToldHow.choices])
    informed_at = MomentField(label="When", required=False)
    informed_by = forms.CharField(label="Who told them", required=False, max_length=160)
    reason = long_text("What was said, or why nobody needs to be told", rows=2)

    def __init__(self, *args: Any, to_account: bool = False, **kwargs: Any) -> None:
        """Ask for an address only where there is no account: its address is put right by an administrator.

        Args:
            to_account: the message was for one of the hub's own people.
        """
        super().__init__(*args, **kwargs)
        if to_account:
            del self.fields["address"]
