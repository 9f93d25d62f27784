"""A person's decision that a child or an adult is somebody on record, and its undoing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from common.errors import NotVisible, RuleBroken
from contacts.choices import MatchReason
from contacts.models import Person, PersonLink, Subject

DECIDERS = (Role.FRONT_DOOR, Role.MANAGER)


@transaction.atomic
def link_person(
    subject: Subject, other: Subject, *, matched_on: Iterable[str], viewer: Viewer, at: datetime
) -> PersonLink:
    """Record the viewer's decision that two descriptions mean one person.

    The earlier one becomes a person on record if it was none yet; both are then linked to that person.

    Args:
        other: the child or adult of an earlier contact.
        matched_on: why they were shown together, as codes.

    Raises:
        NotPermitted: the viewer's role does not link people.
        RuleBroken: the two are linked already, or of one contact.
    """
    roles.require(viewer, *DECIDERS)
    if subject.contact_id == other.contact_id:
        raise RuleBroken("Choose a person of another contact")
    first, second = sorted((subject, other), key=lambda one: one.pk)
    held = {
        row.pk: row for row in Subject.objects.select_for_update().filter(pk__in=(first.pk, second.pk)).order_by("pk")
    }
    mine, theirs = held[subject.pk], held[other.pk]
    if mine.person_id is not None:
        raise RuleBroken("This person is linked already: undo that link first")
    reasons = [code for code in matched_on if code in MatchReason.values]
    person = theirs.person or _person_from(theirs)
    if theirs.person_id is None:
        _link(theirs, person, reasons, viewer=viewer, at=at)
    link = _link(mine, person, reasons, viewer=viewer, at=at)
    subject.person = person
    return link


def _person_from(subject: Subject) -> Person:
    person = Person(given_name=subject.given_name, family_name=subject.family_name, date_of_birth=subject.date_of_birth)
    person.save(force_insert=True)
    return person


def _link(subject: Subject, person: Person, reasons: list[str], *, viewer: Viewer, at: datetime) -> PersonLink:
    link = PersonLink(subject=subject, person=person, matched_on=reasons, linked_at=at, linked_by_id=viewer.member)
    link.save(force_insert=True)
    subject.person = person
    subject.save(update_fields=["person"])
    _record("person.linked", subject, person, viewer=viewer, at=at)
    return link


@transaction.atomic
def undo_link(link: PersonLink, *, viewer: Viewer, at: datetime) -> PersonLink:
    """Take a link back. Who made it and who took it back both stay on record; a second undoing changes nothing.

    Raises:
        NotPermitted: the viewer's role does not link people.
        NotVisible: the link is of a person whom the viewer does not see.
    """
    roles.require(viewer, *DECIDERS)
    held = PersonLink.objects.select_for_update().get(pk=link.pk)
    if held.undone_at is not None:
        return held
    person = Person.objects.filter(pk=held.person_id).first()  # Before it is undone: the link may be why it is seen.
    if person is None:
        raise NotVisible
    held.undone_at = at
    held.undone_by_id = viewer.member
    held.save(update_fields=["undone_at", "undone_by"])
    subject = Subject.objects.select_for_update().get(pk=held.subject_id)
    subject.person = None
    subject.save(update_fields=["person"])
    _record("person.unlinked", subject, person, viewer=viewer, at=at)
    return held


def _record(verb: str, subject: Subject, person: Person, *, viewer: Viewer, at: datetime) -> None:
    record(
        verb,
        actor=viewer,
        at=at,
        record_type=subject.contact._meta.label_lower,
        record_id=subject.contact_id,
        reference=subject.contact.reference,
        enquiry_id=subject.contact.enquiry_id,
        details={"person": person.reference, "position": subject.position},
    )
