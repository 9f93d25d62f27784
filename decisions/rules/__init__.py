"""Pure rules of analysis, decision, release and feedback: values in, values out; no database, no clock."""

from decisions.rules.deciding import (
    AFTER,
    BEFORE,
    ChildOutcome,
    Deciding,
    Snapshot,
    joint_gap,
    judge,
    sealed_in_truth,
    why_not_now,
)
from decisions.rules.items import ItemVersions, Moved, as_token, from_token, moved
from decisions.rules.outcomes import (
    ENDING_OF,
    TOLD_IN_FULL,
    WEIGHT,
    must_be_released,
    one_of_each,
    team_kinds,
    tell_apart,
    weightiest,
)
from decisions.rules.words import missing_in_words

__all__ = [
    "AFTER",
    "BEFORE",
    "ENDING_OF",
    "TOLD_IN_FULL",
    "WEIGHT",
    "ChildOutcome",
    "Deciding",
    "ItemVersions",
    "Moved",
    "Snapshot",
    "as_token",
    "from_token",
    "joint_gap",
    "judge",
    "missing_in_words",
    "moved",
    "must_be_released",
    "one_of_each",
    "sealed_in_truth",
    "team_kinds",
    "tell_apart",
    "weightiest",
    "why_not_now",
]
