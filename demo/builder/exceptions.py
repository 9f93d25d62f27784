"""Out of the ordinary, around the stories: a review, emergency access, an agency let in without a signature."""

from __future__ import annotations

from datetime import datetime, timedelta

import agencies.actions
import information_sharing.actions as sharing
import screening.actions
from agencies.access.identity import acting_as
from agencies.choices import ReviewPurpose, Role
from clock.models import hub_calendar
from common.moments import london_day
from demo.builder.pace import hub_minutes_ago, last_night
from demo.directory import Directory
from information_sharing.models import InformationRequest, RequestSubject
from screening.choices import EnquiryState
from screening.models import Enquiry

LET_IN_MINUTES = 120
PROPOSED_MINUTES = 75
BEGUN = timedelta(minutes=20)
WHY_LET_IN = (
    "The children are with the voluntary group's family worker this afternoon. It alone knows who fetches them, and "
    "its signature has lapsed."
)
WHY_BROKEN = "The ambulance crew is at the address and asks whether the father may be told where the children are."


def build_exceptions(hub: Directory, *, at: datetime) -> None:
    """Name one reviewer, break one pane of glass, open the emergency route once, and propose one case role."""
    _review(hub, at=at)
    _glass(hub, at=at)
    _emergency(hub, at=at)
    _proposal(hub, at=at)


def _review(hub: Directory, *, at: datetime) -> None:
    today = london_day(at)
    with acting_as(hub.viewer("maeve_manager")) as manager:
        closed = Enquiry.objects.filter(state=EnquiryState.CLOSED).order_by("-closed_at", "id").first()
        if closed is None:
            return
        screening.actions.name_reviewer(
            closed,
            hub.members["rhona_reviewer"].pk,
            purpose=ReviewPurpose.DIP_SAMPLE,
            starts_on=today,
            ends_on=today + timedelta(days=6),
            viewer=manager,
            at=hub_minutes_ago(at, LET_IN_MINUTES, hub_calendar()),
        )


def _glass(hub: Directory, *, at: datetime) -> None:
    broken_at = last_night(at, hub_calendar())
    with acting_as(hub.viewer("maeve_manager")):
        seen = Enquiry.objects.filter(state=EnquiryState.GATHERING, colour="amber", opened_at__lt=broken_at)
        reference = seen.order_by("opened_at", "id").values_list("reference", flat=True).first()
    if reference is not None:
        with acting_as(hub.viewer("omar_nights")) as nights:
            screening.actions.break_glass(reference, WHY_BROKEN, viewer=nights, at=broken_at)


def _proposal(hub: Directory, *, at: datetime) -> None:
    """Let a case role wait for a manager's word: somebody of the front door is to screen too."""
    proposed_at = hub_minutes_ago(at, PROPOSED_MINUTES, hub_calendar())
    begins = hub.members["femi_front"]
    with acting_as(hub.viewer("anton_admin")) as administrator:
        agencies.actions.propose_membership(
            begins.user,
            begins.agency,
            [Role.SCREENER],
            starts_on=london_day(at),
            viewer=administrator,
            at=proposed_at,
        )


def _emergency(hub: Directory, *, at: datetime) -> None:
    """Let the voluntary group in on an enquiry that has agencies asked already, and ask it the like."""
    let_in_at = hub_minutes_ago(at, LET_IN_MINUTES, hub_calendar())
    with acting_as(hub.viewer("maeve_manager")) as manager:
        asked = InformationRequest.objects.exclude(state="withdrawn").filter(enquiry__state=EnquiryState.GATHERING)
        asked = asked.filter(enquiry__assigned_at__lt=let_in_at - BEGUN).exclude(agency=hub.agencies["voluntary"])
        like = asked.select_related("enquiry").order_by("-sent_at", "id").first()
        if like is None:
            return
        agency = hub.agencies["voluntary"].pk
        sharing.open_emergency(like.enquiry, agency, WHY_LET_IN, hours=24, viewer=manager, at=let_in_at)
        subjects = list(RequestSubject.objects.filter(request=like).values_list("subject_id", flat=True))
        ask = sharing.Ask(
            agency_id=agency,
            subject_ids=subjects,
            asks="Who fetches the children today, and have they said anything about going home?",
            purpose=like.purpose,
            lawful_basis="vital_interests",
        )
        sharing.request_information(like.enquiry, [ask], viewer=manager, at=let_in_at + timedelta(minutes=5))
