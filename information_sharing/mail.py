"""How this stage words what it tells people: references, never a name, an address or a reason."""

from __future__ import annotations

import uuid
from datetime import date

from django.urls import reverse

from clock.choices import Colour
from common.pages import path_of
from notices.rules import Message


def request_made(reference: str) -> Message:
    """Tell an agency's researchers and leads that it was asked."""
    return Message(
        kind="request.made",
        subject=f"New request {reference}",
        body="Your agency is asked to search and to answer. The request says by when.",
        path=path_of("request", reference),
        reference=reference,
    )


def request_reopened(reference: str, key: uuid.UUID) -> Message:
    """Tell an agency whose signature ended after it was asked that it is let in, for a limited time, to answer."""
    return Message(
        kind="request.reopened",
        subject=f"You can answer request {reference} now, without a signature",
        body="The MASH manager has opened it to your agency in an emergency, for a limited time.",
        path=path_of("request", reference),
        reference=reference,
        dedupe=f"reopened:{reference}:{key}",
    )


def nobody_answers(reference: str, colour: str, *, day: date) -> Message:
    """Tell the managers that nobody of the agency can answer a request; once a day."""
    red = "Red. " if colour == Colour.RED else ""
    return Message(
        kind="request.nobody_answers",
        subject=f"Nobody can answer request {reference}",
        body=f"{red}Nobody of the agency who could answer is at work in the hub. Ring it and record what it says.",
        path=path_of("request", reference),
        reference=reference,
        dedupe=f"silent:{reference}:{day.isoformat()}",
    )


def request_withdrawn(reference: str) -> Message:
    """Tell an agency that it need not answer any more."""
    return Message(
        kind="request.withdrawn",
        subject=f"Request {reference} was withdrawn",
        body="You need not answer it any more.",
        path=path_of("request", reference),
        reference=reference,
    )


def request_lapsed(reference: str) -> Message:
    """Tell an agency that the enquiry has ended before it answered."""
    return Message(
        kind="request.lapsed",
        subject=f"Request {reference} has ended: the MASH enquiry is closed",
        body="You need not answer it any more. If you hold something that a child's safety depends on, ring the hub.",
        path=path_of("request", reference),
        reference=reference,
    )


def answer_to_confirm(reference: str) -> Message:
    """Tell an agency that what it said by telephone was taken down for it."""
    return Message(
        kind="request.answered_by_telephone",
        subject=f"Confirm the telephone answer on {reference}",
        body="An answer of your agency was recorded over the telephone. Read it, put it right and confirm it.",
        path=path_of("request", reference),
        reference=reference,
    )


def request_answered(reference: str, enquiry_reference: str) -> Message:
    """Tell the social worker that there is word from an agency."""
    return Message(
        kind="request.answered",
        subject=f"News on request {reference}",
        body=f"An agency has answered a request on {enquiry_reference}, or said when it can.",
        path=path_of("enquiry_agencies", enquiry_reference),
        reference=enquiry_reference,
    )


def authority_given(enquiry_reference: str) -> Message:
    """Tell the social worker that agencies may be asked without the family's agreement."""
    return Message(
        kind="sharing.authorised",
        subject=f"You may ask agencies on {enquiry_reference}",
        body="The MASH manager has recorded why agencies may be asked without the family's agreement.",
        path=path_of("enquiry_agencies", enquiry_reference),
        reference=enquiry_reference,
    )


def sealed_deposited(enquiry_reference: str) -> Message:
    """Tell the managers, and nobody else, that there is something to open."""
    return Message(
        kind="enquiry.confidential",
        subject=f"Confidential information added: {enquiry_reference}",
        body="Sign in and open the Confidential page of the enquiry.",
        path=path_of("enquiry_sealed", enquiry_reference),
        reference=enquiry_reference,
    )


def instruction_waits(reference: str) -> Message:
    """Tell whoever may answer that words wait for their agreement."""
    return Message(
        kind="instruction.waits",
        subject=f"Wording for you to agree: {reference}",
        body="The MASH manager proposes a wording and asks for your agreement. Sign in to read it.",
        path=path_of("instruction", reference),
        reference=reference,
    )


def instruction_answered(reference: str) -> Message:
    """Tell the managers that the owner has spoken."""
    return Message(
        kind="instruction.answered",
        subject=f"Reply on safety instruction {reference}",
        body="The owner has replied on the wording that you proposed.",
        path=path_of("instruction", reference),
        reference=reference,
    )


def instruction_decided(reference: str) -> Message:
    """Tell the owner that the manager decided the words, and why is to be read."""
    return Message(
        kind="instruction.decided",
        subject=f"Decided by the MASH manager: safety instruction {reference}",
        body="The MASH manager has decided the wording and written why. Sign in to read it.",
        path=path_of("instruction", reference),
        reference=reference,
    )


def instruction_at_deposit(reference: str) -> Message:
    """Tell the managers that an owner says itself what whoever visits must know."""
    return Message(
        kind="instruction.at_deposit",
        subject=f"Safety instruction {reference} submitted",
        body="An agency has written what whoever visits must know. Sign in to read it.",
        path=path_of("instruction", reference),
        reference=reference,
    )


def emergency_opened(reference: str, key: uuid.UUID) -> Message:
    """Tell auditors and managers that an agency without a signature was let in for one enquiry."""
    return Message(
        kind="emergency.opened",
        subject=f"Emergency route opened on {reference}",
        body="An agency without a signature in force may be asked on it for a limited time. It waits for review.",
        path=reverse("screening:exceptions"),
        reference=reference,
        dedupe=f"emergency:{key}",
    )
