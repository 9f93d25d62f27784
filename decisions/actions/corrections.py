"""A correction is passed on to those who had been told the wrong fact; what they were told stays as it was."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models, transaction

from agencies.access import firewall, transitions
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from common.errors import NotPermitted, RuleBroken
from contacts.models import Contact, Correction, Referrer
from decisions.actions.preparing import refuse_giving_away
from decisions.choices import ToldBy
from decisions.mail import notices as mail
from decisions.models import CorrectionNotice
from decisions.reads.corrections import asked_before, family_before, handed_before, referrer_before, released_before
from decisions.reads.enquiry import private_words, words_of_referrer
from notices.actions import notify_holders

LONGEST_TEXT = 20_000
TELLERS = frozenset({Role.MANAGER, Role.FRONT_DOOR, ASSIGNED})


@transaction.atomic
def pass_on_correction(correction: Correction, text: str, *, viewer: Viewer, at: datetime) -> list[CorrectionNotice]:
    """Tell everybody who had been told before a correction was made, as far as the viewer may know of them.

    Agencies and teams are told in the hub and read it on a page of their own; referrer and family are put on the list
    of the front door. Who was told before is not told again.

    Args:
        text: the correction for sharing. It must not give away who was privately worried.

    Raises:
        NotPermitted: the viewer does not pass corrections of this contact on.
        NotVisible: the viewer does not see it.
        RuleBroken: no text, too long, it gives somebody away, or nobody is left to be told.
    """
    contact = transitions.lock(correction.contact, viewer=viewer)
    if not (viewer.roles | contact.roles_of(viewer)) & TELLERS:
        raise NotPermitted("The front door, the manager and the social worker of the enquiry pass corrections on.")
    held: Correction = firewall.fetch(Correction.objects.all(), viewer, pk=correction.pk)
    _check_text(text, contact, viewer)
    made = _rows(held, contact, text.strip(), viewer=viewer, at=at)
    if not made:
        raise RuleBroken("Everybody who had been told is told of this correction already.", field="text")
    for one in made:
        one.save(force_insert=True)
        _tell(one, at=at)
    record(
        "correction.passed_on",
        actor=viewer,
        at=at,
        record_type=Contact._meta.label_lower,
        record_id=contact.pk,
        reference=contact.reference,
        enquiry_id=contact.enquiry_id,
        details={"told": len(made)},
    )
    return made


def _check_text(text: str, contact: Contact, viewer: Viewer) -> None:
    if not text.strip():
        raise RuleBroken("Enter what they are told: what was wrong, and what is right instead.", field="text")
    if len(text) > LONGEST_TEXT:
        raise RuleBroken(f"Shorten this to {LONGEST_TEXT:,} characters.", field="text")
    own = Referrer.objects.visible_to(viewer).filter(contact_id=contact.pk, is_private=True).select_related("contact")
    private = [word for one in own for word in words_of_referrer(one)]
    if contact.enquiry_id is not None:
        private += private_words(viewer, contact.enquiry_id)
    refuse_giving_away({"text": text}, private)


def _rows(
    correction: Correction, contact: Contact, text: str, *, viewer: Viewer, at: datetime
) -> list[CorrectionNotice]:
    told = CorrectionNotice.objects.visible_to(viewer).filter(correction_id=correction.pk)
    known = {key for row in told.values_list("request", "handover", "summary", "feedback", "letter") for key in row}

    def row(kind: str, by: models.Model, **to: uuid.UUID) -> CorrectionNotice:
        return CorrectionNotice(
            correction=correction,
            contact=contact,
            kind=kind,
            text=text,
            written_at=at,
            written_by_id=viewer.member,
            **{kind: by},
            **to,
        )

    requests = asked_before(viewer, contact, correction)
    handovers = handed_before(viewer, contact, correction)
    summaries = released_before(viewer, contact, correction)
    made = [
        *(row(ToldBy.REQUEST, one, agency_id=one.agency_id) for one in requests),
        *(row(ToldBy.HANDOVER, one, team_id=one.team_id) for one in handovers),
        *(row(ToldBy.SUMMARY, one, team_id=one.team_id) for one in summaries),
        *(row(ToldBy.FEEDBACK, one) for one in referrer_before(viewer, contact, correction)),
        *(row(ToldBy.LETTER, one) for one in family_before(viewer, contact, correction)),
    ]
    return [one for one in made if getattr(one, f"{one.kind}_id") not in known]


def _tell(notice: CorrectionNotice, *, at: datetime) -> None:
    told_by = notice.request or notice.handover or notice.summary
    message = mail.corrected(notice, str(told_by or ""))
    if notice.agency_id is not None:
        notify_holders(message, Role.RESEARCHER, Role.LEAD, agency_id=notice.agency_id, at=at)
    elif notice.team_id is not None:
        notify_holders(message, Role.RECEIVING_WORKER, team_id=notice.team_id, at=at)


@transaction.atomic
def settle_correction(notice: CorrectionNotice, *, viewer: Viewer, at: datetime) -> CorrectionNotice:
    """Record that a correction was read by whom it is for, or said to somebody outside the hub; once.

    Raises:
        NotVisible: there is none for this viewer.
        NotPermitted: it is for another agency or team, or the viewer is not the front door.
    """
    seen: CorrectionNotice = firewall.fetch(CorrectionNotice.objects.all(), viewer, pk=notice.pk)
    if not _may_settle(seen, viewer):
        raise NotPermitted("Whoever it is for records that they have read it; the front door tells those outside.")
    rows = CorrectionNotice.objects.select_for_update(of=("self",))
    held: CorrectionNotice = firewall.fetch(rows, viewer, pk=notice.pk)
    if held.told_at is not None:
        return held
    held.told_at, held.told_by_id = at, viewer.member
    held.save(update_fields=["told_at", "told_by"])
    record(
        "correction.told",
        actor=viewer,
        at=at,
        record_type=CorrectionNotice._meta.label_lower,
        record_id=held.pk,
        reference=held.reference,
        details={"by": held.kind},
    )
    return held


def _may_settle(notice: CorrectionNotice, viewer: Viewer) -> bool:
    if notice.kind in (ToldBy.FEEDBACK, ToldBy.LETTER):
        return viewer.has(Role.FRONT_DOOR, Role.MANAGER)
    to_agency = notice.agency_id is not None and viewer.group_id is not None and notice.agency_id == viewer.agency_id
    return to_agency or (notice.team_id is not None and notice.team_id == viewer.team_id)
