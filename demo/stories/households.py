"""Invented households: who lives there, how they are related, where, and the words a story uses for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from contacts.choices import RelationKind, Sex
from demo.shapes import Related, Someone
from demo.stories import names

NURSERY_AGE, SECONDARY_AGE = 5, 11
PRONOUNS = {
    Sex.FEMALE: {"he": "she", "him": "her", "his": "her", "He": "She", "His": "Her"},
    Sex.MALE: {"he": "he", "him": "him", "his": "his", "He": "He", "His": "His"},
    Sex.NOT_KNOWN: {"he": "they", "him": "them", "his": "their", "He": "They", "His": "Their"},
}


@dataclass(frozen=True)
class Shape:
    """What kind of household a story is about.

    Attributes:
        ages: from and to, in years, for each child.
        adults: parts such as mother, father, partner, grandmother.
        away: parts that live somewhere else.
        unborn: whether the first child is not born yet.
        named: whether anybody knows the names.
    """

    ages: tuple[tuple[int, int], ...]
    adults: tuple[str, ...] = ("mother", "father")
    away: tuple[str, ...] = ()
    unborn: bool = False
    named: bool = True


@dataclass(frozen=True)
class Household:
    """The people of a contact and the words by which a text speaks of them."""

    people: tuple[Someone, ...]
    relations: tuple[Related, ...]
    address: str
    words: dict[str, str]


def household(number: int, shape: Shape) -> Household:
    """Return the household of a number: the same number gives the same people at any time."""
    draw = Random(number)  # noqa: S311 - no secret hangs on it
    town = f"AL{draw.randint(1, 9)} {draw.randint(1, 9)}{draw.choice('BDFHJL')}{draw.choice('NPRTWX')}"
    address = f"{draw.randint(2, 148)} {draw.choice(names.STREETS)}, Aldermere, {town}"
    surname = names.SURNAMES[number % len(names.SURNAMES)]
    children = tuple(_child(place, span, surname, shape, draw) for place, span in enumerate(shape.ages, start=1))
    adults = tuple(_adult(part, surname, shape, draw) for part in shape.adults)
    people = (*children, *adults)
    return Household(people, _relations(children, adults), address, _words(children, adults, address))


def _child(place: int, span: tuple[int, int], surname: str, shape: Shape, draw: Random) -> Someone:
    years, months = draw.randint(*span), draw.randint(0, 11)
    sex = draw.choice((Sex.FEMALE, Sex.MALE))
    given = draw.choice(names.GIRLS if sex == Sex.FEMALE else names.BOYS)
    key = f"child{place}"
    if shape.unborn and place == 1:
        return Someone(key, "", surname, weeks_to_birth=draw.randint(4, 20))
    if not shape.named:
        return Someone(key, age_reported=f"about {years}", sex=sex)
    return Someone(
        key,
        given,
        surname,
        age=(years, months),
        sex=sex,
        ethnicity=draw.choice(names.ETHNICITIES),
        school=_school(years, draw),
        practice=draw.choice(names.PRACTICES),
    )


def _school(years: int, draw: Random) -> str:
    if years < 1:
        return ""
    if years < NURSERY_AGE:
        return draw.choice(names.NURSERIES)
    return draw.choice(names.PRIMARY_SCHOOLS if years < SECONDARY_AGE else names.SECONDARY_SCHOOLS)


def _adult(part: str, surname: str, shape: Shape, draw: Random) -> Someone:
    is_woman = part in {"mother", "grandmother", "aunt"}
    given = draw.choice(names.WOMEN if is_woman else names.MEN)
    own = surname if part in {"mother", "grandmother"} else draw.choice(names.SURNAMES)
    years = draw.randint(58, 71) if part.startswith("grand") else draw.randint(22, 46)
    known = shape.named
    return Someone(
        part,
        given if known else "",
        own if known else "",
        is_child=False,
        age=(years, draw.randint(0, 11)) if known else None,
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        part={"partner": "mother's partner"}.get(part, part),
        lives_in_household=part not in shape.away,
        address=f"{draw.randint(1, 90)} {draw.choice(names.STREETS)}, Aldermere"
        if known and part in shape.away
        else (""),
    )


def _relations(children: Sequence[Someone], adults: Sequence[Someone]) -> tuple[Related, ...]:
    kinds = {"mother": RelationKind.PARENT, "father": RelationKind.PARENT, "grandmother": RelationKind.GRANDPARENT}
    made = [Related(one.key, kinds[one.key], child.key) for one in adults if one.key in kinds for child in children]
    keys = {one.key: one for one in adults}
    for other in ("father", "partner"):
        if other in keys and "mother" in keys:
            together = keys[other].lives_in_household
            made.append(Related(other, RelationKind.PARTNER if together else RelationKind.FORMER_PARTNER, "mother"))
    made += [Related(children[0].key, RelationKind.SIBLING, other.key) for other in children[1:]]
    return tuple(made)


def _words(children: Sequence[Someone], adults: Sequence[Someone], address: str) -> dict[str, str]:
    first = children[0]
    words = {
        "child": first.given_name or ("the baby" if first.is_unborn else "the child"),
        "Child": first.given_name or ("The baby" if first.is_unborn else "The child"),
        "age": str(first.age[0]) if first.age else first.age_reported or "not known",
        "other": children[1].given_name if len(children) > 1 else "the other child",
        "school": first.school or "the nursery",
        "place": address.partition(",")[0],
        **PRONOUNS[first.sex],
    }
    for one in adults:
        words[one.key] = one.given_name or f"the {one.part}"
        words[f"{one.key}_full"] = f"{one.given_name} {one.family_name}".strip() or f"the {one.part}"
    return words
