"""The screening of one contact: alone or by the panel, to one of the exits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

import contacts.actions
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role, ScreeningBy
from agencies.models import Membership
from agencies.queries import hub_settings
from common.errors import MoveNotAllowed, RuleBroken
from contacts.choices import ContactState, PersonKind
from contacts.models import Contact, Subject
from notices.actions import notify_holders
from screening import mail
from screening.actions.clocks import clock_feedback
from screening.actions.enquiry import join_enquiry, open_enquiry
from screening.actions.handover import hand_over
from screening.choices import Exit, ScreeningState
from screening.models import ChildScreening, Enquiry, PanelView, Screening, ScreeningReasons
from screening.rules import (
    LEAST_REASON,
    LEAST_REASONS,
    GivenView,
    PanelStanding,
    criteria_contradict,
    is_handed_over,
    is_too_short,
    missing_levels,
    needs_registered_social_worker,
    panel_standing,
)
from screening.transitions import SCREENING

SCREENERS = (Role.SCREENER, Role.MANAGER)


@dataclass(frozen=True)
class ScreeningDecision:
    """What was decided about a contact.

    Attributes:
        levels: position of each child in the contact to its level of need.
        joins: the running enquiry that the contact joins; None opens a new one. Only into the MASH.
        team_id: who takes over; only for exits that hand over, like `handover_text`.
    """

    exit: str
    reasons: str
    criteria: tuple[str, ...]
    levels: Mapping[int, str] = field(default_factory=dict)
    proposed_colour: str = ""
    joins: Enquiry | None = None
    team_id: uuid.UUID | None = None
    handover_text: str = ""


@transaction.atomic
def send_to_panel(contact: Contact, *, viewer: Viewer, at: datetime, version: int | None = None) -> Screening:
    """Put a contact before the panel; its members see it from now on.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: the contact is screened, or with the panel already.
        RuleBroken: this hub screens without a panel.
    """
    roles.require(viewer, *SCREENERS)
    screening = _screening_of(contact, viewer=viewer, at=at)
    sent = transitions.apply(
        screening,
        "screening.sent_to_panel",
        table=SCREENING,
        viewer=viewer,
        at=at,
        version=version,
        sent_to_panel_at=at,
    )
    if hub_settings().screening_by != ScreeningBy.PANEL:
        raise RuleBroken("This hub screens without a panel: decide on this page.")
    contacts.actions.send_to_panel(contact, viewer=viewer, at=at)
    notify_holders(mail.sent_to_panel(sent, contact.reference), Role.SCREENER, at=at)
    return sent


@transaction.atomic
def give_view(contact: Contact, exit_: str, reason: str, *, viewer: Viewer, at: datetime) -> PanelView:
    """Record the view of the viewer's agency, or change it while nothing is decided.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: the panel does not sit on the contact now.
        RuleBroken: no exit, or no reason.
    """
    roles.require(viewer, *SCREENERS)
    screening = _screening_of(contact, viewer=viewer, at=at)
    sitting = transitions.apply(
        screening, "screening.view_given", table=SCREENING, viewer=viewer, at=at, details={"exit": exit_}
    )
    if exit_ not in Exit.values:
        raise RuleBroken("Choose where your agency would send this contact.", field="exit")
    if is_too_short(reason, LEAST_REASON):
        raise RuleBroken(f"Enter your agency's reason, in at least {LEAST_REASON} characters.", field="reason")
    mine = Membership.objects.get(pk=viewer.member).agency_id
    view = PanelView.objects.filter(screening=sitting, agency_id=mine).first()
    view = view or PanelView(screening=sitting, agency_id=mine)
    view.exit, view.reason = exit_, reason.strip()
    view.given_at, view.given_by_id = at, viewer.member
    view.save()
    return view


@transaction.atomic
def put_to_manager(contact: Contact, *, viewer: Viewer, at: datetime, version: int | None = None) -> Screening:
    """Leave a contact to the manager, because the panel differs or cannot sit.

    Raises:
        NotPermitted: the viewer neither screens nor manages.
        MoveNotAllowed: the panel does not sit on the contact now.
        StaleRecord: a view came in since the viewer opened it.
        RuleBroken: the panel is complete and agrees, so it decides itself.
    """
    roles.require(viewer, *SCREENERS)
    screening = _screening_of(contact, viewer=viewer, at=at)
    put = transitions.apply(
        screening, "screening.put_to_manager", table=SCREENING, viewer=viewer, at=at, version=version
    )
    if standing_of(put).may_decide:
        raise RuleBroken("The panel agrees: record its decision instead of putting it to the manager.")
    notify_holders(mail.put_to_manager(put, contact.reference), Role.MANAGER, at=at)
    return put


@transaction.atomic
def decide_screening(
    contact: Contact, decision: ScreeningDecision, *, viewer: Viewer, at: datetime, version: int | None = None
) -> Screening:
    """Send a contact to an exit, with level of need per child and reasons, and do what the exit asks for.

    Raises:
        NotPermitted: the viewer may not decide here; after a disagreement only the manager does.
        NotVisible: the viewer does not sit on the contact.
        MoveNotAllowed: it is decided already.
        StaleRecord: somebody changed it since the viewer opened it.
        RuleBroken: something is missing or contradicts itself, or only a registered social worker may choose the exit.
    """
    roles.require(viewer, *SCREENERS)
    screening = _screening_of(contact, viewer=viewer, at=at)
    with_manager = screening.state == ScreeningState.WITH_MANAGER
    # Read before it is decided: the panel reads its views while it sits. The contact's lock keeps them as they are.
    panel = standing_of(screening) if screening.state == ScreeningState.WITH_PANEL else None
    decided = transitions.apply(
        screening,
        "screening.decided_by_manager" if with_manager else "screening.decided",
        table=SCREENING,
        viewer=viewer,
        at=at,
        version=version,
        details={"exit": decision.exit},
        exit=decision.exit,
        criteria=list(decision.criteria),
        proposed_colour=decision.proposed_colour if decision.exit == Exit.MASH else "",
        decided_at=at,
        decided_by_id=viewer.member,
    )
    children = _children(contact, viewer)
    _check(decision, children, viewer)
    if panel is not None:
        _check_panel(panel, decision.exit)
    _keep_reasons(decided, decision, children)
    _leave(decided, decision, children, viewer=viewer, at=at)
    return decided


def standing_of(screening: Screening) -> PanelStanding:
    """Return how far the panel of a screening has come."""
    views = PanelView.objects.filter(screening=screening).values_list("agency__kind", "exit")
    return panel_standing([GivenView(kind, exit_) for kind, exit_ in views])


def _screening_of(contact: Contact, *, viewer: Viewer, at: datetime) -> Screening:
    """Return the screening of a contact under the contact's lock; begin it where nobody has yet."""
    locked = transitions.lock(contact, viewer=viewer)
    found = Screening.objects.filter(contact=locked).first()
    if found is None:
        if locked.state not in {ContactState.RECEIVED, ContactState.WITH_PANEL}:
            raise MoveNotAllowed(
                f"This cannot be done now: {locked} has left screening another way. "
                "Nothing was changed; what you typed is below.",
                change=transitions.last_change(locked),
            )
        found = Screening(contact=locked, opened_at=at)
        found.save(force_insert=True)
    found.contact = locked
    return found


