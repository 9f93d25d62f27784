"""Closing a case to somebody who has an interest in it: for them it does not exist from then on.

The database does the taking away (`screening/sql/functions.sql`): whoever the conflict names is no longer the social
worker, has not taken the contact, and is not told of it. What they had begun stays with the case.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from agencies.access import firewall, roles
from agencies.access.closed import manager_remains
from agencies.access.viewer import Viewer
from agencies.choices import ConflictSource, Role
from agencies.models import Agency, ConflictOfInterest, Membership, Team, User
from audit.actions import record
from common.errors import NotVisible, RuleBroken
from contacts.choices import MatchOutcome
from contacts.models import Contact, Person, StaffMatch
from notices.actions import notify, notify_holders
from notices.choices import Channel
from screening import mail
from screening.actions.telling import who_works_on
from screening.models import Enquiry
from screening.rules import LEAST_REASON, LONGEST_TEXT, Case, Whom, case_with, is_too_short

KINDS = ("user", "membership", "agency", "team")
NO_MANAGER = (
    "This would leave a case without a MASH manager who can see it. Ask the administrator to name another acting "
    "manager first; until then, tell the head of service."
)


@transaction.atomic
def close_to(
    case: Case,
    whom: Whom,
    *,
    reason: str,
    viewer: Viewer,
    at: datetime,
    source: str = ConflictSource.ENTERED,
) -> ConflictOfInterest:
    """Close a case or a person to somebody, over every role and grant of theirs, at once.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: the viewer does not see the case, or there is nobody of that key.
        RuleBroken: no reason; it is closed to them already; it would close the viewer out; no manager would be left.
    """
    roles.require(viewer, Role.MANAGER)
    _check_case(case, viewer)
    _check_reason(reason, "Enter why they are excluded, in at least {least} characters.")
    memberships = _memberships(whom)
    if viewer.membership_id in memberships:
        raise RuleBroken(
            "This would exclude you too. Use “Declare a conflict of interest” for yourself, or name people.",
            field="whom",
        )
    if ConflictOfInterest.objects.filter(**case.columns, **_column(whom), lifted_at__isnull=True).exists():
        raise RuleBroken("They are excluded already.", field="whom")
    return _close(case, whom, memberships, reason=reason, source=source, viewer=viewer, at=at)


@transaction.atomic
def declare_interest(case: Case, *, viewer: Viewer, at: datetime, reason: str = "") -> None:
    """Say "Declare a conflict of interest": the case is closed to whoever says so, in all their memberships, at once.

    Drafts stay with the enquiry; it goes back to the manager for another social worker.

    Args:
        case: fetched through a rule of the viewer's: a declaration says nothing about what they do not see.

    Raises:
        NotPermitted: nobody is signed in.
        RuleBroken: no manager would be left.
    """
    if viewer.user_id is None:
        raise NotVisible
    if len(reason) > LONGEST_TEXT:
        raise RuleBroken(f"Shorten this to {LONGEST_TEXT:,} characters.", field="reason")
    whom = Whom("user", viewer.user_id)
    _close(case, whom, _memberships(whom), reason=reason, source=ConflictSource.DECLARED, viewer=viewer, at=at)


@transaction.atomic
def lift_conflict(conflict: ConflictOfInterest, case: Case, *, viewer: Viewer, at: datetime) -> ConflictOfInterest:
    """Open a case again to whom it was closed; that it was closed stays on record.

    Args:
        case: on whose page it is done.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: the conflict is about the viewer, in whatever membership, or on a case that is closed to them.
    """
    roles.require(viewer, Role.MANAGER)
    held = ConflictOfInterest.objects.select_for_update(of=("self",)).filter(pk=conflict.pk).first()
    if held is None or _is_about(held, viewer):
        raise NotVisible
    if held.lifted_at is not None:
        return held
    held.lifted_at, held.lifted_by_id = at, viewer.member
    held.save(update_fields=["lifted_at", "lifted_by"])
    _record("conflict.lifted", held, case, viewer=viewer, at=at)
    return held


@transaction.atomic
def settle_match(match: StaffMatch, outcome: str, *, reason: str, viewer: Viewer, at: datetime) -> StaffMatch:
    """Say what a match with the staff list is: somebody with an interest, to whom the case is then closed, or not them.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: it is about the viewer, settled already, or on a case that is closed to them.
        RuleBroken: no reason or no outcome; closing it would leave no manager.
    """
    roles.require(viewer, Role.MANAGER)
    rows = StaffMatch.objects.select_for_update(of=("self",)).select_related("contact")
    held: StaffMatch = firewall.fetch(rows, viewer, pk=match.pk, settled_at__isnull=True)
    if outcome not in MatchOutcome.values:
        raise RuleBroken("Choose whether it is the same person.", field="outcome")
    _check_reason(reason, "Enter how you know, in at least {least} characters.")
    same = [held]
    if outcome == MatchOutcome.CLOSED:
        others = StaffMatch.objects.visible_to(viewer).filter(contact_id=held.contact_id, user_id=held.user_id)
        same += others.filter(settled_at__isnull=True).exclude(pk=held.pk).select_for_update(of=("self",))
        _close_matched(held, reason=reason, viewer=viewer, at=at)
    for one in same:
        one.outcome, one.reason = outcome, reason.strip()
        one.settled_at, one.settled_by_id = at, viewer.member
        one.save(update_fields=["outcome", "reason", "settled_at", "settled_by"])
    record(
        "staff_match.settled",
        actor=viewer,
        at=at,
        record_type=StaffMatch._meta.label_lower,
        record_id=held.pk,
        reference=held.contact.reference,
        enquiry_id=held.contact.enquiry_id,
        details={"outcome": outcome, "matched_on": held.matched_on},
    )
    return held


def _close_matched(match: StaffMatch, *, reason: str, viewer: Viewer, at: datetime) -> None:
    contact = match.contact
    case = case_with(
        contact_id=contact.pk,
        reference=contact.reference,
        enquiry_id=contact.enquiry_id,
        enquiry_reference=contact.enquiry_reference,
    )
    closed = ConflictOfInterest.objects.filter(**case.columns, user_id=match.user_id, lifted_at__isnull=True)
    if not closed.exists():
        whom = Whom("user", match.user_id)
        close_to(case, whom, reason=reason, viewer=viewer, at=at, source=ConflictSource.MATCHED)


def _close(
    case: Case,
    whom: Whom,
    memberships: list[uuid.UUID],
    *,
    reason: str,
    source: str,
    viewer: Viewer,
    at: datetime,
) -> ConflictOfInterest:
    if not manager_remains(**case.columns, besides=memberships):
        raise RuleBroken(NO_MANAGER)
    loses = _losing_their_worker(case, memberships, viewer=viewer)
    conflict = ConflictOfInterest(
        **case.columns,
        **_column(whom),
        source=source,
        reason=reason.strip(),
        entered_at=at,
        entered_by_id=viewer.member,
    )
    conflict.save(force_insert=True)
    _record(f"conflict.{source}", conflict, case, viewer=viewer, at=at, unassigned=len(loses))
    if source == ConflictSource.DECLARED:
        notify_holders(mail.interest_declared(case.reference), Role.MANAGER, at=at, channels=(Channel.IN_APP,))
    for enquiry in loses:
        notify_holders(mail.to_assign(enquiry), Role.MANAGER, at=at)
        duty = mail.on_duty(enquiry.reference, key=f"{enquiry.pk}:{conflict.pk}")
        notify(duty, memberships=who_works_on(enquiry.pk, at=at), at=at)
    return conflict


def _losing_their_worker(case: Case, memberships: list[uuid.UUID], *, viewer: Viewer) -> list[Enquiry]:
    rows = Enquiry.objects.visible_to(viewer).running().filter(social_worker_id__in=memberships)
    if case.enquiry_id is not None:
        return list(rows.filter(pk=case.enquiry_id))
    contacts = Contact.objects.visible_to(viewer).filter(enquiry_id__isnull=False)
    of_case = (
        contacts.filter(pk=case.contact_id) if case.contact_id else contacts.filter(subjects__person_id=case.person_id)
    )
    return list(rows.filter(pk__in=of_case.values("enquiry_id")))


def _check_case(case: Case, viewer: Viewer) -> None:
    if case.contact_id is not None:
        firewall.fetch(Contact.objects.all(), viewer, pk=case.contact_id)
    if case.enquiry_id is not None:
        firewall.fetch(Enquiry.objects.all(), viewer, pk=case.enquiry_id)
    if case.person_id is not None:
        firewall.fetch(Person.objects.all(), viewer, pk=case.person_id)


def _check_reason(reason: str, sentence: str) -> None:
    if is_too_short(reason, LEAST_REASON):
        raise RuleBroken(sentence.format(least=LEAST_REASON), field="reason")
    if len(reason) > LONGEST_TEXT:
        raise RuleBroken(f"Shorten this to {LONGEST_TEXT:,} characters.", field="reason")


def _column(whom: Whom) -> dict[str, uuid.UUID]:
    if whom.kind not in KINDS:
        raise NotVisible
    return {f"{whom.kind}_id": whom.key}


def _memberships(whom: Whom) -> list[uuid.UUID]:
    """Return the memberships that are meant, whatever day they are of.

    Raises:
        NotVisible: there is nobody of that key.
    """
    column = "pk" if whom.kind == "membership" else next(iter(_column(whom)))
    known = {
        "user": User.objects.filter(pk=whom.key),
        "membership": Membership.objects.filter(pk=whom.key),
        "agency": Agency.objects.filter(pk=whom.key),
        "team": Team.objects.filter(pk=whom.key),
    }
    if not known[whom.kind].exists():
        raise NotVisible
    return list(Membership.objects.filter(**{column: whom.key}).order_by("pk").values_list("pk", flat=True))


def _is_about(conflict: ConflictOfInterest, viewer: Viewer) -> bool:
    if viewer.user_id is None:
        return False
    mine = Membership.objects.filter(user_id=viewer.user_id)
    return any(
        one.user_id == conflict.user_id
        or one.pk == conflict.membership_id
        or (conflict.agency_id is not None and one.agency_id == conflict.agency_id)
        or (conflict.team_id is not None and one.team_id == conflict.team_id)
        for one in mine
    )


def _record(
    verb: str, conflict: ConflictOfInterest, case: Case, *, viewer: Viewer, at: datetime, **details: int
) -> None:
    to = next(kind for kind in KINDS if getattr(conflict, f"{kind}_id") is not None)
    record(
        verb,
        actor=viewer,
        at=at,
        record_type=ConflictOfInterest._meta.label_lower,
        record_id=conflict.pk,
        reference="" if case.person_id else case.reference,
        enquiry_id=case.enquiry_id,
        details={"to": to, **details},
    )
