"""What feedback, letters and complaints share: an ended contact as front door and decision team see it."""

from __future__ import annotations

from agencies.access import firewall
from agencies.access.viewer import Viewer
from contacts.choices import ContactState, Ending
from contacts.models import Contact
from contacts.visibility import decision_team, front_door
from decisions.rules import weightiest
from screening.models import Screening

ENDED = (ContactState.ENDED, ContactState.PASSED_ON)
"""States of a contact whose referrer and family are owed feedback and letters."""


def told_contact(viewer: Viewer, reference: str) -> Contact:
    """Return a contact to those who write to its referrer and family, and to its reviewer.

    Raises:
        NotVisible: the viewer is neither front door nor of its decision team. Broken glass opens nothing of it.
    """
    team = decision_team(viewer, worker="social_worker_id", enquiry="enquiry_id")
    rows = Contact.objects.filter(front_door(viewer) | team)
    contact: Contact = firewall.fetch(rows, viewer, reference=reference)
    return contact


def response_to(contact: Contact) -> str:
    """Return the kind of response: the weightiest ending among the children, else where screening sent it."""
    found = weightiest(contact.subjects.exclude(ending="").values_list("ending", flat=True))
    if found:
        return found
    exit_ = Screening.objects.filter(contact=contact).values_list("exit", flat=True).first() or ""
    return exit_ if exit_ in Ending.values else ""
