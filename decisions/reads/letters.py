"""Which letters to parents are still to be settled."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from contacts.models import Contact, Relation, Subject
from contacts.rules.protected import Shield, shield_of_home, shield_of_own
from decisions.choices import LetterState
from decisions.models import FamilyLetter

SETTLED = (LetterState.SENT, LetterState.HELD_BACK)


def unwritten(parents: QuerySet[Relation]) -> QuerySet[Relation]:
    """Keep the parents to whom no letter was sent or held back since the contact ended, for the last time.

    Letters, relations and their contact have one audience here.
    """
    letters = FamilyLetter.objects.filter(contact_id=OuterRef("contact_id"), subject_id=OuterRef("subject_id"))
    letters = letters.filter(written_at__gte=OuterRef("contact__ended_at"))
    return parents.filter(~Exists(letters.filter(state__in=SETTLED)))


def is_of_this_ending(letter: FamilyLetter, contact: Contact) -> bool:
    """Say whether a letter was written since the contact ended for the last time, or the contact is open."""
    return contact.ended_at is None or letter.written_at >= contact.ended_at


def shield_of_letter(adult: Subject, contact: Contact) -> Shield | None:
    """Return how the address to which a letter goes is protected: it is drafted, shown and printed without one."""
    home = shield_of_home(contact, list(Subject.objects.filter(contact=contact)))
    return shield_of_own(adult, contact, home) if adult.address else home
