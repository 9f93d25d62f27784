"""Rows of the hub's own stages: contacts, their people, screenings, enquiries, clocks and notices."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.firewall import words
from benchmarks.firewall.borough import CLOSED, DECIDED, DECIDING, GATHERING, TO_RATE, Borough
from benchmarks.firewall.copying import NULL, Load
from benchmarks.firewall.ending_rows import UNTOLD
from clock.models import Deadline
from contacts.models import Contact, Report, Subject
from notices.models import Notice
from screening.models import Enquiry, Screening

SCREENED = "decided"
UNACKNOWLEDGED = 5
"""One of so many open enquiries has a referrer who was not told yet."""


def loads(borough: Borough) -> list[Load]:
    """Return the tables of the hub's own stages with their rows."""
    return [
        Load(Enquiry, ENQUIRY, enquiries(borough)),
        Load(Contact, CONTACT, contacts(borough)),
        Load(Report, ("contact_id", "text"), reports(borough)),
        Load(Subject, SUBJECT, subjects(borough)),
        Load(Screening, SCREENING, screenings(borough)),
        Load(Deadline, DEADLINE, deadlines(borough)),
        Load(Notice, NOTICE, notices(borough)),
    ]


ENQUIRY = (
    "id", "reference", "state", "arrived_at", "opened_at", "opened_by_id", "colour", "first_rated_at",
    "crime_possible", "social_worker_id", "assigned_at", "due_at", "decided_at", "closed_at",
)  # fmt: skip


def enquiries(borough: Borough) -> Iterator[str]:
    """Yield the headers; `due_at` and `crime_possible` as the triggers of clock and contact leave them."""
    at, opened_by = borough.moments, borough.directory.members["sunita_screener"]
    for number in range(borough.enquiries):
        begun, state = borough.arrived(borough.first_contact(number)), borough.state(number)
        rated = state != TO_RATE
        due = borough.due(number, begun=begun, is_open=state in {GATHERING, DECIDING})
        yield "\t".join(
            (
                borough.enquiry_keys[number],
                borough.references.of("M", number),
                state,
                at[begun],
                at[begun + 30],
                opened_by,
                borough.colour(number),
                at[begun + 45] if rated else NULL,
                "t" if number % 8 == 0 else "f",
                borough.worker(number) or NULL,
                at[begun + 50] if rated else NULL,
                at[due] if rated else NULL,
                at[begun + 1200] if state in {DECIDED, CLOSED} else NULL,
                at[begun + 1400] if state == CLOSED else NULL,
            )
        )


CONTACT = (
    "id", "reference", "state", "arrived_at", "logged_at", "logged_by_id", "channel", "referrer_kind", "concern",
    "crime_possible", "agreement", "acknowledged_at", "acknowledged_by_id", "ended_at", "enquiry_id",
    "enquiry_reference", "social_worker_id", "colour", "worker_acknowledged_at",
)  # fmt: skip


def contacts(borough: Borough) -> Iterator[str]:
    """Yield the contacts, with what the enquiry's trigger copies into them."""
    members = borough.directory.members
    logged_by = members["fiona_front"]
    for number in range(borough.contacts):
        begun, enquiry = borough.arrived(number), borough.enquiry(number)
        state, ended = borough.contact_state(number)
        told = state != "received" and not (state == "in_enquiry" and number % UNACKNOWLEDGED == 0)
        at = borough.moments
        yield "\t".join(
            (
                borough.contact_keys[number],
                borough.references.of("C", number),
                state,
                at[begun],
                at[begun + 5],
                logged_by,
                words.CHANNELS[number % 6],
                words.REFERRERS[number % 5],
                words.CONCERNS[number % 5],
                "t" if enquiry is not None and enquiry % 8 == 0 else "f",
                "given" if number % 3 else "not_sought",
                at[begun + 60] if told else NULL,
                logged_by if told else NULL,
                at[min(begun + 1400, at.now)] if ended else NULL,
                *of_enquiry(borough, enquiry),
                at[begun + 300] if state == "passed_on" and begun + 300 < at.now else NULL,
            )
        )


