"""What can be done about what did not reach somebody: the same of a mail that failed and of a letter that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from common.errors import RuleBroken
from decisions.choices import ToldHow


@dataclass(frozen=True)
class Remedy:
    """What somebody did about a message that did not arrive, or came back.

    Attributes:
        way: as in `SeenToBy`.
        address: where it goes this time, if the address was wrong; only of somebody without an account.
        how: as in `ToldHow`, where they were told in another way; with who told them, and when.
        reason: what was said, or why nobody need be told any more.
    """

    way: str
    address: str = ""
    how: str = ""
    informed_at: datetime | None = None
    informed_by: str = ""
    reason: str = ""


def check_told(remedy: Remedy, *, at: datetime) -> None:
    """Refuse to take somebody as told in another way where how, when or by whom is missing.

    Raises:
        RuleBroken: something is missing, or lies in the future.
    """
    if remedy.how not in ToldHow.values:
        raise RuleBroken("Select how they were told.", field="how")
    if remedy.informed_at is None:
        raise RuleBroken("Enter when they were told.", field="informed_at")
    if remedy.informed_at > at:
        raise RuleBroken("They cannot have been told in the future.", field="informed_at")
    if not remedy.informed_by.strip():
        raise RuleBroken("Write who told them.", field="informed_by")
