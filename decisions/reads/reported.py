"""The report as it goes out with a MASH summary: in the words that were used, or held back with the reason."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from agencies.access.viewer import Viewer
from common.leaks import Kind, find_leaks
from contacts.choices import PersonKind
from contacts.models import Report
from contacts.queries.people import contacts_of_enquiry, people_of_enquiry
from contacts.reads.leaks import Guarded, guarded_in
from contacts.rules.leaks import PRIVATELY_WORRIED

PRIVATE = "Held back: it would give away who told the hub and is not to be named."
PROTECTED = "Held back: it holds a protected address. Ring the hub."
OTHERS = "Held back: it was made about a child who is not in this summary too. Ring the hub."


def report_for_team(viewer: Viewer, enquiry_id: uuid.UUID, children: Collection[uuid.UUID]) -> str:
    """Return what was reported, for a team that takes over some of the children of an enquiry.

    A report is never altered: where it gives away somebody or something that is not the team's, it stays with the hub.

    Args:
        children: of the summary, each by the key of `Child.subject`.
    """
    contacts = contacts_of_enquiry(viewer, enquiry_id)
    people = people_of_enquiry(viewer, enquiry_id)
    guarded = guarded_in(viewer, contacts)
    told = {one.person_id or one.pk for one in people if one.pk in children}
    shared = {
        one.contact_id for one in people if one.kind == PersonKind.CHILD and (one.person_id or one.pk) not in told
    }
    texts = dict(Report.objects.visible_to(viewer).filter(contact__in=contacts).values_list("contact_id", "text"))
    return "\n\n".join(
        OTHERS if one.pk in shared else _as_it_goes(texts[one.pk], guarded) for one in contacts if one.pk in texts
    )


def _as_it_goes(text: str, guarded: Guarded) -> str:
    """Return a report, or why it is held back; what it says is what it is for, so its sentences are not compared."""
    named = [one for one in guarded.forbidden if one.kind != Kind.TEXT]
    given_away = {match.secret.whose for match in find_leaks(text, named, guarded.permitted)}
    if PRIVATELY_WORRIED in given_away:
        return PRIVATE
    return PROTECTED if given_away else text
