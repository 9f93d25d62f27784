"""Answers that are held and not shown in their form: protected places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from common.forms import HubForm

HELD = "A protected place is held here and not shown. Leave this empty to keep it"


class KeepsHidden(HubForm):
    """A form in which an empty answer keeps what is held, where that is protected."""

    held: Mapping[str, str] = {}

    def keep_hidden(self, held: Mapping[str, str] | None) -> None:
        """Take what is held out of the form.

        Args:
            held: protected places, by the name of their answer.
        """
        self.held = {name: value for name, value in (held or {}).items() if value and name in self.fields}
        for name in self.held:
            self.initial.pop(name, None)
            self.fields[name].help_text = HELD

    def clean(self) -> dict[str, Any]:
        """Put what is held where nothing else was typed."""
        cleaned = super().clean() or self.cleaned_data
        for name, value in self.held.items():
            if name in cleaned and not str(cleaned[name]).strip():
                cleaned[name] = value
        return cleaned
