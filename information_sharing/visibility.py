"""Who sees which row of requests, answers and items: the firewall between agencies."""

from django.db.models import Q

from agencies.access.conditions import EVERYTHING, NOTHING, among
from agencies.access.firewall import Kind, asked, classify, granted, opens, rule, within
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Colour
from clock.models import Deadline
from contacts.models import Subject
from contacts.visibility import decision_team, looked_into
from information_sharing.choices import Handling, RequestState
from information_sharing.grants import ItemGrant
from information_sharing.models import (
    Answer,
    HeldMarker,
    InformationRequest,
    Item,
    ItemText,
    RequestSubject,
    SafetyInstruction,
    SealedReader,
    SealedText,
    SharingAuthority,
)
from screening.choices import EnquiryState
from screening.models import Enquiry

classify(Kind.GRANT, ItemGrant)

SEALED = Q(handling=Handling.MANAGER_ONLY)


def own_agency(viewer: Viewer, *, path: str = "agency_id") -> Q:
    """Return the rows of the viewer's agency, while the viewer is its researcher or lead."""
    return Q(**{path: viewer.agency_id}) if viewer.has(Role.RESEARCHER, Role.LEAD) else NOTHING


def in_emergency(viewer: Viewer, *, path: str) -> Q:
    """Return the rows of the requests that were opened to the viewer's agency though it has not signed.

    Args:
        path: from the row to the key of the request.
    """
    return among(path, viewer.case_access.emergency_route)


@rule(InformationRequest, enquiry="enquiry_id")
def request_rule(viewer: Viewer) -> Q:
    """The agency that was asked, and the decision team."""
    opened = decision_team(viewer, worker="social_worker_id", enquiry="enquiry_id", emergency_access=True)
    return opened | own_agency(viewer) | in_emergency(viewer, path="pk")


@rule(RequestSubject, Answer)
def within_request_rule(viewer: Viewer) -> Q:
    """As the request."""
    return within(InformationRequest, viewer, path="request")


@opens(Subject)
def asked_about(viewer: Viewer) -> Q:
    """A child or adult about whom the viewer's agency was asked: these, and not a sibling."""
    ours = own_agency(viewer, path="request__agency_id") | in_emergency(viewer, path="request_id")
    people = RequestSubject.objects.filter(ours).exclude(request__state=RequestState.WITHDRAWN)
    return Q(pk__in=people.values("subject_id"))


@opens(Enquiry)
def asked_by_emergency_route(viewer: Viewer) -> Q:
    """The header of an enquiry whose request was opened to the viewer's agency in an emergency."""
    return Q(pk__in=InformationRequest.objects.filter(in_emergency(viewer, path="pk")).values("enquiry_id"))


@rule(SharingAuthority, enquiry="enquiry_id")
def authority_rule(viewer: Viewer) -> Q:
    """The decision team."""
    return decision_team(viewer, worker="enquiry__social_worker_id", enquiry="enquiry_id", emergency_access=True)


def _named_to_read(viewer: Viewer, *, path: str) -> Q:
    """Those whom the owner's lead named for what is sealed on a request."""
    mine = Q(membership_id=viewer.membership_id, ended_at__isnull=True) & own_agency(viewer, path="request__agency_id")
    named = SealedReader.objects.filter(mine)
    return Q(**{f"{path}__in": named.values("request_id")})


def _sealed_readers(viewer: Viewer, *, author: str, request: str) -> Q:
    """Author, those named, manager: nobody else for `manager_only`."""
    if viewer.has(Role.MANAGER):
        return EVERYTHING
    own = Q(**{author: viewer.membership_id})
    if not viewer.has(Role.RESEARCHER, Role.LEAD):
        return own & in_emergency(viewer, path=request)
    return own | _named_to_read(viewer, path=request)


def _named(viewer: Viewer) -> Q:
    """Core agencies named for an item, once they answered about the same child, until the items close.

    That is when the enquiry closes, or as many days after the decision as the agreement says (`items_close_at`). What
    is about a child needs an answer about that child; what is about an adult or about nobody in particular needs one
    about every child whom the owner was asked about. The naming itself says neither who was asked nor who answered, and
    neither do the rows that the viewer sees: the database answers (`fw.answered_alike` in `sql/functions/`).
    """
    if not viewer.is_core or viewer.group_id is None:
        return NOTHING
    return granted(ItemGrant, viewer) & asked("answered_alike", "request_id", "subject_id", "enquiry_id")


def _at_night(viewer: Viewer) -> Q:
    """Items that their owner marked as needed at night, while the enquiry is open and Red."""
    if not viewer.has(Role.OUT_OF_HOURS):
        return NOTHING
    return Q(needed_at_night=True, enquiry__colour=Colour.RED) & ~Q(enquiry__state=EnquiryState.CLOSED)


@rule(Item, enquiry="enquiry_id")
def item_rule(viewer: Viewer) -> Q:
    """That an item exists. A sealed one exists for author, those named and the manager alone."""
    given = Q(given_at__isnull=False, withdrawn_at__isnull=True)
    open_to = (
        (given & decision_team(viewer, worker="enquiry__social_worker_id", enquiry="enquiry_id"))
        | (given & Q(handling=Handling.ONWARD) & looked_into(viewer, enquiry="enquiry_id", emergency_access=True))
        | own_agency(viewer)
        | in_emergency(viewer, path="request_id")
        | (given & _named(viewer))
        | (given & _at_night(viewer))
    )
    sealed = SEALED & _sealed_readers(viewer, author="author_id", request="request")
    return (~SEALED & open_to) | sealed


@rule(ItemText)
def item_text_rule(viewer: Viewer) -> Q:
    """As the item."""
    return within(Item, viewer, path="item")


@rule(SealedText, enquiry="item__enquiry_id")
def sealed_text_rule(viewer: Viewer) -> Q:
    """Author, those named, manager."""
    return _sealed_readers(viewer, author="item__author_id", request="item__request")


@rule(SealedReader, enquiry="request__enquiry_id")
def reader_rule(viewer: Viewer) -> Q:
    """Whom a lead named, until it was ended: the agency's leads, and the person named."""
    own = own_agency(viewer, path="request__agency_id") & Q(ended_at__isnull=True)
    return own if viewer.has(Role.LEAD) else own & Q(membership_id=viewer.membership_id)


@rule(HeldMarker, enquiry="enquiry_id")
def marker_rule(viewer: Viewer) -> Q:
    """That something confidential is held: the decision team, without reviewers."""
    return decision_team(viewer, worker="enquiry__social_worker_id", enquiry="enquiry_id", reviewed=False)


@rule(SafetyInstruction, enquiry="item__enquiry_id")
def instruction_rule(viewer: Viewer) -> Q:
    """Manager, author, those named; the agency's lead once it was refused."""
    lead = Q(agency_id=viewer.agency_id, refused_at__isnull=False) if viewer.has(Role.LEAD) else NOTHING
    read = Item.objects.filter(_sealed_readers(viewer, author="author_id", request="request_id"))
    return Q(item_id__in=read.values("pk")) | lead


@opens(Deadline)
def clocks_of_request(viewer: Viewer) -> Q:
    """A record's page shows its clocks: as the request and the safety instruction."""
    return (Q(subject_kind="request") & within(InformationRequest, viewer, path="subject_id", is_kept=False)) | (
        Q(subject_kind="instruction") & within(SafetyInstruction, viewer, path="subject_id", is_kept=False)
    )
