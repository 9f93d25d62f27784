"""What a referrer without an account may learn."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.db import connection

from common.blind_index import blind_indexes
from common.references import PATTERN
from contacts.choices import Ending, ReceiptStage

SECRET_PLACE = "contacts_receipt.secret"  # noqa: S105  # the name of a column
NOBODYS = "0" * 64
"""Compared with when there is no receipt, so that a wrong reference takes as long as a wrong code."""


@dataclass(frozen=True)
class Status:
    """Where things stand, in plain words."""

    stage: str
    outcome: str = ""


NO_NEWS = Status(stage=str(ReceiptStage.RECEIVED.label))


def receipt_status(reference: str, secret: str) -> Status:
    """Return where things stand for who holds reference and secret.

    A wrong code, a wrong reference and a contact without news give one answer, after the same work.
    """
    found = PATTERN.search(reference.upper().strip())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fw.receipt(%s)", [found[0] if found else "R-0000-0000"])
        secret_hash, stage, outcome = cursor.fetchone()
    held = secret_hash or NOBODYS
    typed = "-".join(secret.upper().split()) or "-"
    tries = blind_indexes(_in_groups(typed), place=SECRET_PLACE)
    is_theirs = sum(hmac.compare_digest(held, one) for one in tries) > 0  # Compares with all: no early end.
    if not secret_hash or not is_theirs:
        return NO_NEWS
    return Status(
        stage=str(ReceiptStage(stage).label),
        outcome=str(Ending(outcome).label) if outcome else "",
    )


def _in_groups(typed: str) -> str:
    """Return a secret as it was shown: groups of five, however spaces and dashes were typed."""
    signs = "".join(sign for sign in typed if sign.isalnum())
    return "-".join(signs[place : place + 5] for place in range(0, len(signs), 5))
