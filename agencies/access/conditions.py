"""Conditions from which rules are made, and their simplest form."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

NOTHING = Q(pk__in=())
EVERYTHING = Q(pk__isnull=False)
"""A real condition: an empty `Q() | x` would be x."""


def among(path: str, keys: Collection[object]) -> Q:
    """Return the rows that bear one of some keys; nothing, and nothing to be asked, where there are none."""
    return Q(**{f"{path}__in": keys}) if keys else NOTHING


def is_everything(condition: object) -> bool:
    """Say whether a condition, or a part of one, holds for every row."""
    return _is(condition, EVERYTHING)


def is_nothing(condition: object) -> bool:
    """Say whether a condition, or a part of one, holds for no row."""
    return _is(condition, NOTHING)


def _is(condition: object, whole: Q) -> bool:
    if isinstance(condition, Q):
        return not condition.negated and condition.children == whole.children
    return condition == whole.children[0]


def simplest(condition: Q) -> Q:
    """Return the same condition without what cannot change its answer.

    Whoever sees everything by one part of a rule sees it whatever the others say: those are then neither compiled nor
    planned, with the policies of the tables that they read.
    """
    if not condition.children:
        return condition
    either = condition.connector == Q.OR
    decides, idles = (is_everything, is_nothing) if either else (is_nothing, is_everything)
    parts = [simplest(part) if isinstance(part, Q) else part for part in condition.children]
    kept = [part for part in parts if not idles(part)]
    if len(kept) == 1 and not condition.negated and not decides(kept[0]):
        return kept[0] if isinstance(kept[0], Q) else Q(kept[0])
    if kept and not any(map(decides, kept)):
        return Q(*kept, _connector=condition.connector, _negated=condition.negated)
    holds = either == bool(kept)  # What decides an OR is everything; an OR of nothing is nothing. AND: the other way.
    return EVERYTHING if holds != condition.negated else NOTHING
