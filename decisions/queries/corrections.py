"""Corrections of a contact beside those who had been told the wrong fact."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from agencies.access import firewall
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record_reading
from contacts.models import Contact, Correction
from decisions.choices import ToldBy
from decisions.models import CorrectionNotice
from decisions.reads.corrections import (
    asked_before,
    family_before,
    handed_before,
    referrer_before,
    released_before,
)


@dataclass(frozen=True)
class Teller:
    """One of those who had been told: by what, and how far they know of the correction.

    Attributes:
        told_by: code of `ToldBy`.
        key: of the request, handover, summary, feedback or letter.
        notice: what they are told; None where nobody has written it yet.
    """

    told_by: str
    key: uuid.UUID
    whom: str
    what: str
    when: datetime | None
    notice: CorrectionNotice | None = None

    @property
    def to_be_said(self) -> bool:
        """Say whether the front door has still to tell them."""
        outside = self.told_by in (ToldBy.FEEDBACK, ToldBy.LETTER)
        return outside and self.notice is not None and self.notice.told_at is None

    @property
    def standing(self) -> str:
        """How far they know."""
        if self.notice is None:
            return "Not told yet"
        outside = self.told_by in (ToldBy.FEEDBACK, ToldBy.LETTER)
        if self.notice.told_at is None:
            return "To be told by the front door" if outside else "Told in the hub, not read yet"
        return "Told" if outside else "Told and read"


@dataclass(frozen=True)
class Corrected:
    """One correction and everybody who had been told before it was made."""

    correction: Correction
    tellers: list[Teller]

    @property
    def has_untold(self) -> bool:
        """Say whether somebody has not been told yet."""
        return any(one.notice is None for one in self.tellers)


def corrected(viewer: Viewer, contact: Contact) -> list[Corrected]:
    """Return the corrections of a contact with those who had been told, as far as the viewer sees either.

    Seven queries, however many corrections and tellings there are: a correction made later only adds to the list.

    Args:
        contact: fetched through its own rule.
    """
    rows = Correction.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("made_by__user")
    corrections = list(rows)
    if not corrections:
        return []
    tellers = _told_before(viewer, contact, corrections[-1])
    notices = CorrectionNotice.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("told_by__user")
    by_key = {(one.correction_id, _told_key(one)): one for one in notices}
    return [
        Corrected(
            one,
            [
                Teller(each.told_by, each.key, each.whom, each.what, each.when, by_key.get((one.pk, each.key)))
                for each in tellers
                if each.when is not None and each.when <= one.made_at
            ],
        )
        for one in corrections
    ]


def get_correction(viewer: Viewer, contact: Contact, key: str) -> Correction:
    """Return one correction of a contact.

    Raises:
        NotVisible: there is none for this viewer.
    """
    return firewall.fetch(Correction.objects.select_related("contact"), viewer, contact_id=contact.pk, pk=key)


def tells_corrections(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer passes corrections of this contact on."""
    return bool((viewer.roles | contact.roles_of(viewer)) & {Role.MANAGER, Role.FRONT_DOOR, ASSIGNED})


def sees_all_told(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer sees everybody who was told: the front door alone sees no agency that was asked."""
    return bool((viewer.roles | contact.roles_of(viewer)) & {Role.MANAGER, ASSIGNED})


def get_notice(viewer: Viewer, reference: str) -> CorrectionNotice:
    """Return one correction as it was passed on.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = CorrectionNotice.objects.select_related("request", "handover", "summary", "agency", "team", "told_by__user")
    return firewall.fetch(rows, viewer, reference=reference)


def notice_for_reader(viewer: Viewer, reference: str, *, at: datetime) -> CorrectionNotice:
    """Return one correction for its page, and write down that it was read.

    Raises:
        NotVisible: there is none for this viewer.
    """
    notice = get_notice(viewer, reference)
    record_reading("correction", actor=viewer, at=at, item_ids=[notice.pk], reference=notice.reference)
    return notice


def is_for(viewer: Viewer, notice: CorrectionNotice) -> bool:
    """Say whether a correction is addressed to the viewer's agency or team."""
    to_agency = notice.agency_id is not None and viewer.group_id is not None and notice.agency_id == viewer.agency_id
    return to_agency or (notice.team_id is not None and notice.team_id == viewer.team_id)


def path_of_told(notice: CorrectionNotice) -> str:
    """Return the page of what they had been told by."""
    if notice.request:
        return reverse("information_sharing:request", args=[notice.request.reference])
    if notice.handover:
        return reverse("screening:handover", args=[notice.handover.reference])
    return reverse("decisions:summary", args=[notice.summary.reference]) if notice.summary else ""


def _told_key(notice: CorrectionNotice) -> uuid.UUID | None:
    return (
        notice.request_id or notice.handover_id or notice.summary_id or notice.feedback_id or notice.letter_id
    )  # one of them, by constraint


def _told_before(viewer: Viewer, contact: Contact, last: Correction) -> list[Teller]:
    asked = asked_before(viewer, contact, last).select_related("agency").order_by("sent_at", "id")
    handed = handed_before(viewer, contact, last).select_related("team").order_by("sent_at", "id")
    released = released_before(viewer, contact, last).select_related("team").order_by("released_at", "id")
    words = referrer_before(viewer, contact, last).order_by("told_at", "id")
    letters = family_before(viewer, contact, last).select_related("subject").order_by("sent_at", "id")
    return [
        *(Teller(ToldBy.REQUEST, one.pk, one.agency.name, f"Request {one}", one.sent_at) for one in asked),
        *(Teller(ToldBy.HANDOVER, one.pk, one.team.name, f"Handover {one}", one.sent_at) for one in handed),
        *(Teller(ToldBy.SUMMARY, one.pk, one.team.name, f"MASH summary {one}", one.released_at) for one in released),
        *(Teller(ToldBy.FEEDBACK, one.pk, "The referrer", f"Feedback {one}", one.told_at) for one in words),
        *(Teller(ToldBy.LETTER, one.pk, one.subject.name, f"Letter {one}", one.sent_at) for one in letters),
    ]


def contact_reference_of(viewer: Viewer, notice: CorrectionNotice) -> str:
    """Return the reference of the contact that was corrected, to those who see it.

    Raises:
        NotVisible: the viewer does not.
    """
    contact: Contact = firewall.fetch(Contact.objects.all(), viewer, pk=notice.contact_id)
    return contact.reference
