"""The form of the decision: nothing is preselected, and what lay before the manager travels with it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from common.forms import ActionForm, ChangeForm
from contacts.choices import LevelOfNeed
from decisions.choices import Outcome, SealedConsidered
from decisions.forms.analysis import long_text


class DecisionForm(ChangeForm):
    """What is decided for each child, and what stands behind it."""

    hints = {
        "sealed_considered": {SealedConsidered.NOT_NEEDED: "Tick below as well if something confidential is held."}
    }

    considered = forms.CharField(required=False, widget=forms.HiddenInput)
    earlier_shown = forms.CharField(required=False, widget=forms.HiddenInput)
    missing = long_text("What was missing", "Prefilled with agencies that have not answered. Check it.", required=True)
    sealed_considered = forms.ChoiceField(
        label="Was confidential information considered?", choices=SealedConsidered.choices, widget=forms.RadioSelect
    )
    sealed_reasons = long_text(
        "Reasons that rest on confidential information",
        "Only managers ever see this box. Keep such reasons out of every other box.",
    )
    change_reason = long_text("Why it is decided again", rows=2)

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]] = (),
        agencies: Sequence[tuple[str, str]] = (),
        is_sealed: bool = False,
        is_again: bool = False,
        has_earlier: bool = False,
        **kwargs: Any,
    ) -> None:
        """Ask about each child; about dissent of each agency; and only what this enquiry needs.

        Args:
            children: key and name of each.
            agencies: key and name of each that may have thought otherwise.
            is_sealed: confidential information is held.
            is_again: a decision stands already.
            has_earlier: there are earlier contacts on the page.
        """
        super().__init__(*args, **kwargs)
        self.children, self.agencies = list(children), list(agencies)
        for key, name in children:
            self._ask_about_child(key, name)
        for key, name in agencies:
            self.fields[f"dissent_{key}"] = long_text(f"{name}: why it would have decided otherwise", rows=2)
        self.fields["not_needed_confirmed"] = forms.BooleanField(
            required=False, label="I know that confidential information is held, and decide that it is not needed"
        )
        self.fields["earlier_read"] = forms.BooleanField(
            required=False, label="I have looked at the earlier contacts on this page"
        )
        considered = self.fields["sealed_considered"]
        assert isinstance(considered, forms.ChoiceField)  # noqa: S101  # for the type checker: declared above
        not_needed = "No, it was not needed" if is_sealed else "None is held"
        considered.choices = [
            (SealedConsidered.YES, SealedConsidered.YES.label),
            (SealedConsidered.NO, SealedConsidered.NO.label),
            (SealedConsidered.NOT_NEEDED, not_needed),
        ]
        self.is_sealed, self.has_earlier = is_sealed, has_earlier
        for name, is_asked in (
            ("not_needed_confirmed", is_sealed),
            ("earlier_read", has_earlier),
            ("change_reason", is_again),
        ):
            if not is_asked:
                del self.fields[name]
        if is_again:
            self.fields["change_reason"].required = True
            self.fields["change_reason"].error_messages["required"] = "Write why it is decided again"

    def _ask_about_child(self, key: str, name: str) -> None:
        self.fields[f"outcome_{key}"] = forms.ChoiceField(
            label=f"Outcome for {name}",
            choices=Outcome.choices,
            widget=forms.RadioSelect,
            error_messages={"required": f"Select the outcome for {name}"},
        )
        self.fields[f"level_{key}"] = forms.ChoiceField(
            label=f"Level of need of {name}",
            choices=LevelOfNeed.choices,
            widget=forms.RadioSelect,
            error_messages={"required": f"Select the level of need of {name}"},
        )
        reasons = long_text(f"Reasons for {name}", required=True)
        reasons.error_messages["required"] = f"Write the reasons for {name}"
        self.fields[f"reasons_{key}"] = reasons

    def clean(self) -> dict[str, Any]:
        """Ask for a conscious choice where confidential information or earlier contacts are passed over."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            self.is_sealed
            and said.get("sealed_considered") == SealedConsidered.NOT_NEEDED
            and not said.get("not_needed_confirmed")
        ):
            self.add_error(
                "not_needed_confirmed",
                "Confidential information is held. Tick that you know and do not need it, or choose another answer",
            )
        ends = any(said.get(f"outcome_{key}") == Outcome.NO_FURTHER_ACTION for key, _name in self.children)
        if ends and self.has_earlier and not said.get("earlier_read"):
            self.add_error(
                "earlier_read", "Look at the earlier contacts before you choose no further action, and tick this"
            )
        return said

    def outcomes(self) -> dict[uuid.UUID, tuple[str, str, str]]:
        """Return what is decided: child to outcome, level of need, reasons."""
        data = self.cleaned_data
        return {
            uuid.UUID(key): (data[f"outcome_{key}"], data[f"level_{key}"], data[f"reasons_{key}"])
            for key, _name in self.children
        }

    def dissents(self) -> dict[uuid.UUID, str]:
        """Return why agencies would have decided otherwise, those alone that would."""
        said = {uuid.UUID(key): self.cleaned_data.get(f"dissent_{key}", "") for key, _name in self.agencies}
        return {agency: text for agency, text in said.items() if text.strip()}

    def of_child(self, key: str) -> list[BoundField]:
        """Return the three fields about one child."""
        return [self[f"{part}_{key}"] for part in ("outcome", "level", "reasons")]

    @property
    def child_sections(self) -> list[tuple[str, list[BoundField]]]:
        """Each child's name and fields."""
        return [(name, self.of_child(key)) for key, name in self.children]

    @property
    def dissent_fields(self) -> list[BoundField]:
        """The fields about agencies that thought otherwise."""
        return [self[f"dissent_{key}"] for key, _name in self.agencies]


class JointViewForm(ActionForm):
    """What one agency thinks, where partners decide together."""

    agency = forms.ChoiceField(label="Agency")
    outcome = forms.ChoiceField(label="What it would decide", choices=Outcome.choices, widget=forms.RadioSelect)
    reason = long_text("Its reason", rows=3, required=True)

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        """Offer the agencies that take part.

        Args:
            agencies: key and name of each.
        """
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose an agency"), *agencies]  # type: ignore[attr-defined]
