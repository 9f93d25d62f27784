"""How the notices of screening, rating and handing over are worded: references and what to do, nothing else."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.urls import reverse

from agencies.choices import Word
from agencies.models import Review, RoleProposal
from clock.choices import Colour
from common.moments import span_in_words
from common.pages import path_of
from notices.rules import Message
from screening.models import Enquiry, Handover, Screening


def sent_to_panel(screening: Screening, contact_reference: str) -> Message:
    """Tell the members of the panel that a contact waits for their view."""
    return Message(
        kind="screening.sent_to_panel",
        subject=f"Your view is wanted on contact {contact_reference}",
        body="A contact was sent to the screening panel. Open it and give your agency's view with its reason.",
        path=path_of("screening", contact_reference),
        reference=contact_reference,
        dedupe=f"panel:{screening.pk}",
    )


def put_to_manager(screening: Screening, contact_reference: str) -> Message:
    """Tell the managers that the panel did not come to one view."""
    return Message(
        kind="screening.put_to_manager",
        subject=f"The panel has put contact {contact_reference} to you",
        body="The panel has no joint view on this contact. Read the views and decide where it goes.",
        path=path_of("screening", contact_reference),
        reference=contact_reference,
        dedupe=f"disagree:{screening.pk}",
    )


def to_rate(enquiry: Enquiry) -> Message:
    """Tell the managers that a MASH enquiry waits for its rating."""
    return _about(enquiry, "enquiry.opened", f"Rate MASH enquiry {enquiry}", "It was opened and has no rating yet.")


def contact_joined(enquiry: Enquiry) -> Message:
    """Tell whoever works on an enquiry that another contact came in."""
    body = "Another contact was added to this enquiry. Its children are part of it now: read it before you go on."
    return _about(enquiry, "enquiry.contact_joined", f"A contact was added to MASH enquiry {enquiry}", body)


def assigned(enquiry: Enquiry) -> Message:
    """Tell a social worker that the enquiry is theirs."""
    body = "It is assigned to you, with all drafts that were begun on it."
    return _about(enquiry, "enquiry.assigned", f"MASH enquiry {enquiry} is yours", body)


def reopened(enquiry: Enquiry) -> Message:
    """Tell the social worker that a closed enquiry is open again."""
    body = "The manager has opened it again. Read why, and what is decided now."
    return _about(enquiry, "enquiry.reopened", f"MASH enquiry {enquiry} is open again", body)


def passed_on(enquiry: Enquiry) -> Message:
    """Tell the social worker who had an enquiry that somebody else has it now."""
    body = "It was assigned to somebody else. You do not see it any more; what you had begun went with it."
    return Message("enquiry.reassigned", f"MASH enquiry {enquiry} has passed to another worker", body)


def left_behind(reference: str, colour: str, *, key: str) -> Message:
    """Tell the managers that an enquiry has nobody: its social worker has left or is away, and nobody covers."""
    red = "Red. " if colour == Colour.RED else ""
    duty = " Until then it is also with the social workers on duty." if red else ""
    body = (
        f"{red}Its social worker has left, is away or may not work on it, and nobody covers. Assign another one.{duty}"
    )
    return Message(
        kind="enquiry.left_behind",
        subject=f"Assign MASH enquiry {reference} again",
        body=body,
        path=path_of("enquiry", reference),
        reference=reference,
        dedupe=f"left:{key}",
    )


def on_duty(reference: str, *, key: str) -> Message:
    """Tell whoever is on duty that a Red has nobody else."""
    return Message(
        kind="enquiry.on_duty",
        subject=f"Red: work on MASH enquiry {reference} now",
        body="You are on duty. Its social worker has left or is away: it is yours until the manager assigns it.",
        path=path_of("enquiry", reference),
        reference=reference,
        dedupe=f"duty:{key}",
    )


def without_manager(waiting: int, red: int, *, day: date) -> Message:
    """Tell the administrators that nobody is MASH manager; once a day. Nothing of a case."""
    return Message(
        kind="hub.without_manager",
        subject="No MASH manager is at work",
        body=f"{waiting} MASH enquiries wait, {red} of them Red. Enter a membership as MASH manager for somebody now.",
        path=reverse("agencies:directory"),
        dedupe=f"without manager:{day.isoformat()}",
    )


def roles_answered(proposal: RoleProposal) -> Message:
    """Tell the administrator what the manager said of a case role; who and why stands on their page."""
    yes = proposal.answer == Word.GIVEN
    return Message(
        kind="roles.answered",
        subject=f"A manager has said {'yes' if yes else 'no'} to roles that you proposed ({proposal.reference})",
        body="They are in force, or from their first day." if yes else "They open nothing. Read why on the account.",
        path=reverse("agencies:account", args=[proposal.user_id]),
        dedupe=f"roles answered:{proposal.pk}",
    )


def you_cover(starts_on: date, ends_on: date) -> Message:
    """Tell somebody that they cover for a colleague; whose work it is stands on their list."""
    return Message(
        kind="absence.covered",
        subject="You cover for a colleague",
        body=f"{_days(starts_on, ends_on)} What waits for them stands on your list of work, and goes back by itself.",
        path=reverse("work"),
    )


def you_are_on_duty(starts_at: datetime, ends_at: datetime) -> Message:
    """Tell a social worker that they are on duty."""
    return Message(
        kind="duty.named",
        subject="You are on duty",
        body=f"{span_in_words(starts_at, ends_at)}. A Red that nobody works on stands on your list at once.",
        path=reverse("work"),
    )


def _days(starts_on: date, ends_on: date) -> str:
    first = f"{starts_on.day} {starts_on:%B %Y}"
    return f"On {first}." if starts_on == ends_on else f"From {first} to {ends_on.day} {ends_on:%B %Y}."


def rated(enquiry: Enquiry) -> Message:
    """Tell the social worker that the colour, and with it the clock, has changed."""
    body = "The rating has changed and the deadlines with it. Open the enquiry to see what is due when."
    return _about(enquiry, "enquiry.rerated", f"MASH enquiry {enquiry} is rated {enquiry.get_colour_display()}", body)


def deadline_set(enquiry: Enquiry) -> Message:
    """Tell the social worker that the manager wants it earlier."""
    body = "The manager has set another deadline for this enquiry. Open it to see when it is due."
    return _about(enquiry, "enquiry.deadline_set", f"Another deadline for MASH enquiry {enquiry}", body)


def handed_over(handover: Handover) -> Message:
    """Tell a team that something was handed to it."""
    body = "The hub has handed something to your team. Open it, then accept it, ask about it or decline it."
    return _handed(handover, "handover.sent", f"{handover} is handed to your team", body)


def gone_unchecked(handover: Handover) -> Message:
    """Tell managers that a Red text went to a team which they would have read first, were it not Red."""
    body = (
        "It may name who told the hub and is not to be named. It is Red and did not wait: read it, and ring the team."
    )
    return _handed(handover, "handover.gone_unchecked", "A Red handover went out unchecked", body)


def answered(handover: Handover) -> Message:
    """Tell a team that the hub has answered its query."""
    body = "The hub has answered your query. Read the answer, then accept or decline."
    return _handed(handover, "handover.answered", f"Your query on {handover} is answered", body)


def withdrawn(handover: Handover) -> Message:
    """Tell a team that it need not do anything any more."""
    body = "The hub has withdrawn this. Your team has nothing more to do with it."
    return _handed(handover, "handover.withdrawn", f"{handover} was withdrawn", body)


def taken(handover: Handover) -> Message:
    """Tell the hub that a team has taken over."""
    return _handed(handover, "handover.accepted", f"{handover} was accepted", "The team has taken over.")


def queried(handover: Handover) -> Message:
    """Tell the hub that a team asks something before it takes over."""
    body = "The team has a question. Answer it, or withdraw the handover; its clock runs on."
    return _handed(handover, "handover.queried", f"A query on {handover}", body)


def declined(handover: Handover) -> Message:
    """Tell the hub that a team does not take over, so that the hub is responsible again."""
    body = "The team does not take this over and has said why. The hub is responsible: send it to a team again."
    return _handed(handover, "handover.declined", f"{handover} was declined", body)


def decided_for_night(handover: Handover) -> Message:
    """Tell the managers that out of hours decided about a Red handover for the night, and that the rest is theirs."""
    body = (
        "Out of hours have decided for the night. Read what was done: the final decision is yours when the hub opens."
    )
    return _handed(handover, "handover.decided_for_night", f"Decided for the night: {handover}", body)


def _about(enquiry: Enquiry, kind: str, subject: str, body: str) -> Message:
    return Message(kind, subject, body, path=path_of("enquiry", enquiry.reference), reference=enquiry.reference)


def _handed(handover: Handover, kind: str, subject: str, body: str) -> Message:
    return Message(kind, subject, body, path=path_of("handover", handover.reference), reference=handover.reference)


def review_named(review: Review) -> Message:
    """Tell a reviewer that an enquiry was opened to them."""
    return Message(
        kind="review.named",
        subject=f"You are named to review {review.enquiry_reference}",
        body="The MASH manager has opened it to you for some days. Each page that you open is logged.",
        path=path_of("enquiry", review.enquiry_reference),
        reference=review.enquiry_reference,
        dedupe=f"review:{review.pk}",
    )


def glass_broken(reference: str, key: uuid.UUID) -> Message:
    """Tell managers and auditors that emergency access was used; nobody is named."""
    return Message(
        kind="glass.broken",
        subject=f"Emergency access to {reference}",
        body="Somebody of the hub without a part in it opened it for twelve hours. It waits for the auditor's review.",
        path=reverse("screening:exceptions"),
        reference=reference,
        dedupe=f"glass:{key}",
    )


def glass_broken_often(reference: str, key: uuid.UUID) -> Message:
    """Warn managers and auditors that one person uses emergency access again and again."""
    return Message(
        kind="glass.broken_often",
        subject="Repeated emergency access by one person",
        body="This is more often in a day than the hub's limit. Look at the list and ring the person.",
        path=reverse("screening:exceptions"),
        reference=reference,
        dedupe=f"glass-often:{key}",
    )


def not_justified(reference: str, key: uuid.UUID) -> Message:
    """Tell the managers what the auditor found."""
    return Message(
        kind="exception.not_justified",
        subject=f"The auditor's finding on {reference}",
        body="An emergency use of this enquiry was found not justified. See the list of exceptions.",
        path=reverse("screening:exceptions"),
        reference=reference,
        dedupe=f"finding:{key}",
    )


def to_assign(enquiry: Enquiry) -> Message:
    """Tell the managers that an enquiry has no social worker any more; not who it was, nor why."""
    body = "It has no social worker now. What was begun on it is kept: assign another one."
    return _about(enquiry, "enquiry.unassigned", f"MASH enquiry {enquiry} needs a social worker", body)


_KINDS = {"M": "enquiry", "C": "contact", "H": "handover", "Y": "release"}
"""First sign of a reference to the kind of record on whose page somebody said so."""


def interest_declared(reference: str) -> Message:
    """Tell the managers that a case was closed to somebody at their own word; not to whom."""
    return Message(
        "conflict.declared",
        f"A conflict of interest was declared: {reference}",
        "Somebody has declared a conflict of interest and is excluded from the case.",
        path=path_of(_KINDS.get(reference[:1], "contact"), reference),
        reference=reference,
    )
