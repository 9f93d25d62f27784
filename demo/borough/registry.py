"""Which ways the registry of moves holds open to somebody on a line of their list, by the records as they see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from agencies.access.identity import acting_as
from agencies.access.transitions import moves
from agencies.access.viewer import Viewer
from common.transition import StateTable
from common.views.moves import offers_of
from common.work import Section, WorkItem
from contacts.models import Contact, Protection
from contacts.transitions import CONTACT, PROTECTION
from decisions.models import MashSummary
from decisions.transitions import SUMMARY
from demo.borough.desk import opened, send
from demo.borough.hands import Answers, notes_in
from demo.borough.moving import BEGUN, Leaning, Outcome, Taken, wanted_routes
from demo.borough.visitors import Visitor
from information_sharing.models import InformationRequest, SafetyInstruction
from information_sharing.transitions import INSTRUCTION, REQUEST
from screening.models import Enquiry, Handover, Screening
from screening.transitions import ENQUIRY, HANDOVER, SCREENING

KINDS: Mapping[str, tuple[type[Model], StateTable]] = {
    "contact": (Contact, CONTACT),
    "enquiry": (Enquiry, ENQUIRY),
    "handover": (Handover, HANDOVER),
    "instruction": (SafetyInstruction, INSTRUCTION),
    "protection": (Protection, PROTECTION),
    "request": (InformationRequest, REQUEST),
    "screening": (Screening, SCREENING),
    "summary": (MashSummary, SUMMARY),
}
"""Record and state table, by the first word of its events."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "contacts.to_complete": ("screening",),
    "contacts.to_see": ("screening",),
    "decisions.to_prepare": ("summary",),
    "screening.declined": ("summary",),
    "screening.to_release": ("summary",),
}
"""Records that people work on beside the one that the line names."""

BY_PAGE = frozenset(
    {"contacts.unsafe", "decisions.complaints", "decisions.to_write", "decisions.to_pass_on", "decisions.to_say",
     "decisions.to_read", "screening.matched", "sharing.to_record"}
)  # fmt: skip
"""Sections whose moves are about something below the record: only its page says what."""

BUTTON = {"enquiry.decided": "confirm", "enquiry.decided_again": "confirm", "summary.put_to_manager": "put_to_manager"}
"""Buttons with a name: what makes it final, and not only kept or read back."""

ROUNDS = frozenset({"enquiry.released", "enquiry.closed"})
"""What is done when no summary of the enquiry is worked on."""

TRIES = 2


@dataclass(frozen=True)
class Way:
    """A move that is open: what takes it, of which record, in which version.

    Attributes:
        event: empty where a record is begun.
    """

    event: str
    route: str
    reference: str
    version: int

    @property
    def known(self) -> Answers:
        """What is sent beside the questions."""
        button = {BUTTON[self.event]: ["1"]} if self.event in BUTTON else {}
        return {"version": [str(self.version)], **button}


def ways_of(viewer: Viewer, section: Section, reference: str) -> list[Way]:
    """Return what somebody can do about a line now; empty where that is to be read off its page."""
    if section.table is None or section.key in BY_PAGE or viewer.membership_id is None:
        return []
    with acting_as(viewer) as acting:
        return _as_people_take_them(_ways(acting, section, reference))


def _ways(viewer: Viewer, section: Section, reference: str) -> Iterator[Way]:
    own = next(iter(section.table or ())).partition(".")[0]
    wanted = wanted_routes(section)
    for kind in (own, *BESIDE.get(section.key, ())):
        if kind not in KINDS:
            return
        table = KINDS[kind][1]
        for record in _records(viewer, kind, reference):
            where = reference if kind == "screening" else record.reference
            events = {one.event for one in moves(record, table, viewer)}
            for offer in offers_of(table):
                if offer.event in events and offer.route in wanted:
                    yield Way(offer.event, offer.route, where, record.version)
            if kind == own:
                yield from (Way("", route, reference, record.version) for route in BEGUN.get(section.begins, ())
                            if route in wanted and route not in {one.route for one in offers_of(SUMMARY)})  # fmt: skip


def _records(viewer: Viewer, kind: str, reference: str) -> list[Any]:
    model: Any = KINDS[kind][0]
    rows = model.objects.visible_to(viewer)
    if kind == "summary":
        keys = Enquiry.objects.visible_to(viewer).filter(reference=reference).values_list("pk", flat=True)
        own = rows.filter(reference=reference)
        return list(own) or list(rows.filter(enquiry_id__in=list(keys)).order_by("reference"))
    if kind == "screening":
        keys = Contact.objects.visible_to(viewer).filter(reference=reference).values_list("pk", flat=True)
        return list(rows.filter(contact_id__in=list(keys))) or [Screening(contact_id=key) for key in keys]
    return list(rows.filter(reference=reference))


def _as_people_take_them(ways: Iterable[Way]) -> list[Way]:
    """Leave out what is only kept where it can be handed in, and the next round of summaries while one is worked on."""
    found = list(dict.fromkeys(ways))
    handed_in = {one.reference for one in found if one.event == "summary.put_to_manager"}
    found = [one for one in found if one.event != "summary.prepared" or one.reference not in handed_in]
    is_summary = any(one.event.startswith("summary.") for one in found)
    return [one for one in found if not (is_summary and one.event in ROUNDS)]


def ask_agencies(visitor: Visitor, viewer: Viewer, reference: str) -> Taken | None:
    """Let a social worker choose agencies and ask them in one go; None where nobody can be asked now."""
    forms = opened(visitor, viewer, reverse("information_sharing:agencies", args=[reference]))
    chosen = next((visitor.hand.fill(form) for form in forms if "agencies" in form.fields), {}).get("agencies")
    if not chosen:
        return None
    route = "information_sharing:ask"
    address = f"{reverse(route, args=[reference])}?{urlencode({'agencies': chosen}, doseq=True)}"
    sent = send(visitor, viewer, address, {"confirm": ["1"]})
    return Taken(route, Outcome.DONE, sent.status, notes=notes_in(sent.typed.answers)) if sent.is_done else None


def at_desk(visitor: Visitor, viewer: Viewer, item: WorkItem, section: Section, leaning: Leaning) -> Taken | None:
    """Let somebody make one of the moves that the registry holds open; None where the page has to say what can be.

    Args:
        viewer: who they are at this moment.
    """
    found = [(leaning(way.route), way) for way in ways_of(viewer, section, item.reference)]
    found = [one for one in found if one[0]]
    for _ in range(min(TRIES, len(found))):
        [taken] = visitor.hand.draw.choices(found, [weight for weight, _ in found])
        found.remove(taken)
        way = taken[1]
        sent = send(visitor, viewer, reverse(way.route, args=[way.reference]), way.known)
        if sent.is_done:
            return Taken(way.route, Outcome.DONE, sent.status, notes=notes_in(sent.typed.answers))
    return None
