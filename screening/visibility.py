"""Who sees which row of screening and of the MASH enquiry."""

from django.db.models import Q

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import Kind, classify, granted, opens, rule, within
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from clock.choices import Colour
from clock.models import Deadline
from contacts.models import Contact
from contacts.visibility import decision_team, front_door
from screening.choices import EnquiryState, HandoverState, ScreeningState
from screening.grants import EnquiryGrant, HandoverGrant
from screening.models import (
    ChildScreening,
    Enquiry,
    Handover,
    HandoverExchange,
    OwnDeadline,
    PanelView,
    Rating,
    Reopening,
    Screening,
    ScreeningReasons,
)

classify(Kind.GRANT, EnquiryGrant, HandoverGrant)

LEFT = (HandoverState.DECLINED, HandoverState.WITHDRAWN, HandoverState.SETTLED)
"""States in which a handover is the hub's again: its team does not see it any more."""


def _on_its_case(viewer: Viewer) -> Q:
    """Return the decision team's rows of what hangs on a screening."""
    return decision_team(
        viewer,
        worker="screening__contact__social_worker_id",
        enquiry="screening__contact__enquiry_id",
        emergency_access=True,
    )


@rule(Enquiry, enquiry="pk")
def enquiry_rule(viewer: Viewer) -> Q:
    """The header: the hub's own people, the assigned social worker, agencies that were asked."""
    if viewer.has(Role.FRONT_DOOR, Role.SCREENER, Role.OUT_OF_HOURS):
        return EVERYTHING
    if viewer.has(SystemRole.CLOCK):
        return Q(state__in=(EnquiryState.RELEASED, EnquiryState.CLOSED))
    return decision_team(viewer, worker="social_worker_id", enquiry="pk", emergency_access=True) | granted(
        EnquiryGrant, viewer
    )


@rule(Rating, OwnDeadline, Reopening, enquiry="enquiry_id")
def reasoned_rule(viewer: Viewer) -> Q:
    """Ratings, own deadlines and reopenings with their reasons: the decision team."""
    return decision_team(viewer, worker="enquiry__social_worker_id", enquiry="enquiry_id", emergency_access=True)


@rule(Screening)
def screening_rule(viewer: Viewer) -> Q:
    """As the contact."""
    return within(Contact, viewer, path="contact")


@rule(ChildScreening)
def child_screening_rule(viewer: Viewer) -> Q:
    """Levels of need at screening: as the contact."""
    return within(Contact, viewer, path="screening__contact")


@rule(ScreeningReasons, contact="screening__contact_id")
def reasons_rule(viewer: Viewer) -> Q:
    """Reasons: screeners, also of earlier contacts, and the decision team; not the front door."""
    if viewer.has(Role.SCREENER):
        return EVERYTHING
    return _on_its_case(viewer)


@rule(PanelView, contact="screening__contact_id")
def view_rule(viewer: Viewer) -> Q:
    """Views: screeners while sitting, and the decision team."""
    sits = Q(screening__state__in=[ScreeningState.WITH_PANEL, ScreeningState.WITH_MANAGER])
    sitting = sits & within(Contact, viewer, path="screening__contact") if viewer.has(Role.SCREENER) else NOTHING
    return sitting | _on_its_case(viewer)


@rule(Handover, contact="contact_id")
def handover_rule(viewer: Viewer) -> Q:
    """What was handed over: front door, decision team, the screeners who see the contact, the team that got it.

    Out of hours what is Red, until a team has accepted it.
    """
    night = Q(colour=Colour.RED, contact__red_waits=True) if viewer.has(Role.OUT_OF_HOURS) else NOTHING
    screened = within(Contact, viewer, path="contact") if viewer.has(Role.SCREENER) else NOTHING
    return (
        front_door(viewer)
        | decision_team(
            viewer, worker="contact__social_worker_id", enquiry="contact__enquiry_id", emergency_access=True
        )
        | screened
        | night
        | (granted(HandoverGrant, viewer) & ~Q(state__in=LEFT))
    )


@rule(HandoverExchange)
def exchange_rule(viewer: Viewer) -> Q:
    """What was said about a handover: as the handover."""
    return within(Handover, viewer, path="handover")


@opens(Contact)
def ending_with_enquiry(viewer: Viewer) -> Q:
    """The clock's viewer ends the contacts of an enquiry that a team accepted; the team sees none of them."""
    if not viewer.has(SystemRole.CLOCK):
        return NOTHING
    return Q(enquiry_id__in=Enquiry.objects.filter(state__in=(EnquiryState.RELEASED, EnquiryState.CLOSED)).values("pk"))


@opens(Deadline)
def clocks_of_enquiry(viewer: Viewer) -> Q:
    """A record's page shows its clocks: as the enquiry and the handover."""
    return (Q(subject_kind="enquiry") & within(Enquiry, viewer, path="subject_id", is_kept=False)) | (
        Q(subject_kind="handover") & within(Handover, viewer, path="subject_id", is_kept=False)
    )
