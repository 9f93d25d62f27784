"""Whom the lines are about: each stage says so of its own records, in statements that may come back empty."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import decisions.queries
import information_sharing.queries
from agencies.access.viewer import Viewer
from common.work import NOBODY, About, People, Row, Section
from contacts.queries import lines_about, people_named

Placed = tuple[Section, Row]


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
    """Return whom the lines of a list are about; at most eight queries, however many lines there are."""
    keys = {about: {key for key in _keys(placed, about) if key is not None} for about in About}
    found = lines_about(viewer, contacts=keys[About.CONTACT], enquiries=keys[About.ENQUIRY], at=at)
    requests = information_sharing.queries.children_of_requests(viewer, keys[About.REQUEST], at=at)
    summaries = decisions.queries.children_of_summaries(viewer, keys[About.SUMMARY])
    return Directory(
        {
            About.CONTACT: {key: replace(people, proposed="") for key, people in found.contacts.items()},
            About.ENQUIRY: found.enquiries,
            About.REQUEST: {key: people_named(children) for key, children in requests.items()},
            About.SUMMARY: {key: people_named(children) for key, children in summaries.items()},
        }
    )


def _about(section: Section, row: Row) -> About:
    """Return through which record a line knows whom it is about: what names no contact may be about a whole enquiry."""
    is_of_enquiry = section.about is About.CONTACT and row.contact_id is None and row.enquiry_id is not None
    return About.ENQUIRY if is_of_enquiry else section.about


def _keys(placed: Iterable[Placed], about: About) -> Iterable[uuid.UUID | None]:
    return (KEY[about](row) for section, row in placed if _about(section, row) == about)
