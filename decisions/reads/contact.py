"""What feedback, letters and complaints share: an ended contact as front door and decision team see it."""

from __future__ import annotations

from agencies.access import firewall
from agencies.access.viewer import Viewer
from contacts.choices import ContactState, Ending, ReferrerKind
from contacts.models import Contact, Referrer, Subject
from contacts.visibility import decision_team, front_door
from decisions.rules import weightiest
from screening.models import Screening

ENDED = (ContactState.ENDED, ContactState.PASSED_ON)
"""States of a contact whose referrer and family are owed a word."""


def told_contact(viewer: Viewer, reference: str) -> Contact:
    """Return a contact to those who write to its referrer and family, and to its reviewer.

    Raises:
        NotVisible: the viewer is neither front door nor of its decision team. Broken glass opens nothing of it.
    """
    team = decision_team(viewer, worker="social_worker_id", enquiry="enquiry_id")
    rows = Contact.objects.filter(front_door(viewer) | team)
    contact: Contact = firewall.fetch(rows, viewer, reference=reference)
    return contact


def names_of_contact(viewer: Viewer, contact: Contact) -> list[str]:
    """Return the names and addresses that nothing outside may hold: each name alone, and each address."""
    words = [contact.address]
    for subject in Subject.objects.visible_to(viewer).filter(contact=contact):
        words += [subject.given_name, subject.family_name, *subject.other_names.split(","), subject.address]
    return [word.strip() for word in words if word.strip()]


def response_to(contact: Contact) -> str:
    """Return the kind of response: the weightiest ending among the children, else where screening sent it."""
    found = weightiest(contact.subjects.exclude(ending="").values_list("ending", flat=True))
    if found:
        return found
    exit_ = Screening.objects.filter(contact=contact).values_list("exit", flat=True).first() or ""
    return exit_ if exit_ in Ending.values else ""


def private_referrer_words(viewer: Viewer, contact: Contact) -> list[str]:
    """Return what would give away a referrer who asked to stay unknown. Nobody is hidden from a letter to themself."""
    row = Referrer.objects.visible_to(viewer).filter(contact=contact, is_private=True).first()
    if row is None or contact.referrer_kind == ReferrerKind.SELF:
        return []
    return [word for word in (row.name, row.telephone, row.email, row.address) if word]
