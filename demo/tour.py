"""The six cases on the demo's first page: what each is, and whom to sign in as to see which part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agencies.access.identity import acting_as
from common.pages import path_of
from contacts.models import Contact
from decisions.models import MashSummary
from demo.cases import CASES
from demo.directory import Directory, read_directory
from demo.people import PEOPLE
from demo.shapes import CaseText
from information_sharing.models import InformationRequest

MANAGER, FRONT_DOOR = "maeve_manager", "fiona_front"
NOTICE = {
    "rb1": "What the police hold in confidence stays with the manager; the team at the door gets one agreed sentence.",
    "rb2": "A diagnosis alone explains no mark: a doctor who has seen these marks does. It ends without assessment.",
    "rb3": "Protect now goes on beside the hub's work, and the police act on the breach of the order.",
    "nn1": "The neighbour stays nameless everywhere, also in what the agencies are asked.",
    "nn2": "An outcome for each child: the eldest is in danger too.",
    "nn3": "No danger, and help all the same: early help, with the family's agreement.",
}
"""What is worth noticing in each, by its key."""


@dataclass(frozen=True)
class Stop:
    """A page of a case, and who may see it.

    Attributes:
        person: the key of whom it is for.
    """

    person: str
    sign_in_as: str
    name: str
    path: str
    look_at: str


@dataclass(frozen=True)
class CaseTour:
    """One of the six cases."""

    title: str
    notice: str
    stops: tuple[Stop, ...]


def tours() -> tuple[CaseTour, ...]:
    """Return the six cases as they stand in the demo; none where it was not loaded."""
    hub = read_directory()
    if MANAGER not in hub.members:
        return ()
    with acting_as(hub.viewer(MANAGER)):
        found = [(case, _contact(case)) for case in CASES]
        return tuple(
            CaseTour(case.title, NOTICE[case.key], tuple(_stops(case, contact, hub)))
            for case, contact in found
            if contact
        )


def _contact(case: CaseText) -> Contact | None:
    return Contact.objects.filter(report__text=case.contact.reported).order_by("arrived_at").first()


def _stops(case: CaseText, contact: Contact, hub: Directory) -> Iterator[Stop]:
    yield _stop(FRONT_DOOR, "contact", contact.reference, "What was reported, and what was said to referrer and family")
    yield _stop(MANAGER, "enquiry", contact.enquiry_reference, "The whole enquiry, from the answers to the decision")
    ask = next(one for one in case.asks if one.who)
    asked = InformationRequest.objects.filter(
        enquiry__reference=contact.enquiry_reference, agency=hub.agencies[ask.agency]
    )
    for request in asked[:1]:
        yield _stop(ask.who, "request", request.reference, "What this agency was asked and answered, and no other's")
    if case.release is not None:
        for summary in MashSummary.objects.filter(enquiry__reference=contact.enquiry_reference).order_by(
            "-prepared_at"
        )[:1]:
            yield _stop(case.release.who, "release", summary.reference, "What the receiving team got")


def _stop(key: str, kind: str, reference: str, look_at: str) -> Stop:
    person = next(one for one in PEOPLE if one.key == key)
    return Stop(key, person.email, person.name, path_of(kind, reference), look_at)
