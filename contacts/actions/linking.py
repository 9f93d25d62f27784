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
from common.moments import london_day, short_moment
from contacts.choices import MatchReason
from contacts.models import Correction, Person, PersonApart, PersonLink, Subject
from contacts.reads.apart import apart_as_persons, apart_in_force
from contacts.rules.same import say_they_are_two

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
    mine, theirs = _locked(subject, other)
    if mine.person_id is not None:
        raise RuleBroken("This person is linked already: undo that link first")
    _refuse_apart(mine, theirs, viewer)
    _refuse_second_of_contact(mine, theirs)
    reasons = [code for code in matched_on if code in MatchReason.values]
    person = theirs.person or _person_from(theirs)
    if theirs.person_id is None:
        _link(theirs, person, reasons, viewer=viewer, at=at)
    link = _link(mine, person, reasons, viewer=viewer, at=at)
    subject.person = person
    return link


@transaction.atomic
def join_entries(subject: Subject, other: Subject, *, checked: bool, viewer: Viewer, at: datetime) -> PersonLink:
    """Record that one person was entered twice in one contact: the only way by which two of it become one.

    Args:
        other: the second entry.
        checked: the viewer says that they compared both and that these are no twins and no namesakes.

    Raises:
        NotPermitted: the viewer's role does not link people.
        RuleBroken: they are of two contacts or kinds, both are linked already, they are known apart, or what stands
            of them says that they are two.
    """
    roles.require(viewer, *DECIDERS)
    if subject.contact_id != other.contact_id or subject.kind != other.kind or subject.pk == other.pk:
        raise RuleBroken("Choose another entry of the same contact: a child for a child, an adult for an adult.")
    mine, theirs = _locked(subject, other)
    _refuse_apart(mine, theirs, viewer)
    if because := say_they_are_two(mine, theirs):
        raise RuleBroken(because)
    if not checked:
        raise RuleBroken("Say that you compared both entries: no twins, no namesakes.", field="checked")
    if mine.person_id is not None and theirs.person_id is not None:
        raise RuleBroken("Both are linked already: undo one of the links first.")
    first, second = (mine, theirs) if mine.person_id is not None else (theirs, mine)
    person = first.person or _person_from(first)
    if first.person_id is None:
        _link(first, person, [], viewer=viewer, at=at)
    return _link(second, person, [], viewer=viewer, at=at, entered_twice=True)


@transaction.atomic
def keep_apart(subject: Subject, other: Subject, *, viewer: Viewer, at: datetime) -> PersonApart:
    """Remember that two who look alike are not the same person; said twice, it is one decision.

    Raises:
        NotPermitted: the viewer's role does not link people.
        RuleBroken: they are linked to one person: that link is undone first.
    """
    roles.require(viewer, *DECIDERS)
    mine, theirs = _locked(subject, other)
    if mine.person_id is not None and mine.person_id == theirs.person_id:
        raise RuleBroken("They are linked as one person: undo that link first.")
    held = apart_in_force(viewer, mine, theirs)
    if held is not None:
        return held
    apart = PersonApart(subject=mine, other=theirs, decided_at=at, decided_by_id=viewer.member)
    apart.save(force_insert=True)
    _record("person.kept_apart", mine, None, viewer=viewer, at=at)
    return apart


@transaction.atomic
def no_longer_apart(subject: Subject, other: Subject, *, viewer: Viewer, at: datetime) -> None:
    """Take back that two are not the same person; harmless when nobody said so.

    Raises:
        NotPermitted: the viewer's role does not link people.
    """
    roles.require(viewer, *DECIDERS)
    mine, theirs = _locked(subject, other)
    held = apart_in_force(viewer, mine, theirs)
    if held is not None:
        held.undone_at, held.undone_by_id = at, viewer.member
        held.save(update_fields=["undone_at", "undone_by"])
        _record("person.no_longer_apart", mine, None, viewer=viewer, at=at)


