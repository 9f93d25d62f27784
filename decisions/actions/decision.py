"""The decision: per child, with no default; what lay before the manager is kept. Changed only by a next number."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

import screening.actions
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, Role
from agencies.queries import hub_settings
from audit.actions import record
from common.errors import NotVisible, RuleBroken
from decisions.actions.stage import not_now
from decisions.actions.withdrawing import replace_all
from decisions.choices import Outcome
from decisions.mail import notices
from decisions.models import (
    ChildDecision,
    ChildReasons,
    ConsideredItem,
    Decision,
    DecisionBasis,
    Dissent,
    JointView,
    SealedReasons,
)
from decisions.reads.deciding import before_deciding
from decisions.reads.enquiry import (
    consulted_agencies,
    next_number,
)
from decisions.rules import AFTER, BEFORE, Deciding, Snapshot, judge, sealed_in_truth, why_not_now
from screening.actions import tell_worker
from screening.models import Enquiry


def require_current(enquiry: Enquiry, *, viewer: Viewer, version: int) -> None:
    """Refuse what was typed on an enquiry that somebody has changed since, before anything is asked about it.

    Raises:
        StaleRecord: somebody decided or changed the enquiry since the page was opened.
    """
    transitions.lock(enquiry, viewer=viewer, version=version)


def check_decision(enquiry: Enquiry, deciding: Deciding, *, viewer: Viewer, at: datetime, version: int) -> None:
    """Refuse now what `record_decision` would refuse, so that only what can be final is read back. Writes nothing.

    Raises:
        NotPermitted, MoveNotAllowed, StaleRecord, NotVisible, RuleBroken: as for `record_decision`.
    """
    _judged(enquiry, deciding, viewer=viewer, version=version)


def _judged(enquiry: Enquiry, deciding: Deciding, *, viewer: Viewer, version: int) -> Snapshot:
    """Return the one snapshot by which a decision was judged and found whole."""
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer, version=version)
    because = why_not_now(locked.state, locked.colour)
    if because is not None:
        raise not_now(locked, because=because)
    before = before_deciding(viewer, locked, hub_settings(), with_earlier=deciding.ends_somebody)
    judge(deciding, before, social_care=AgencyKind.SOCIAL_CARE)
    return before


@transaction.atomic
def record_decision(enquiry: Enquiry, deciding: Deciding, *, viewer: Viewer, at: datetime, version: int) -> Decision:
    """Decide, or decide again under the next number.

    Args:
        version: the version of the enquiry that lay before the manager: of two managers the first one decides.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: nothing is recommended and the enquiry is not Red, or it is closed.
        StaleRecord: somebody decided or changed the enquiry since.
        NotVisible: a child or an agency is not of this enquiry.
        RuleBroken: a part is missing, or the items are not those of the page any more.
    """
    before = _judged(enquiry, deciding, viewer=viewer, version=version)
    screening.actions.mark_decided(enquiry, viewer=viewer, at=at, version=version)
    decision = Decision(
        enquiry=enquiry,
        number=before.number,
        decided_at=at,
        decided_by_id=viewer.member,
        is_joint=before.joint_views is not None,
    )
    decision.save(force_insert=True)
    _keep(decision, deciding, before)
    if replace_all(enquiry.pk, before=decision, viewer=viewer, at=at):
        screening.actions.start_release_again(enquiry, at=at)
    record(
        "decision.recorded",
        actor=viewer,
        at=at,
        record_type="decisions.decision",
        record_id=decision.pk,
        reference=decision.reference,
        enquiry_id=enquiry.pk,
        details={"number": before.number, "children": len(deciding.children), "items": len(deciding.considered)},
    )
    message, known = notices.decided(enquiry, before.number), [viewer.membership_id]
    tell_worker(message, enquiry.pk, at=at, besides=known, managers_otherwise=False)
    return decision


def _keep(decision: Decision, deciding: Deciding, before: Snapshot) -> None:
    for child in before.children:
        said = deciding.children[child]
        row = ChildDecision.objects.create(decision=decision, subject_id=child, outcome=said.outcome)
        ChildReasons.objects.create(child=row, level_of_need=said.level_of_need, text=said.reasons.strip())
    DecisionBasis.objects.create(
        decision=decision,
        missing=deciding.missing.strip(),
        sealed_considered=sealed_in_truth(deciding.sealed_considered, is_something_sealed=before.is_something_sealed),
        earlier_shown=sorted(set(deciding.earlier_shown)),
        change_reason=deciding.change_reason.strip(),
    )
    if deciding.sealed_reasons.strip():
        SealedReasons.objects.create(decision=decision, text=deciding.sealed_reasons.strip())
    for item_id, version in deciding.considered.items():
        ConsideredItem.objects.create(decision=decision, item_id=item_id, item_version=version)
    for agency_id, text in deciding.dissents.items():
        if text.strip():
            Dissent.objects.create(decision=decision, agency_id=agency_id, text=text.strip())


@transaction.atomic
def record_joint_view(
    enquiry: Enquiry, agency_id: uuid.UUID, outcome: str, reason: str, *, viewer: Viewer, at: datetime
) -> JointView:
    """Take down what one agency thinks, where partners decide together; said again, it replaces what was said.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: the enquiry is not at the stage of a decision.
        NotVisible: the agency takes no part in this enquiry.
        RuleBroken: outcome or reason is missing.
    """
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer)
    if locked.state not in (*BEFORE, *AFTER):
        raise not_now(locked)
    if agency_id not in {agency.pk for agency in consulted_agencies(viewer, locked)}:
        raise NotVisible
    if outcome not in Outcome.values:
        raise RuleBroken("Select what the agency would decide.", field="outcome")
    if not reason.strip():
        raise RuleBroken("Write the agency's reason.", field="reason")
    number = next_number(locked)
    row = JointView.objects.filter(enquiry=locked, agency_id=agency_id, for_number=number).first()
    view = row or JointView(enquiry=locked, agency_id=agency_id, for_number=number, version=0)
    view.version += 1
    view.outcome, view.reason = outcome, reason.strip()
    view.given_at, view.given_by_id = at, viewer.member
    view.save()
    record(
        "decision.view_recorded",
        actor=viewer,
        at=at,
        record_type="decisions.jointview",
        record_id=view.pk,
        reference=locked.reference,
        enquiry_id=locked.pk,
        details={"number": number, "outcome": outcome},
    )
    return view
