"""Reads of what came back of the letters and emails about one contact."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from agencies.access import firewall
from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.errors import NotVisible
from common.moments import london_day
from contacts.models import Contact, Receipt
from contacts.rules.reaching import in_words, why_not_by_post
from decisions.choices import CameBackKind, FeedbackState, LetterState
from decisions.models import CameBack, FamilyLetter, Feedback
from decisions.reads.came_back import safe_by_of

RECORDS = (Role.FRONT_DOOR, Role.MANAGER, Role.SOCIAL_WORKER)
WRITES = (Role.FRONT_DOOR, Role.MANAGER)


@dataclass(frozen=True)
class Back:
    """One return, in words.

    Attributes:
        what: what came back, and whom it was for.
        safe_by: how it is safe to reach them.
        write_again: key of the parent to whom the letter is written again; None where that is not safe, or not asked.
        draft: reference of the letter that is being written again.
    """

    row: CameBack
    what: str
    safe_by: str
    write_again: uuid.UUID | None
    draft: str


@dataclass(frozen=True)
class CameBackPage:
    """All that came back of one contact, open first."""

    contact: Contact
    open: list[Back]
    settled: list[Back]
    may_settle: bool
    may_record: bool


def came_back_page(viewer: Viewer, contact: Contact) -> CameBackPage:
    """Return what came back of what was sent about a contact.

    Args:
        contact: as `told_contact` gives it.
    """
    rows = CameBack.objects.visible_to(viewer).filter(contact=contact)
    rows = rows.select_related("letter__subject", "feedback", "recorded_by__user", "settled_by__user")
    found = [_back(viewer, row) for row in rows.order_by("-recorded_at", "-id")]
    return CameBackPage(
        contact=contact,
        open=[one for one in found if one.row.settled_at is None],
        settled=[one for one in found if one.row.settled_at is not None],
        may_settle=viewer.has(*RECORDS),
        may_record=viewer.has(*RECORDS) and bool(what_left(viewer, contact)),
    )


def _back(viewer: Viewer, row: CameBack) -> Back:
    ways = safe_by_of(viewer, row)
    draft = _draft(viewer, row.letter) if row.letter else ""
    return Back(
        row=row,
        what=_words_of_letter(row.letter) if row.letter else str(CameBackKind(row.kind).label),
        safe_by=in_words(ways),
        write_again=_whom_to_write_to(viewer, row, ways) if not draft else None,
        draft=draft,
    )


def _whom_to_write_to(viewer: Viewer, row: CameBack, ways: Sequence[str]) -> uuid.UUID | None:
    if row.letter is None or row.settled_at is not None or not viewer.has(*WRITES) or why_not_by_post(ways):
        return None
    return row.letter.subject_id


def _draft(viewer: Viewer, letter: FamilyLetter) -> str:
    drafts = FamilyLetter.objects.visible_to(viewer).filter(state=LetterState.DRAFT)
    again = drafts.filter(contact=letter.contact_id, subject=letter.subject_id).values_list("reference", flat=True)
    return again.first() or ""


def _words_of_letter(letter: FamilyLetter) -> str:
    posted = london_day(letter.sent_at or letter.written_at)
    return f"Letter {letter.reference} to {letter.subject.name}, posted {posted.day} {posted:%B %Y}"


def what_left(viewer: Viewer, contact: Contact) -> list[tuple[str, str]]:
    """Return what was sent about a contact and can come back, the latest first: what a form sends, and its words."""
    open_rows = CameBack.objects.visible_to(viewer).filter(contact=contact, settled_at__isnull=True)
    back = {_key(row.kind, row.letter_id or row.feedback_id) for row in open_rows}
    letters = FamilyLetter.objects.visible_to(viewer).filter(contact=contact, state=LetterState.SENT)
    found = [
        (_key(CameBackKind.LETTER, one.pk), _words_of_letter(one))
        for one in letters.select_related("subject").order_by("-sent_at", "-id")
    ]
    words = Feedback.objects.visible_to(viewer).filter(contact=contact, state=FeedbackState.SENT)
    for one in words.order_by("-told_at", "-id"):
        day = london_day(one.told_at)
        found.append((_key(CameBackKind.FEEDBACK, one.pk), f"{CameBackKind.FEEDBACK.label}, {day.day} {day:%B %Y}"))
    if Receipt.objects.filter(firewall.rule_for(Receipt)(viewer), contact=contact).exists():
        found.append((_key(CameBackKind.RECEIPT, None), str(CameBackKind.RECEIPT.label)))
    return [one for one in found if one[0] not in back]


def _key(kind: str, key: uuid.UUID | None) -> str:
    return f"{kind}:{key or ''}"


def get_return(viewer: Viewer, contact: Contact, key: uuid.UUID) -> CameBack:
    """Return one return of this very contact.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = CameBack.objects.filter(contact=contact)
    return firewall.fetch(rows, viewer, pk=key)


def require_may_record(viewer: Viewer) -> None:
    """Let those alone record a return who see to it.

    Raises:
        NotVisible: the viewer only reads.
    """
    if not viewer.has(*RECORDS):
        raise NotVisible
