"""Reads of a text that waits for a manager before it goes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agencies.access import firewall
from agencies.access.viewer import Viewer
from common.forms.typed import worded
from common.leaks import find_leaks, leaks_in_words
from common.work import People
from contacts.queries import lines_about
from decisions.models import OutgoingText
from decisions.reads.leaks import of_contact

MOST = 50
"""Other texts about the same contact, on the page of one."""


@dataclass(frozen=True)
class CheckPage:
    """What a manager reads before a text goes out.

    Attributes:
        about: whom the contact is about.
        rows: the fields of the form, as a page shows them.
        given_away: what it may give away, in words, each with a piece of the text.
        others: the other texts about the same contact that were handed in, the latest first; at most `MOST`.
    """

    check: OutgoingText
    about: People
    rows: list[tuple[str, str]]
    given_away: list[str]
    others: list[OutgoingText]


def get_text_check(viewer: Viewer, reference: str) -> OutgoingText:
    """Return a text that was handed in.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = OutgoingText.objects.select_related("contact", "sent_by__user", "sent_by__agency", "settled_by__user")
    return firewall.fetch(rows, viewer, reference=reference)


def text_check_page(viewer: Viewer, reference: str, *, at: datetime) -> CheckPage:
    """Return a text with what it may give away, as the manager may know it.

    Raises:
        NotVisible: there is none for this viewer.
    """
    check = get_text_check(viewer, reference)
    checked = of_contact(viewer, check.contact)
    rows = OutgoingText.objects.visible_to(viewer).select_related("sent_by__user", "settled_by__user")
    found = [(text, find_leaks(text, checked.forbidden, checked.permitted)) for _name, text in check.pairs]
    return CheckPage(
        check=check,
        about=lines_about(viewer, contacts=[check.contact_id], at=at).contact(check.contact_id),
        rows=worded(check.pairs),
        others=list(rows.filter(contact_id=check.contact_id).exclude(pk=check.pk).order_by("-sent_at", "id")[:MOST]),
        given_away=[leaks_in_words(text, matches) for text, matches in found if matches],
    )