def of_enquiry(borough: Borough, enquiry: int | None) -> tuple[str, str, str, str]:
    """Return what a contact carries of its enquiry."""
    if enquiry is None:
        return NULL, "", NULL, ""
    worker = borough.worker(enquiry) or NULL
    return borough.enquiry_keys[enquiry], borough.references.of("M", enquiry), worker, borough.colour(enquiry)


def reports(borough: Borough) -> Iterator[str]:
    """Yield what was said."""
    for number in range(borough.contacts):
        yield f"{borough.contact_keys[number]}\t{words.ACCOUNTS[number % 2]}"


SUBJECT = (
    "id", "contact_id", "position", "kind", "given_name", "family_name", "date_of_birth", "sex", "school", "part",
    "name_key", "given_key",
)  # fmt: skip


def subjects(borough: Borough) -> Iterator[str]:
    """Yield children and adults: one surname a contact."""
    for contact in range(borough.contacts):
        first, end = borough.people_from[contact], borough.people_from[contact + 1]
        children, key = borough.children(contact), borough.contact_keys[contact]
        surname = contact * 7919 % len(words.SURNAMES)
        for place in range(end - first):
            number = first + place
            given, is_child = number * 31 % 25, place < children
            year = (2007 if is_child else 1965) + number % 18
            yield (
                f"{borough.person_keys[number]}\t{key}\t{place}\t{'child' if is_child else 'adult'}\t"
                f"{words.GIVEN[given]}\t{words.SURNAMES[surname]}\t{year}-{number % 12 + 1:02d}-{number % 28 + 1:02d}\t"
                f"{'female' if number % 2 else 'male'}\t{'Aldermere Primary' if is_child else ''}\t"
                f"{'' if is_child else 'mother'}\tN{surname}\tG{given}"
            )


SCREENING = (
    "id", "contact_id", "reference", "state", "opened_at", "sent_to_panel_at", "exit", "proposed_colour", "decided_at",
    "decided_by_id", "enquiry_id",
)  # fmt: skip


def screenings(borough: Borough) -> Iterator[str]:
    """Yield the screenings of what went into an enquiry, and of what lies with the panel."""
    at, by, made = borough.moments, borough.directory.members["sunita_screener"], 0
    for contact in range(borough.contacts):
        enquiry = borough.enquiry(contact)
        panel = enquiry is None and borough.waits(contact) == "with_panel"
        if enquiry is None and not panel:
            continue
        begun = borough.arrived(contact)
        made += 1
        decided = (
            ("mash", "amber", at[begun + 30], by, borough.enquiry_keys[enquiry])
            if enquiry is not None
            else ("", "", NULL, NULL, NULL)
        )
        head = (borough.contact_keys[contact][::-1], borough.contact_keys[contact], borough.references.of("S", made))
        sent = at[begun + 20] if panel else NULL
        yield "\t".join((*head, "with_panel" if panel else SCREENED, at[begun + 10], sent, *decided))


DEADLINE = (
    "id", "subject_kind", "subject_id", "subject_reference", "enquiry_id", "enquiry_reference", "measure", "colour",
    "agency_id", "membership_id", "policy_id", "started_at", "policy_due_at", "due_at", "created_at", "met_at",
    "next_check_at", "case_id",
)  # fmt: skip


def deadlines(borough: Borough) -> Iterator[str]:
    """Yield what is due: contacts to see, enquiries to decide, requests to answer; and every decision that was made."""
    yield from _of_contacts(borough)
    yield from _of_enquiries(borough)
    yield from _of_requests(borough)
    yield from _of_feedback(borough)


