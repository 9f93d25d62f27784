"""Which clocks this stage starts and stops; called inside its actions."""

from __future__ import annotations

from datetime import datetime

import clock.actions as clock
import clock.queries as clocks
from clock.choices import Colour, Measure, Start
from clock.models import hub_calendar
from clock.rules.subject import HUB, Owing, Subject
from contacts.choices import ContactState, ReferrerKind
from contacts.models import Contact
from contacts.reads.kin import parents_of
from contacts.rules.dates import LONG_AGO, clocks_from
from screening.choices import HandoverState
from screening.models import Enquiry, Handover


def subject_of(enquiry: Enquiry) -> Subject:
    """Return an enquiry as the clock knows it."""
    return Subject("enquiry", enquiry.pk, enquiry.reference, enquiry.pk, enquiry.reference, case_id=enquiry.pk)


def first_due_of(contact: Contact, *, at: datetime) -> datetime | None:
    """Return the earliest clock that runs on a contact: what a new enquiry is ordered by until it is rated."""
    running = clocks.first_due(clocks.deadlines_for([contact.pk], at=at).get(contact.pk, []))
    return running.due_at if running else None


def start_decision_clock(enquiry: Enquiry, colour: str, *, safe_until: datetime | None, at: datetime) -> None:
    """Start the clock of the decision, from the arrival of the first contact."""
    deadline = clock.start_deadline(
        subject_of(enquiry),
        Measure.DECISION,
        colour=Colour(colour),
        moments={Start.ARRIVAL: _clocks_from(enquiry, at=at), Start.FIRST_RATING: at},
        own_due_at=enquiry.own_due_at,
        safe_until=safe_until,
        at=at,
    )
    if enquiry.social_worker_id:
        clock.assign_deadlines(enquiry.pk, enquiry.social_worker_id)
    enquiry.due_at = deadline.due_at  # As the database has copied it by now.


def _clocks_from(enquiry: Enquiry, *, at: datetime) -> datetime:
    """Return from when the decision's clock counts: the first arrival, but no later logging's long past one."""
    if at - enquiry.arrived_at <= LONG_AGO:
        return enquiry.arrived_at
    moments = Contact.objects.filter(enquiry_id=enquiry.pk).values_list("arrived_at", "logged_at")
    return min((clocks_from(*one) for one in moments), default=enquiry.arrived_at)


def start_rating_clock(enquiry: Enquiry, *, at: datetime) -> None:
    """Start the manager's clock: until it is rated no other one says how long an enquiry may wait."""
    clock.start_if_measured(subject_of(enquiry), Measure.RATING, moments=dict.fromkeys(Start, at), at=at)


def start_release_clock(enquiry: Enquiry, *, at: datetime) -> None:
    """Start the manager's clock after a decision: the children are nobody's until it is released or closed."""
    if clocks.awaiting("enquiry", Measure.RELEASE_AGAIN).filter(subject_id=enquiry.pk).exists():
        return
    clock.start_if_measured(
        subject_of(enquiry),
        Measure.RELEASE,
        colour=enquiry.colour,
        moments=dict.fromkeys(Start, at),
        owing=Owing(membership_id=enquiry.social_worker_id),
        at=at,
    )


def start_acceptance_clock(handover: Handover, *, at: datetime) -> None:
    """Start the clock by which the team accepts what it was handed."""
    clock.start_deadline(
        Subject("handover", handover.pk, handover.reference, case_id=handover.contact_id),
        Measure.ACCEPTANCE,
        colour=handover.colour,
        moments={Start.SENDING: at},
        owing=Owing(team_id=handover.team_id),
        at=at,
    )


def start_release_again(enquiry: Enquiry, *, at: datetime) -> None:
    """Start the manager's clock when a team has declined, or a summary was taken back: the children are nobody's now.

    As long as the team had to accept. It stops when a summary goes out again, or with the enquiry.
    """
    if enquiry.closed_at is None:
        clock.cancel_deadlines("enquiry", enquiry.pk, Measure.RELEASE, at=at)
        clock.start_if_measured(
            subject_of(enquiry),
            Measure.RELEASE_AGAIN,
            colour=enquiry.colour,
            moments={Start.SENDING: at},
            owing=Owing(membership_id=enquiry.social_worker_id),
            at=at,
        )


def turn_acceptance_clock(handover: Handover, *, at: datetime) -> None:
    """End the team's clock and start the hub's, of the same colour: a team has declined, or it was taken back."""
    clock.cancel_deadlines("handover", handover.pk, at=at)
    clock.start_if_measured(
        Subject("handover", handover.pk, handover.reference, case_id=handover.contact_id),
        Measure.RELEASE_AGAIN,
        colour=handover.colour,
        moments={Start.SENDING: at},
        at=at,
    )


def wait_until_opening(handover: Handover, *, at: datetime) -> None:
    """Let the clock of a handover begin anew when the hub opens: out of hours have decided for the night."""
    measure = Measure.ACCEPTANCE if handover.state == HandoverState.QUERIED else Measure.RELEASE_AGAIN
    owing = Owing(team_id=handover.team_id) if measure == Measure.ACCEPTANCE else HUB
    clock.cancel_deadlines("handover", handover.pk, at=at)
    clock.start_if_measured(
        Subject("handover", handover.pk, handover.reference, case_id=handover.contact_id),
        measure,
        colour=handover.colour,
        moments={Start.SENDING: hub_calendar().counts_from(at)},
        owing=owing,
        at=at,
    )


def clock_feedback(contact: Contact, *, at: datetime) -> None:
    """Start the clocks by which referrer and family are told, from the ending; a school is told the same day."""
    if contact.state == ContactState.ENDED and parents_of(contact).exists():
        clock.start_if_measured(
            Subject(
                "letters",
                contact.pk,
                contact.reference,
                contact.enquiry_id,
                contact.enquiry_reference,
                case_id=contact.pk,
            ),
            Measure.LETTER,
            moments={Start.ENDING: at},
            at=at,
        )
    school = contact.referrer_kind == ReferrerKind.SCHOOL
    clock.start_deadline(
        Subject(
            "contact", contact.pk, contact.reference, contact.enquiry_id, contact.enquiry_reference, case_id=contact.pk
        ),
        Measure.FEEDBACK_SCHOOL if school else Measure.FEEDBACK,
        moments={Start.ENDING: at},
        at=at,
    )