def _locked(subject: Subject, other: Subject) -> tuple[Subject, Subject]:
    rows = Subject.objects.select_for_update(of=("self",)).filter(pk__in=(subject.pk, other.pk)).order_by("pk")
    held = {row.pk: row for row in rows}
    return held[subject.pk], held[other.pk]


def _refuse_apart(mine: Subject, theirs: Subject, viewer: Viewer) -> None:
    held = apart_as_persons(viewer, mine, theirs)
    if held is None:
        return
    whom = "these"
    if {held.subject_id, held.other_id} != {mine.pk, theirs.pk}:
        whom = "two others, who would become one person by this,"
    raise RuleBroken(
        f"{held.decided_by.user.name} said on {london_day(held.decided_at):%-d %B %Y} that {whom} are not the same "
        "person. Take that back first, if you know better."
    )


def _refuse_second_of_contact(mine: Subject, theirs: Subject) -> None:
    """Refuse to make one person of two who stand in one contact, on either side."""
    if theirs.person_id is None:
        return
    beside = Subject.objects.filter(contact_id=mine.contact_id, person_id=theirs.person_id).exclude(pk=mine.pk)
    for one in beside[:1]:
        raise RuleBroken(
            f"{one.name}, of this contact too, is linked to that person already. Two of one contact are one person "
            "only if the same one was entered twice: choose “Entered twice in this contact” beside their name."
        )


def _person_from(subject: Subject) -> Person:
    person = Person(given_name=subject.given_name, family_name=subject.family_name, date_of_birth=subject.date_of_birth)
    person.save(force_insert=True)
    return person


def _link(
    subject: Subject,
    person: Person,
    reasons: list[str],
    *,
    viewer: Viewer,
    at: datetime,
    entered_twice: bool = False,
) -> PersonLink:
    link = PersonLink(
        subject=subject,
        person=person,
        matched_on=reasons,
        entered_twice=entered_twice,
        linked_at=at,
        linked_by_id=viewer.member,
    )
    link.save(force_insert=True)
    subject.person = person
    subject.save(update_fields=["person"])
    _record("person.linked", subject, person, viewer=viewer, at=at)
    return link


@transaction.atomic
def undo_link(link: PersonLink, *, viewer: Viewer, at: datetime) -> PersonLink:
    """Take a link back. Who made it and who took it back both stay on record; a second undoing changes nothing.

    It is a correction of the contact: whoever was told something while the link stood is on a list to be told that it
    was wrong. Written before the link goes, and with it what it had opened.

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
    subject = Subject.objects.select_for_update().get(pk=held.subject_id)
    _correct(held, subject, person, viewer=viewer, at=at)
    held.undone_at = at
    held.undone_by_id = viewer.member
    held.save(update_fields=["undone_at", "undone_by"])
    subject.person = None
    subject.save(update_fields=["person"])
    _record("person.unlinked", subject, person, viewer=viewer, at=at)
    return held


def _correct(link: PersonLink, subject: Subject, person: Person, *, viewer: Viewer, at: datetime) -> None:
    stood = f"{short_moment(link.linked_at)} to {short_moment(at)}"
    correction = Correction(
        contact_id=subject.contact_id,
        text=f"{subject.name} was taken for the same person as {person} from {stood}. That was wrong.",
        made_at=at,
        made_by_id=viewer.member,
        since=link.linked_at,
        person_id=person.pk,
        subject_id=subject.pk,
    )
    correction.save(force_insert=True)


def _record(verb: str, subject: Subject, person: Person | None, *, viewer: Viewer, at: datetime) -> None:
    record(
        verb,
        actor=viewer,
        at=at,
        record_type=subject.contact._meta.label_lower,
        record_id=subject.contact_id,
        reference=subject.contact.reference,
        enquiry_id=subject.contact.enquiry_id,
        details={"person": person.reference if person else None, "position": subject.position},
    )
