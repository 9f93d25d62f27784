"""What a referrer without an account may learn."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from django.db import connection

from common.blind_index import blind_indexes
from common.normal.references import reference_of, secret_of
from contacts.choices import Ending, ReceiptStage

SECRET_PLACE = "contacts_receipt.secret"  # noqa: S105  # the name of a column
NOBODYS_REFERENCE = "R-0000-0000"
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fw.receipt(%s)", [reference_of(reference) or NOBODYS_REFERENCE])
        secret_hash, stage, outcome = cursor.fetchone()
    held = secret_hash or NOBODYS
    tries = blind_indexes(secret_of(secret) or "-", place=SECRET_PLACE)
    is_theirs = sum(hmac.compare_digest(held, one) for one in tries) > 0  # Compares with all: no early end.
    if not secret_hash or not is_theirs:
        return NO_NEWS
    return Status(
        stage=str(ReceiptStage(stage).label),
        outcome=str(Ending(outcome).label) if outcome else "",
    )
