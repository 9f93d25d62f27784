"""The decision: per child, with no default; what lay before the manager is kept. Changed only by a next number."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

import screening.actions
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, DecisionBy, Role
from agencies.queries import hub_settings
from audit.actions import record
from common.errors import NotVisible, RuleBroken
from contacts.choices import LevelOfNeed
from decisions.actions.stage import not_now
from decisions.actions.withdrawing import withdraw_all
from decisions.choices import Outcome, SealedConsidered
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
from decisions.reads.enquiry import (
    Child,
    children_of,
    consulted_agencies,
    earlier_references,
    is_something_sealed,
    item_versions,
    next_number,
)
from decisions.rules import ItemVersions, joint_gap, moved
from notices.actions import notify
from screening.actions.who import signer
from screening.choices import Colour, EnquiryState
from screening.models import Enquiry

BEFORE = (EnquiryState.GATHERING, EnquiryState.DECIDING)
AFTER = (EnquiryState.DECIDED, EnquiryState.RELEASED)


@dataclass(frozen=True)
class ChildOutcome:
    """What is decided for one child."""

    outcome: str
    level_of_need: str
    reasons: str


@dataclass(frozen=True)
class Deciding:
    """All that a decision says.

    Attributes:
        children: child (key of its first row) to what is decided for it.
        considered: the items that lay before the manager, each in its version.
        earlier_shown: references of the earlier contacts that the page showed.
        dissents: agency to why it would have decided otherwise.
        change_reason: why it is decided again; empty at the first decision.
    """

    children: Mapping[uuid.UUID, ChildOutcome]
    considered: ItemVersions
    missing: str
    sealed_considered: str
    sealed_reasons: str = ""
    earlier_shown: Sequence[str] = ()
    dissents: Mapping[uuid.UUID, str] = field(default_factory=dict)
    change_reason: str = ""


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
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer, version=version)
    _require_stage(locked)
    _require_children(deciding, children_of(viewer, locked))
    _require_considered(locked, deciding, viewer)
    _require_earlier(locked, deciding, viewer)
    _require_basis(locked, deciding, viewer)
    _require_agencies(locked, deciding, viewer)
    _require_joint(locked, viewer)


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
    check_decision(enquiry, deciding, viewer=viewer, at=at, version=version)
    number = next_number(enquiry)
    screening.actions.mark_decided(enquiry, viewer=viewer, at=at, version=version)
    decision = Decision(
        enquiry=enquiry,
        number=number,
        decided_at=at,
        decided_by_id=signer(viewer),
        is_joint=hub_settings().decision_by == DecisionBy.JOINT,
    )
    decision.save(force_insert=True)
    _keep(decision, deciding, children_of(viewer, enquiry))
    withdraw_all(enquiry, before=decision, viewer=viewer, at=at)
    record(
        "decision.recorded",
        actor=viewer,
        at=at,
        record_type="decisions.decision",
        record_id=decision.pk,
        reference=decision.reference,
        enquiry_id=enquiry.pk,
        details={"number": number, "children": len(deciding.children), "items": len(deciding.considered)},
    )
    if enquiry.social_worker_id is not None and enquiry.social_worker_id != viewer.membership_id:
        notify(notices.decided(enquiry, number), memberships=[enquiry.social_worker_id], at=at)
    return decision


def _keep(decision: Decision, deciding: Deciding, children: list[Child]) -> None:
    for child in children:
        said = deciding.children[child.subject.pk]
        row = ChildDecision.objects.create(decision=decision, subject=child.subject, outcome=said.outcome)
        ChildReasons.objects.create(child=row, level_of_need=said.level_of_need, text=said.reasons.strip())
    DecisionBasis.objects.create(
        decision=decision,
        missing=deciding.missing.strip(),
        sealed_considered=deciding.sealed_considered,
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


def _require_stage(enquiry: Enquiry) -> None:
    if enquiry.state not in (*BEFORE, *AFTER):
        raise not_now(enquiry)
    if enquiry.state == EnquiryState.GATHERING and enquiry.colour != Colour.RED:
        raise not_now(
            enquiry,
            because="Only a Red enquiry is decided before its social worker has recommended something. Ask for the "
            "recommendation, or rate the enquiry Red.",
        )


def _require_children(deciding: Deciding, children: list[Child]) -> None:
    if not children:
        raise RuleBroken("A decision is about a child. Add the child to the contact first, even without a name.")
    if not set(deciding.children) <= {child.subject.pk for child in children}:
        raise NotVisible
    for child in children:
        said = deciding.children.get(child.subject.pk, ChildOutcome("", "", ""))
        if said.outcome not in Outcome.values:
            raise RuleBroken(f"Select the outcome for {child.name}.", field=f"outcome_{child.key}")
        if said.level_of_need not in LevelOfNeed.values:
            raise RuleBroken(f"Select the level of need of {child.name}.", field=f"level_{child.key}")
        if not said.reasons.strip():
            raise RuleBroken(f"Write the reasons for {child.name}.", field=f"reasons_{child.key}")


def _require_considered(enquiry: Enquiry, deciding: Deciding, viewer: Viewer) -> None:
    change = moved(deciding.considered, item_versions(viewer, enquiry))
    if change:
        raise RuleBroken(
            f"Nothing was decided. Since you opened this page {change.sentence}: read the list again, then decide.",
            field="considered",
        )


def _require_earlier(enquiry: Enquiry, deciding: Deciding, viewer: Viewer) -> None:
    if all(said.outcome != Outcome.NO_FURTHER_ACTION for said in deciding.children.values()):
        return
    if not earlier_references(viewer, enquiry) <= set(deciding.earlier_shown):
        raise RuleBroken(
            "Nothing was decided. There are earlier contacts that this page had not shown you: read them, then decide.",
            field="earlier_shown",
        )


def _require_basis(enquiry: Enquiry, deciding: Deciding, viewer: Viewer) -> None:
    if not deciding.missing.strip():
        raise RuleBroken("Write what was missing, or that nothing was.", field="missing")
    if deciding.sealed_considered not in SealedConsidered.values:
        raise RuleBroken("Say whether confidential information was considered.", field="sealed_considered")
    if deciding.sealed_considered == SealedConsidered.YES and not is_something_sealed(viewer, enquiry):
        raise RuleBroken("No confidential information is held on this enquiry.", field="sealed_considered")
    if enquiry.state in AFTER and not deciding.change_reason.strip():
        raise RuleBroken("Write why it is decided again.", field="change_reason")


def _require_agencies(enquiry: Enquiry, deciding: Deciding, viewer: Viewer) -> None:
    if not set(deciding.dissents) <= {agency.pk for agency in consulted_agencies(viewer, enquiry)}:
        raise NotVisible


def _require_joint(enquiry: Enquiry, viewer: Viewer) -> None:
    if hub_settings().decision_by != DecisionBy.JOINT:
        return
    views = JointView.objects.visible_to(viewer).filter(enquiry=enquiry, for_number=next_number(enquiry))
    gap = joint_gap(list(views.values_list("agency__kind", flat=True)), social_care=AgencyKind.SOCIAL_CARE)
    if gap:
        raise RuleBroken(f"In this hub partners and children's social care decide together. {gap}")


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
    view.given_at, view.given_by_id = at, signer(viewer)
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
