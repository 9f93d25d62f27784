"""A correction is passed on to those who had been told the wrong fact; what they were told stays as it was."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import connection, models, transaction

import clock.actions as clock
from agencies.access import firewall, roles, transitions
from agencies.access.identity import acting_as
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from audit.actions import record
from clock.choices import Loop, Measure, Start
from clock.models import Deadline
from clock.rules.subject import Owing, Subject
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken
from contacts.choices import ContactState
from contacts.models import Contact, Correction
from contacts.rules.outgoing import check_outgoing
from decisions.choices import ToldBy
from decisions.mail import notices as mail
from decisions.models import CorrectionNotice
from decisions.reads.corrections import asked_before, family_before, handed_before, referrer_before, released_before
from decisions.reads.leaks import of_contact
from notices.actions import notify_holders

LONGEST_TEXT = 20_000
OUTSIDE = (ToldBy.FEEDBACK, ToldBy.LETTER)
"""To somebody without an account: the front door tells them."""
UNTOLD = ("correction", "correction_within")
SAID, READ = "correction_said", "correction_read"
"""Kinds of the clock's subjects: of the front door's own, of the other side's alone; to be said, to be read."""


class Untold(NamedTuple):
    """A contact of which a correction was told to nobody, as the database knows it.

    Attributes:
        kind: one of `UNTOLD`.
        made_at: of the oldest such correction.
    """

    kind: str
    contact_id: uuid.UUID
    reference: str
    enquiry_id: uuid.UUID | None
    enquiry_reference: str | None
    social_worker_id: uuid.UUID | None
    colour: str
    made_at: datetime


TELLERS = frozenset({Role.MANAGER, Role.FRONT_DOOR, ASSIGNED})


@transaction.atomic
def pass_on_correction(correction: Correction, text: str, *, viewer: Viewer, at: datetime) -> list[CorrectionNotice]:
    """Tell everybody who had been told before a correction was made, as far as the viewer may know of them.

    Agencies and teams are told in the hub and read it on a page of their own; referrer and family are put on the list
    of the front door. Who was told before is not told again.

    Args:
        text: the correction for sharing. It must not give away who told the hub and is not to be named.

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
        _start_clock(one, contact, at=at)
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
    check_outgoing({"text": text}, of_contact(viewer, contact), contact.pk)


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


def _start_clock(notice: CorrectionNotice, contact: Contact, *, at: datetime) -> None:
    is_said = notice.kind in OUTSIDE
    reference = contact.reference if is_said else notice.reference
    clock.start_if_measured(
        Subject(
            SAID if is_said else READ,
            notice.pk,
            reference,
            contact.enquiry_id,
            contact.enquiry_reference,
            case_id=contact.pk,
        ),
        Measure.CORRECTION,
        colour=contact.colour if contact.state == ContactState.IN_ENQUIRY else "",
        moments={Start.SENDING: at},
        owing=Owing(agency_id=notice.agency_id, team_id=notice.team_id),
        at=at,
    )


def clock_corrections(*, viewer: Viewer, at: datetime) -> int:
    """Start the clock of corrections of which nobody was told yet, and end it where everybody was.

    The database knows who was told; whoever corrects a contact, such as the front door, need not. Safe to run anywhere
    and any number of times at once.

    Returns:
        How many contacts have such a correction.

    Raises:
        NotPermitted: the viewer is not the clock.
    """
    roles.require(viewer, SystemRole.CLOCK)
    with acting_as(viewer) as system:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM fw.corrections_to_clock()")
            waiting = [Untold(*row) for row in cursor.fetchall()]
        start = partial(_start_untold, at=at)
        clock.each_row(Loop.CORRECTIONS, waiting, start, key=lambda one: one.contact_id, at=at)
        kept = {(one.kind, one.contact_id) for one in waiting}
        running = Deadline.objects.visible_to(system).open().filter(measure=Measure.CORRECTION)
        of_contacts = running.filter(subject_kind__in=UNTOLD).values_list("subject_kind", "subject_id")
        clock.each_row(
            Loop.CORRECTIONS,
            [one for one in of_contacts if one not in kept],
            lambda one: clock.meet_deadline(one[0], one[1], Measure.CORRECTION, at=at),
            key=lambda one: one[1],
            at=at,
        )
    return len(waiting)


def _start_untold(one: Untold, *, at: datetime) -> None:
    clock.start_if_measured(
        Subject(
            one.kind, one.contact_id, one.reference, one.enquiry_id, one.enquiry_reference or "", case_id=one.contact_id
        ),
        Measure.CORRECTION,
        colour=one.colour,
        moments={Start.SENDING: one.made_at},
        owing=Owing(membership_id=one.social_worker_id),
        at=at,
    )


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
    return _settle(held, call="", viewer=viewer, at=at)


@transaction.atomic
def ring_correction(notice: CorrectionNotice, call: str, *, viewer: Viewer, at: datetime) -> CorrectionNotice:
    """Record that the manager told an agency or a team by telephone, because nobody there has read it.

    Args:
        call: whom they spoke to, and what was said.

    Raises:
        NotVisible: there is none for this viewer.
        NotPermitted: the viewer is not a manager.
        MoveNotAllowed: it was read, or is not for an agency or a team.
        RuleBroken: it does not say whom.
    """
    roles.require(viewer, Role.MANAGER)
    if not call.strip():
        raise RuleBroken("Write whom you spoke to, and what was said.", field="text")
    rows = CorrectionNotice.objects.select_for_update(of=("self",))
    held: CorrectionNotice = firewall.fetch(rows, viewer, pk=notice.pk)
    if held.told_at is not None or held.kind in OUTSIDE:
        raise MoveNotAllowed("Nothing was changed: this correction was read already, or the front door says it.")
    return _settle(held, call=call.strip(), viewer=viewer, at=at)


def _settle(held: CorrectionNotice, *, call: str, viewer: Viewer, at: datetime) -> CorrectionNotice:
    held.told_at, held.told_by_id, held.call = at, viewer.member, call
    held.save(update_fields=["told_at", "told_by", "call"])
    clock.meet_deadline(SAID if held.kind in OUTSIDE else READ, held.pk, Measure.CORRECTION, at=at)
    record(
        "correction.told",
        actor=viewer,
        at=at,
        record_type=CorrectionNotice._meta.label_lower,
        record_id=held.pk,
        reference=held.reference,
        details={"by": held.kind, "rung": bool(call)},
    )
    return held


def _may_settle(notice: CorrectionNotice, viewer: Viewer) -> bool:
    if notice.kind in OUTSIDE:
        return viewer.has(Role.FRONT_DOOR, Role.MANAGER)
    to_agency = notice.agency_id is not None and viewer.group_id is not None and notice.agency_id == viewer.agency_id
    return to_agency or (notice.team_id is not None and notice.team_id == viewer.team_id)
