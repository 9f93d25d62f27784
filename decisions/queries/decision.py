"""Reads of the decision: what lies before the manager, and what was decided, each part to those who may see it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind, DecisionBy, Role
from agencies.models import Agency, HubSettings
from clock.choices import Colour
from common.errors import NotVisible
from contacts.queries.earlier import EarlierLine
from contacts.queries.people import people_of_enquiry
from decisions.models import (
    JointView,
)
from decisions.queries.analysis import AnalysisRead, latest_analysis
from decisions.reads.enquiry import (
    Child,
    MissingAnswer,
    children_among,
    consulted_agencies,
    earlier_contacts_of,
    missing_among,
    next_number,
    requests_of,
)
from decisions.rules import as_token, from_token, joint_gap, missing_in_words, moved
from information_sharing.models import Item
from information_sharing.queries import ItemSeen
from information_sharing.queries.items import read_items
from screening.choices import EnquiryState
from screening.models import Enquiry

AFTER = (EnquiryState.DECIDED, EnquiryState.RELEASED)


@dataclass(frozen=True)
class DecidePage:
    """What lies before the manager at the moment of reading.

    Attributes:
        fresh: items added or reworded since the manager first opened the page.
        gap: whose view is missing before a joint decision counts; empty where none is, or the manager decides alone.
    """

    enquiry: Enquiry
    children: list[Child]
    items: list[ItemSeen]
    sealed: list[ItemSeen]
    fresh: frozenset[uuid.UUID]
    analysis: AnalysisRead | None
    earlier: list[EarlierLine]
    missing: str
    agencies: list[Agency]
    is_joint: bool
    views: list[JointView]
    gap: str
    number: int

    @property
    def token(self) -> str:
        """The items and versions on the page, for the form."""
        return as_token({item.id: item.version for item in [*self.items, *self.sealed]})

    @property
    def earlier_token(self) -> str:
        """The earlier contacts on the page, for the form."""
        return " ".join(one.reference for one in self.earlier)

    @property
    def is_again(self) -> bool:
        """Say whether a decision stands already."""
        return self.enquiry.state in AFTER


def decide_page(
    viewer: Viewer, enquiry: Enquiry, hub: HubSettings, *, at: datetime, opened_with: str | None = None
) -> DecidePage:
    """Return what lies before the manager; the reading of every item on it is recorded.

    Args:
        enquiry: as `decision_team_enquiry` gives it.
        hub: how this hub works, as the page itself is drawn with it.
        opened_with: the items of the page as it was opened first, where it is drawn again.

    Raises:
        NotVisible: the viewer is not the manager.
    """
    if not viewer.has(Role.MANAGER):
        raise NotVisible
    subjects, requests = people_of_enquiry(viewer, enquiry.pk, sees_contacts=True), requests_of(viewer, enquiry)
    children = children_among(subjects)
    before = _items(viewer, enquiry, at=at)
    items = [item for item in before if not item.is_sealed]
    now = {item.id: item.version for item in before}
    change = moved(from_token(opened_with) if opened_with is not None else now, now)
    number = enquiry.decided_number + 1  # type: ignore[attr-defined]  # annotated where it was fetched
    is_joint = hub.decision_by == DecisionBy.JOINT
    views = _views(viewer, enquiry, number) if is_joint else []
    return DecidePage(
        enquiry=enquiry,
        children=children,
        items=items,
        sealed=[item for item in before if item.is_sealed],
        fresh=change.added | change.changed,
        analysis=latest_analysis(viewer, enquiry, children, items),
        earlier=earlier_contacts_of(viewer, enquiry, subjects),
        missing=missing_text(missing_among(requests)),
        agencies=consulted_agencies(viewer, enquiry, requests),
        is_joint=is_joint,
        views=views,
        gap=joint_gap([view.agency.kind for view in views], social_care=AgencyKind.SOCIAL_CARE) if is_joint else "",
        number=number,
    )


def _items(viewer: Viewer, enquiry: Enquiry, *, at: datetime) -> list[ItemSeen]:
    """Return all that agencies gave, of what is confidential only that it is there: it is opened on a page of its own.

    The reading of the others is recorded.
    """
    rows = Item.objects.visible_to(viewer).given().filter(enquiry=enquiry)
    return read_items(
        viewer,
        rows,
        at=at,
        page="decision",
        reference=enquiry.reference,
        enquiry=enquiry.pk,
        purpose="decision",
        opens_sealed=False,
    )


def missing_text(missing: Sequence[MissingAnswer]) -> str:
    """Return what is missing as a first wording for the manager to confirm."""
    return missing_in_words([f"{one.agency} ({one.words})" for one in missing])


def _views(viewer: Viewer, enquiry: Enquiry, number: int) -> list[JointView]:
    rows = JointView.objects.visible_to(viewer).filter(enquiry=enquiry, for_number=number)
    return list(rows.select_related("agency", "given_by__user").order_by("given_at", "id"))


@dataclass(frozen=True)
class JointPage:
    """Who may give a view, and who has."""

    agencies: list[Agency]
    views: list[JointView]


def joint_page(viewer: Viewer, enquiry: Enquiry) -> JointPage:
    """Return who takes part in a joint decision and the views that are recorded for the next number.

    Raises:
        NotVisible: the viewer is not the manager.
    """
    if not viewer.has(Role.MANAGER):
        raise NotVisible
    return JointPage(consulted_agencies(viewer, enquiry), _views(viewer, enquiry, next_number(enquiry)))


def may_decide(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether the page offers the manager to decide, for the first time or again."""
    early = enquiry.state == EnquiryState.GATHERING and enquiry.colour == Colour.RED
    return viewer.has(Role.MANAGER) and (early or enquiry.state in (EnquiryState.DECIDING, *AFTER))


def may_send_back(viewer: Viewer, enquiry: Enquiry) -> bool:
    """Say whether the page offers the manager to give the enquiry back for more."""
    return viewer.has(Role.MANAGER) and enquiry.state == EnquiryState.DECIDING
