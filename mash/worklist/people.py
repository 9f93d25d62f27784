"""Whom the lines are about: each stage says so of its own records, in statements that may come back empty."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import contacts.queries
import decisions.queries
import information_sharing.queries
import screening.queries
from agencies.access.viewer import Viewer
from common.work import NOBODY, About, People, Row, Section
from contacts.queries import OfContact

Placed = tuple[Section, Row]
Kinds = Mapping[uuid.UUID, tuple[str, str]]


@dataclass(frozen=True)
class Directory:
    """Whom each record is about, by the kind of record and its key."""

    known: Mapping[About, Mapping[uuid.UUID, People]]

    def of(self, section: Section, row: Row) -> People:
        """Return whom a line is about; nobody where the viewer sees nobody."""
        about = _about(section, row)
        key = KEY[about](row)
        return NOBODY if key is None else self.known.get(about, {}).get(key, NOBODY)


KEY: Mapping[About, Callable[[Row], uuid.UUID | None]] = {
    About.CONTACT: lambda row: row.contact_id,
    About.ENQUIRY: lambda row: row.enquiry_id,
    About.REQUEST: lambda row: row.key,
    About.SUMMARY: lambda row: row.key,
    About.NOBODY: lambda row: None,
}


def people_of(viewer: Viewer, placed: Sequence[Placed], *, at: datetime) -> Directory:
    """Return whom the lines of a list are about; at most seven queries, however many lines there are."""
    keys = {about: {key for key in _keys(placed, about) if key is not None} for about in About}
    found = contacts.queries.of_contacts(viewer, contacts=keys[About.CONTACT], enquiries=keys[About.ENQUIRY], at=at)
    kinds = screening.queries.kinds_of(viewer, [one.key for one in found])
    requests = information_sharing.queries.children_of_requests(viewer, keys[About.REQUEST], at=at)
    summaries = decisions.queries.children_of_summaries(viewer, keys[About.SUMMARY])
    enquiries: dict[uuid.UUID, list[OfContact]] = {}
    for one in found:
        if one.enquiry_id is not None:
            enquiries.setdefault(one.enquiry_id, []).append(one)
    return Directory(
        {
            About.CONTACT: {one.key: replace(_people([one], kinds), proposed="") for one in found},
            About.ENQUIRY: {key: _people(together, kinds) for key, together in enquiries.items()},
            About.REQUEST: {key: _named(children) for key, children in requests.items()},
            About.SUMMARY: {key: _named(children) for key, children in summaries.items()},
        }
    )


def _about(section: Section, row: Row) -> About:
    """Return through which record a line knows whom it is about: what names no contact may be about a whole enquiry."""
    is_of_enquiry = section.about is About.CONTACT and row.contact_id is None and row.enquiry_id is not None
    return About.ENQUIRY if is_of_enquiry else section.about


def _keys(placed: Iterable[Placed], about: About) -> Iterable[uuid.UUID | None]:
    return (KEY[about](row) for section, row in placed if _about(section, row) == about)


def _named(children: Sequence[str]) -> People:
    once = list(dict.fromkeys(children))
    return People(first=once[0], others=len(once) - 1) if once else NOBODY


def _people(together: Sequence[OfContact], kinds: Kinds) -> People:
    """Return what a line says of one contact, or of all contacts of an enquiry: the worst danger, each child once."""
    worst = min(together, key=lambda one: one.standing.danger)
    named = _named([child for one in together for child in one.children])
    moments = [one.standing.next_at for one in together if one.standing.next_at is not None]
    known = [kinds[one.key] for one in together if one.key in kinds]
    return People(
        first=named.first,
        others=named.others,
        kind=next((kind for kind, _colour in known if kind), ""),
        proposed=next((colour for _kind, colour in known if colour), ""),
        danger=worst.standing.danger,
        danger_words=worst.standing.words,
        next_at=min(moments, default=None),
        matter=worst.key,
    )
