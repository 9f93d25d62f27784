"""What a receiving team is told of each child: the same words in the preview and frozen at the release."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from agencies.access.viewer import Viewer
from common.moments import short_moment
from contacts.choices import Sex
from contacts.models import Subject, Whereabouts
from contacts.queries.people import people_of_enquiry
from contacts.reads.leaks import places_of_contacts
from contacts.reads.whereabouts import shield_said
from contacts.rules.protected import (
    Shield,
    masked_text,
    place_of_child,
    protected_secrets,
    shield_of,
    shield_of_home,
    shield_of_own,
)
from decisions.reads.enquiry import born_in_words, children_among
from screening.models import Enquiry

LONGEST = 120
"""Characters of a column in which a place is frozen."""


@dataclass(frozen=True)
class ChildTold:
    """A child of a summary. Each name is that of the column of `SummaryChild` in which it is frozen.

    Attributes:
        born: date of birth, expected date or the age as reported, in words.
        sex: as in `Sex`.
        whereabouts: where the child is and with whom, as it was said last, in words.
    """

    position: int
    name: str
    born: str
    sex: str
    nhs_number: str
    school: str
    practice: str
    whereabouts: str


def children_told(viewer: Viewer, enquiry: Enquiry, wanted: Collection[uuid.UUID]) -> dict[uuid.UUID, ChildTold]:
    """Return what a team is told of some children of an enquiry, each by the key of `Child.subject`.

    A child of whom two contacts speak is told once: what the first contact leaves open is filled in from the others.
    """
    people = people_of_enquiry(viewer, enquiry.pk, sees_contacts=True)
    said = _said_last(viewer, [one.pk for one in people])
    contacts = list({one.contact_id: one.contact for one in people}.values())
    secrets = protected_secrets(places_of_contacts(viewer, contacts))
    found: dict[uuid.UUID, ChildTold] = {}
    for position, child in enumerate(children_among(people)):
        if child.subject.pk in wanted:
            rows = [one for one in people if one.pk in child.rows]
            contact = rows[0].contact
            home = shield_of_home(contact, [one for one in people if one.contact_id == contact.pk])
            told = _told(position, rows, said, home)
            found[child.subject.pk] = replace(told, whereabouts=masked_text(told.whereabouts, secrets))
    return found


def _told(position: int, rows: list[Subject], recorded: dict[uuid.UUID, Whereabouts], home: Shield | None) -> ChildTold:
    living = _living(position, rows, recorded, home)
    return replace(living, whereabouts=_died(rows)) if any(row.has_died for row in rows) else living


def _died(rows: list[Subject]) -> str:
    """Return that a child has died: nothing is said of where they are, or go to."""
    day = next((row.died_on for row in rows if row.died_on), None)
    return f"Has died, {day.day} {day:%B %Y}" if day else "Has died"


def _living(
    position: int, rows: list[Subject], recorded: dict[uuid.UUID, Whereabouts], home: Shield | None
) -> ChildTold:
    first = rows[0]
    last = max((recorded[row.pk] for row in rows if row.pk in recorded), key=lambda one: one.recorded_at, default=None)
    return ChildTold(
        position=position,
        name=next((row.name for row in rows if row.given_name or row.family_name), first.name),
        born=born_in_words(_best_dated(rows)),
        sex=next((row.sex for row in rows if row.sex != Sex.NOT_KNOWN), str(Sex.NOT_KNOWN)),
        nhs_number=_first(row.nhs_number for row in rows),
        school=_place(rows, "school", "School"),
        practice=_place(rows, "practice", "Practice"),
        whereabouts=_in_words(last, next(row for row in rows if row.pk == last.subject_id))
        if last
        else _as_reported(first, home),
    )


def _best_dated(rows: list[Subject]) -> Subject:
    """Return the row that says most exactly when the child was born or is expected."""
    exact = [row for row in rows if row.date_of_birth or row.expected_on]
    return next(iter(exact or [row for row in rows if row.age_reported]), rows[0])


def _place(rows: list[Subject], column: str, what: str) -> str:
    """Return school or practice; where one of the contacts protects it, that it is protected and from whom."""
    known = [row for row in rows if getattr(row, column)]
    shields = [shield for row in known if (shield := shield_of(row, row.contact))]
    return shields[0].words(what)[:LONGEST] if shields else _first(getattr(row, column) for row in known)


def _first(values: Iterable[str]) -> str:
    return next(filter(None, values), "")


def _said_last(viewer: Viewer, people: list[uuid.UUID]) -> dict[uuid.UUID, Whereabouts]:
    rows = Whereabouts.objects.visible_to(viewer).filter(subject_id__in=people)
    return {row.subject_id: row for row in rows.order_by("recorded_at", "id")}


def _in_words(recorded: Whereabouts, child: Subject) -> str:
    """Return where a child is; where the place is protected neither the place nor with whom, which may tell it."""
    place = place_of_child(child, child.contact, recorded.place, shield_said(recorded))
    if place.shield is not None and recorded.place:
        return f"{place.shield.words('Place')} (recorded {short_moment(recorded.recorded_at)}{_until(recorded)})"
    where = ", ".join(filter(None, (recorded.place, f"with {recorded.with_whom}" if recorded.with_whom else "")))
    return f"{where} (recorded {short_moment(recorded.recorded_at)}{_until(recorded)})"


def _until(recorded: Whereabouts) -> str:
    return f"; safe until {short_moment(recorded.safe_until)}" if recorded.safe_until else ""


def _as_reported(child: Subject, home: Shield | None) -> str:
    """Return what the contact says where no protective work recorded it; a protected address is never written out."""
    if child.is_unborn:
        return "Not born yet"
    if child.lives_in_household is None:
        return "Where the child lives is not known yet"
    if child.lives_in_household:
        return "At home, as reported; nothing else is recorded"
    if child.address and not shield_of_own(child, child.contact, home):
        return f"Lives elsewhere, as reported: {child.address}"
    return (
        "Lives elsewhere, as reported; ring the hub for the address"
        if child.address
        else "Lives elsewhere, as reported"
    )
