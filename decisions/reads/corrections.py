"""Who had been told a wrong fact before it was corrected, and of which corrections nobody has been told yet."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TypeVar

from django.db import connection
from django.db.models import DateTimeField, Exists, Model, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from agencies.access.viewer import Viewer
from agencies.choices import Role
from contacts.models import Contact, Correction
from contacts.visibility import worked_on
from decisions.choices import FeedbackState, LetterState
from decisions.models import AskedThrough, CorrectionNotice, FamilyLetter, Feedback, MashSummary
from information_sharing.choices import RequestState
from information_sharing.models import InformationRequest
from screening.models import Handover

T = TypeVar("T", bound=Model)


def _told(moment: str, correction: Correction) -> Q:
    """Return what was told while the wrong fact stood: before the correction, and since the fact was there."""
    before = Q(**{f"{moment}__lte": correction.made_at})
    return before & Q(**{f"{moment}__gte": correction.since}) if correction.since else before


def asked_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[InformationRequest]:
    """Return requests sent before a correction about somebody of its contact."""
    rows = InformationRequest.objects.visible_to(viewer).exclude(state=RequestState.WITHDRAWN)
    about = Q(enquiry_id=contact.enquiry_id, asked_about__subject__contact_id=contact.pk)
    through = AskedThrough.objects.visible_to(viewer).filter(correction_id=correction.pk)
    told = (about & _told("sent_at", correction)) | Q(pk__in=through.values("request_id"))
    return rows.filter(told).distinct()


def handed_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[Handover]:
    """Return what was handed to a team before a correction."""
    rows = Handover.objects.visible_to(viewer).filter(contact_id=contact.pk)
    return rows.filter(_told("sent_at", correction))


def released_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[MashSummary]:
    """Return summaries released before a correction about a child of its contact."""
    rows = MashSummary.objects.visible_to(viewer).filter(enquiry_id=contact.enquiry_id)
    return rows.filter(_told("released_at", correction), children__subject__contact_id=contact.pk).distinct()


def referrer_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[Feedback]:
    """Return words that reached the referrer before a correction."""
    rows = Feedback.objects.visible_to(viewer).filter(_told("told_at", correction), contact_id=contact.pk)
    return rows.filter(state__in=(FeedbackState.SENT, FeedbackState.SPOKEN))


def family_before(viewer: Viewer, contact: Contact, correction: Correction) -> QuerySet[FamilyLetter]:
    """Return letters that left before a correction."""
    rows = FamilyLetter.objects.visible_to(viewer).filter(contact_id=contact.pk, state=LetterState.SENT)
    return rows.filter(_told("sent_at", correction))


def untold(viewer: Viewer) -> QuerySet[Correction]:
    """Return corrections of which somebody had been told the wrong fact, and nobody has been told yet; one query."""
    enquiry, contact = OuterRef("contact__enquiry_id"), OuterRef("contact_id")

    def told(rows: QuerySet[T], moment: str) -> QuerySet[T]:
        return rows.filter(**{f"{moment}__lte": OuterRef("made_at"), f"{moment}__gte": OuterRef("from_then_on")})

    requests = InformationRequest.objects.visible_to(viewer).exclude(state=RequestState.WITHDRAWN)
    asked = told(requests.filter(enquiry_id=enquiry, asked_about__subject__contact_id=contact), "sent_at")
    through = AskedThrough.objects.visible_to(viewer).filter(correction_id=OuterRef("pk"))
    released = told(MashSummary.objects.visible_to(viewer).filter(enquiry_id=enquiry), "released_at")
    handed = told(Handover.objects.visible_to(viewer).filter(contact_id=contact), "sent_at")
    words = told(Feedback.objects.visible_to(viewer).filter(contact_id=contact), "told_at")
    words = words.filter(state__in=(FeedbackState.SENT, FeedbackState.SPOKEN))
    written = told(FamilyLetter.objects.visible_to(viewer).filter(contact_id=contact), "sent_at")
    somebody = (
        Exists(asked)
        | Exists(through)
        | Exists(released.filter(children__subject__contact_id=contact))
        | Exists(handed)
        | Exists(words)
        | Exists(written.filter(state=LetterState.SENT))
    )
    always = Value(datetime.min.replace(tzinfo=UTC), output_field=DateTimeField())
    rows = Correction.objects.visible_to(viewer).annotate(from_then_on=Coalesce("since", always)).filter(somebody)
    if not viewer.has(Role.MANAGER, Role.FRONT_DOOR):  # Others read corrections with the report, and pass none on.
        rows = rows.filter(worked_on(viewer, worker="contact__social_worker_id", enquiry="contact__enquiry_id"))
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
