"""What of a contact an outgoing text may give away: a referrer who is not to be named, who is in it, where they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from common.leaks import Kind, Secret, find_leaks, leaks_in_words
from common.normal.names import same_name

PRIVATELY_WORRIED = "who told the hub and is not to be named"

_OF_ONESELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Uu]s|[Oo]ur)\b")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|\n|$)")


class Referring(Protocol):
    """Who told the hub, as a record or as typed."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def organisation(self) -> str: ...  # noqa: D102
    @property
    def telephone(self) -> str: ...  # noqa: D102
    @property
    def email(self) -> str: ...  # noqa: D102
    @property
    def address(self) -> str: ...  # noqa: D102


class Described(Protocol):
    """A child or an adult of a contact, as a record or as typed."""

    @property
    def given_name(self) -> str: ...  # noqa: D102
    @property
    def family_name(self) -> str: ...  # noqa: D102
    @property
    def other_names(self) -> str: ...  # noqa: D102
    @property
    def school(self) -> str: ...  # noqa: D102
    @property
    def practice(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class _Nobody:
    """Somebody who told the hub and is not shown to whoever writes."""

    name: str = ""
    organisation: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""


NOBODY: Referring = _Nobody()


def secrets_of_referrer(who: Referring, report: str = "", *, is_self: bool = False) -> list[Secret]:
    """Return what would give away somebody who asked to stay unknown.

    Args:
        report: in their words; sentences in which they speak of themselves give them away.
        is_self: they told the hub of themself, so texts name them; how to reach them stays private.
    """
    reached = [Secret(Kind.TELEPHONE, who.telephone, whose=PRIVATELY_WORRIED)]
    reached.append(Secret(Kind.EMAIL, who.email, whose=PRIVATELY_WORRIED))
    if is_self:
        return reached
    return [
        Secret(Kind.NAME, who.name, whose=PRIVATELY_WORRIED),
        Secret(Kind.PLACE, who.organisation, whose=PRIVATELY_WORRIED),
        Secret(Kind.ADDRESS, who.address, whose=PRIVATELY_WORRIED),
        *reached,
        *(Secret(Kind.TEXT, one, whose=PRIVATELY_WORRIED) for one in _speaking_of_themselves(report)),
    ]


def _speaking_of_themselves(report: str) -> list[str]:
    return [one for one in _SENTENCE.findall(report) if _OF_ONESELF.search(one)]


def names_of(people: Iterable[Described], *, but_not: Iterable[str] = ()) -> list[Secret]:
    """Return the names of people, with what else they are called.

    Args:
        but_not: names of those who asked to stay unknown: that they live in the household permits nobody to name them.
    """
    hidden = [name for name in but_not if name.strip()]
    return [
        Secret(Kind.NAME, name, _others(one))
        for one in people
        if (name := f"{one.given_name} {one.family_name}".strip()) and not any(same_name(name, kept) for kept in hidden)
    ]


def _others(one: Described) -> tuple[str, ...]:
    return tuple(name.strip() for name in one.other_names.split(",") if name.strip())


def places_of(people: Iterable[Described], *, whose: str = "") -> list[Secret]:
    """Return the schools and practices that people go to."""
    places = dict.fromkeys(place for one in people for place in (one.school, one.practice) if place.strip())
    return [Secret(Kind.PLACE, place, whose=whose) for place in places]


def gives_away(
    concern: str,
    who: Referring | None,
    report: str = "",
    people: Iterable[Described] = (),
    *,
    is_self: bool = False,
    protected: Iterable[Secret] = (),
) -> str:
    """Return what a concern for sharing gives away; empty when it gives nothing away.

    Args:
        who: told the hub and stays private; None where the referrer may be named.
        people: of the contact; they may be named in it, and so may their schools.
        is_self: whoever told the hub spoke of themself.
        protected: places that no drafted text may hold.
    """
    described = list(people)
    forbidden = list(protected)
    forbidden += secrets_of_referrer(who, report, is_self=is_self) if who is not None else []
    unnamed = [who.name] if who is not None and not is_self else []
    hidden = {one.value for one in forbidden}
    places = [one for one in places_of(described) if one.value not in hidden]
    found = find_leaks(concern, forbidden, [*names_of(described, but_not=unnamed), *places])
    return leaks_in_words(concern, found) if found else ""
