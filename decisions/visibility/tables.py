"""Who sees which row of analysis, decision, release and feedback."""

from typing import Any

from django.db.models import Q, QuerySet

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import Kind, asked, classify, granted, opens, rule, within
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from clock.models import Deadline
from contacts.visibility import decision_team, front_door, worked_on
from decisions.choices import SummaryState
from decisions.grants import SummaryGrant
from decisions.models import (
    Analysis,
    AnalysisVersion,
    CameBack,
    ChildDecision,
    ChildMeaning,
    ChildReasons,
    Complaint,
    ConsideredItem,
    Decision,
    DecisionBasis,
    Dissent,
    Exchange,
    FamilyLetter,
    Feedback,
    JointView,
    MashSummary,
    OutgoingText,
    PickedItem,
    Recall,
    SealedReasons,
    SummaryChange,
    SummaryChild,
    SummaryInstruction,
    SummaryItem,
    SummaryPlaces,
    Undelivered,
)
from decisions.querysets import OUTSIDE
from information_sharing.choices import Handling, RequestState
from information_sharing.models import InformationRequest, Item, RequestSubject
from information_sharing.visibility import own_agency
from screening.choices import EnquiryState
from screening.models import Enquiry

classify(Kind.GRANT, SummaryGrant)


def _on_enquiry(viewer: Viewer, *, emergency_access: bool = False) -> Q:
    """Return the decision team's rows of what hangs on an enquiry."""
    return decision_team(
        viewer, worker="enquiry__social_worker_id", enquiry="enquiry_id", emergency_access=emergency_access
    )


def _on_analysis(viewer: Viewer) -> Q:
    """Return the decision team's rows of an analysis."""
    return decision_team(viewer, worker="analysis__enquiry__social_worker_id", enquiry="analysis__enquiry_id")


def _on_decision(viewer: Viewer, *, emergency_access: bool = False) -> Q:
    """Return the decision team's rows of a decision."""
    return decision_team(
        viewer,
        worker="decision__enquiry__social_worker_id",
        enquiry="decision__enquiry_id",
        emergency_access=emergency_access,
    )


def _on_child(viewer: Viewer) -> Q:
    """Return the decision team's rows of what is decided for one child."""
    return decision_team(
        viewer,
        worker="child__decision__enquiry__social_worker_id",
        enquiry="child__decision__enquiry_id",
        emergency_access=True,
    )


@rule(Analysis, enquiry="enquiry_id")
def analysis_rule(viewer: Viewer) -> Q:
    """The decision team; a draft passes on with the enquiry."""
    return _on_enquiry(viewer)


@rule(AnalysisVersion, ChildMeaning, enquiry="analysis__enquiry_id")
def within_analysis_rule(viewer: Viewer) -> Q:
    """As the analysis."""
    return _on_analysis(viewer)


@rule(PickedItem, enquiry="analysis__enquiry_id")
def picked_rule(viewer: Viewer) -> Q:
    """As the analysis, for items that the viewer still sees."""
    return _on_analysis(viewer) & within(Item, viewer, path="item")


@rule(JointView, enquiry="enquiry_id")
def joint_view_rule(viewer: Viewer) -> Q:
    """The decision team."""
    return _on_enquiry(viewer)


def _hub(viewer: Viewer) -> Q:
    """Those of the hub who see every outcome."""
    roles = (Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.OUT_OF_HOURS)
    return EVERYTHING if viewer.has(*roles) else NOTHING


def _contributing(viewer: Viewer, *, path: str) -> Q:
    """Enquiries on which the agency was asked: core agencies; virtual ones only where they gave items."""
    if viewer.agency_id is None or not viewer.has(Role.RESEARCHER, Role.LEAD):
        return NOTHING
    asked = InformationRequest.objects.filter(agency_id=viewer.agency_id).exclude(state=RequestState.WITHDRAWN)
    if not viewer.is_core:
        in_the_open = Item.objects.exclude(handling=Handling.MANAGER_ONLY).filter(given_at__isnull=False)
        asked = asked.filter(pk__in=in_the_open.values("request_id"))
    return Q(**{f"{path}__in": asked.values("enquiry_id")})


def _system(viewer: Viewer) -> Q:
    """The clock's own viewer, which ends the contacts once every team has accepted."""
    return EVERYTHING if viewer.has(SystemRole.CLOCK) else NOTHING


@rule(Decision, enquiry="enquiry_id")
def decision_rule(viewer: Viewer) -> Q:
    """That it is decided, and when."""
    return (
        _hub(viewer)
        | _on_enquiry(viewer, emergency_access=True)
        | _contributing(viewer, path="enquiry")
        | Q(pk__in=_received(viewer, "decision_id"))
        | _system(viewer)
    )


@rule(ChildDecision, enquiry="decision__enquiry_id")
def child_decision_rule(viewer: Viewer) -> Q:
    """The outcome per child: agencies only for children about whom they were asked."""
    asked = RequestSubject.objects.filter(own_agency(viewer, path="request__agency_id"))
    asked = asked.exclude(request__state=RequestState.WITHDRAWN)
    contributing = _contributing(viewer, path="decision__enquiry") & Q(subject_id__in=asked.values("subject_id"))
    return _hub(viewer) | _on_decision(viewer, emergency_access=True) | contributing | _system(viewer)


