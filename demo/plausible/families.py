"""Who belongs to a family: ages, birthdays, names, schools, practices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from demo.plausible.rule import Rule
from demo.plausible.seen import HubSeen, PersonSeen

YOUNGEST_PARENT, OLDEST_MOTHER, OLDEST_FATHER, YOUNGEST_GRANDPARENT = 16, 48, 60, 32
A_PREGNANCY = timedelta(days=270)
GROWN_UP, OLDEST = 18, 100
NURSERY_UNTIL, PRIMARY_FROM, PRIMARY_UNTIL, SECONDARY_FROM, LAST_SCHOOL_YEAR = 5, 4, 12, 11, 15
NAMESAKES = 2
"""So many people who are nothing to each other may bear one full name."""


def on_one_day(hub: HubSeen) -> Iterator[str]:
    """All who have a birthday have it on one day of the month."""
    for one in hub.contacts:
        days = [person.born.day for person in one.people if person.born]
        if len(days) > 1 and len(set(days)) == 1:
            yield f"{one.reference}: all {len(days)} on a {days[0]}."


def shared_day(hub: HubSeen) -> Iterator[str]:
    """Two of a family have their birthday on one day of the month, more often than chance would have it."""
    pairs, same = 0, 0
    for one in hub.contacts:
        for first, other in combinations([person.born for person in one.people if person.born], 2):
            pairs, same = pairs + 1, same + (first.day == other.day)
    if pairs and same > pairs / 10:
        yield f"{same} of {pairs} pairs."


def parents_too_young(hub: HubSeen) -> Iterator[str]:
    """A parent is too young or too old to be one."""
    for one in hub.contacts:
        for parent, child in one.related("parent"):
            born, age = child.born or child.expected, parent.born
            years = parent.years(born) if born and age else None
            most = OLDEST_MOTHER if parent.sex == "female" else OLDEST_FATHER
            if years is not None and not YOUNGEST_PARENT <= years <= most:
                yield f"{one.reference}: {parent.name or parent.part} was {years}."


def grandparents_too_young(hub: HubSeen) -> Iterator[str]:
    """A grandparent is too near in age to the grandchild, or to the parent between them."""
    for one in hub.contacts:
        for old, child in one.related("grandparent"):
            born = child.born or child.expected
            if born and old.born and (old.years(born) or 0) < YOUNGEST_GRANDPARENT:
                yield f"{one.reference}: {old.name} was {old.years(born)} when {child.name} was born."
            for parent, other in one.related("parent"):
                too_near = parent.born and old.born and (old.years(parent.born) or 0) < YOUNGEST_PARENT
                if other.key == child.key and parent.sex == "female" and too_near:
                    yield f"{one.reference}: {old.name} and {parent.name}."


def born_too_close(hub: HubSeen) -> Iterator[str]:
    """Brothers and sisters are born less than nine months apart, and are no twins."""
    for one in hub.contacts:
        dates = [born for child in one.children if (born := child.born or child.expected)]
        for first, other in combinations(dates, 2):
            if timedelta(0) < abs(first - other) < A_PREGNANCY:
                yield f"{one.reference}: {first} and {other}."


def grown_up_children(hub: HubSeen) -> Iterator[str]:
    """A child is of age, or an adult is not, or is older than people become."""
    for one in hub.contacts:
        for person in one.people:
            years = person.years(one.day)
            if years is not None and not (years < GROWN_UP if person.is_child else GROWN_UP - 2 <= years < OLDEST):
                yield f"{one.reference}: {person.name}, {years}."


def born_afterwards(hub: HubSeen) -> Iterator[str]:
    """Somebody is born after the contact, or was expected before it."""
    for one in hub.contacts:
        for person in one.people:
            if (person.born and person.born > one.day) or (person.expected and person.expected < one.day):
                yield f"{one.reference}: {person.name}."


def one_name_in_a_family(hub: HubSeen) -> Iterator[str]:
    """Two of one family bear one full name."""
    for one in hub.contacts:
        for name, times in Counter(person.name for person in one.people if person.given).items():
            if times > 1:
                yield f"{one.reference}: {name}, {times} times."


def _bearers(hub: HubSeen) -> dict[str, set[tuple[str, str, date | None]]]:
    found: dict[str, set[tuple[str, str, date | None]]] = defaultdict(set)
    for one in hub.contacts:
        for person in one.people:
            if person.given and person.family:
                found[person.name].add(person.identity)
    return found


def too_many_namesakes(hub: HubSeen) -> Iterator[str]:
    """Too many bear one full name."""
    for name, people in _bearers(hub).items():
        if len(people) > NAMESAKES:
            yield f"{name}: {len(people)} people."


def _other_school(child: PersonSeen, years: int) -> str:
    """Say what is wrong with a child's school, or nothing."""
    school = child.school.lower()
    is_early = any(word in school for word in ("nursery", "playgroup", "children's centre"))
    is_primary = any(word in school for word in ("primary", "infant", "junior"))
    if not school:
        return "goes to none" if NURSERY_UNTIL <= years <= LAST_SCHOOL_YEAR else ""
    if years < 1 or (is_early and years >= NURSERY_UNTIL):
        return f"at {child.school}"
    if is_early:
        return ""
    fits = PRIMARY_FROM <= years < PRIMARY_UNTIL if is_primary else years >= SECONDARY_FROM
    return "" if fits else f"at {child.school}"


