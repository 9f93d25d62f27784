"""Who had been told a wrong fact before it was corrected, and of which corrections nobody has been told yet."""

from __future__ import annotations

import uuid

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from agencies.access.viewer import Viewer
from agencies.choices import Role
from contacts.models import Contact, Correction
from decisions.choices import FeedbackState, LetterState
from decisions.models import CorrectionNotice, FamilyLetter, Feedback, MashSummary
from information_sharing.choices import RequestState
from information_sharing.models import InformationRequest
from screening.models import Handover


def asked_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[InformationRequest]:
    """Return requests sent before a correction about somebody of its contact."""
    rows = InformationRequest.objects.visible_to(viewer).filter(enquiry_id=contact.enquiry_id)
    about = rows.filter(asked_about__subject__contact_id=contact.pk, sent_at__lte=correction.made_at)
    return about.exclude(state=RequestState.WITHDRAWN).distinct()


def handed_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[Handover]:
    """Return what was handed to a team before a correction."""
    rows = Handover.objects.visible_to(viewer).filter(contact_id=contact.pk)
    return rows.filter(sent_at__lte=correction.made_at)


def released_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[MashSummary]:
    """Return summaries released before a correction about a child of its contact."""
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry_id=contact.enquiry_id)
    return rows.filter(children__subject__contact_id=contact.pk, released_at__lte=correction.made_at).distinct()


def referrer_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[Feedback]:
    """Return words that reached the referrer before a correction."""
    rows = Feedback.objects.visible_to(viewer).filter(contact_id=contact.pk, told_at__lte=correction.made_at)
    return rows.filter(state__in=(FeedbackState.SENT, FeedbackState.SPOKEN))


def family_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[FamilyLetter]:
    """Return letters that left before a correction."""
    rows = FamilyLetter.objects.visible_to(viewer).filter(contact_id=contact.pk, state=LetterState.SENT)
    return rows.filter(sent_at__lte=correction.made_at)


def untold(viewer: Viewer) -> QuerySet[Correction]:
    """Return corrections of which somebody had been told the wrong fact, and nobody has been told yet; one query."""
    enquiry, contact, made = OuterRef("contact__enquiry_id"), OuterRef("contact_id"), OuterRef("made_at")
    asked = InformationRequest.objects.visible_to(viewer).filter(enquiry_id=enquiry, sent_at__lte=made)
    asked = asked.filter(asked_about__subject__contact_id=contact).exclude(state=RequestState.WITHDRAWN)
    released = MashSummary.objects.visible_to(viewer).filter(enquiry_id=enquiry, released_at__lte=made)
    handed = Handover.objects.visible_to(viewer).filter(contact_id=contact, sent_at__lte=made)
    told = Feedback.objects.visible_to(viewer).filter(contact_id=contact, told_at__lte=made)
    told = told.filter(state__in=(FeedbackState.SENT, FeedbackState.SPOKEN))
    written = FamilyLetter.objects.visible_to(viewer).filter(contact_id=contact, sent_at__lte=made)
    somebody = (
        Exists(asked)
        | Exists(released.filter(children__subject__contact_id=contact))
        | Exists(handed)
        | Exists(told)
        | Exists(written.filter(state=LetterState.SENT))
    )
    rows = Correction.objects.visible_to(viewer).filter(somebody)
    return rows.exclude(Exists(CorrectionNotice.objects.visible_to(viewer).filter(correction_id=OuterRef("pk"))))


def has_kept_untold(viewer: Viewer) -> bool:
    """Say whether the corrections that may be untold to this viewer are kept by the database.

    It keeps them for two sides: the decision team, which sees all that was told, and the front door. Whoever stands at
    the front door and sees requests or summaries as somebody else too is on neither.
    """
    if viewer.has(Role.MANAGER):
        return True
    elsewhere = viewer.has(Role.SOCIAL_WORKER, Role.RESEARCHER, Role.LEAD, Role.RECEIVING_WORKER)
    return not viewer.case_access.emergency_route and not (viewer.has(Role.FRONT_DOOR) and elsewhere)


def kept_untold() -> list[uuid.UUID]:
    """Return the corrections among which those of `untold` are, for whoever is acting: `fw.corrections_untold`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.corrections_untold()")
        return list(cursor.fetchone()[0])