@rule(ChildReasons, enquiry="child__decision__enquiry_id")
def reasons_rule(viewer: Viewer) -> Q:
    """Reasons: screeners, also of earlier contacts, and the decision team."""
    if viewer.has(Role.SCREENER):
        return EVERYTHING
    accepted = Q(child__decision__enquiry__state__in=(EnquiryState.RELEASED, EnquiryState.CLOSED))
    return _on_child(viewer) | (_system(viewer) & accepted)


@rule(DecisionBasis, enquiry="decision__enquiry_id")
def basis_rule(viewer: Viewer) -> Q:
    """The decision team, without reviewers: it says whether anything confidential was considered."""
    return decision_team(
        viewer, worker="decision__enquiry__social_worker_id", enquiry="decision__enquiry_id", reviewed=False
    )


@rule(Dissent, enquiry="decision__enquiry_id")
def dissent_rule(viewer: Viewer) -> Q:
    """The decision team."""
    return _on_decision(viewer)


@rule(SealedReasons, enquiry="decision__enquiry_id")
def sealed_reasons_rule(viewer: Viewer) -> Q:
    """The manager alone."""
    return EVERYTHING if viewer.has(Role.MANAGER) else NOTHING


@rule(ConsideredItem, enquiry="decision__enquiry_id")
def considered_rule(viewer: Viewer) -> Q:
    """The decision team; what was sealed when it was considered the manager alone. Not by the item as it is now."""
    return _on_decision(viewer) & (EVERYTHING if viewer.has(Role.MANAGER) else Q(was_sealed=False))


def _received(viewer: Viewer, column: str) -> QuerySet[MashSummary, dict[str, Any]]:
    """Return one column of the summaries that were released to the viewer's team."""
    return MashSummary.objects.filter(_released(viewer)).values(column)


def _released(viewer: Viewer) -> Q:
    """Return the summaries that were released to the viewer's team."""
    return Q(state__in=OUTSIDE) & granted(SummaryGrant, viewer) if viewer.team_group_id else NOTHING


@rule(MashSummary, enquiry="enquiry_id")
def summary_rule(viewer: Viewer) -> Q:
    """The decision team; the team to which it was released, until it declines: then it is the hub's again.

    The database ends the team's grant too, with the transaction.
    """
    return (
        decision_team(viewer, worker="social_worker_id", enquiry="enquiry_id", emergency_access=True)
        | (_released(viewer) & ~Q(state=SummaryState.DECLINED))
        | _system(viewer)
    )


@rule(SummaryChild, Exchange, SummaryChange, Recall)
def within_summary_rule(viewer: Viewer) -> Q:
    """As the summary."""
    return within(MashSummary, viewer, path="summary")


@rule(SummaryInstruction, enquiry="summary__enquiry_id")
def summary_instruction_rule(viewer: Viewer) -> Q:
    """As the summary; out of hours once released."""
    night = asked("is_out", "summary_id") if viewer.has(Role.OUT_OF_HOURS) else NOTHING
    return within(MashSummary, viewer, path="summary") | night


@rule(SummaryPlaces, enquiry="summary__enquiry_id")
def summary_places_rule(viewer: Viewer) -> Q:
    """Protected places: whoever accepted the summary, while they see it."""
    if not viewer.has(Role.RECEIVING_WORKER):
        return NOTHING
    return Q(summary__taken_by_id=viewer.membership_id) & within(MashSummary, viewer, path="summary")


@rule(SummaryItem, enquiry="summary__enquiry_id")
def summary_item_rule(viewer: Viewer) -> Q:
    """As the summary; an agency sees its own items in it once released."""
    mine = Q(agency_id=viewer.agency_id) & asked("is_out", "summary_id")
    own = mine if viewer.has(Role.RESEARCHER, Role.LEAD) else NOTHING
    return within(MashSummary, viewer, path="summary") | own


@opens(Enquiry)
def received_enquiry(viewer: Viewer) -> Q:
    """The header of an enquiry whose summary was released to the viewer's team."""
    return Q(pk__in=_received(viewer, "enquiry_id"))


@rule(Feedback, FamilyLetter, CameBack, Complaint, contact="contact_id")
def feedback_rule(viewer: Viewer) -> Q:
    """Letters, what came back, feedback, complaints: front door and decision team. Broken glass opens none of them."""
    return front_door(viewer) | decision_team(viewer, worker="contact__social_worker_id", enquiry="contact__enquiry_id")


@rule(OutgoingText, contact="contact_id")
def outgoing_text_rule(viewer: Viewer) -> Q:
    """A text that waits to be checked: the manager alone, so that nobody learns by it what they may not know."""
    return EVERYTHING if viewer.has(Role.MANAGER) else NOTHING


@rule(Undelivered, contact="contact_id", enquiry="enquiry_id")
def undelivered_rule(viewer: Viewer) -> Q:
    """What did not arrive: the manager and whoever works on the enquiry; the front door what is the front door's."""
    if viewer.has(Role.MANAGER, SystemRole.CLOCK):
        return EVERYTHING
    theirs = worked_on(viewer, worker="social_worker_id", enquiry="enquiry_id")
    if viewer.has(Role.FRONT_DOOR):
        theirs |= Q(recipient__isnull=True) | Q(enquiry__isnull=True)
    return theirs


@opens(Deadline)
def clocks_of_release(viewer: Viewer) -> Q:
    """A record's page shows its clocks: as the summary and the complaint."""
    return (Q(subject_kind="release") & within(MashSummary, viewer, path="subject_id", is_kept=False)) | (
        Q(subject_kind="complaint") & within(Complaint, viewer, path="subject_id", is_kept=False)
    )
