"""Children and adults of a contact, and how they are related."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from agencies.access import transitions
from agencies.access.viewer import Viewer
from common.errors import NotVisible, RuleBroken
from common.leaks import find_leaks
from common.moments import london_day
from contacts.actions.rows import keep_earlier, person_columns, refuse, renew_keys, write_person
from contacts.choices import RelationKind
from contacts.models import Contact, Relation, Subject
from contacts.rules.intake import ReportedPerson, person_problems
from contacts.rules.protected import place_in_words, places_in, protected_secrets, shield_of_home
from contacts.transitions import CONTACT


@transaction.atomic
def add_person(
    contact: Contact, person: ReportedPerson, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Subject:
    """Add a child or an adult to a contact.

    Raises:
        NotPermitted: the viewer's role does not complete contacts.
        MoveNotAllowed: the contact has ended.
        StaleRecord: somebody saved it since.
        RuleBroken: the person's days cannot be.
    """
    refuse(person_problems(person, today=london_day(at)))
    details = {"changed": "person_added", "kind": person.kind}
    transitions.apply(contact, "contact.amended", table=CONTACT, viewer=viewer, at=at, version=version, details=details)
    last = Subject.objects.filter(contact_id=contact.pk).aggregate(last=Max("position"))["last"] or 0
    home = shield_of_home(contact, [*Subject.objects.filter(contact_id=contact.pk), person])
    added = write_person(contact, person, position=last + 1, home=home)
    _renew_keys(contact, person)
    return added


@transaction.atomic
def edit_person(
    subject: Subject, person: ReportedPerson, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Subject:
    """Complete what is known of a child or an adult.

    Args:
        person: everything that is known now; it replaces what was there.
        version: of the contact, as the page was drawn.

    Raises:
        NotPermitted: the viewer's role does not complete contacts.
        MoveNotAllowed: the contact has ended.
        StaleRecord: somebody saved the contact since.
        RuleBroken: the person's days cannot be.
    """
    refuse(person_problems(person, today=london_day(at)))
    details: Mapping[str, str | int | bool | None] = {"changed": "person_edited", "position": subject.position}
    transitions.apply(
        subject.contact, "contact.amended", table=CONTACT, viewer=viewer, at=at, version=version, details=details
    )
    others = Subject.objects.filter(contact_id=subject.contact_id).exclude(pk=subject.pk)
    columns = person_columns(person, subject.contact, shield_of_home(subject.contact, [*others, person]))
    keep_earlier(subject, columns, viewer=viewer, at=at)
    for name, value in columns.items():
        setattr(subject, name, value)
    subject.save(update_fields=list(columns))
    _renew_keys(subject.contact, person)
    return subject


IN_CONCERN = "The concern for sharing holds a place that is protected now: reword it first, then protect it"
IN_WORDS = "Agencies that are asked read this and the other names: take the protected place out of them"


def _renew_keys(contact: Contact, said: ReportedPerson) -> None:
    """Let a home be found by its address, and stand in what agencies read, only while nobody there is protected."""
    found = Contact.objects.get(pk=contact.pk)
    people = list(Subject.objects.filter(contact_id=contact.pk))
    secrets = protected_secrets(places_in(found, people))
    if find_leaks(found.concern, secrets):
        raise RuleBroken(IN_CONCERN, field="address_is_protected")
    if place_in_words(said, secrets):
        raise RuleBroken(IN_WORDS, field="part")
    renew_keys(found, people, shield_of_home(found, people))


@transaction.atomic
def relate(
    contact: Contact,
    subject: Subject,
    to: Subject,
    kind: str,
    *,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Relation:
    """Say how one person of a contact is related to another; saying it again changes the kind.

    Raises:
        NotPermitted: the viewer's role does not complete contacts.
        MoveNotAllowed: the contact has ended.
        NotVisible: one of them is not of this contact.
        RuleBroken: the two are the same, or the kind is not on the list.
    """
    if subject.contact_id != contact.pk or to.contact_id != contact.pk:
        raise NotVisible
    if subject.pk == to.pk:
        raise RuleBroken("Choose two different people", field="to")
    if kind not in RelationKind.values:
        raise RuleBroken("Choose how they are related", field="kind")
    details = {"changed": "relation", "kind": kind}
    transitions.apply(contact, "contact.amended", table=CONTACT, viewer=viewer, at=at, version=version, details=details)
    relation = Relation.objects.filter(subject=subject, to=to).first()
    if relation is None:
        relation = Relation(contact=contact, subject=subject, to=to, kind=kind)
        relation.save(force_insert=True)
    else:
        relation.kind = kind
        relation.save(update_fields=["kind"])
    return relation
