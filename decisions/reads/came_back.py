"""What both the page and the actions read of a letter or an email that came back."""

from __future__ import annotations

from collections.abc import Sequence

from agencies.access.viewer import Viewer
from contacts.models import Referrer, Subject
from decisions.models import CameBack, FamilyLetter


def safe_by_of(viewer: Viewer, row: CameBack) -> Sequence[str]:
    """Return how it is safe to reach whom it was for; nothing where nobody was asked."""
    if row.letter_id is not None:
        of_letter = FamilyLetter.objects.filter(pk=row.letter_id).values("subject_id")
        parent = Subject.objects.visible_to(viewer).filter(pk__in=of_letter).first()
        return parent.safe_by if parent else []
    referrer = Referrer.objects.visible_to(viewer).filter(contact_id=row.contact_id).first()
    return referrer.safe_by if referrer else []


def is_back(letter: FamilyLetter) -> bool:
    """Say whether a letter came back, and nobody has seen to it yet."""
    return CameBack.objects.filter(letter=letter, settled_at__isnull=True).exists()
