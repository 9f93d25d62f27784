"""The people of a MASH enquiry, as each viewer may see them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import F, OuterRef, Subquery

from agencies.access.viewer import Viewer
from contacts.models import Contact, Subject
from contacts.reads.masking import Mask
from contacts.rules.protected import shield_of

SHOWN = ("other_names", "part", "age_reported")
"""What somebody wrote about a person that stands in the lists of people."""


def contacts_of_enquiry(viewer: Viewer, enquiry_id: uuid.UUID) -> list[Contact]:
    """Return the contacts of an enquiry that the viewer sees, the first to arrive first."""
    rows = Contact.objects.visible_to(viewer).filter(enquiry_id=enquiry_id)
    return list(rows.order_by("arrived_at", "id"))


def people_of_enquiry(viewer: Viewer, enquiry_id: uuid.UUID, *, sees_contacts: bool = False) -> list[Subject]:
    """Return the children and adults of an enquiry's contacts that the viewer sees, those of the first contact first.

    Whoever was asked about somebody sees that person and not the contact, so the contact is not joined: a person whose
    contact is hidden stands last.

    Args:
        sees_contacts: the viewer is of the decision team, which sees every contact of its enquiry: each person then
            brings its contact along.
    """
    arrival = Contact.objects.visible_to(viewer).filter(pk=OuterRef("contact_id")).order_by()
    rows = Subject.objects.visible_to(viewer).filter(enquiry_id=enquiry_id)
    rows = rows.annotate(contact_arrived_at=Subquery(arrival.values("arrived_at")[:1]))
    rows = rows.select_related("contact") if sees_contacts else rows
    return list(rows.order_by(F("contact_arrived_at").asc(nulls_last=True), "contact_id", "position", "id"))


def say_schools(people: Iterable[Subject], contacts: Iterable[Contact], mask: Mask) -> list[Subject]:
    """Put beside each person what a page shows of them: the school, and their texts, without protected places.

    Whoever does not see the contact is shown no school: an agency reads in its request what it was told.

    Args:
        contacts: those that the viewer sees.
        mask: takes the protected places out of a text.
    """
    known, said = {one.pk: one for one in contacts}, list(people)
    for one in said:
        contact = known.get(one.contact_id)
        shield = shield_of(one, contact) if contact is not None and one.school else None
        shown = shield.words("school") if shield else one.school
        one.texts_shown = {name: mask(getattr(one, name)) for name in SHOWN}  # type: ignore[attr-defined]  # likewise
        one.school_shown = shown if contact is not None else ""  # type: ignore[attr-defined]  # for the page alone
    return said


def each_person_once(people: Iterable[Subject]) -> list[Subject]:
    """Return the first description of each person, in the order in which they come; who is linked to nobody stands."""
    first: dict[uuid.UUID, Subject] = {}
    for one in people:
        first.setdefault(one.person_id or one.pk, one)
    return list(first.values())


def enquiries_of_same_people(contact: Contact) -> list[uuid.UUID]:
    """Return the enquiries, ended ones too, about somebody linked to a person of a contact that waits for screening.

    Whoever screens sees neither those contacts nor their people, only that an enquiry is about the same person: the
    database answers with keys. None to whoever does not screen the contact.
    """
    return _keys("SELECT fw.enquiries_of_same_people(%s)", contact.pk)


def contacts_of_same_people(enquiry_id: uuid.UUID) -> list[uuid.UUID]:
    """Return the contacts that wait for screening and share a linked person with an enquiry, as keys."""
    return _keys("SELECT fw.contacts_of_same_people(%s)", enquiry_id)


def _keys(statement: str, key: uuid.UUID) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        return list(cursor.fetchone()[0])