def _of_contacts(borough: Borough) -> Iterator[str]:
    at = borough.moments
    for number in range(max(0, borough.contacts - borough.contacts // 100), borough.contacts):
        if borough.enquiry(number) is None and borough.waits(number):
            begun = borough.arrived(number)
            due = at[borough.due(number, begun=begun, is_open=True)]
            yield _deadline(
                borough,
                ("contact", borough.contact_keys[number], borough.references.of("C", number), NULL, ""),
                ("first_sight", "", NULL, NULL),
                (at[begun], due, NULL),
            )


def _of_enquiries(borough: Borough) -> Iterator[str]:
    at = borough.moments
    for number in range(borough.enquiries):
        state = borough.state(number)
        if state == TO_RATE:
            continue
        begun, is_open = borough.arrived(borough.first_contact(number)), state in {GATHERING, DECIDING}
        due = at[borough.due(number, begun=begun, is_open=is_open)]
        key, reference = borough.enquiry_keys[number], borough.references.of("M", number)
        yield _deadline(
            borough,
            ("enquiry", key, reference, key, reference),
            ("decision", borough.colour(number), NULL, borough.worker(number) or NULL),
            (at[begun], due, NULL if is_open else at[begun + 1200]),
        )


def _of_feedback(borough: Borough) -> Iterator[str]:
    at = borough.moments
    for number in range(0, borough.contacts, UNTOLD):
        enquiry = borough.enquiry(number)
        if borough.contact_state(number)[1]:
            ended = min(borough.arrived(number) + 1400, at.now)
            due = at[borough.due(number, begun=ended, is_open=True)]
            of = (NULL, "") if enquiry is None else (borough.enquiry_keys[enquiry], borough.references.of("M", enquiry))
            yield _deadline(
                borough,
                ("contact", borough.contact_keys[number], borough.references.of("C", number), *of),
                ("feedback", "", NULL, NULL),
                (at[ended], due, NULL),
            )


def _of_requests(borough: Borough) -> Iterator[str]:
    at = borough.moments
    for number in borough.open_requests():
        enquiry = borough.enquiry_of[number]
        begun = borough.arrived(borough.first_contact(enquiry)) + 60
        agency = borough.directory.agencies[borough.names[borough.asked[number]]]
        yield _deadline(
            borough,
            (
                "request",
                borough.request_keys[number],
                borough.references.of("Q", number),
                borough.enquiry_keys[enquiry],
                borough.references.of("M", enquiry),
            ),
            ("full_answer", borough.colour(enquiry), agency, NULL),
            (at[begun], at[borough.due(number, begun=begun, is_open=True)], NULL),
        )


def _deadline(
    borough: Borough,
    about: tuple[str, str, str, str, str],
    what: tuple[str, str, str, str],
    when: tuple[str, str, str],
) -> str:
    """Return one row.

    Args:
        about: kind, key and reference of the record, key and reference of its enquiry.
        what: measure, colour, owing agency, assigned worker.
        when: begun, due, met.
    """
    started, due, met = when
    policies = borough.directory.policies
    policy = policies.get((what[0], what[1])) or policies[what[0], ""]
    key = about[1][16:] + about[1][:16]
    check = due if met == NULL else NULL
    case = about[1] if about[0] == "contact" else about[3]
    return "\t".join((key, *about, *what, policy, started, due, due, started, met, check, case))


NOTICE = (
    "id", "kind", "channel", "membership_id", "subject", "body", "path", "reference", "created_at", "not_before",
    "read_at", "dedupe",
)  # fmt: skip


def notices(borough: Borough) -> Iterator[str]:
    """Yield one notice in the hub for each twentieth request, to whoever answers for the agency; few are unread."""
    at = borough.moments
    for number in range(0, len(borough.asked), 20):
        reference = borough.references.of("Q", number)
        sent = at[borough.arrived(borough.first_contact(borough.enquiry_of[number])) + 60]
        key = borough.request_keys[number]
        yield "\t".join(
            (
                key[8:] + key[:8],
                "request.sent",
                "in_app",
                borough.researchers[borough.asked[number]],
                "A request waits for your agency",
                "",
                f"/requests/{reference}/",
                reference,
                sent,
                sent,
                NULL if borough.answers[number] == 0 else sent,
                f"bench:{number}",
            )
        )
