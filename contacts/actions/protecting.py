"""Protect now: never refused for a state, an agreement or somebody else's change."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record
from clock import actions as clock
from clock.choices import Measure
from common.errors import MoveNotAllowed, NotVisible, RuleBroken
from contacts import mail
from contacts.actions.dangers import cancel_step_clocks, meet_step_clocks, restate_looking, start_step_clock
from contacts.actions.rows import refuse
from contacts.choices import ProtectState
from contacts.models import Contact, FurtherReason, Protection, StrategyDiscussion, Subject, Whereabouts
from contacts.reads.safety import not_taken_up
from contacts.rules.dates import too_far_ahead
from contacts.rules.discussion import Discussion, discussion_problems
from contacts.rules.intake import LONGEST_TEXT
from contacts.transitions import CONVENERS, PROTECTION
from notices.actions import notify_holders

RAISERS = (Role.FRONT_DOOR, Role.SOCIAL_WORKER, Role.MANAGER, Role.OUT_OF_HOURS)
UNDER_WAY = (ProtectState.RAISED, ProtectState.CONVENED)


SAFE_UNTIL_SINCE = "A child is safe only until a time that was recorded after the last protective work had ended."
HAS_DIED = "This child has died: nobody is asked where they are. See to the other children"


@dataclass(frozen=True)
class Raised:
    """What became of an alarm.

    Attributes:
        joined: protective work was under way already; the reason was added to it.
    """

    protection: Protection
    joined: bool


@transaction.atomic
def protect_now(contact: Contact, reason: str, *, viewer: Viewer, at: datetime) -> Raised:
    """Raise the alarm for the children of a contact: works in every state, also twice, also when it has ended.

    Managers, social workers and the out-of-hours team are told at once, each time.

    Raises:
        NotPermitted: the viewer's role does not raise it.
        NotVisible: the contact is not open to the viewer, as one that nobody has screened is not to a social worker.
        RuleBroken: no reason is given.
    """
    roles.require(viewer, *RAISERS)
    if not Contact.objects.visible_to(viewer.to_protect()).filter(pk=contact.pk).exists():
        raise NotVisible
    if not reason.strip():
        raise RuleBroken("Say in a few words what the danger is", field="reason")
    reason = reason.strip()[:LONGEST_TEXT]
    protection, joined = _begin_or_join(contact, reason, viewer=viewer, at=at)
    if joined:
        _add_reason(protection, reason, viewer=viewer, at=at)
    if not joined:
        clock.cancel_deadlines("contact", contact.pk, Measure.CONVENING, at=at)
        start_step_clock(protection, Measure.CONVENING, at=at)
    _record("protection.joined" if joined else "protection.raised", protection, contact, viewer=viewer, at=at)
    message = mail.alarm(protection, contact, again=joined)
    notify_holders(message, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS, at=at)
    return Raised(protection, joined)


def _begin_or_join(contact: Contact, reason: str, *, viewer: Viewer, at: datetime) -> tuple[Protection, bool]:
    """Return new protective work, or that which is under way; again if it was stood down in between."""
    while True:
        begun = _begin(contact, reason, viewer=viewer, at=at)
        if begun is not None:
            return begun, False
        running = Protection.objects.filter(contact_id=contact.pk, state__in=UNDER_WAY).first()
        if running is not None:
            return running, True


def _begin(contact: Contact, reason: str, *, viewer: Viewer, at: datetime) -> Protection | None:
    """Return the new protective work; None if some is under way: two alarms at one instant meet on the constraint."""
    protection = Protection(contact=contact, reason=reason, raised_at=at, raised_by_id=viewer.member)
    try:
        with transaction.atomic():
            protection.save(force_insert=True)
    except IntegrityError:
        return None
    return protection


def _add_reason(protection: Protection, text: str, *, viewer: Viewer, at: datetime) -> None:
    row = FurtherReason(protection=protection, text=text, given_at=at, given_by_id=viewer.member)
    row.save(force_insert=True)


@transaction.atomic
def convene(protection: Protection, *, viewer: Viewer, at: datetime) -> Protection:
    """Convene a strategy discussion; when it is convened or held already, nothing changes and nobody is refused.

    Raises:
        NotPermitted: the viewer does not convene.
    """
    roles.require(viewer, *CONVENERS)
    locked = transitions.lock(protection, viewer=viewer)
    if locked.state != ProtectState.RAISED:
        return locked
    moved = transitions.apply(
        protection,
        "protection.convened",
        table=PROTECTION,
        viewer=viewer,
        at=at,
        enquiry_id=protection.contact.enquiry_id,
        convened_at=at,
        convened_by_id=viewer.membership_id,
    )
    meet_step_clocks(moved, Measure.CONVENING, at=at)
    start_step_clock(moved, Measure.DISCUSSION, at=at)
    notify_holders(mail.step(moved, "convened"), Role.MANAGER, Role.SOCIAL_WORKER, at=at)
    return moved


@transaction.atomic
def hold_discussion(
    protection: Protection, discussion: Discussion, *, viewer: Viewer, at: datetime
) -> StrategyDiscussion:
    """Record a strategy discussion; a further one is a further row. In every state.

    Raises:
        NotPermitted: the viewer does not lead protective work.
        RuleBroken: who was present, what was agreed or the answer on section 47 is missing, or it lies ahead.
    """
    roles.require(viewer, *CONVENERS)
    refuse(discussion_problems(discussion, at=at))
    moved = transitions.apply(
        protection,
        "protection.held",
        table=PROTECTION,
        viewer=viewer,
        at=at,
        enquiry_id=protection.contact.enquiry_id,
        details={"section_47": discussion.section_47},
        held_at=at,  # When it was written down: an end in between takes nothing up that nobody had recorded.
        held_by_id=viewer.membership_id,
        section_47=discussion.section_47,
    )
    recorded = StrategyDiscussion(
        protection=moved,
        held_at=discussion.held_at,
        invited=discussion.invited.strip(),
        present=discussion.present.strip(),
        agreed=discussion.agreed.strip(),
        section_47=discussion.section_47,
        actions=discussion.actions.strip(),
        recorded_at=at,
        recorded_by_id=viewer.member,
    )
    recorded.save(force_insert=True)
    meet_step_clocks(moved, at=at)
    clock.meet_deadline("protection", moved.contact_id, Measure.SAFE_UNTIL, at=at)
    restate_looking(moved, at=at)
    notify_holders(mail.step(moved, "held"), Role.MANAGER, at=at)
    return recorded


@transaction.atomic
def stand_down(protection: Protection, reason: str, *, viewer: Viewer, at: datetime) -> Protection:
    """End protective work that turned out not to be needed.

    When it is over already, the reason is added and nothing else changes.

    Raises:
        NotPermitted: the viewer does not lead protective work.
        RuleBroken: no reason is given.
    """
    roles.require(viewer, *CONVENERS)
    if not reason.strip():
        raise RuleBroken("Enter why the children are safe without it", field="reason")
    try:
        with transaction.atomic():
            moved = transitions.apply(
                protection,
                "protection.stood_down",
                table=PROTECTION,
                viewer=viewer,
                at=at,
                enquiry_id=protection.contact.enquiry_id,
                stood_down_at=at,
                stood_down_by_id=viewer.membership_id,
                stood_down_reason=reason.strip(),
            )
    except MoveNotAllowed:
        _add_reason(protection, reason.strip(), viewer=viewer, at=at)
        return transitions.lock(protection, viewer=viewer)
    _stood_down(moved, protection.contact, at=at)
    return moved


@transaction.atomic
def end_protection(protection: Protection, reason: str, *, viewer: Viewer, at: datetime) -> Protection:
    """End protective work after its strategy discussion: the children are out of danger, or somebody else leads it.

    A step of its own: whoever stands down work that was only raised has not seen that a discussion was held since.

    Raises:
        NotPermitted: the viewer does not lead protective work.
        MoveNotAllowed: no discussion was held, or it has ended.
        RuleBroken: no reason is given.
    """
    if not reason.strip():
        raise RuleBroken("Enter why the children are safe without it", field="reason")
    moved = transitions.apply(
        protection,
        "protection.ended",
        table=PROTECTION,
        viewer=viewer,
        at=at,
        enquiry_id=protection.contact.enquiry_id,
        stood_down_at=at,
        stood_down_by_id=viewer.membership_id,
        stood_down_reason=reason.strip(),
    )
    _stood_down(moved, protection.contact, at=at)
    return moved


def _stood_down(protection: Protection, contact: Contact, *, at: datetime) -> None:
    """Stop the clocks. The contact is read before: it may have been open to the viewer by this very work."""
    cancel_step_clocks(protection, at=at)
    restate_looking(protection, at=at)
    notify_holders(mail.step(protection, "stood_down"), Role.MANAGER, at=at)
    _restate_clock(contact, at=at)


@transaction.atomic
def record_whereabouts(
    protection: Protection,
    subject: Subject,
    *,
    place: str,
    with_whom: str,
    safe_until: datetime | None,
    protected_from: str = "",
    viewer: Viewer,
    at: datetime,
) -> Whereabouts:
    """Record where a child is, with whom, and until when that is safe. In every state; earlier rows are kept.

    In a MASH enquiry the decision is then due one hour before the first child is no longer safe. A time that is given
    after the work has ended raises it again: nobody would look when it is up.

    Args:
        safe_until: aware; None where nobody can say.
        protected_from: from whom the place is protected, besides what the contact says.

    Raises:
        NotPermitted: the viewer's role does not record it.
        NotVisible: the child is not of this contact.
        RuleBroken: neither place nor company is given.
    """
    roles.require(viewer, *RAISERS)
    if subject.contact_id != protection.contact_id:
        raise NotVisible
    if subject.has_died:
        raise RuleBroken(HAS_DIED, field="place")
    if not (place.strip() or with_whom.strip()):
        raise RuleBroken("Enter where the child is, or with whom; “not known” is an answer", field="place")
    if wrong := too_far_ahead(safe_until, at=at, what="“Safe until”"):
        raise RuleBroken(wrong, field="safe_until")
    if safe_until is not None and _is_over(protection):
        protection = protect_now(protection.contact, SAFE_UNTIL_SINCE, viewer=viewer, at=at).protection
    row = Whereabouts(
        protection=protection,
        subject=subject,
        child=subject.name,
        place=place.strip(),
        with_whom=with_whom.strip(),
        is_protected=True if protected_from.strip() else None,
        protected_from=protected_from.strip(),
        safe_until=safe_until,
        recorded_at=at,
        recorded_by_id=viewer.member,
    )
    row.save(force_insert=True)
    details: dict[str, str | int | bool | None] = {"position": subject.position, "bounded": safe_until is not None}
    _record("protection.whereabouts_recorded", protection, protection.contact, viewer=viewer, at=at, details=details)
    if protection.state == ProtectState.HELD:
        restate_looking(protection, at=at)
    _restate_clock(protection.contact, at=at)
    return row


def _is_over(protection: Protection) -> bool:
    """Say whether nobody looks after this work any more: it was stood down, or an end of the contact took it up."""
    if protection.state == ProtectState.HELD:
        return not Protection.objects.filter(not_taken_up(), pk=protection.pk).exists()
    return protection.state == ProtectState.STOOD_DOWN


def earliest_safe_until(enquiry_id: uuid.UUID) -> datetime | None:
    """Return until when every child of an enquiry is safe: the earliest of what was last said about each.

    The database answers: whoever acts on one contact may not see the protective work of another, and a clock that rests
    on what they see would forget a child.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.safe_until(%s)", [enquiry_id])
        found: datetime | None = cursor.fetchone()[0]
    return found


def _restate_clock(contact: Contact, *, at: datetime) -> None:
    if contact.enquiry_id is not None:
        clock.set_safe_until("enquiry", contact.enquiry_id, earliest_safe_until(contact.enquiry_id), at=at)


def _record(
    verb: str,
    protection: Protection,
    contact: Contact,
    *,
    viewer: Viewer,
    at: datetime,
    details: dict[str, str | int | bool | None] | None = None,
) -> None:
    record(
        verb,
        actor=viewer,
        at=at,
        record_type=protection._meta.label_lower,
        record_id=protection.pk,
        reference=protection.reference,
        enquiry_id=contact.enquiry_id,
        details={"contact": contact.reference, **(details or {})},
    )