def _children(contact: Contact, viewer: Viewer) -> dict[int, Subject]:
    rows = Subject.objects.visible_to(viewer).filter(contact=contact, kind=PersonKind.CHILD)
    return {child.position: child for child in rows.order_by("position", "id")}


def _check(decision: ScreeningDecision, children: Mapping[int, Subject], viewer: Viewer) -> None:
    if decision.exit not in Exit.values:
        raise RuleBroken("Choose where this contact goes.", field="exit")
    if needs_registered_social_worker(decision.exit) and not viewer.is_registered_social_worker:
        raise RuleBroken(
            "Only a registered social worker closes a contact. Choose another exit, or ask one to record this.",
            field="exit",
        )
    if not decision.criteria:
        raise RuleBroken("Choose the criteria that are met, or that none is.", field="criteria")
    if criteria_contradict(decision.criteria):
        raise RuleBroken("Choose either the criteria that are met or “none is met”, not both.", field="criteria")
    missing = missing_levels(children.keys(), decision.levels)
    if missing:
        raise RuleBroken("Choose a level of need for each child.", field=f"level_{missing[0]}")
    if is_too_short(decision.reasons, LEAST_REASONS):
        raise RuleBroken(f"Enter the reasons, in at least {LEAST_REASONS} characters.", field="reasons")


def _check_panel(standing: PanelStanding, exit_: str) -> None:
    if not standing.has_quorum:
        raise RuleBroken(
            "The panel cannot decide yet: it needs the view of social care and of one more agency. "
            "Wait for the views, or put it to the manager.",
            field="exit",
        )
    if standing.agreed_exit != exit_:
        raise RuleBroken(
            "The views on the panel name another exit. Change the views, or put it to the manager.", field="exit"
        )


def _keep_reasons(screening: Screening, decision: ScreeningDecision, children: Mapping[int, Subject]) -> None:
    ScreeningReasons(screening=screening, text=decision.reasons.strip()).save(force_insert=True)
    for position, child in children.items():
        row = ChildScreening(screening=screening, subject=child, level_of_need=decision.levels[position])
        row.save(force_insert=True)


def _leave(
    screening: Screening,
    decision: ScreeningDecision,
    children: Mapping[int, Subject],
    *,
    viewer: Viewer,
    at: datetime,
) -> None:
    contact = screening.contact
    if decision.exit == Exit.MASH:
        enquiry = (
            join_enquiry(decision.joins, contact, viewer=viewer, at=at)
            if decision.joins
            else open_enquiry(contact, viewer=viewer, at=at)
        )
        screening.enquiry = enquiry
        screening.save(update_fields=["enquiry"])
        return
    if is_handed_over(decision.exit):
        hand_over(screening, decision.team_id, decision.handover_text, viewer=viewer, at=at)
    endings = {child.pk: (decision.exit, decision.levels[position]) for position, child in children.items()}
    if decision.exit == Exit.ALLOCATED:
        contacts.actions.pass_on(contact, endings=endings, team_id=decision.team_id, viewer=viewer, at=at)
    else:
        contacts.actions.end_contact(contact, endings=endings, viewer=viewer, at=at)
    clock_feedback(contact, at=at)
