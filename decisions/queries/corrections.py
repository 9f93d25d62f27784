"""Corrections of a contact beside those who had been told the wrong fact."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from agencies.access import firewall
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record_reading
from contacts.models import Contact, Correction, PersonLink
from decisions.choices import ToldBy
from decisions.models import AskedThrough, CorrectionNotice
from decisions.reads.corrections import (
    asked_before,
    family_before,
    handed_before,
    referrer_before,
    released_before,
)
from information_sharing.choices import RequestState
from information_sharing.models import InformationRequest, RequestSubject


@dataclass(frozen=True)
class Teller:
    """One of those who had been told: by what, and how far they know of the correction.

    Attributes:
        told_by: code of `ToldBy`.
        key: of the request, handover, summary, feedback or letter.
        notice: what they are told; None where nobody has written it yet.
        is_through: they were asked through a link that was undone since.
    """

    told_by: str
    key: uuid.UUID
    whom: str
    what: str
    when: datetime | None
    notice: CorrectionNotice | None = None
    is_through: bool = False

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
        if self.notice.call:
            return "Told by telephone"
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

    Eight queries, however many corrections and tellings there are: a correction made later only adds to the list.

    Args:
        contact: fetched through its own rule.
    """
    rows = Correction.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("made_by__user")
    corrections = list(rows)
    if not corrections:
        return []
    tellers = _told_before(viewer, contact, Correction(made_at=corrections[-1].made_at))
    through = _asked_through(viewer, corrections)
    notices = CorrectionNotice.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("told_by__user")
    by_key = {(one.correction_id, _told_key(one)): one for one in notices}
    return [
        Corrected(
            one,
            [
                replace(each, notice=by_key.get((one.pk, each.key)))
                for each in {each.key: each for each in [*tellers, *through.get(one.pk, ())]}.values()
                if each.when is not None and each.when <= one.made_at and _stood(one, each)
            ],
        )
        for one in corrections
    ]


def _stood(correction: Correction, teller: Teller) -> bool:
    """Say whether the wrong fact stood when they were told; whoever was asked through a link is listed for that."""
    return (
        correction.since is None or teller.is_through or (teller.when is not None and teller.when >= correction.since)
    )


def _asked_through(viewer: Viewer, corrections: list[Correction]) -> dict[uuid.UUID, list[Teller]]:
    """Return by correction whom a link that was undone had opened somebody to, beyond those who were asked directly."""
    undone = [one.pk for one in corrections if one.since is not None]
    found: dict[uuid.UUID, list[Teller]] = {}
    if undone:
        rows = AskedThrough.objects.visible_to(viewer).filter(correction_id__in=undone)
        for row in rows.select_related("request__agency").order_by("request__sent_at", "id"):
            teller = _asked(row.request, is_through=True)
            found.setdefault(row.correction_id, []).append(teller)
    return found


def _asked(request: InformationRequest, *, is_through: bool = False) -> Teller:
    return Teller(
        ToldBy.REQUEST, request.pk, request.agency.name, f"Request {request}", request.sent_at, is_through=is_through
    )


def rests_on(viewer: Viewer, link: PersonLink, *, at: datetime) -> list[Teller]:
    """Return who was told, asked or sent something while a link stood, as far as the viewer sees it.

    Args:
        link: in force, of somebody of a contact that the viewer sees.
    """
    contact = link.subject.contact
    as_if = Correction(made_at=at, since=link.linked_at)
    found = {one.key: one for one in _told_before(viewer, contact, as_if)}
    of_person = RequestSubject.objects.filter(subject__person_id=link.person_id, by_person=True)
    rows = InformationRequest.objects.visible_to(viewer).filter(enquiry_id=contact.enquiry_id)
    rows = rows.filter(asked_about__subject_id=link.subject_id).exclude(state=RequestState.WITHDRAWN)
    for request in rows.filter(pk__in=of_person.values("request_id")).select_related("agency").distinct():
        found[request.pk] = _asked(request, is_through=True)
    return sorted(found.values(), key=lambda one: one.when or at)


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


def may_ring(viewer: Viewer, notice: CorrectionNotice) -> bool:
    """Say whether the viewer may tell an agency or a team by telephone, because nobody there has read it."""
    to_somebody = notice.agency_id is not None or notice.team_id is not None
    return to_somebody and notice.told_at is None and viewer.has(Role.MANAGER) and not is_for(viewer, notice)


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
        *(_asked(one) for one in asked),
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
