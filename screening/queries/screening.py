"""Reads of screenings: the queue, and all that one screening page shows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.urls import reverse

import clock.queries as clocks
from agencies.access import firewall, roles, transitions
from agencies.access.transitions import Move
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, Role, ScreeningBy
from agencies.models import Agency, Team
from agencies.queries import hub_settings, members_holding, teams
from audit.actions import record_reading
from clock.choices import Measure
from clock.queries import Countdown
from contacts.choices import ContactState, PersonKind
from contacts.models import Contact, Report, Subject
from contacts.queries import Earlier, earlier_contacts, enquiries_of_same_people, follows_of, looks_back, say_schools
from contacts.reads.masking import Mask, mask_of
from contacts.rules.follows import Follow
from screening.choices import HANDED_OVER, ScreeningState
from screening.models import ChildScreening, Enquiry, Handover, PanelView, Screening, ScreeningReasons
from screening.queries.head import PROTECTORS
from screening.rules import CLOSES, GivenView, PanelStanding, panel_standing
from screening.transitions import SCREENING

SCREENERS = (Role.SCREENER, Role.MANAGER)
WAITING = (ContactState.RECEIVED, ContactState.WITH_PANEL)
SITTING = (ScreeningState.WITH_PANEL, ScreeningState.WITH_MANAGER)
QUEUE_LIMIT = 100


@dataclass(frozen=True)
class QueueRow:
    """One contact that waits to be screened.

    Attributes:
        todo: what this viewer is to do with it.
        views: how many agencies have given their view; None where no panel sits.
    """

    contact_id: uuid.UUID
    reference: str
    todo: str
    stage: str
    channel: str
    arrived_at: datetime
    due_at: datetime | None
    in_danger: bool
    came_in_flood: bool
    claimed_by: str
    views: int | None


@dataclass(frozen=True)
class Panel:
    """How a panel stands on one contact."""

    views: list[PanelView]
    missing: list[Agency]
    standing: PanelStanding
    own: PanelView | None


@dataclass(frozen=True)
class ScreeningPage:
    """All that the screening page of one contact shows.

    Attributes:
        screening: unsaved where nobody has begun.
        mask: takes the protected places out of what was written.
        levels: child to level of need, once decided.
        joinable: running enquiries about somebody who is linked to a child or adult of this contact.
    """

    contact: Contact
    screening: Screening
    mask: Mask
    follows: list[Follow]
    children: list[Subject]
    adults: list[Subject]
    panel: Panel | None
    reasons: str
    levels: list[ChildScreening]
    handovers: list[Handover]
    teams: list[Team]
    joinable: list[Enquiry]
    clocks: list[Countdown]
    moves: list[Move]
    earlier: Earlier | None

    @property
    def is_decided(self) -> bool:
        """Say whether it has gone somewhere."""
        return self.screening.state == ScreeningState.DECIDED

    @property
    def may_decide(self) -> bool:
        """Say whether a decision can be recorded as the views stand; whose it is, the moves say."""
        if self.screening.state != ScreeningState.WITH_PANEL or self.panel is None:
            return not self.is_decided
        return self.panel.standing.may_decide


def screening_queue(viewer: Viewer, *, at: datetime) -> list[QueueRow]:
    """Return the contacts that wait for the viewer's screening, least time left first; at most three queries.

    What came in a flood stands below all else.

    The panel's other members see only what was sent to them: the rule of the contact says so.
    """
    if not viewer.has(*SCREENERS):
        return []
    rows = Contact.objects.visible_to(viewer).filter(state__in=WAITING).select_related("claimed_by__user")
    rows = rows.annotate(first_due_at=clocks.first_due_at("pk", Measure.FIRST_SIGHT, Measure.STATUTORY_STEP))
    contacts = list(rows.order_by("came_in_flood", "arrived_at", "id")[:QUEUE_LIMIT])
    keys = [contact.pk for contact in contacts]
    begun = {one.contact_id: one for one in Screening.objects.filter(contact_id__in=keys)}
    given = _given([one.pk for one in begun.values() if one.state in SITTING])
    made = [_row(viewer, one, begun.get(one.pk), given) for one in contacts]
    latest = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(made, key=lambda row: (row.came_in_flood, row.due_at or latest, row.arrived_at, row.reference))


def _given(screening_ids: list[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, GivenView]]:
    """Return the views of panels: screening to agency to its view. Where no panel sits, nobody is asked."""
    given: dict[uuid.UUID, dict[str, GivenView]] = {}
    views = PanelView.objects.filter(screening_id__in=screening_ids)
    for screening_id, agency_id, kind, exit_ in views.values_list("screening_id", "agency_id", "agency__kind", "exit"):
        given.setdefault(screening_id, {})[str(agency_id)] = GivenView(kind, exit_)
    return given


def _row(
    viewer: Viewer,
    contact: Contact,
    screening: Screening | None,
    given: Mapping[uuid.UUID, Mapping[str, GivenView]],
) -> QueueRow:
    views = given.get(screening.pk, {}) if screening else {}
    sits = screening is not None and screening.state in SITTING
    return QueueRow(
        contact_id=contact.pk,
        reference=contact.reference,
        todo=step_of(viewer, screening.state if screening else ScreeningState.OPEN, views) or "",
        stage=str(screening.get_state_display()) if screening else str(ScreeningState.OPEN.label),
        channel=str(contact.get_channel_display()),
        arrived_at=contact.arrived_at,
        due_at=contact.first_due_at,  # type: ignore[attr-defined]  # annotated above
        in_danger=contact.immediate_danger is True,
        came_in_flood=contact.came_in_flood,
        claimed_by=contact.claimed_by.user.name if contact.claimed_by else "",
        views=len(views) if sits else None,
    )


class Step(StrEnum):
    """What somebody is to do with a contact that waits to be screened, in words."""

    SCREEN = "Screen"
    VIEW = "Give your agency's view"
    RECORD = "Record the joint decision"
    PUT = "The views differ: put it to the manager"
    SETTLE = "Decide: the panel has put it to you"


def step_of(viewer: Viewer, state: str, views: Mapping[str, GivenView], *, stands_in: bool = False) -> Step | None:
    """Return what the viewer is to do with a contact that waits; None when it waits for somebody else.

    Args:
        state: of its screening; open where nobody has begun.
        views: key of each agency that has given its view, as text, to the view.
        stands_in: the viewer is a manager who screens because no decision maker is left.
    """
    if state == ScreeningState.WITH_MANAGER:
        return Step.SETTLE if viewer.has(Role.MANAGER) else None
    if state != ScreeningState.WITH_PANEL:
        return Step.SCREEN
    return _of_panel(viewer, views) if stands_in or viewer.has(Role.SCREENER) else None


def _of_panel(viewer: Viewer, views: Mapping[str, GivenView]) -> Step | None:
    if str(viewer.agency_id) not in views:
        return Step.VIEW
    standing = panel_standing(list(views.values()))
    if viewer.agency_kind != AgencyKind.SOCIAL_CARE or not standing.has_quorum:
        return None
    return Step.RECORD if standing.agreed_exit else Step.PUT


def get_contact(viewer: Viewer, reference: str) -> Contact:
    """Return a contact that the viewer may screen or has screened.

    Raises:
        NotVisible: there is none for this viewer.
        NotPermitted: the viewer neither screens nor manages.
    """
    roles.require(viewer, *SCREENERS)
    found: Contact = firewall.fetch(Contact.objects.select_related("claimed_by__user"), viewer, reference=reference)
    return found


def screening_page(viewer: Viewer, reference: str, *, at: datetime) -> ScreeningPage:
    """Return all that the screening page of a contact shows, and record the reading; a constant number of queries.

    Whoever sees the contact reads how it was screened, each part by its own rule; those who screen it act on it.

    Raises:
        NotVisible: the viewer does not see the contact.
    """
    rows = Contact.objects.select_related("claimed_by__user")
    contact: Contact = firewall.fetch(rows, viewer, reference=reference)
    screens = viewer.has(*SCREENERS)
    record_reading(
        "screening",
        actor=viewer,
        at=at,
        item_ids=[contact.pk],
        reference=reference,
        enquiry_id=contact.enquiry_id,
    )
    found = Screening.objects.visible_to(viewer).select_related("decided_by__user").prefetch_related("enquiry")
    screening = found.filter(contact=contact).first() or Screening(contact=contact)
    described = Subject.objects.visible_to(viewer).filter(contact=contact).order_by("position", "id")
    mask = mask_of(viewer, [contact])
    people = say_schools(described, [contact], mask)
    reported = Report.objects.visible_to(viewer).filter(pk=contact.pk).values_list("text", flat=True).first()
    decided = screening.state == ScreeningState.DECIDED
    reasons = ScreeningReasons.objects.visible_to(viewer).filter(screening=screening).first() if decided else None
    levels = ChildScreening.objects.visible_to(viewer).filter(screening=screening).select_related("subject")
    return ScreeningPage(
        contact=contact,
        screening=screening,
        mask=mask,
        follows=follows_of(contact, people, reported or ""),
        children=[one for one in people if one.kind == PersonKind.CHILD],
        adults=[one for one in people if one.kind == PersonKind.ADULT],
        panel=_panel(viewer, screening, at=at) if _sees_views(viewer, screening) else None,
        reasons=mask(reasons.text) if reasons else "",
        levels=list(levels.order_by("subject__position")) if decided else [],
        handovers=_handovers(viewer, contact),
        teams=[] if decided or not screens else teams(*HANDED_OVER.values()),
        joinable=[] if decided or not screens else joinable_enquiries(viewer, contact),
        clocks=clocks.deadlines_for([contact.pk], at=at).get(contact.pk, []),
        moves=_moves(viewer, contact, screening),
        earlier=earlier_contacts(viewer, contact, people) if looks_back(viewer, contact) else None,
    )


def _handovers(viewer: Viewer, contact: Contact) -> list[Handover]:
    rows = Handover.objects.visible_to(viewer).filter(contact_id=contact.pk).select_related("team")
    return list(rows.order_by("sent_at", "id"))


def _sees_views(viewer: Viewer, screening: Screening) -> bool:
    """Say whether the panel's part of the page is the viewer's: once it is decided, only where its views still are."""
    if screening.sent_to_panel_at is None:
        return False
    sits = screening.state in SITTING
    return sits or PanelView.objects.visible_to(viewer).filter(screening=screening).exists()


def _panel(viewer: Viewer, screening: Screening, *, at: datetime) -> Panel:
    views = list(
        PanelView.objects.visible_to(viewer).filter(screening=screening).select_related("agency", "given_by__user")
    )
    members = {one.agency_id: one.agency for one in members_holding(Role.SCREENER, at=at)}
    given = {view.agency_id for view in views}
    return Panel(
        views=views,
        missing=sorted((one for key, one in members.items() if key not in given), key=lambda one: one.name),
        standing=panel_standing([GivenView(view.agency.kind, view.exit) for view in views]),
        own=next((view for view in views if view.agency_id == viewer.agency_id), None),
    )


def _moves(viewer: Viewer, contact: Contact, screening: Screening) -> list[Move]:
    if contact.state not in WAITING:
        return []
    open_to = transitions.moves(screening, SCREENING, viewer)
    if hub_settings().screening_by == ScreeningBy.PANEL:
        return open_to
    return [move for move in open_to if move.event != "screening.sent_to_panel"]


def joinable_enquiries(viewer: Viewer, contact: Contact) -> list[Enquiry]:
    """Return running enquiries that are about somebody linked to a person of this contact: two references, no names."""
    running = Enquiry.objects.visible_to(viewer).running().filter(pk__in=enquiries_of_same_people(contact))
    return list(running.order_by("arrived_at", "id"))


def protect_now_url(viewer: Viewer, contact: Contact) -> str:
    """Return where protective work is raised for a contact; empty for whoever does not raise it."""
    return reverse("contacts:protect", args=[contact.reference]) if viewer.has(*PROTECTORS) else ""


def closing_exits(viewer: Viewer) -> frozenset[str]:
    """Return the exits that this viewer may not choose, because only a registered social worker closes."""
    return frozenset() if viewer.is_registered_social_worker else frozenset(CLOSES)