def wrong_school(hub: HubSeen) -> Iterator[str]:
    """A child of school age goes to no school, or a child to one that is not for its age."""
    for one in hub.contacts:
        for child in one.children:
            years = child.years(one.day)
            if years is not None and child.given and (wrong := _other_school(child, years)):
                yield f"{one.reference}: {child.name}, {years}, {wrong}."


def foreign_school(hub: HubSeen) -> Iterator[str]:
    """A school writes that is the school of none of the children."""
    for one in hub.contacts:
        schools = {child.school.lower() for child in one.children}
        if one.kind == "school" and one.referrer.organisation.lower() not in schools:
            yield f"{one.reference}: {one.referrer.organisation}; {', '.join(sorted(schools))}."


def several_schools(hub: HubSeen) -> Iterator[str]:
    """Brothers and sisters of one age group go to different schools."""
    for one in hub.contacts:
        for word in ("primary", "nursery"):
            schools = {child.school for child in one.children if word in child.school.lower()}
            if len(schools) > 1:
                yield f"{one.reference}: {', '.join(sorted(schools))}."


def several_practices(hub: HubSeen) -> Iterator[str]:
    """Children of one home are with different general practices."""
    for one in hub.contacts:
        practices = {child.practice for child in one.children if child.practice and child.at_home}
        if len(practices) > 1:
            yield f"{one.reference}: {', '.join(sorted(practices))}."


def several_ethnicities(hub: HubSeen) -> Iterator[str]:
    """Full brothers and sisters are of different ethnicity."""
    for one in hub.contacts:
        found = {child.ethnicity for child in one.children if child.ethnicity}
        if len(found) > 1:
            yield f"{one.reference}: {', '.join(sorted(found))}."


def false_numbers(hub: HubSeen) -> Iterator[str]:
    """An NHS number is not one of those kept for tests, or two bear one; nobody has one at all."""
    bearers: dict[str, set[tuple[str, str, date | None]]] = defaultdict(set)
    for person in (person for one in hub.contacts for person in one.people if person.nhs_number):
        bearers[person.nhs_number].add(person.identity)
        if not is_nhs_number_for_tests(person.nhs_number):
            yield f"{person.name}: {person.nhs_number}."
    yield from (f"{number}: several people." for number, people in bearers.items() if len(people) > 1)
    known = sum(bool(person.nhs_number) for one in hub.contacts for person in one.children)
    if known < sum(len(one.children) for one in hub.contacts) / 4:
        yield f"Only {known} children have one."


def is_nhs_number_for_tests(number: str) -> bool:
    """Say whether a number is of the range that is never given to anybody, with its check digit right."""
    if len(number) != 10 or not number.isdigit() or not number.startswith("999"):
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(number[:9])) % 11
    return check % 11 == int(number[9]) and check != 10


RULES = (
    Rule("one day", "Not everybody of a family is born on one day of the month.", on_one_day),
    Rule("shared days", "No more share a birthday's day of the month than chance would have it.", shared_day),
    Rule("parents", "A parent was between 16 and 48 (a father 60) when the child was born.", parents_too_young),
    Rule("grandparents", "A grandparent is a generation older than parent and child.", grandparents_too_young),
    Rule("siblings", "Brothers and sisters are born nine months apart, or are twins.", born_too_close),
    Rule("of age", "Children are under eighteen, adults are not.", grown_up_children),
    Rule("born", "Nobody is born after the contact, or was expected before it.", born_afterwards),
    Rule("one name", "No two of a family bear one full name.", one_name_in_a_family),
    Rule("namesakes", "At most two unrelated people bear one full name.", too_many_namesakes),
    Rule("school age", "A child of school age has a school, and one for its age.", wrong_school),
    Rule("school writes", "The school that writes is the school of one of the children.", foreign_school),
    Rule("one school", "Brothers and sisters of an age go to one school.", several_schools),
    Rule("one practice", "Children of one home are with one general practice.", several_practices),
    Rule("ethnicity", "Brothers and sisters are of one ethnicity.", several_ethnicities),
    Rule("NHS numbers", "A child has an NHS number of the range for tests, its own.", false_numbers),
)
