"""What follows from what a contact says: said first on its page and wherever it is decided on.

Sources: the child protection procedures on bruising in infants who are not mobile, and research/domain-2026.md,
section 2: a bruise on a baby who cannot move forces a strategy discussion or a reasoned refusal, and who examined the
mark. For a child who has died: the statutory guidance on child death review; days and forms are the hub's agreement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from contacts.choices import PersonKind

NOT_MOBILE_BELOW_MONTHS = 6
"""Below this age a child is taken not to move by themself, until somebody says otherwise."""
_MONTHS = 12

_MARK = re.compile(
    r"\b(?:bruis\w*|marks?|injur\w*|burn(?:s|t|ed)?|scald\w*|fractur\w*|broken (?:arm|leg|rib|bone|wrist|collarbone)s?"
    r"|bite marks?|bitten|bleed\w*|swelling|swollen|lumps?|graz\w+|cuts?|scratch\w*|black eye|welts?|petechia\w*"
    r"|haematoma|hematoma|slap mark|hand ?print)\b",
    re.IGNORECASE,
)
_NOT_MOBILE = re.compile(
    r"\b(?:non[- ]?mobile|not mobile|immobile|pre[- ]?mobile|not yet (?:crawl|roll|walk|mov)\w*"
    r"|cannot (?:crawl|roll|walk|move)|can'?t (?:crawl|roll|walk|move)|not (?:crawling|rolling|walking))\b",
    re.IGNORECASE,
)
_BABY = re.compile(r"\b(?:new-?born|(\d{1,3})[- ]?(days?|weeks?|months?)(?:[- ]old)?)\b", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30}


class Child(Protocol):
    """A child of a contact, as a record or as typed."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def is_unborn(self) -> bool: ...  # noqa: D102
    @property
    def date_of_birth(self) -> date | None: ...  # noqa: D102
    @property
    def age_reported(self) -> str: ...  # noqa: D102
    @property
    def has_died(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Follow:
    """Something that follows, with what is to be done.

    Attributes:
        asks: a question that is open: whether it is so at all.
        protects: a strategy discussion is proposed, so "Protect now" stands beside it.
    """

    title: str
    steps: tuple[str, ...]
    asks: str = ""
    protects: bool = False


EXAMINE = (
    "Have the child examined by a paediatrician today; a GP or an urgent treatment centre does not take its place.",
    "Propose a strategy discussion with police and health today. Whoever refuses it records why.",
    "Record who examined the mark, when, and what they found; what the carers say, in their own words.",
    "See where brothers and sisters are, and whether they are safe.",
)
DIED = (
    "See to the other children first: where they are, with whom, and whether they are safe.",
    "Notify the child death review partners now, as the local arrangements say.",
    "Where the death was sudden or not explained, police and health begin the joint agency response.",
    "Ask the manager whether a serious incident is to be notified, where abuse or neglect is known or suspected.",
    "Tell school, practice and health visitor, so that nothing reaches the family in the child's name.",
    "The hub writes no letter about this child, and does not ask where the child is.",
)


def follows_from(
    *, infant_mark: bool | None, texts: Sequence[str], people: Sequence[Child], today: date
) -> list[Follow]:
    """Return what follows from a contact, the gravest first.

    Args:
        infant_mark: what somebody answered about a mark on a child who cannot move; None: nobody has.
        texts: what was reported, and the concern for sharing.
    """
    children = [one for one in people if one.kind == PersonKind.CHILD]
    found = _of_mark(infant_mark, texts, children, today)
    dead = [one for one in children if one.has_died]
    if dead:
        others = len(children) - len(dead)
        steps = DIED if others else ("See whether there are other children in the family: nobody has said.", *DIED[1:])
        found.append(Follow("A child has died", steps, protects=others > 0))
    return found


def _of_mark(infant_mark: bool | None, texts: Sequence[str], children: Sequence[Child], today: date) -> list[Follow]:
    if infant_mark is False:
        return []
    title = "A mark on a child who cannot move by themself"
    if infant_mark:
        return [Follow(title, EXAMINE, protects=True)]
    living = [one for one in children if not one.has_died and not one.is_unborn]
    speaks = any(_MARK.search(text) for text in texts)
    says_so = any(_NOT_MOBILE.search(text) for text in texts)
    if speaks and (says_so or any(is_not_mobile(one, today) for one in living) or _unknown_baby(living, texts)):
        asks = "The report speaks of a mark or an injury, and of a baby. Answer on the contact whether it is so."
        return [Follow(title, EXAMINE, asks=asks, protects=True)]
    return []


def is_not_mobile(child: Child, today: date) -> bool:
    """Say whether a child is too young to move by themself, by the birth or by the age as reported."""
    if child.date_of_birth is not None:
        return _months(child.date_of_birth, today) < NOT_MOBILE_BELOW_MONTHS
    return _says_baby(child.age_reported)


def _unknown_baby(children: Sequence[Child], texts: Sequence[str]) -> bool:
    """Say whether nobody knows how old a child is, and the texts speak of a baby."""
    unknown = any(one.date_of_birth is None and not one.age_reported.strip() for one in children)
    return unknown and any(_says_baby(text) or re.search(r"\b(?:baby|infant)\b", text, re.IGNORECASE) for text in texts)


def _says_baby(words: str) -> bool:
    for match in _BABY.finditer(words):
        if match[1] is None:
            return True
        if int(match[1]) * _DAYS[match[2][0].lower()] < NOT_MOBILE_BELOW_MONTHS * 30:
            return True
    return False


def _months(born: date, on: date) -> int:
    return (on.year - born.year) * _MONTHS + on.month - born.month - (on.day < born.day)
