"""Moves as data: for each event of a state table that a person makes, its words, its form, its action and its page.

Each stage writes its own in `<stage>/moves.py`. Pages draw their buttons from it, the list of work names its moves by
it, and a program that plays a hub finds in it what a person may do, with which form, by which action:

    rate = offer_of("enquiry.rated")
    rate.label, rate.roles            "Rate", {"manager"}: from the state table, which alone decides who may
    rate.path(reference)              "/enquiries/E-7KQ4-M2XD/rate/", which takes the form
    rate.form                         RateForm; None where the button asks for nothing
    rate.action                       screening.actions.rate_enquiry
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.forms import BaseForm
from django.urls import reverse

from common.transition import StateTable, Transition

Action = Callable[..., object]


@dataclass(frozen=True)
class Offer:
    """One move as a person meets it; an event that is made in several ways has several.

    Attributes:
        event: the row of the state table, such as `enquiry.rated`.
        route: name of the route that takes the form, or the press of the button.
        action: what is done; its first argument is the record, `viewer` and `at` are given by name.
        form: what is asked; None where pressing the button is all.
        page: name of the route that shows the form, where `route` only takes it.
        tone: how the button looks where it does not stand out: `secondary` or `warning`.
        row: the row of the state table itself.
    """

    event: str
    route: str
    action: Action
    form: type[BaseForm] | None = None
    page: str = ""
    tone: str = "secondary"
    row: Transition = field(default_factory=lambda: Transition(frozenset(), None, frozenset()))

    @property
    def label(self) -> str:
        """The words on the button."""
        return self.row.label

    @property
    def roles(self) -> frozenset[str]:
        """Whom the move is for: roles, and what somebody is to this very record."""
        return self.row.roles

    def path(self, *where: object) -> str:
        """Return the address that takes the move of one record; `where` is its reference, and whatever stands below."""
        return reverse(self.route, args=where)


_registered: dict[str, list[Offer]] = {}


def offers(table: StateTable, *rows: Offer) -> None:
    """Register how moves of a state table are offered; of several ways to one event the first is its button.

    Raises:
        KeyError: the table has no such event.
    """
    for one in rows:
        _registered.setdefault(one.event, []).append(replace(one, row=table[one.event]))


@cache
def _all() -> dict[str, list[Offer]]:
    """Load `moves.py` of every app: it stands above forms and actions, which not every process needs."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.moves"):
            import_module(f"{config.name}.moves")
    return _registered


def offer_of(event: str) -> Offer:
    """Return how a move is offered.

    Raises:
        KeyError: nobody makes it by itself: it follows from another move, or the clock makes it.
    """
    return _all()[event][0]


def offers_of(table: StateTable) -> Iterator[Offer]:
    """Yield every way to every move of a table that people make, in the table's order."""
    return (one for event in table for one in _all().get(event, ()))


@dataclass(frozen=True)
class Button:
    """A move as a page draws it: a link to a page with questions, or a form of one button."""

    url: str
    label: str
    tone: str = ""
    is_link: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)


def buttons(events: Collection[str], reference: str, *, only: Iterable[str], main: str | None = None) -> list[Button]:
    """Return the buttons of the moves that are open now.

    Args:
        events: the moves that the state table and the role allow now.
        only: those that this page offers as a button, in its order; others have their place elsewhere.
        main: the event that the record waits for: it comes first and stands out. None: the first one; empty: none.
    """
    offered = [offer_of(event) for event in only if event in events]
    offered.sort(key=lambda one: one.event != main)
    first = offered[0].event if offered and main in (None, offered[0].event) else ""
    return [
        Button(one.path(reference), one.label, "" if one.event == first else one.tone, is_link=one.form is not None)
        for one in offered
    ]
