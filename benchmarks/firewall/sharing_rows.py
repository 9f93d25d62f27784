"""Rows between the hub and the agencies: requests with their grants, answers, items and what they say."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.firewall import words
from benchmarks.firewall.borough import ANSWERED, CLOSED, HELD, MANAGER_ONLY, MOSTLY_ASKED, NOTHING, SHARED, Borough
from benchmarks.firewall.copying import NULL, Load
from information_sharing.grants import ItemGrant
from information_sharing.models import (
    Answer,
    HeldMarker,
    InformationRequest,
    Item,
    ItemText,
    RequestSubject,
    SealedText,
)
from screening.grants import EnquiryGrant

KINDS = {1: SHARED, 2: NOTHING, 3: HELD}
TEXT = ("id", "item_id", "version", "text", "written_at", "written_by_id")
NAMED_EVERY = 50
"""One of so many items names another core agency."""


def loads(borough: Borough) -> list[Load]:
    """Return the tables between hub and agencies with their rows."""
    return [
        Load(InformationRequest, REQUEST, requests(borough)),
        Load(EnquiryGrant, ("id", "permission_id", "group_id", "content_object_id"), grants(borough)),
        Load(RequestSubject, ("id", "request_id", "subject_id"), asked_about(borough)),
        Load(Answer, ANSWER, answers(borough)),
        Load(Item, ITEM, items(borough)),
        Load(ItemText, TEXT, texts(borough, sealed=False)),
        Load(SealedText, TEXT, texts(borough, sealed=True)),
        Load(HeldMarker, ("enquiry_id",), markers(borough)),
        Load(ItemGrant, ("id", "permission_id", "group_id", "content_object_id", "named_at"), namings(borough)),
    ]


REQUEST = (
    "id", "reference", "enquiry_id", "agency_id", "social_worker_id", "state", "asks", "purpose", "concern",
    "lawful_basis", "sent_at", "sent_by_id", "due_at", "first_word_at", "answered_at",
)  # fmt: skip


def requests(borough: Borough) -> Iterator[str]:
    """Yield the requests, with the social worker whom the enquiry's trigger copies and the clock's due time."""
    at, agencies = borough.moments, [borough.directory.agencies[name] for name in borough.names]
    for number, (place, enquiry) in enumerate(zip(borough.asked, borough.enquiry_of, strict=True)):
        sent = borough.arrived(borough.first_contact(enquiry)) + 60
        state, worker = borough.request_state(number), borough.worker(enquiry) or NULL
        yield "\t".join(
            (
                borough.request_keys[number],
                borough.references.of("Q", number),
                borough.enquiry_keys[enquiry],
                agencies[place],
                worker,
                state,
                words.ASKED,
                words.PURPOSE,
                words.CONCERNS[enquiry % 5],
                "public_task",
                at[sent],
                worker,
                at[borough.due(number, begun=sent, is_open=state != ANSWERED)],
                NULL if state == "sent" else at[sent + 15],
                at[sent + 90] if state == ANSWERED else NULL,
            )
        )


def grants(borough: Borough) -> Iterator[str]:
    """Yield the grants that the trigger on requests would make."""
    permission = borough.directory.asked_permission
    groups = [borough.directory.groups[name] for name in borough.names]
    for number, (place, enquiry) in enumerate(zip(borough.asked, borough.enquiry_of, strict=True)):
        yield f"{borough.request_keys[number]}\t{permission}\t{groups[place]}\t{borough.enquiry_keys[enquiry]}"


def asked_about(borough: Borough) -> Iterator[str]:
    """Yield whom each request is about: the first child, in every third the first adult too."""
    for number, enquiry in enumerate(borough.enquiry_of):
        contact = borough.first_contact(enquiry)
        first, key = borough.people_from[contact], borough.request_keys[number]
        yield f"{key[::-1]}\t{key}\t{borough.person_keys[first]}"
        if number % 3 == 0:
            adult = first + borough.children(contact)
            yield f"{key[16:]}{key[:16]}\t{key}\t{borough.person_keys[adult]}"


ANSWER = ("id", "request_id", "kind", "withheld_reason", "systems_searched", "searched_at", "given_by_id")


def answers(borough: Borough) -> Iterator[str]:
    """Yield what the agencies answered."""
    for number, answer in enumerate(borough.answers):
        if answer:
            key, kind = borough.request_keys[number], KINDS[answer]
            searched = borough.arrived(borough.first_contact(borough.enquiry_of[number])) + 150
            yield "\t".join(
                (
                    key[::-1],
                    key,
                    kind,
                    "not_relevant" if kind == HELD else "",
                    "Own case record",
                    borough.moments[searched],
                    borough.researchers[borough.asked[number]],
                )
            )


ITEM = (
    "id", "request_id", "enquiry_id", "agency_id", "subject_id", "handling", "theme", "occurred_on", "source",
    "author_id", "given_at",
)  # fmt: skip


def items(borough: Borough) -> Iterator[str]:
    """Yield the items, with enquiry and agency as the trigger copies them from the request."""
    at, agencies = borough.moments, [borough.directory.agencies[name] for name in borough.names]
    for number, request in enumerate(borough.request_of):
        enquiry, place = borough.enquiry_of[request], borough.asked[request]
        contact = borough.first_contact(enquiry)
        begun = borough.arrived(contact)
        yield "\t".join(
            (
                borough.item_keys[number],
                borough.request_keys[request],
                borough.enquiry_keys[enquiry],
                agencies[place],
                borough.person_keys[borough.people_from[contact]],
                borough.handling(number),
                words.THEMES[number % 8],
                at.days[max(0, begun // 1440 - number % 500)],
                "Own case record",
                borough.researchers[place],
                at[begun + 150],
            )
        )


def texts(borough: Borough, *, sealed: bool) -> Iterator[str]:
    """Yield what the items say; sealed ones say nothing here, for what rests encrypted is not measured."""
    for number, request in enumerate(borough.request_of):
        if (borough.handling(number) == MANAGER_ONLY) == sealed:
            key = borough.item_keys[number]
            written = borough.moments[borough.arrived(borough.first_contact(borough.enquiry_of[request])) + 150]
            said = "" if sealed else words.SAID[number % 5]
            yield f"{key[::-1]}\t{key}\t1\t{said}\t{written}\t{borough.researchers[borough.asked[request]]}"


def markers(borough: Borough) -> Iterator[str]:
    """Yield the markers of enquiries on which something sealed is held."""
    held = {
        borough.enquiry_of[request]
        for number, request in enumerate(borough.request_of)
        if borough.handling(number) == MANAGER_ONLY
    }
    return (borough.enquiry_keys[enquiry] for enquiry in sorted(held))


def namings(borough: Borough) -> Iterator[str]:
    """Yield whom owners named: the next of the four agencies that are mostly asked. It ends when the enquiry closes."""
    permission = borough.directory.named_permission
    groups = [borough.directory.groups[name] for name in MOSTLY_ASKED]
    for number in range(0, len(borough.request_of), NAMED_EVERY):
        request = borough.request_of[number]
        is_open = borough.state(borough.enquiry_of[request]) != CLOSED
        if is_open and borough.handling(number) != MANAGER_ONLY:
            group = groups[(borough.asked[request] + 1) % len(groups)]
            key = borough.item_keys[number]
            named = borough.moments[borough.arrived(borough.first_contact(borough.enquiry_of[request])) + 150]
            yield f"{key}\t{permission}\t{group}\t{key}\t{named}"
