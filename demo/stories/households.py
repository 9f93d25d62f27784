"""Invented households: who lives there, how they are related, where, and the words a story uses for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from contacts.choices import RelationKind, Sex
from demo.shapes import Related, Someone
from demo.stories import names
from demo.stories.communities import COMMUNITY_OF, SURNAMES, Community

PRIMARY_AGE, SECONDARY_AGE = 4, 11
MONTHS_A_YEAR, BETWEEN_BIRTHS = 12, 11
PRONOUNS = {
    Sex.FEMALE: {"he": "she", "him": "her", "his": "her", "He": "She", "His": "Her"},
    Sex.MALE: {"he": "he", "him": "him", "his": "his", "He": "He", "His": "His"},
    Sex.NOT_KNOWN: {"he": "they", "him": "them", "his": "their", "He": "They", "His": "Their"},
}
SIBLINGS = {Sex.FEMALE: "sister", Sex.MALE: "brother"}
OLDER = {"mother": (18, 34), "father": (19, 40), "partner": (19, 38), "grandmother": (40, 58)}
"""By part, how many years older than the oldest child."""

A_GENERATION = 19
WOMEN = frozenset({"mother", "grandmother"})
STREETS_APART = 11
"""From a family's street to that of a parent who lives elsewhere."""


@dataclass(frozen=True)
class Shape:
    """What kind of household a story is about.

    Attributes:
        ages: from and to, in years, for each child.
        adults: parts such as mother, father, partner, grandmother.
        away: parts that live somewhere else.
        unborn: whether the first child is not born yet.
        named: whether anybody knows the names.
        nursery: which nursery the children below school age go to, where the story says so.
    """

    ages: tuple[tuple[int, int], ...]
    adults: tuple[str, ...] = ("mother", "father")
    away: tuple[str, ...] = ()
    unborn: bool = False
    named: bool = True
    nursery: str = ""


@dataclass(frozen=True)
class Household:
    """The people of a contact and the words by which a text speaks of them."""

    people: tuple[Someone, ...]
    relations: tuple[Related, ...]
    address: str
    words: dict[str, str]


@dataclass(frozen=True)
class Family:
    """What all of one family have in common.

    Attributes:
        days: a day of the month for each of them.
    """

    number: int
    draw: Random
    surname: str
    community: Community
    shape: Shape
    days: Iterator[int]
    practice: str
    primary: str
    secondary: str
    nursery: str


