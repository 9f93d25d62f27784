"""Forms of the front door whose author has left, is away or was suspended: they pass on to whoever does its work today.

The database says which these are and for whom (`contacts/sql/functions/left_texts.sql`); nothing of them is given to
anybody else, and nothing before their author is gone.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from agencies.access import kept
from agencies.access.desk_forms import contact_of_form
from agencies.access.kept import Author, Kept
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from audit.actions import record
from common.errors import Conflict, NotVisible

SEE = (Role.FRONT_DOOR, Role.MANAGER)
RECORD = "agencies.kepttext"
OWN_FIRST = "You have typed something into this form yourself. Send it or throw it away first, then take this over."


@dataclass(frozen=True)
class Left:
    """A form that somebody else began.

    Attributes:
        begun_by: who typed it, by name.
        contact_id: the contact on which it hangs; None: it begins one.
    """

    text: Kept
    begun_by: str
    membership_id: uuid.UUID
    contact_id: uuid.UUID | None

    @property
    def contact(self) -> str:
        """The reference of the contact, or of its protective work; empty where the form begins one."""
        return contact_of_form(self.text.action) or ""


def left_for(viewer: Viewer) -> list[Left]:
    """Return the forms that passed on to the viewer's desk, the latest first; nothing to all others."""
    if not viewer.has(*SEE):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, content, saved_at, membership, matter FROM fw.left_texts()")
        rows = cursor.fetchall()
    about = {place: (member, contact) for place, _content, _at, member, contact in rows}
    members = {member for member, _contact in about.values()}
    names = dict(Membership.objects.filter(pk__in=members).values_list("pk", "user__name"))
    texts = kept.opened((place, content, at) for place, content, at, _member, _contact in rows)
    return [
        Left(text, text.begun_by or names.get(about[text.place][0], "a colleague"), *about[text.place])
        for text in texts
    ]


def open_left(viewer: Viewer, place: str, *, at: datetime) -> Left:
    """Return one form that passed on to the viewer's desk, and write that they opened it.

    Raises:
        NotVisible: there is none such for them.
    """
    found = _one(viewer, place)
    _record("draft.opened", found, viewer, at)
    return found


def take_over(viewer: Viewer, place: str, *, at: datetime) -> str:
    """Make a form that passed on the viewer's own, marked with who began it, and return its key.

    Raises:
        NotVisible: there is none such for them.
        Conflict: they have typed into the same form: nothing of it is overwritten.
    """
    found = _one(viewer, place)
    if viewer.user_id is None:
        raise NotVisible
    author = Author(viewer.user_id, viewer.membership_id)
    text = found.text
    if any(one.action == text.action for one in kept.kept_by(author)):
        raise Conflict(OWN_FIRST)
    if not kept.ask("SELECT fw.take_left_text(%s)", place):
        raise NotVisible
    _record("draft.taken_over", found, viewer, at)
    said = {"page": text.page, "action": text.action, "title": text.title}
    where = viewer.team_name or viewer.agency_name
    return kept.keep(author, **said, membership=where, pairs=text.pairs, at=at, begun_by=found.begun_by, form=text.form)


def _one(viewer: Viewer, place: str) -> Left:
    found = next((one for one in left_for(viewer) if one.text.place == place), None)
    if found is None:
        raise NotVisible
    return found


def _record(verb: str, one: Left, viewer: Viewer, at: datetime) -> None:
    details = {"begun_by": str(one.membership_id)}
    key = one.contact_id
    record(verb, actor=viewer, at=at, record_type=RECORD, record_id=key, reference=one.contact, details=details)
