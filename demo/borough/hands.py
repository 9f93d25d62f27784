"""How a person fills a form: from what its fields offer, by habit, and with a slip now and then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from agencies.choices import TeamKind
from common.moments import LONDON
from demo.borough.box import VirtualClock
from demo.borough.markup import Field, Form
from screening.choices import HANDED_OVER

Answers = dict[str, list[str]]
PREFIX = re.compile(r"^.*-")
SUFFIX = re.compile(r"_(?:[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}|\d+)$")
KEYED = re.compile(r"^(.*?)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-")
PART_OF_A_MOMENT = re.compile(r"^(.+)_(day|month|year|time)$")

SEALED = "sealed:"
NOTE = re.compile(r"\(Note ([\d-]+)\.\)")

SENTENCES = (
    "Spoken with on the telephone this afternoon; nothing contradicts what was reported.",
    "The concern is the same as before, and the adults at home have not been able to change it.",
    "School and health visitor describe the same picture; the child is seen every weekday.",
    "There is enough to go on, and no sign that waiting would make it better.",
    "What is known comes from two sources that do not know of each other.",
    "Nobody has seen the child alone yet; this is to be done at the next visit.",
)

LEFT_EMPTY = frozenset(
    {
        "block", "dissent", "sealed_reasons", "held_at", "received_at", "happened_on", "occurred_on",
        "source", "address", "referrer", "spoken", "notice", "arrived_at", "other_names", "open_to", "name", "email",
        "telephone", "organisation", "post", "safe_ways", "own_reference", "expected_on", "date_of_birth",
    }
)  # fmt: skip
"""Texts and days that people leave open unless they have something to say."""

WEIGHTS: Mapping[str, Mapping[str, int]] = {
    "exit": {
        "mash": 52, "early_help": 12, "assessment": 8, "no_further_action": 9, "advice": 7, "allocated": 4,
        "strategy": 3, "adult_safeguarding": 2, "lado": 2, "other_authority": 2,
    },
    "outcome": {
        "assessment": 30, "early_help": 22, "no_further_action": 18, "universal": 12, "specialist": 10, "strategy": 8,
    },
    "colour": {"red": 22, "amber": 42, "green": 36},
    "proposed_colour": {"red": 22, "amber": 42, "green": 36},
    "handling": {"onward": 62, "hub_only": 26, "manager_only": 12},
    "known": {"not_known": 62, "closed": 30, "open": 8},
    "agreement": {"given": 60, "refused": 14, "not_sought": 16, "sought": 10},
    "may_tell": {"already": 55, "yes": 33, "no": 12},
    "sealed_considered": {"not_needed": 1},
    "door_question": {"no": 88, "yes": 12},
    "state": {"sent": 60, "spoken": 25, "held_back": 10, "not_possible": 5},
    "joins": {"new": 35},
    "section_47": {"yes": 40, "no": 60},
    "said": {"shared": 50, "nothing_to_share": 50},
    "outcome_of_match": {"closed": 30, "not_them": 70},
}  # fmt: skip
"""How often people choose what, where some choices are commoner than others."""

TEAMS_BY_EXIT = {str(exit_): f"({TeamKind(kind).label.lower()})" for exit_, kind in HANDED_OVER.items()}
"""By which words in its name a team is known as one for an exit."""

TICKED = frozenset({"own_words_clean", "not_needed_confirmed", "earlier_read", "sure", "agreed"})
"""Boxes that people tick where they stand; others are left as they are."""

HOURS_FROM_NOW = {
    "until": (2, 30), "safe_until": (2, 40), "own_due_at": (1, 2), "starts_on": (0, 0), "ends_on": (48, 48),
}  # fmt: skip
"""Moments that lie ahead, in hours: what is said on even and on odd days of the month."""


@dataclass
class Hand:
    """Somebody who fills forms.

    Attributes:
        slips: how often in a hundred forms one answer is forgotten.
        number: whose hand it is: it stands in what they write, so that no two texts are alike.
        wishes: answers that this person has in mind, by the name of the question; a list is sent as it is.
    """

    draw: Random
    clock: VirtualClock
    slips: int = 2
    number: int = 0
    wishes: dict[str, Sequence[str]] = field(default_factory=dict)
    written: int = 0

    def fill(self, form: Form) -> Answers:
        """Return what this person sends."""
        answers = form.drawn
        for one in form.fields.values():
            if one.kind != "hidden" and (not one.drawn or plain(one.name) in self.wishes):
                said = self._answer(one, answers)
                if said:
                    answers[one.name] = said
        open_questions = [one for one in answers if form.fields[one].kind != "hidden" and not form.fields[one].drawn]
        if open_questions and self.draw.randrange(100) < self.slips:
            del answers[self.draw.choice(open_questions)]
        return answers

    def _answer(self, one: Field, so_far: Answers) -> list[str]:
        name = plain(one.name)
        moment = PART_OF_A_MOMENT.match(one.name) if one.kind == "text" else None
        if moment:
            return self._part(plain(moment[1]), moment[2])
        if name in self.wishes:
            return [value for value in self.wishes[name] if one.kind == "text" or value in one.options]
        return KINDS[one.kind](self, one, name, so_far)

    def _part(self, name: str, part: str) -> list[str]:
        """Return one box of a moment that lies ahead: the same moment for all its boxes."""
        if name not in HOURS_FROM_NOW:
            return []
        ahead = timedelta(hours=HOURS_FROM_NOW[name][self.clock.london.day % 2])
        local = (self.clock.now + ahead).astimezone(LONDON)
        return [f"{local:%H:%M}" if part == "time" else str(getattr(local, part))]

    def text(self, one: Field, name: str, so_far: Answers) -> list[str]:
        """Write a sentence of one's own, or leave it open."""
        if name == "own_words":
            return [self._sentence()] if so_far.get("door_question") == ["yes"] else []
        return [] if name in LEFT_EMPTY else [self._sentence()]

    def _sentence(self) -> str:
        self.written += 1
        return f"{self.draw.choice(SENTENCES)} (Note {self.number}-{self.written}.)"

    def choice(self, one: Field, name: str, so_far: Answers) -> list[str]:
        """Choose one of several."""
        offered = [value for value in one.options if value]
        if name == "team" and "exit" in so_far:
            kind = TEAMS_BY_EXIT.get(so_far["exit"][0], "")
            offered = [value for value, words in zip(one.options, one.words, strict=True) if kind and kind in words]
        if not offered:
            return []
        weights = WEIGHTS.get(name, {})
        by_weight = [weights.get(value, 0 if weights and name != "joins" else 20) for value in offered]
        if not any(by_weight):
            return [self.draw.choice(offered)]
        return self.draw.choices(offered, by_weight)

    def boxes(self, one: Field, name: str, so_far: Answers) -> list[str]:
        """Tick one box, or some of several."""
        if one.options == ["on"]:
            return ["on"] if name in TICKED else []
        if name == "criteria":
            return [self.draw.choice([value for value in one.options if value != "none_met"])]
        if name in {"items", "agreed"}:
            return list(one.options)
        if name == "named":
            return []
        count = self.draw.randint(1, max(1, min(4, len(one.options))))
        return sorted(self.draw.sample(one.options, count)) if one.options else []


KINDS: Mapping[str, Callable[[Hand, Field, str, Answers], list[str]]] = {
    "text": Hand.text,
    "radio": Hand.choice,
    "select": Hand.choice,
    "checkbox": Hand.boxes,
}


def plain(name: str) -> str:
    """Return what a question is called, whichever child, item or agency it is about."""
    return SUFFIX.sub("", PREFIX.sub("", KEYED.sub("", name)))


def notes_in(answers: Answers) -> tuple[tuple[str, str], ...]:
    """Return the notes that were written, by the question: each text of a hand carries a number that no other has.

    What may have been sealed is kept enciphered; its question says so.
    """
    prefix = SEALED if any("manager_only" in said for said in answers.values()) else ""
    return tuple(
        (prefix + plain(name), number) for name, said in answers.items() for one in said for number in NOTE.findall(one)
    )