def household(number: int, shape: Shape) -> Household:
    """Return the household of a number: the same number gives the same people at any time."""
    family = _family(number, shape)
    ages = _ages(family)
    children = _children(family, ages)
    adults = _adults(family, max(months for months in ages) // MONTHS_A_YEAR)
    people = (*children, *adults)
    address = address_of(number)
    return Household(people, _relations(children, adults), address, _words(children, adults, address))


def address_of(number: int) -> str:
    """Return the address of a family; each number has its own house, and each street its own postcodes."""
    street = number % len(names.STREETS)
    house = 3 + number * 7 % 138
    far = number // len(names.STREETS)
    code = f"{names.AREA}{1 + street % 9} {1 + far % 9}{'BDFHJL'[street % 6]}{'NPRTWXYZ'[street // 6]}"
    return f"{house} {names.STREETS[street]}, Aldermere, {code}"


def _family(number: int, shape: Shape) -> Family:
    draw = Random(number)  # noqa: S311 - no secret hangs on it
    surname = SURNAMES[number % len(SURNAMES)]
    days = list(range(1, 29))
    draw.shuffle(days)
    return Family(
        number,
        draw,
        surname,
        COMMUNITY_OF[surname],
        shape,
        iter(days),
        draw.choice(names.PRACTICES),
        draw.choice(names.PRIMARY_SCHOOLS),
        draw.choice(names.SECONDARY_SCHOOLS),
        shape.nursery or draw.choice(names.NURSERIES),
    )


def _ages(family: Family) -> list[int]:
    """Draw the children's ages in months, until no two were born within a year of each other."""
    if family.shape.unborn:
        return [0]
    while True:
        ages = [family.draw.randint(low * MONTHS_A_YEAR, high * MONTHS_A_YEAR + 11) for low, high in family.shape.ages]
        in_order = sorted(ages)
        if all(late - early > BETWEEN_BIRTHS for early, late in pairwise(in_order)):
            return ages


def _children(family: Family, ages: Sequence[int]) -> tuple[Someone, ...]:
    girls, boys = list(family.community.girls), list(family.community.boys)
    family.draw.shuffle(girls)
    family.draw.shuffle(boys)
    given = {Sex.FEMALE: girls, Sex.MALE: boys}
    ethnicity = family.draw.choice(family.community.ethnicities)
    return tuple(_child(family, place, months, given, ethnicity) for place, months in enumerate(ages, start=1))


def _child(family: Family, place: int, months: int, given: dict[Sex, list[str]], ethnicity: str) -> Someone:
    key, years = f"child{place}", months // MONTHS_A_YEAR
    sex = family.draw.choice((Sex.FEMALE, Sex.MALE))
    if family.shape.unborn:
        return Someone(key, "", family.surname, weeks_to_birth=family.draw.randint(14, 20))
    if not family.shape.named:
        return Someone(key, age_reported=f"about {years}", sex=sex)
    return Someone(
        key,
        given[sex].pop(),
        family.surname,
        age=divmod(months, MONTHS_A_YEAR),
        day_of_birth=next(family.days),
        sex=sex,
        ethnicity=ethnicity,
        language=f"{family.community.language} and English" if family.community.language else "",
        school=_school(years, family),
        practice=family.practice,
        nhs_number=nhs_number(family.number * 10 + place) if family.draw.random() < 2 / 3 else "",
    )


def nhs_number(count: int) -> str:
    """Return the NHS number nearest to a count in the range that is never given to anybody."""
    while True:
        digits = f"999{count * 97:06d}"
        check = (11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11) % 11
        if check < 10:
            return f"{digits}{check}"
        count += 1000


def _school(years: int, family: Family) -> str:
    if years < 1:
        return ""
    if years < PRIMARY_AGE:
        return family.nursery
    return family.primary if years < SECONDARY_AGE else family.secondary


def _adults(family: Family, oldest: int) -> tuple[Someone, ...]:
    """Draw the adults, each old enough for the children, and for the adult between them."""
    made: list[Someone] = []
    for part in family.shape.adults:
        years = oldest + family.draw.randint(*OLDER[part])
        mother = next((one for one in made if one.key == "mother"), None)
        if part == "grandmother" and mother is not None and mother.age is not None:
            years = mother.age[0] + A_GENERATION + family.draw.randint(1, 12)
        made.append(_adult(family, part, years))
    return tuple(made)


def _adult(family: Family, part: str, years: int) -> Someone:
    draw, known = family.draw, family.shape.named
    given = draw.choice(family.community.women if part in WOMEN else family.community.men)
    is_away = part in family.shape.away
    own = family.surname if part in WOMEN or (part == "father" and not is_away) else draw.choice(_others(family))
    return Someone(
        part,
        given if known else "",
        own if known else "",
        is_child=False,
        age=(years, draw.randint(0, 11)) if known else None,
        day_of_birth=next(family.days),
        sex=Sex.FEMALE if part in WOMEN else Sex.MALE,
        part={"partner": "mother's partner"}.get(part, part),
        lives_in_household=not is_away,
        address=address_of(family.number + len(SURNAMES) + STREETS_APART) if known and is_away else "",
    )


def _others(family: Family) -> tuple[str, ...]:
    return tuple(name for name in family.community.surnames if name != family.surname)


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
        "sibling": SIBLINGS.get(children[1].sex, "sibling") if len(children) > 1 else "sibling",
        "school": first.school or "the nursery",
        "place": address.partition(",")[0],
        **PRONOUNS[first.sex],
    }
    for one in adults:
        words[one.key] = one.given_name or f"the {one.part}"
        words.setdefault("parent", words[one.key])
        words[f"{one.key}_full"] = f"{one.given_name} {one.family_name}".strip() or f"the {one.part}"
    return words
