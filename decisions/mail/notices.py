"""What people of the hub and of receiving teams are told: a reference, what is to be done, and where."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.urls import reverse

from decisions.models import CorrectionNotice, MashSummary, SummaryChange
from notices.rules import Message
from screening.models import Enquiry


def _about(summary: MashSummary, kind: str, subject: str, body: str, *, round_of: int) -> Message:
    return Message(
        kind=kind,
        subject=f"{subject}: {summary.reference}",
        body=body,
        path=reverse("decisions:summary", args=[summary.reference]),
        reference=summary.reference,
        dedupe=f"{kind}:{summary.pk}:{round_of}",
    )


def put_to_manager(summary: MashSummary) -> Message:
    """Tell managers that a summary waits for them."""
    body = "A MASH summary has been prepared. Read it as the team will see it, then release it or send it back."
    return _about(summary, "summary.put_to_manager", "MASH summary to confirm", body, round_of=summary.version)


def sent_back(summary: MashSummary) -> Message:
    """Tell the social worker that the manager wants the summary changed."""
    body = "The manager has sent a MASH summary back to you. Look at what is missing and send it again."
    return _about(summary, "summary.sent_back", "MASH summary sent back", body, round_of=summary.version)


def released(summary: MashSummary) -> Message:
    """Tell the receiving team that a summary waits for its answer."""
    body = "A MASH summary has been sent to your team. Sign in to accept it, ask about it, or decline it with a reason."
    return _about(summary, "summary.released", "New MASH summary for your team", body, round_of=1)


def queried(summary: MashSummary) -> Message:
    """Tell the hub that the team asks something."""
    body = "The receiving team has a question about a MASH summary. The hub stays responsible until it is accepted."
    return _about(summary, "summary.queried", "Question about a MASH summary", body, round_of=summary.version)


def answered(summary: MashSummary) -> Message:
    """Tell the team that its question is answered."""
    body = "The hub has answered your team's question about a MASH summary. Sign in to accept it or ask again."
    return _about(summary, "summary.answered", "Your question is answered", body, round_of=summary.version)


def accepted(summary: MashSummary) -> Message:
    """Tell the social worker that the team has taken over."""
    return _about(
        summary, "summary.accepted", "MASH summary accepted", "The receiving team has taken over.", round_of=1
    )


def declined(summary: MashSummary) -> Message:
    """Tell the hub that the team will not take it."""
    body = "The receiving team has declined a MASH summary. The hub stays responsible: decide what happens now."
    return _about(summary, "summary.declined", "MASH summary declined", body, round_of=1)


def withdrawn(summary: MashSummary) -> Message:
    """Tell the team that a summary was withdrawn; there is nothing to open any more."""
    return Message(
        kind="summary.withdrawn",
        subject=f"MASH summary withdrawn: {summary.reference}",
        body="The hub has withdrawn a MASH summary that it had sent to your team. Nothing is asked of you.",
        path=reverse("decisions:inbox"),
        reference=summary.reference,
        dedupe=f"summary.withdrawn:{summary.pk}",
    )


def superseded(summary: MashSummary) -> Message:
    """Tell the team that what it has is replaced, and what it is asked to say."""
    body = (
        "A MASH summary that your team has was replaced. You can still read it. Sign in, read what has changed, "
        "and say whether it changes your plan."
    )
    return _about(summary, "summary.superseded", "MASH summary replaced", body, round_of=1)


def replaced(summary: MashSummary) -> Message:
    """Tell the social worker that a summary was replaced: a new one is to be prepared."""
    body = "The manager has replaced a MASH summary that was out. Prepare the new one, or see what was decided again."
    return _about(summary, "summary.replaced", "MASH summary replaced", body, round_of=1)


def plan_said(summary: MashSummary) -> Message:
    """Tell the hub what the team does after a summary was replaced."""
    body = "The receiving team has said whether the replaced summary changes its plan. Read what it does now."
    return _about(summary, "summary.plan_said", "The team has answered", body, round_of=1)


def stands(summary: MashSummary) -> Message:
    """Tell the team that a summary stands, although something in it has changed."""
    body = "The hub has looked again at a MASH summary that your team has. It stands: read why."
    return _about(summary, "summary.change_settled", "MASH summary stands", body, round_of=summary.version)


def changed(summary: MashSummary, change: SummaryChange) -> Message:
    """Tell manager and social worker that something in a released summary has changed."""
    body = (
        "Something in a MASH summary that is out has changed since it was sent. Replace it, or say why it stands. "
        "A team that works on a Red is telephoned."
    )
    return replace(
        _about(summary, "summary.changed", "A released summary has changed", body, round_of=1),
        dedupe=f"summary.changed:{change.pk}",
    )


def changed_for_team(summary: MashSummary, change: SummaryChange) -> Message:
    """Tell the team that something in what it has is not as it was sent; the hub says what follows."""
    body = "Something in a MASH summary that your team has is not as it was sent. Sign in; the hub looks at it again."
    return replace(
        _about(summary, "summary.changed", "A MASH summary has changed", body, round_of=1),
        dedupe=f"summary.changed_for_team:{change.pk}",
    )


def decided(enquiry: Enquiry, number: int) -> Message:
    """Tell the social worker that the manager has decided."""
    return Message(
        kind="decision.recorded",
        subject=f"MASH enquiry {enquiry.reference} is decided",
        body="The manager has decided. Read the decision; where a team takes over, prepare the MASH summary now.",
        path=reverse("decisions:decision", args=[enquiry.reference]),
        reference=enquiry.reference,
        dedupe=f"decision.recorded:{enquiry.pk}:{number}",
    )


def corrected(notice: CorrectionNotice, reference: str) -> Message:
    """Tell an agency or a team that something they had been told was wrong; not what.

    Args:
        reference: of what they had been told by.
    """
    return Message(
        kind="correction.passed_on",
        subject="A correction was made to what you were told",
        body="Something that the hub had told you turned out to be wrong. Sign in to read the correction.",
        path=reverse("decisions:correction", args=[notice.reference]),
        reference=reference,
        dedupe=f"correction:{notice.pk}",
    )


def came_back(reference: str, key: str) -> Message:
    """Tell those who see to it that a letter or an email came back; not which, nor whom it was for."""
    return Message(
        kind="came_back.recorded",
        subject=f"A letter or an email came back: {reference}",
        body="Something that was sent out has come back. Sign in: send it again in a safe way, or say why not.",
        path=reverse("decisions:came_back", args=[reference]),
        reference=reference,
        dedupe=f"came_back:{key}",
    )


def undelivered(reference: str, key: str) -> Message:
    """Tell those who answer for the child that somebody was not told; not what, nor whom."""
    return Message(
        kind="undelivered.noted",
        subject=f"A message did not arrive: {reference}",
        body="Somebody was to be told, and the email did not arrive. Sign in: send it again, or tell them otherwise.",
        path=reverse("decisions:undelivered", args=[reference]),
        reference=reference,
        dedupe=f"undelivered:{key}",
    )


def to_check(reference: str) -> Message:
    """Tell managers that a text waits for them; not of what, nor whose."""
    return Message(
        kind="text.handed_in",
        subject=f"A text waits to be checked: {reference}",
        body="A text has not gone out yet, because it may hold what its reader may not have. Read it first.",
        path=reverse("decisions:text_check", args=[reference]),
        reference=reference,
        dedupe=f"text.handed_in:{reference}",
    )


def being_checked(contact: str, key: uuid.UUID) -> Message:
    """Tell the writer of a text that it is being checked, and no more."""
    return Message(
        kind="text.being_checked",
        subject=f"Sent for checking: your text about {contact}",
        body="A MASH manager reads it before it goes out. You will be told.",
        path=reverse("contacts:contact", args=[contact]),
        reference=contact,
        dedupe=f"text.being_checked:{key}",
    )


CHECKED = {
    "text.passed": ("Checked and gone out", "The manager has checked your text, and it has gone out."),
    "text.sent_back": ("Sent back to you", "The manager has sent your text back. It stands under Typed and not sent."),
}


def checked(contact: str, kind: str, key: uuid.UUID) -> Message:
    """Tell the writer of a text what came of it.

    Args:
        kind: `text.passed` or `text.sent_back`.
    """
    subject, body = CHECKED[kind]
    path = reverse("contacts:contact", args=[contact]) if kind == "text.passed" else reverse("agencies:kept_texts")
    return Message(
        kind=kind, subject=f"{subject}: your text about {contact}", body=body, path=path, reference=contact,
        dedupe=f"{kind}:{key}",
    )  # fmt: skip
