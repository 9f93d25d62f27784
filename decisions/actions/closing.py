"""An enquiry ends: the contacts in it end for each child as was decided."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

import information_sharing.actions as sharing
import screening.actions
from agencies.access import roles, transitions
from agencies.access.viewer import Viewer
from agencies.choices import Role
from contacts.actions.moving import Endings
from decisions.actions.stage import not_now
from decisions.models import ChildReasons
from decisions.reads.coverage import coverage_of
from decisions.reads.enquiry import children_of, decision_in_force
from decisions.rules import ENDING_OF
from screening.models import Enquiry


def endings_of(enquiry: Enquiry, decision_id: uuid.UUID, *, viewer: Viewer) -> Endings:
    """Return how the contacts of an enquiry end for each child; empty where a child came in after the decision."""
    rows = ChildReasons.objects.visible_to(viewer).filter(child__decision_id=decision_id).select_related("child")
    decided = {row.child.subject_id: (str(ENDING_OF[row.child.outcome]), row.level_of_need) for row in rows}
    endings = {}
    for child in children_of(viewer, enquiry):
        said = next((decided[row] for row in (child.subject.pk, *child.rows) if row in decided), None)
        if said is None:
            return {}
        endings.update(dict.fromkeys(child.rows, said))
    return endings


@transaction.atomic
def close_enquiry(enquiry: Enquiry, *, viewer: Viewer, at: datetime, version: int) -> Enquiry:
    """Close a decided enquiry from which nothing more goes to a team.

    Raises:
        NotPermitted: the viewer is not the manager.
        MoveNotAllowed: it is not decided, a child must still go to a team, or a child came in after the decision.
        StaleRecord: somebody changed it since the manager opened it.
    """
    roles.require(viewer, Role.MANAGER)
    locked = transitions.lock(enquiry, viewer=viewer, version=version)
    decision = decision_in_force(viewer, locked)
    if decision is None:
        raise not_now(locked, because="Nothing is decided on this enquiry yet.")
    if not coverage_of(viewer, decision).is_all_taken:
        raise not_now(
            locked,
            because="A child goes to a team: release its summary. The enquiry closes when the team accepts.",
        )
    endings = endings_of(locked, decision.pk, viewer=viewer)
    if not endings:
        raise not_now(
            locked, because="A child came into this enquiry after the decision: decide again, for every child."
        )
    closed = screening.actions.close_enquiry(enquiry, endings=endings, viewer=viewer, at=at, version=version)
    sharing.end_unanswered(closed, viewer=viewer, at=at)
    return closed
