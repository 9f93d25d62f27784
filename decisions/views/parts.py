"""What several pages of this stage are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm

from agencies.access.viewer import HubRequest
from common.errors import RuleBroken


@dataclass(frozen=True)
class Line:
    """One line of a worklist."""

    url: str
    reference: str
    cells: list[Any]
    colour: str = ""
    due_at: Any = None


@dataclass(frozen=True)
class Button:
    """A move as a page draws it: a link to a page with questions, or a form of one button."""

    url: str
    label: str
    tone: str = ""
    is_link: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of a summary list."""

    label: str
    value: Any


LONGEST_VERSION = 9
"""Digits; nothing was ever saved so often."""


def posted_version(request: HubRequest) -> int:
    """Return the version of the page that was sent; a page without one is out of date."""
    posted = request.POST.get("version", "")
    return int(posted) if posted.isascii() and posted.isdigit() and len(posted) <= LONGEST_VERSION else -1


def refuse(form: BaseForm, error: RuleBroken) -> None:
    """Put a broken rule on the field that it belongs to, or on the whole form."""
    form.add_error(error.field if error.field in form.fields else None, error.sentence)
