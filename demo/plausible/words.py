"""What is written: whether the names, the sex and the number of the children are those of the contact."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from demo.people import PEOPLE
from demo.plausible.rule import Rule
from demo.plausible.seen import ContactSeen, HubSeen, PersonSeen
from demo.stories import communities

SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
WORD = re.compile(r"\b[A-Z][\w-]*[a-z]\b(?! [A-Z])")
"""A first name that stands alone; with a surname it is somebody who is introduced."""
GIVEN = frozenset(communities.GIVEN)
ALSO_WORDS = frozenset({"Grace", "Holly", "Ivy", "Daisy", "Poppy", "Rose", "Comfort", "Isla", "Grant"})
"""First names that texts may use in another sense."""

SOMEBODY = re.compile(
    r"\b(mother|mum|father|dad|parent|partner|grand\w+|aunt|uncle|neighbour|officer|teacher|nurse|doctor|worker|visitor"
    r"|woman|man|boyfriend|girlfriend|friend|brother|sister|girl|boy|cousin|coach|lead|he\w* says|GP|resident|referrer"
    r"|tutor|head|manager|midwife|paediatrician|consultant)\w*\b",
    re.IGNORECASE,
)
PRONOUNS = {"female": re.compile(r"\b(he|him|his|himself)\b"), "male": re.compile(r"\b(she|her|hers|herself)\b")}
"""By sex, the words that speak of somebody of the other."""

NOUNS = {
    "female": re.compile(r"\b([Hh]is|[Hh]er|[Tt]heir) (\w+ )?(daughter|sister)\b"),
    "male": re.compile(r"\b([Hh]is|[Hh]er|[Tt]heir) (\w+ )?(son|brother)\b"),
}
OLDEST = re.compile(r"^[“\"]?The (oldest|eldest|youngest)\b")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}
HOW_MANY = re.compile(r"\b(two|three|four|five) (?:small |young |little )?children\b", re.IGNORECASE)
TOLD_TOO_OFTEN, A_LONG_SENTENCE = 12, 30
CREATED = re.compile(r"\{\w*\}|\b[a-z]+ None\b|\bthe baby [A-Z]|\b(\w+) \1\b|\bthe the\b")
"""What a machine leaves: gaps, a nothing in words, a word twice."""

FINE_TWICE = frozenset({"had", "that", "very", "no"})


def strangers(hub: HubSeen) -> Iterator[str]:
    """A text names somebody who is not of this contact."""
    staff = {word for person in PEOPLE for word in person.name.split()}
    for one in hub.contacts:
        known = {word for person in one.people for word in person.name.split()}
        known |= set(one.referrer.name.split()) | staff | ALSO_WORDS
        for told in one.texts:
            for word in set(WORD.findall(told.text)) & GIVEN - known:
                yield f"{one.reference} {told.where}: {word}."


def _of_whom(sentence: str, one: ContactSeen) -> PersonSeen | None:
    """Return the only child of whom a sentence can speak."""
    oldest = OLDEST.search(sentence)
    if oldest:
        by_age = sorted((child for child in one.children if child.born), key=lambda child: str(child.born))
        return (by_age[-1] if oldest.group(1) == "youngest" else by_age[0]) if by_age else None
    named = [person for person in one.people if person.given and re.search(rf"\b{person.given}\b", sentence)]
    if len(named) != 1 or SOMEBODY.search(sentence) or not sentence.lstrip("“").startswith(named[0].given):
        return None
    return named[0] if named[0].is_child else None


def wrong_sex(hub: HubSeen) -> Iterator[str]:
    """A text speaks of a child as of the other sex."""
    for one in hub.contacts:
        sexes = {child.sex for child in one.children} - {"not_known", ""}
        for told in one.texts:
            for sentence in SENTENCE.split(told.text):
                child = _of_whom(sentence, one)
                wrong = PRONOUNS.get(child.sex) if child else None
                if wrong and wrong.search(sentence):
                    yield f"{one.reference} {told.where}: {sentence}"
            for sex, nouns in NOUNS.items():
                if sexes and sex not in sexes and (said := nouns.search(told.text)):
                    yield f"{one.reference} {told.where}: {said.group()}, and no child is {sex}."


def wrong_number(hub: HubSeen) -> Iterator[str]:
    """A text speaks of more children than there are."""
    for one in hub.contacts:
        for told in one.texts:
            for said in HOW_MANY.findall(told.text):
                if NUMBERS[said.lower()] > len(one.children):
                    yield f"{one.reference} {told.where}: {said} children, not {len(one.children)}."


def told_again(hub: HubSeen) -> Iterator[str]:
    """One long sentence stands about too many families."""
    tellers: dict[str, set[str]] = defaultdict(set)
    for one in hub.contacts:
        for told in one.texts:
            for sentence in SENTENCE.split(told.text):
                if len(sentence) > A_LONG_SENTENCE and told.where not in {"letter", "feedback", "request"}:
                    tellers[sentence].add(one.reference)
    for sentence, where in tellers.items():
        if len(where) > TOLD_TOO_OFTEN:
            yield f"{len(where)} times: {sentence}"


def made_by_a_machine(hub: HubSeen) -> Iterator[str]:
    """A text holds what only a machine leaves."""
    for one in hub.contacts:
        for told in one.texts:
            for found in CREATED.finditer(told.text):
                if (found.group(1) or "") not in FINE_TWICE:
                    yield f"{one.reference} {told.where}: {found.group()}."


def foreign_names(hub: HubSeen) -> Iterator[str]:
    """A child's first name is none that is given in the community whose surname and ethnicity it has."""
    for one in hub.contacts:
        for child in one.children:
            if (
                child.given
                and child.family in communities.COMMUNITY_OF
                and not communities.fits(child.given, child.family)
            ):
                yield f"{one.reference}: {child.name}."
            if child.ethnicity and child.family in communities.COMMUNITY_OF:
                community = communities.COMMUNITY_OF[child.family]
                if child.ethnicity not in community.ethnicities and not child.ethnicity.startswith(("Mixed", "Not")):
                    yield f"{one.reference}: {child.name}, {child.ethnicity}."


RULES = (
    Rule("names", "A text names nobody who is not of the contact.", strangers),
    Rule("sex", "A text speaks of a child as of the sex that is recorded.", wrong_sex),
    Rule("number", "A text speaks of no more children than there are.", wrong_number),
    Rule("repeated", "No long sentence stands about more than twelve families.", told_again),
    Rule("gaps", "No text holds a gap, a None or a word twice.", made_by_a_machine),
    Rule("communities", "First name, surname and ethnicity belong together.", foreign_names),
)
