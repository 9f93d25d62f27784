"""The snapshot on which a decision is judged."""

from __future__ import annotations

from agencies.access.viewer import Viewer
from agencies.choices import DecisionBy
from agencies.models import HubSettings
from decisions.models import JointView
from decisions.reads.enquiry import (
    children_of,
    consulted_agencies,
    earlier_references,
    is_something_sealed,
    item_versions,
    next_number,
    unopened_sealed,
)
from decisions.rules import Snapshot
from screening.models import Enquiry


def before_deciding(viewer: Viewer, enquiry: Enquiry, hub: HubSettings, *, with_earlier: bool) -> Snapshot:
    """Return what lies before whoever decides on a locked enquiry, each thing read once.

    Args:
        with_earlier: whether earlier contacts are looked for: the dearest read, of which few decisions depend.
    """
    number = next_number(enquiry)
    return Snapshot(
        state=enquiry.state,
        colour=enquiry.colour,
        children={child.subject.pk: child.name for child in children_of(viewer, enquiry)},
        items=item_versions(viewer, enquiry),
        earlier=earlier_references(viewer, enquiry) if with_earlier else (),
        is_something_sealed=is_something_sealed(viewer, enquiry),
        unopened=unopened_sealed(enquiry),
        agencies={agency.pk for agency in consulted_agencies(viewer, enquiry)},
        number=number,
        joint_views=_joint_views(viewer, enquiry, number) if hub.decision_by == DecisionBy.JOINT else None,
    )


def _joint_views(viewer: Viewer, enquiry: Enquiry, number: int) -> list[str]:
    views = JointView.objects.visible_to(viewer).filter(enquiry=enquiry, for_number=number)
    return list(views.values_list("agency__kind", flat=True))
