"""Which letters to parents are still to be settled."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from contacts.models import Relation
from decisions.choices import LetterState
from decisions.models import FamilyLetter

SETTLED = (LetterState.SENT, LetterState.HELD_BACK)


def unwritten(parents: QuerySet[Relation]) -> QuerySet[Relation]:
    """Keep the parents to whom no letter was sent or held back; letters and relations have one audience here."""
    letters = FamilyLetter.objects.filter(contact_id=OuterRef("contact_id"), subject_id=OuterRef("subject_id"))
    return parents.filter(~Exists(letters.filter(state__in=SETTLED)))
