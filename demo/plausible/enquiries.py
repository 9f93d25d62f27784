"""What is read of an enquiry, and what of it waits."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from decisions.choices import SummaryState
from decisions.models import Decision, MashSummary
from information_sharing.choices import RequestState
from information_sharing.models import InformationRequest, Item
from screening.choices import EnquiryState
from screening.models import Enquiry

Moment = tuple[str, datetime | None]
OVER = frozenset({SummaryState.ACCEPTED, SummaryState.SETTLED, SummaryState.WITHDRAWN})
UNANSWERED = frozenset({RequestState.SENT, RequestState.HEARD, RequestState.CANNOT_SEARCH})


@dataclass
class EnquirySeen:
    """One enquiry: what came of it and when."""

    row: Enquiry
    at_night: bool = False
    answered: bool = False
    bases: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    outcomes: list[str] = field(default_factory=list)
    waits: list[str] = field(default_factory=list)
    asked: list[datetime] = field(default_factory=list)
    heard: list[datetime] = field(default_factory=list)
    decided: list[datetime] = field(default_factory=list)
    summaries: list[MashSummary] = field(default_factory=list)

    def moments(self) -> Iterator[Moment]:
        """Yield what happened to it, in the order in which one thing follows another."""
        yield "opened", self.row.opened_at
        yield "rated", self.row.first_rated_at
        yield "assigned", self.row.assigned_at
        yield "asked first", min(self.asked, default=None)
        yield "answered first", min(self.heard, default=None)
        yield "decided", min(self.decided, default=None)
        yield "prepared", min((one.prepared_at for one in self.summaries), default=None)
        yield "released", min((one.released_at for one in self.summaries if one.released_at), default=None)
        yield "taken over", max((one.taken_at for one in self.summaries if one.taken_at), default=None)
        yield "closed", self.row.closed_at


def read_enquiries() -> dict[uuid.UUID, EnquirySeen]:
    """Return every enquiry that whoever is at work may see."""
    found = {row.pk: EnquirySeen(row) for row in Enquiry.objects.all()}
    for request in InformationRequest.objects.all():
        _request(found[request.enquiry_id], request)
    for item in Item.objects.filter(given_at__isnull=False):
        found[item.enquiry_id].at_night |= item.needed_at_night
        found[item.enquiry_id].answered = True
    for decision in Decision.objects.prefetch_related("children"):
        one = found[decision.enquiry_id]
        one.decided.append(decision.decided_at)
        one.outcomes += [child.outcome for child in decision.children.all()]
    for summary in MashSummary.objects.all():
        _summary(found[summary.enquiry_id], summary)
    for one in found.values():
        if one.row.state != EnquiryState.CLOSED:
            one.waits.append(f"enquiry {one.row.state}")
    return found


def _request(one: EnquirySeen, request: InformationRequest) -> None:
    one.bases.add(request.lawful_basis)
    one.asked.append(request.sent_at)
    if request.answered_at:
        one.heard.append(request.answered_at)
    elif request.state in UNANSWERED and request.lapsed_at is None:
        one.waits.append(f"request {request.state}")


def _summary(one: EnquirySeen, summary: MashSummary) -> None:
    one.summaries.append(summary)
    if summary.family_told:
        one.told.add(summary.family_told)
    if summary.state not in OVER:
        one.waits.append(f"summary {summary.state}")
