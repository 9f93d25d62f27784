"""Answers that are held and not shown in their form: protected places, and texts in which one stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from common.forms import HubForm

HELD = "A protected place is held here and not shown. Leave this empty to keep it"
MASKED = "A protected place in it is not shown. What you leave as it is stays as it was written"


class KeepsHidden(HubForm):
    """A form that shows no protected place: where nothing is typed instead, what is held stays."""

    def keep_hidden(self, held: Mapping[str, str] | None) -> None:
        """Take what is held out of the form; an empty answer keeps it.

        Args:
            held: protected places, by the name of their answer.
        """
        for name, value in (held or {}).items():
            if value and name in self.fields:
                field = self.fields[name]
                self.initial.pop(name, None)
                field.help_text = HELD
                field.clean = _unless_kept(field.clean, "", value)  # type: ignore[method-assign, assignment]  # this form's

    def mask_texts(self, mask: Callable[[str], str], *, shared: frozenset[str] = frozenset()) -> None:
        """Show each text without the protected places in it; one that comes back as it was shown stays as it was.

        Args:
            shared: answers that others read outside the hub: they lose the place for good.
        """
        for name, field in self.fields.items():
            held = self.initial.get(name)
            if not isinstance(field, forms.CharField) or not isinstance(held, str) or (shown := mask(held)) == held:
                continue
            self.initial[name] = shown
            if name not in shared:
                field.help_text = MASKED
                field.clean = _unless_kept(field.clean, shown, held)  # type: ignore[method-assign, assignment]  # this form's


def _unless_kept(judge: Callable[[Any], Any], shown: str, held: str) -> Callable[[Any], Any]:
    """Return what judges an answer, where it is another one than was shown."""

    def judged(answer: Any) -> Any:
        return held if _plain(answer) == _plain(shown) else judge(answer)

    return judged


def _plain(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").strip()
