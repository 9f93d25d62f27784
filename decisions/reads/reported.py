"""The report as it goes out with a MASH summary: in the words that were used, or held back with the reason."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from agencies.access.viewer import Viewer
from contacts.choices import PersonKind
from contacts.models import Report
from contacts.queries.people import contacts_of_enquiry, people_of_enquiry
from decisions.reads.enquiry import private_words
from decisions.rules import mentioned

PRIVATE = "Held back: it would give away who was privately worried."
PROTECTED = "Held back: it holds a protected address. Ring the hub."
OTHERS = "Held back: it was made about a child who is not in this summary too. Ring the hub."


def report_for_team(viewer: Viewer, enquiry_id: uuid.UUID, children: Collection[uuid.UUID]) -> str:
    """Return what was reported, for a team that takes over some of the children of an enquiry.

    A report is never altered: where it gives away somebody or something that is not the team's, it stays with the hub.

    Args:
        children: keys of the first rows of the children in the summary.
    """
    contacts = contacts_of_enquiry(viewer, enquiry_id)
    people = people_of_enquiry(viewer, enquiry_id)
    private = private_words(viewer, enquiry_id)
    named = {one.name for one in people if one.pk in children}
    shared = {one.contact_id for one in people if one.kind == PersonKind.CHILD and one.name not in named}
    protected = [
        address
        for contact in contacts
        if contact.address_is_protected
        for address in (contact.address, *(one.address for one in people if one.contact_id == contact.pk))
        if address
    ]
    texts = dict(Report.objects.visible_to(viewer).filter(contact__in=contacts).values_list("contact_id", "text"))
    return "\n\n".join(
        OTHERS if one.pk in shared else _as_it_goes(texts[one.pk], private, protected)
        for one in contacts
        if one.pk in texts
    )


def _as_it_goes(text: str, private: list[str], protected: list[str]) -> str:
    if mentioned(text, private):
        return PRIVATE
    return PROTECTED if mentioned(text, protected) else text
