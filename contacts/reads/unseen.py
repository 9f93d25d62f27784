"""What an outgoing text is compared with though its writer may not read it: private referrers who are not shown.

It is read as the leak check, which is no person, and leaves this module only as things that a text must not hold: no
page shows them, and a match is never told to the writer (docs/adr/0098).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import CHECKER, Viewer
from agencies.choices import Role
from common.data_keys import Erased, open_stored
from common.leaks import Secret
from contacts.choices import ReferrerKind
from contacts.models import Contact, Referrer
from contacts.rules.leaks import secrets_of_referrer

ASKED = "SELECT contact, name, organisation, telephone, email, address, report FROM fw.referrers_to_compare(%s)"


@dataclass(frozen=True)
class _Told:
    """A private referrer as the leak check reads them."""

    name: str
    organisation: str
    telephone: str
    email: str
    address: str


def unseen_referrers(viewer: Viewer, contacts: Sequence[Contact]) -> list[Secret]:
    """Return what would give away the private referrers of contacts who are not shown to whoever writes.

    Nothing to a manager, to whom every referrer is shown. Who told the hub of themself is named in texts anyhow.
    """
    if viewer.has(Role.MANAGER):
        return []
    asked = {one.pk: one for one in contacts}
    shown = set(Referrer.objects.visible_to(viewer).filter(contact__in=asked).values_list("contact_id", flat=True))
    return [
        secret
        for contact_id, who, report in _read([key for key in asked if key not in shown])
        for secret in secrets_of_referrer(who, report, is_self=asked[contact_id].referrer_kind == ReferrerKind.SELF)
    ]


def _read(contacts: list[uuid.UUID]) -> list[tuple[uuid.UUID, _Told, str]]:
    columns = ("name", "organisation", "telephone", "email", "address")
    with acting_as(CHECKER), connection.cursor() as cursor:
        cursor.execute(ASKED, [contacts])
        rows = cursor.fetchall()
    places = [Referrer._meta.db_table + "." + column for column in columns]
    return [
        (contact, _Told(*(opened(text, place=place) for text, place in zip(said, places, strict=True))), report or "")
        for contact, *said, report in rows
    ]


def opened(stored: str, *, place: str) -> str:
    """Return a text as the database handed it out with its key; empty where it was erased."""
    text = open_stored(stored, place=place) if stored else ""
    return "" if isinstance(text, Erased) else text
