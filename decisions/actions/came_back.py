"""A letter or an email came back: it is written down, and somebody sees that they are told in some other way."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

import clock.actions as clock
from agencies.access import firewall, roles
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from agencies.choices import Role
from agencies.querysets import CaseQuerySet
from audit.actions import record
from clock.choices import Measure, Start
from clock.rules.subject import Owing, Subject
from common.errors import NotVisible, RuleBroken, StaleRecord
from common.moments import london_day
from common.normal.addresses import same_address
from contacts.choices import ContactState, SafeWay
from contacts.models import Contact, Receipt
from contacts.rules.reaching import why_not_by, why_not_by_email
from decisions.actions.remedies import Remedy, check_told
from decisions.choices import CameBackKind, FeedbackState, LetterState, SeenToBy, StandsOnIt, ToldHow
from decisions.mail import notices
from decisions.models import CameBack, FamilyLetter, Feedback
from decisions.reads.came_back import safe_by_of
from notices.actions import notify, notify_holders, send_once_more
from notices.choices import Channel
from notices.mail import is_usable
from screening.actions import who_works_on

KIND = "came_back"
"""Of the clock: one for each contact, however much came back."""

SEES_TO = (Role.MANAGER, Role.FRONT_DOOR, Role.SOCIAL_WORKER)
WRONG_ADDRESS = (StandsOnIt.GONE_AWAY, StandsOnIt.NOT_KNOWN, StandsOnIt.NO_SUCH_PLACE, StandsOnIt.INCOMPLETE)
"""What says that it would come back from there again."""

SAFE_WAY: Mapping[str, SafeWay] = {
    ToldHow.TELEPHONE: SafeWay.TELEPHONE,
    ToldHow.POST: SafeWay.POST,
    ToldHow.TEXT: SafeWay.TEXT,
}
"""Ways that can be unsafe. Whoever stands before them can see who listens."""


@dataclass(frozen=True)
class Returned:
    """What came back, when, and what stands on it.

    Attributes:
        kind: as in `CameBackKind`, with the key of the letter or of the feedback.
        words: what else stands on it; needed where it is nothing from the list.
    """

    kind: str
    came_back_on: date
    stands_on_it: str
    words: str = ""
    key: uuid.UUID | None = None


@transaction.atomic
def record_return(contact: Contact, returned: Returned, *, viewer: Viewer, at: datetime) -> CameBack:
    """Write down that something which had left about a contact came back; whoever sees to it is told, with a clock.

    Raises:
        NotPermitted: the viewer answers neither for the child nor at the front door.
        NotVisible: nothing of the kind left this contact, as far as the viewer sees.
        StaleRecord: it is written down already, and open.
        RuleBroken: the day lies in the future or before it left, or it is not said what stands on it.
    """
    roles.require(viewer, *SEES_TO)
    row = _row(contact, returned, viewer=viewer, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise StaleRecord("Nothing was changed: it is written down already that this came back.") from None
    _start_clock(row, contact, at=at)
    _tell(contact, row, at=at)
    _log("came_back.recorded", row, contact, viewer=viewer, at=at, details={"kind": row.kind})
    return row


def _row(contact: Contact, returned: Returned, *, viewer: Viewer, at: datetime) -> CameBack:
    row = CameBack(
        contact=contact,
        kind=returned.kind,
        came_back_on=returned.came_back_on,
        stands_on_it=returned.stands_on_it,
        words=returned.words.strip(),
        recorded_at=at,
        recorded_by_id=viewer.member,
    )
    left_at = contact.arrived_at
    if returned.kind == CameBackKind.LETTER:
        letters = FamilyLetter.objects.filter(contact=contact, state=LetterState.SENT)
        row.letter = firewall.fetch(letters, viewer, pk=returned.key)
        left_at = row.letter.sent_at or left_at
    elif returned.kind == CameBackKind.FEEDBACK:
        words = Feedback.objects.filter(contact=contact, state=FeedbackState.SENT)
        row.feedback = firewall.fetch(words, viewer, pk=returned.key)
        left_at = row.feedback.told_at
    elif returned.kind != CameBackKind.RECEIPT or not viewer.has(Role.FRONT_DOOR, Role.MANAGER):
        raise NotVisible
    _check(row, london_day(left_at), today=london_day(at))
    return row


def _check(row: CameBack, left_on: date, *, today: date) -> None:
    if row.came_back_on > today:
        raise RuleBroken("It cannot have come back in the future.", field="came_back_on")
    if row.came_back_on < left_on:
        raise RuleBroken(f"It left on {left_on.day} {left_on:%B %Y}: enter a day after that.", field="came_back_on")
    if row.stands_on_it not in StandsOnIt.values:
        raise RuleBroken("Select what stands on it.", field="stands_on_it")
    if row.stands_on_it == StandsOnIt.OTHER and not row.words:
        raise RuleBroken("Write what stands on it.", field="words")


def _start_clock(row: CameBack, contact: Contact, *, at: datetime) -> None:
    about = Subject(
        KIND,
        contact.pk,
        contact.reference,
        enquiry_id=contact.enquiry_id,
        enquiry_reference=contact.enquiry_reference,
        case_id=contact.pk,
    )
    clock.start_if_measured(
        about,
        Measure.CAME_BACK,
        colour=contact.colour if contact.state == ContactState.IN_ENQUIRY else "",
        moments={Start.SENDING: row.recorded_at},
        owing=Owing(membership_id=contact.social_worker_id),
        at=at,
    )


def _tell(contact: Contact, row: CameBack, *, at: datetime) -> None:
    told, in_hub = notices.came_back(contact.reference, str(row.pk)), (Channel.IN_APP,)
    if contact.enquiry_id is not None:
        notify(told, memberships=who_works_on(contact.enquiry_id, at=at), at=at, channels=in_hub)
    notify_holders(told, Role.MANAGER, Role.FRONT_DOOR, at=at, channels=in_hub)


@transaction.atomic
def settle_return(row: CameBack, remedy: Remedy, *, viewer: Viewer, at: datetime) -> CameBack:
    """Record what was done about something that came back.

    A letter is sent again by writing it again: that settles it with the posting.

    Raises:
        NotVisible: there is none for this viewer.
        NotPermitted: the viewer does not see to it.
        StaleRecord: somebody saw to it since.
        RuleBroken: something is missing, or the way is not safe for them.
    """
    roles.require(viewer, *SEES_TO)
    rows = CameBack.objects.select_for_update(of=("self",))
    held: CameBack = firewall.fetch(rows, viewer, pk=row.pk)
    if held.settled_at is not None:
        raise StaleRecord("Nothing was changed: somebody saw to this since you opened the page.")
    if remedy.way == SeenToBy.TRIED_AGAIN:
        _send_again(held, remedy.address.strip(), viewer=viewer, at=at)
    elif remedy.way == SeenToBy.TOLD:
        check_told(remedy, at=at)
        _require_safe(held, remedy.how, viewer)
    elif remedy.way != SeenToBy.NOT_NEEDED:
        raise RuleBroken("Select what was done about it.", field="way")
    elif not remedy.reason.strip():
        raise RuleBroken("Write why nobody needs to be told.", field="reason")
    contact = Contact.objects.visible_to(viewer).get(pk=held.contact_id)
    _settle(held, remedy, contact, viewer=viewer, at=at)
    return held


def _require_safe(row: CameBack, how: str, viewer: Viewer) -> None:
    way = SAFE_WAY.get(how)
    why_not = why_not_by(way, safe_by_of(viewer, row)) if way else ""
    if why_not:
        raise RuleBroken(why_not, field="how")


def _send_again(row: CameBack, address: str, *, viewer: Viewer, at: datetime) -> None:
    if row.kind == CameBackKind.LETTER:
        raise RuleBroken("Write the letter again, to another address: it is settled when it is posted.", field="way")
    why_not = why_not_by_email(safe_by_of(viewer, row))
    if why_not:
        raise RuleBroken(why_not, field="way")
    if not address and row.stands_on_it in WRONG_ADDRESS:
        raise RuleBroken("It came back from the address that is recorded: enter another one.", field="address")
    if address and not is_usable(address):
        raise RuleBroken("Enter one email address, such as name@example.org.", field="address")
    about = f"feedback:{row.feedback_id}" if row.feedback_id else f"receipt:{_receipt_of(row)}"
    if not send_once_more(about, address=address, at=at):
        raise RuleBroken("There is no email of it any more. Tell them in another way.", field="way")


def _receipt_of(row: CameBack) -> uuid.UUID | None:
    with acting_as(CLOCK):  # Of the receipt only its key is used: it is the front door's.
        return Receipt.objects.filter(contact_id=row.contact_id).values_list("pk", flat=True).first()


def _settle(row: CameBack, remedy: Remedy, contact: Contact, *, viewer: Viewer, at: datetime) -> None:
    row.settled_at, row.settled_by_id, row.way = at, viewer.member, remedy.way
    if remedy.way == SeenToBy.TOLD:
        row.how, row.informed_at, row.informed_by = remedy.how, remedy.informed_at, remedy.informed_by.strip()
    row.reason = remedy.reason.strip()
    row.save(update_fields=["settled_at", "settled_by", "way", "how", "informed_at", "informed_by", "reason"])
    if not CameBack.objects.visible_to(viewer).filter(contact=contact, settled_at__isnull=True).exists():
        clock.meet_deadline(KIND, contact.pk, Measure.CAME_BACK, at=at)
    _log("came_back.settled", row, contact, viewer=viewer, at=at, details={"way": remedy.way})


def _log(
    verb: str, row: CameBack, contact: Contact, *, viewer: Viewer, at: datetime, details: Mapping[str, str]
) -> None:
    record(
        verb,
        actor=viewer,
        at=at,
        record_type=CameBack._meta.label_lower,
        record_id=row.pk,
        reference=contact.reference,
        enquiry_id=contact.enquiry_id,
        details=dict(details),
    )


def refuse_same_address(letter: FamilyLetter) -> None:
    """Refuse to post a letter to an address from which one to the same parent has come back.

    Raises:
        RuleBroken: what stood on it says that it would come back from there again.
    """
    for row in _open_for(letter).filter(stands_on_it__in=WRONG_ADDRESS).select_related("letter"):
        before = row.letter.address if row.letter else ""
        if before and same_address(before, letter.address):
            raise RuleBroken(
                f"A letter to this address came back: {row.get_stands_on_it_display().lower()}. Write another address, "
                "or hold the letter back and tell them in another way.",
                field="address",
            )


def settle_by_letter(letter: FamilyLetter, way: SeenToBy, *, viewer: Viewer, at: datetime) -> None:
    """Settle what had come back of the same parent's, now that their letter is posted again or held back."""
    remedy = Remedy(way, reason=letter.held_back_reason if way == SeenToBy.NOT_NEEDED else "")
    for row in _open_for(letter).select_for_update(of=("self",)):
        _settle(row, remedy, letter.contact, viewer=viewer, at=at)


def _open_for(letter: FamilyLetter) -> CaseQuerySet[CameBack]:
    """Return what came back of one parent's. Called by who writes to them: letter and return have one audience."""
    return CameBack.objects.filter(
        settled_at__isnull=True, letter__contact=letter.contact_id, letter__subject=letter.subject_id
    )


def settle_by_feedback(contact: Contact, feedback: Feedback, *, viewer: Viewer, at: datetime) -> None:
    """Settle what had come back of the referrer's, now that they were told anew, or that it is said why not."""
    remedy = Remedy(SeenToBy.NOT_NEEDED, reason=feedback.reason)
    if feedback.state == FeedbackState.SENT:
        remedy = Remedy(SeenToBy.TRIED_AGAIN)
    elif feedback.state == FeedbackState.SPOKEN:
        remedy = Remedy(
            SeenToBy.TOLD, how=ToldHow.OTHER, informed_at=at, informed_by=viewer.name, reason=feedback.reason
        )
    rows = CameBack.objects.filter(contact=contact, settled_at__isnull=True).exclude(kind=CameBackKind.LETTER)
    for row in rows.select_for_update(of=("self",)):
        _settle(row, remedy, contact, viewer=viewer, at=at)
