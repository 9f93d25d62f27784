"""Feedback to a referrer: sent, said, held back with a reason, or nobody to tell. Meets the clock of feedback."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

import clock.actions as clock
import contacts.actions
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.queries import hub_settings, social_workers
from audit.actions import record
from clock.choices import Measure
from common.errors import MoveNotAllowed, RuleBroken, StaleRecord
from common.leaks import Kind, Secret, find_leaks, refuse_leaks
from contacts.choices import SafeWay
from contacts.models import Contact, Referrer
from contacts.reads.worker import at_work_on
from contacts.rules.outgoing import check_outgoing
from contacts.rules.reaching import why_not_by_email
from decisions.actions.came_back import settle_by_feedback
from decisions.choices import FeedbackState
from decisions.mail.feedback import Told, feedback_message
from decisions.models import Feedback
from decisions.reads.contact import ENDED, response_to
from decisions.reads.leaks import named_in_contact, of_contact
from notices.actions import notify_address
from notices.mail import is_usable


@dataclass(frozen=True)
class Word:
    """How a referrer was told, and in which words.

    Attributes:
        state: sent by mail, spoken, held back, or nobody to tell.
        reason: why it was held back or nobody could be told, or how they were told.
        email_is_safe: they were asked now, and said so; counts where nobody had asked before.
    """

    state: str
    whom_to_ring: str = ""
    meanwhile: str = ""
    reason: str = ""
    email_is_safe: bool = False


@transaction.atomic
def give_feedback(contact: Contact, word: Word, *, viewer: Viewer, at: datetime, told_before: int) -> Feedback:
    """Tell the referrer how a contact ended, or record why not.

    Args:
        told_before: how many times it was told when the page was opened: of two people the first one tells.

    Raises:
        NotPermitted: the viewer is neither front door nor manager.
        MoveNotAllowed: the contact has not ended.
        StaleRecord: somebody told the referrer since the page was opened.
        RuleBroken: something is missing, or a text gives away a name or an address.
    """
    roles.require(viewer, Role.FRONT_DOOR, Role.MANAGER)
    locked = transitions.lock(contact, viewer=viewer)
    if locked.state not in ENDED:
        raise MoveNotAllowed(
            "This contact has not ended yet: the referrer is told when it has.", change=transitions.last_change(locked)
        )
    if locked.feedback.count() != told_before:
        raise StaleRecord(
            "Nothing was sent: somebody told the referrer since you opened this page. Look at what they said first.",
            change=transitions.last_change(locked),
        )
    _check(locked, word, viewer, at=at)
    feedback = Feedback(
        contact=locked,
        state=word.state,
        response=response_to(locked),
        whom_to_ring=word.whom_to_ring.strip(),
        meanwhile=word.meanwhile.strip(),
        reason=word.reason.strip(),
        told_at=at,
        told_by_id=viewer.member,
    )
    feedback.save(force_insert=True)
    if word.state == FeedbackState.SENT:
        _send(locked, feedback, viewer=viewer, at=at, email_is_safe=word.email_is_safe)
    outcome = "" if word.state == FeedbackState.HELD_BACK else feedback.response
    contacts.actions.referrer_told(locked, outcome=outcome, at=at)
    settle_by_feedback(locked, feedback, viewer=viewer, at=at)
    clock.meet_deadline("contact", locked.pk, Measure.FEEDBACK, Measure.FEEDBACK_SCHOOL, at=at)
    record(
        "feedback.given",
        actor=viewer,
        at=at,
        record_type="decisions.feedback",
        record_id=feedback.pk,
        reference=locked.reference,
        enquiry_id=locked.enquiry_id,
        details={"how": word.state},
    )
    return feedback


def _check(contact: Contact, word: Word, viewer: Viewer, *, at: datetime) -> None:
    if word.state not in FeedbackState.values:
        raise RuleBroken("Select how the referrer is told, or why not.", field="state")
    if word.state in (FeedbackState.HELD_BACK, FeedbackState.NOT_POSSIBLE):
        _require(word.reason, "Write why nobody is told.", field="reason")
        return
    if not response_to(contact):
        raise RuleBroken(
            "This contact has no ending recorded for any child, so there is nothing to tell yet.", field="state"
        )
    _require(word.whom_to_ring, "Write who the referrer should call.", field="whom_to_ring")
    _refuse_another_worker(contact, word, at=at)
    _require(word.meanwhile, "Write what to do in the meantime.", field="meanwhile")
    if word.state == FeedbackState.SPOKEN:
        _require(word.reason, "Write how they were told: by telephone or in person, and when.", field="reason")
    told = {"whom_to_ring": word.whom_to_ring, "meanwhile": word.meanwhile}
    check_outgoing(told, of_contact(viewer, contact, but_its_own=True), contact.pk)
    if word.state == FeedbackState.SENT:
        refuse_leaks(told, named_in_contact(viewer, contact))


def _refuse_another_worker(contact: Contact, word: Word, *, at: datetime) -> None:
    """Refuse to send the referrer to a social worker of the hub who does not work on this."""
    at_work = at_work_on(contact.enquiry_id, contact.social_worker)
    workers = [Secret(Kind.NAME, worker.user.name) for worker in social_workers(at=at)]
    for match in find_leaks(word.whom_to_ring, workers, [Secret(Kind.NAME, at_work)]):
        raise RuleBroken(
            f"{match.secret.value} does not work on this. Name {at_work or 'the hub'}, or the team that took it over.",
            field="whom_to_ring",
        )


def _require(text: str, sentence: str, *, field: str) -> None:
    if not text.strip():
        raise RuleBroken(sentence, field=field)


def _require_safe_email(referrer: Referrer, *, said_now: bool) -> None:
    """Let an email go only to whom it is safe; that it is may be said now, where nobody had asked before."""
    if said_now and not referrer.safe_by:
        referrer.safe_by = [SafeWay.EMAIL]
        referrer.save(update_fields=["safe_by"])
    why_not = why_not_by_email(referrer.safe_by)
    if why_not:
        raise RuleBroken(why_not, field="state")


def _send(contact: Contact, feedback: Feedback, *, viewer: Viewer, at: datetime, email_is_safe: bool) -> None:
    referrer = Referrer.objects.visible_to(viewer).filter(contact=contact).first()
    if referrer is None or not is_usable(referrer.email.strip()):
        raise RuleBroken("No usable email address of the referrer is recorded. Tell them by telephone.", field="state")
    _require_safe_email(referrer, said_now=email_is_safe)
    if find_leaks(referrer.own_reference, named_in_contact(viewer, contact)):
        raise RuleBroken(
            "The email would repeat the referrer's own reference, which holds a name or an address of this contact. "
            "Tell them by telephone.",
            field="state",
        )
    hub = hub_settings()
    told = Told(
        reference=contact.reference,
        kind=contact.referrer_kind,
        response=feedback.response,
        whom_to_ring=feedback.whom_to_ring,
        meanwhile=feedback.meanwhile,
        disagree_with=hub.disagree_with,
        hub_name=hub.name,
        own_reference=referrer.own_reference,
    )
    page = reverse("decisions:feedback", args=[contact.reference])
    message = feedback_message(told, staff_path=page, dedupe=f"feedback:{feedback.pk}")
    notify_address(message, referrer.email, at=at)
