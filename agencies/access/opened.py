"""What was opened by a press of a button: a sealed word that leads from the form to the page that shows it.

The form is answered with the address of a page, so that going back sends nothing again. The word in that address
names nobody: it holds, signed, who opened which record, what for, and when. It opens for a few minutes, to that very
membership alone, and the page writes each showing to the read log.
"""

from __future__ import annotations

import uuid

from django.core import signing

from agencies.access.viewer import Viewer

SECONDS = 180
_SALT = "opened"
ASSIGNED, OWN_ACCESS = "assigned", "own access"
"""Purposes of those who type none: it is their case, or they said why when it was opened to them."""


def opened_word(viewer: Viewer, record: uuid.UUID, *, purpose: str) -> str:
    """Return the word by which a page shows what somebody has just opened."""
    return signing.dumps([str(viewer.membership_id), record.hex, purpose], salt=_SALT, compress=True)


def purpose_of(word: str, viewer: Viewer, record: uuid.UUID) -> str:
    """Return what a record was opened for; empty where the word is none, is late, or is another's."""
    try:
        membership, opened, purpose = signing.loads(word, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return ""
    return str(purpose) if (membership, opened) == (str(viewer.membership_id), record.hex) else ""
