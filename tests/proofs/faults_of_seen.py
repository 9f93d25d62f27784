"""Losses that the proof "seen" must find, of different kinds: what a page, a link, a list or a statement may lose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache, partial
from typing import Any

import pytest
from django.db.models import Exists, OuterRef, QuerySet
from django.template import Engine, Template
from psycopg2.extensions import connection as Connection

import screening.queries.enquiry as enquiry_queries
import screening.queries.head as enquiry_head
from agencies.querysets import CaseQuerySet
from common.slices import Slice
from contacts.models import Subject
from mash import navigation
from tests.proofs.cells import Person
from tests.proofs.faults import Fault
from tests.proofs.judging import judged
from tests.proofs.matters import among, few, matters_of
from tests.proofs.showing import Cell, open_cells
from tests.proofs.walking import alike, walk

Rows = QuerySet[Any]


def said_of(name: str, superuser: Connection) -> frozenset[str]:
    """Return what the proof says of one person, walking a few matters of theirs: without numbers and examples."""
    person, cells, chosen = _of_the_sound_hub(name, superuser)
    found = walk(person, wanted=among(chosen, superuser), same=alike)
    owed = [one for one in cells if matters_of(one.label, superuser).get(one.key) in chosen]
    lines = judged(person, found, owed, superuser).lines()
    return frozenset({line.partition(",")[0] for line in lines} | set(found.odd))


@cache
def _of_the_sound_hub(name: str, superuser: Connection) -> tuple[Person, list[Cell], frozenset[str]]:
    person = Person(name, superuser)
    cells = list(open_cells(person, superuser))
    return person, cells, few(cells, superuser)


@contextmanager
def in_template(name: str, old: str, new: str = "") -> Iterator[None]:
    """Change a template."""
    sound = Engine.find_template
    source = Engine.get_default().get_template(name).source
    assert old in source, name

    def find(engine: Engine, wanted: str, dirs: Any = None, skip: Any = None) -> Any:
        found = sound(engine, wanted, dirs, skip)
        if wanted != name:
            return found
        return Template(source.replace(old, new), found[0].origin, wanted, engine), found[1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "find_template", find)
        yield


@contextmanager
def in_rows(label: str, change: Callable[[Rows], Rows]) -> Iterator[None]:
    """Change what every list of a kind of record reads."""
    sound = CaseQuerySet.visible_to

    def visible_to(rows: Any, viewer: Any) -> Any:
        found = sound(rows, viewer)
        return change(found) if found.model._meta.label == label and not found.query.is_sliced else found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaseQuerySet, "visible_to", visible_to)
        yield


@contextmanager
def patched(place: Any, name: str, value: Any) -> Iterator[None]:
    """Put something else in the place of a name of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, value)
        yield


def without(tabs: tuple[Any, ...], *keys: str) -> tuple[Any, ...]:
    """Return tabs or entries of the navigation without some."""
    return tuple(one for one in tabs if one[0] not in keys)


def cut(rows: Rows, number: int, length: int) -> Slice[Any]:
    """Return the first two rows of a list, and no next page."""
    return Slice(list(rows[:2]), 1, has_next=False)


def offered_to_all(tabs: tuple[Any, ...], key: str) -> tuple[Any, ...]:
    """Return tabs of which one is offered to everybody who sees another one."""
    every = frozenset().union(*(one[3] for one in tabs))
    return tuple((*one[:3], every) if one[0] == key else one for one in tabs)


CHILD, ITEM = "decisions.SummaryChild", "information_sharing.Item"
OF_CHILD = Exists(Subject.objects.filter(pk=OuterRef("subject_id")))
ANSWER, ASKED = "information_sharing/_answer_given.html", "information_sharing/_asked_what.html"
NOWHERE = "decision' 'M-2222-2222'"
SUMMARY, REQUEST = "decisions/_summary.html", "information_sharing/request.html"
Planted = tuple[str, Callable[[], AbstractContextManager[None]]]


def page(name: str, template: str, old: str, new: str) -> Planted:
    """Return a fault of a template."""
    return name, partial(in_template, template, old, new)


def list_of(name: str, label: str, change: Callable[[Rows], Rows]) -> Planted:
    """Return a fault of a statement."""
    return name, partial(in_rows, label, change)


def tabs(name: str, place: Any, change: Callable[[tuple[Any, ...]], tuple[Any, ...]], of: str = "TABS") -> Planted:
    """Return a fault of the ways that pages offer."""
    return name, lambda: patched(place, of, change(getattr(place, of)))


PLANTED: dict[str, tuple[Planted, ...]] = {
    "receiving_worker": (
        page("a template without a column", SUMMARY, "{{ words|said }}", ""),
        page("a section left out", SUMMARY, "{% for item in seen.items %}", "{% for item in nothing %}"),
        page("the first of a list alone", SUMMARY, "in seen.items %}", "in seen.items|slice:':1' %}"),
        page("a link to nowhere", "decisions/summary.html", "decision' summary.enquiry.reference", NOWHERE),
        list_of("an inner join with a hidden table", CHILD, lambda rows: rows.select_related("subject")),
        list_of("an order over a hidden table", CHILD, lambda rows: rows.order_by("subject__position")),
        list_of("a row that is asked for in a hidden table", CHILD, lambda rows: rows.filter(OF_CHILD)),
    ),
    "researcher": (
        page("what is folded away left out", "reporting/receipts.html", "{% if copies %}", "{% if nothing %}"),
        page("a condition the wrong way round", ANSWER, "{% if page.answer.systems", "{% if not page.answer.systems"),
        page("another column in its place", ASKED, "asked.purpose", "asked.asks"),
        page("a moment without its time", ANSWER, "searched_at|london", 'searched_at|date:"j M Y"'),
        page("a text cut short", ASKED, "asked.asks|said", "asked.asks|truncatechars:12"),
        page("a link taken away", REQUEST, "{% if asked.enquiry %}On", "{% if nothing %}On"),
        tabs("a page to which nothing leads", navigation, lambda held: without(held, "Who read it"), "ENTRIES"),
        list_of("a filter too many", ITEM, lambda rows: rows.filter(subject__isnull=True)),
    ),
    "reviewer": (
        tabs("a tab not offered", enquiry_head, lambda held: without(held, "analysis")),
        tabs("a tab offered to those whom it refuses", enquiry_head, lambda held: offered_to_all(held, "sealed")),
    ),
    "panel": (
        tabs("a list to which nothing leads", navigation, lambda held: without(held, "MASH enquiries"), "ENTRIES"),
        ("a list without its next page", lambda: patched(enquiry_queries, "slice_of", cut)),
        page("a page that breaks", "why.html", "{% block content %}", "{% block content %}{% url 'nothing' %}"),
    ),
}
"""By who walks: the fault's name, and how it is planted."""

ASKING = {name: partial(said_of, name) for name in PLANTED}
FAULTS = [Fault("seen", kind, "shown", plant, ASKING[name]) for name, of in PLANTED.items() for kind, plant in of]
