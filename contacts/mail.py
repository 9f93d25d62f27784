"""How people are told about a contact: references and links, never a name, an address or a reason."""

from __future__ import annotations

from common.pages import path_of
from contacts.models import Contact, Protection, Receipt
from notices.rules import Message


def arrival(contact: Contact) -> Message:
    """Tell those who screen, or complete an online contact, that one has arrived."""
    urgent = "Somebody said that a child is in danger now. " if contact.immediate_danger else ""
    return Message(
        kind="contact.received",
        subject=f"{'Danger now: new' if contact.immediate_danger else 'New'} contact {contact.reference}",
        body=f"{urgent}A new contact waits: {contact.get_channel_display().lower()}. Sign in to the hub to open it.",
        path=path_of("contact", contact.reference),
        reference=contact.reference,
        dedupe=f"contact.received:{contact.pk}",
    )


def alarm(protection: Protection, contact: Contact, *, again: bool) -> Message:
    """Tell managers and social workers that a child must be protected now."""
    return Message(
        kind="protection.raised",
        subject=f"Protect now{' (raised again)' if again else ''}: {contact.reference}",
        body="A child must be protected now. Open the page, say who convenes, and record where each child is.",
        path=path_of("protection", protection.reference),
        reference=protection.reference,
    )


def step(protection: Protection, what: str) -> Message:
    """Tell the others at work on it that protective work has moved on."""
    return Message(
        kind=f"protection.{what}",
        subject=f"Protect now, {protection.get_state_display().lower()}: {protection.reference}",
        body="Protective work has moved on. Sign in to the hub to see what was agreed.",
        path=path_of("protection", protection.reference),
        reference=protection.reference,
    )


def received_by_form(receipt: Receipt, *, staff_path: str) -> Message:
    """Tell a referrer who left an address that their words have arrived; says nothing about anybody."""
    return Message(
        kind="receipt.sent",
        subject=f"We have received what you sent us, {receipt.reference}",
        body=(
            f"Thank you. Your reference is {receipt.reference}. Keep it with the code that the page showed you: "
            "together they open the status page. If a child is in danger now, ring 999."
        ),
        path="/report/status/",
        reference=receipt.reference,
        staff_path=staff_path,
        dedupe=f"receipt:{receipt.pk}",
    )


def received_by_staff(contact: Contact) -> Message:
    """Tell a referrer who rang or wrote that the hub has logged it."""
    return Message(
        kind="receipt.sent",
        subject=f"We have received what you told us, {contact.reference}",
        body=(
            f"Thank you. Please give the reference {contact.reference} when you get in touch. A social worker decides "
            "the next step within one working day. If a child is in danger now, ring 999."
        ),
        reference=contact.reference,
        staff_path=path_of("contact", contact.reference),
        dedupe=f"receipt:{contact.pk}",
    )


def staff_match(reference: str, key: str, *, late: bool = False) -> Message:
    """Tell the managers that somebody who works here may know the family of a contact; not who, nor of whom."""
    return Message(
        kind="staff_match.late" if late else "staff_match.found",
        subject=f"{'Overdue: a' if late else 'A'} match with the staff list: {reference}",
        body="Somebody who works in the hub or in an agency may belong to this case. Open it and say whether they do.",
        path=path_of("closed_out", reference),
        reference=reference,
        dedupe=f"staff_match{'.late' if late else ''}:{key}",
    )


def match_without_manager(key: str, *, late: bool) -> Message:
    """Tell the administrators that something waits for a manager whom it is not about; no case is named."""
    return Message(
        kind="hub.match_without_manager",
        subject="Something waits that no manager may settle",
        body="A match with the staff list waits, and no other manager is there. Give somebody the role of manager.",
        dedupe=f"match_without_manager{'.late' if late else ''}:{key}",
    )
