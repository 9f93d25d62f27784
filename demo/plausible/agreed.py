"""What the family was asked, what it knows, and what was done about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from demo.plausible.rule import Rule
from demo.plausible.seen import ContactSeen, HubSeen

ASKED = frozenset({"given", "refused", "sought"})
OUTSIDERS = frozenset({"neighbour", "anonymous"})
WHO = re.compile(r"\b(not before|until|mother|father|partner|grandmother|stepfather|he|him|she|her)\b", re.IGNORECASE)


def not_sought_and_known(hub: HubSeen) -> Iterator[str]:
    """Agreement was not sought, and the family knows all the same."""
    for one in hub.contacts:
        if one.agreement in {"not_sought", "not_recorded"} and one.may_tell == "already":
            yield f"{one.reference}: {one.agreement}, {one.agreement_reason}"


def asked_and_not_told(hub: HubSeen) -> Iterator[str]:
    """The family was asked and may not know, and nobody says which of them."""
    for one in hub.contacts:
        if one.agreement in ASKED and one.may_tell in {"no", "not_known"} and not WHO.search(one.may_tell_reason):
            yield f"{one.reference}: {one.agreement}, {one.may_tell}, {one.may_tell_reason}"


def without_reason(hub: HubSeen) -> Iterator[str]:
    """Agreement was refused or not sought, or the family may not know, and no reason stands."""
    for one in hub.contacts:
        if one.agreement in {"refused", "not_sought"} and not one.agreement_reason:
            yield f"{one.reference}: {one.agreement}."
        if one.may_tell == "no" and not one.may_tell_reason:
            yield f"{one.reference}: may not be told."


def asked_by_outsiders(hub: HubSeen) -> Iterator[str]:
    """Somebody who only saw it from outside has asked the family."""
    for one in hub.contacts:
        if (
            one.kind in OUTSIDERS
            and one.agreement in ASKED
            and not re.search(r"social worker|front door|we rang|rang|hub", one.agreement_reason, re.IGNORECASE)
        ):
            yield f"{one.reference}: {one.kind}, {one.agreement}."


def unnamed_and_asked(hub: HubSeen) -> Iterator[str]:
    """Nobody knows who the family is, and it was asked."""
    for one in hub.contacts:
        if one.people and not any(person.given for person in one.people) and one.agreement in ASKED:
            yield f"{one.reference}: {one.agreement}."


def agreed_basis(hub: HubSeen) -> Iterator[str]:
    """An agency was asked with the family's agreement, which it has not given."""
    for one in hub.contacts:
        if "agreed" in one.bases and one.agreement != "given":
            yield f"{one.reference}: {one.agreement}."


def _may_not_know(one: ContactSeen) -> bool:
    return one.may_tell == "no" and not WHO.search(one.may_tell_reason)


def told_though(hub: HubSeen) -> Iterator[str]:
    """A letter went, or the team was told that the family knows, where that would raise the risk."""
    for one in hub.contacts:
        if _may_not_know(one) and (any(letter.state == "sent" for letter in one.letters) or "yes" in one.told):
            yield f"{one.reference}."
        if one.may_tell == "already" and "held_back" in one.told:
            yield f"{one.reference}: held back from a family that knows."


def letters_to_others(hub: HubSeen) -> Iterator[str]:
    """A letter went to somebody without parental responsibility, or whom nobody can name."""
    for one in hub.contacts:
        parents = {parent.key for parent, _child in one.related("parent")}
        for letter in one.letters:
            to = one.person(letter.to)
            if letter.state == "sent" and (to.key not in parents or not to.given):
                yield f"{one.reference}: {to.name or to.part}."


def nothing_at_night(hub: HubSeen) -> Iterator[str]:
    """A Red enquiry has answers, and nothing of them is there for the night."""
    for one in hub.contacts:
        if one.colour == "red" and one.answered and not one.at_night:
            yield f"{one.reference}."


RULES = (
    Rule("knows unasked", "Where agreement was not sought, the family does not know already.", not_sought_and_known),
    Rule("asked in secret", "A family that was asked knows, or it says which of them must not.", asked_and_not_told),
    Rule("reasons", "What was not asked, refused or kept from the family has its reason.", without_reason),
    Rule("outsiders", "Neighbours and nameless callers have not asked the family.", asked_by_outsiders),
    Rule("nameless", "A family that nobody can name was not asked.", unnamed_and_asked),
    Rule("basis", "Agencies are asked with agreement only where it was given.", agreed_basis),
    Rule("told", "Nobody is written to, or said to know, where that would raise the risk.", told_though),
    Rule("letters", "Letters go to parents whose names are known.", letters_to_others),
    Rule("night", "Of what agencies hold on a Red, something is marked as needed at night.", nothing_at_night),
)
