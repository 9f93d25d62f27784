"""What several pages of this stage are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import BaseForm
from django.urls import reverse

from agencies.access.transitions import Move
from common.errors import RuleBroken


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
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Line:
    """One line of a worklist."""

    url: str
    reference: str
    cells: list[Any]
    colour: str = ""
    due_at: Any = None


def buttons(
    moves: Iterable[Move],
    routes: Mapping[str, str],
    reference: str,
    *,
    plain: frozenset[str] = frozenset(),
    main: str | None = None,
) -> list[Button]:
    """Return the moves that this page offers.

    Args:
        routes: event to URL name; a move that is not named there has its place elsewhere.
        plain: events that ask for nothing and are made by the button itself.
        main: the event that the record waits for: it comes first, and is the one that stands out. None: the first one.
    """
    offered = sorted((one for one in moves if one.event in routes), key=lambda one: one.event != main)
    made = [
        Button(
            url=reverse(routes[move.event], args=[reference]),
            label=move.label,
            is_link=move.event not in plain,
        )
        for move in offered
    ]
    standing_out = bool(offered) and main in (None, offered[0].event)
    return [one if place == 0 and standing_out else _second(one) for place, one in enumerate(made)]


def _second(button: Button) -> Button:
    return Button(button.url, button.label, "secondary", button.is_link, button.hidden)


def refuse(form: BaseForm, error: RuleBroken) -> None:
    """Put a broken rule on the field that it belongs to, or on the whole form."""
    form.add_error(error.field if error.field in form.fields else None, error.sentence)
