"""How the children of a contact stand: in danger and unattended, not known to be safe, or with a live plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from common.work import Danger
from contacts.choices import ProtectState

SAID = "Somebody said that a child is in danger now"
RAISED = "Protect now was raised; nobody has convened yet"
HIDDEN = "Said to be in danger now; protective work is not shown to you"
NOT_SAID = "Nobody has said until when the children are safe"
PASSED = "The time until which a child was safe has passed"
ATTENDED = "In danger; protective work is under way"
HELD = "In danger; a strategy discussion was held"


@dataclass(frozen=True)
class Plan:
    """One piece of protective work.

    Attributes:
        safe_until: the earliest of what was last said about each child, aware; None where nobody has said.
    """

    state: str
    safe_until: datetime | None


@dataclass(frozen=True)
class Standing:
    """How the children of a contact stand at a moment.

    Attributes:
        next_at: the next action: until when they are safe.
    """

    danger: Danger
    words: str = ""
    next_at: datetime | None = None


SAFE = Standing(Danger.NONE)


def standing_of(*, is_marked: bool, is_open: bool, plans: Sequence[Plan], sees_plans: bool, at: datetime) -> Standing:
    """Return how the children of a contact stand: by the worst of its protective work, whichever was raised last.

    Who ends the danger says why: protective work that was stood down ends it, also where the contact still says
    "in danger now". What was said counts until the contact is in somebody's hands for good.

    Args:
        is_marked: somebody has marked the contact "in danger now".
        is_open: the hub still answers for the contact.
        sees_plans: whether the viewer sees protective work at all; absent and not shown are two things.
    """
    if not plans:
        if not (is_marked and is_open):
            return SAFE
        return Standing(Danger.UNATTENDED, SAID if sees_plans else HIDDEN)
    latest = datetime.max.replace(tzinfo=at.tzinfo)
    standings = [_by(plan, is_open=is_open, at=at) for plan in plans]
    return min(standings, key=lambda one: (one.danger, one.next_at or latest))


def _by(plan: Plan, *, is_open: bool, at: datetime) -> Standing:
    """Return how the children stand by one piece of protective work."""
    if plan.state == ProtectState.RAISED:
        return Standing(Danger.UNATTENDED, RAISED)
    if plan.state == ProtectState.STOOD_DOWN or not (is_open or plan.state == ProtectState.CONVENED):
        return SAFE
    if plan.safe_until is not None:
        passed = plan.safe_until <= at
        words = PASSED if passed else ATTENDED
        return Standing(Danger.UNSAFE if passed else Danger.ATTENDED, words, plan.safe_until)
    return Standing(Danger.UNSAFE, NOT_SAID) if plan.state == ProtectState.CONVENED else Standing(Danger.ATTENDED, HELD)
