"""The parents of a contact's children, as they were reported."""

from __future__ import annotations

from django.db.models import QuerySet

from contacts.choices import PersonKind, RelationKind
from contacts.models import Contact, Relation

PARENTS = (RelationKind.PARENT, RelationKind.STEP_PARENT)
"""Relations of whoever is owed a letter when a contact ends; `decisions/sql/functions/letters.sql` says it too."""


def parents() -> QuerySet[Relation]:
    """Return how living adults are parents, to narrow a read that keeps to its viewer's rule or its policies."""
    return Relation.objects.filter(kind__in=PARENTS, subject__kind=PersonKind.ADULT, subject__has_died=False)


def parents_of(contact: Contact) -> QuerySet[Relation]:
    """Return how adults of one contact are parents of somebody in it, for an action that has locked the contact."""
    return parents().filter(contact_id=contact.pk)
