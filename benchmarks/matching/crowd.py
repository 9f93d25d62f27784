"""The people of the measured hub: invented, the same in every run, with names and streets as uneven as real ones."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from benchmarks.firewall.words import GIVEN, SURNAMES

SEED = 20_261_130
CORPORA = Path(__file__).resolve().parents[2] / "tests" / "corpora"
KINDS = ("Road", "Street", "Lane", "Avenue", "Close", "Drive", "Way", "Gardens")
TOWNS = ("Aldermere", "Fenby", "Harrowick", "Northside", "Overwold", "Quarrybridge")
OLDEST, YOUNGEST = date(1955, 1, 1), date(2026, 11, 1)
TO_A_STREET = 4
"""Postcodes of a street."""


@dataclass(frozen=True)
class Someone:
    """One of those who are looked for: known rightly, typed wrongly."""

    given: str
    family: str
    typed: str
    kind: str

    @property
    def right(self) -> str:
        """The name as it is on record."""
        return f"{self.given} {self.family}".strip()


def name_errors() -> list[Someone]:
    """Return the frozen list of mistakes in names, which was written before any search (`tests/corpora`)."""
    lines = (CORPORA / "name_errors.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        said = json.loads(line)
        given, _, family = said["right"].rpartition(" ")
        found.append(Someone(given, family, said["typed"], said["kind"]))
    return found


@dataclass(frozen=True)
class Home:
    """One address."""

    number: int
    street: str
    town: str
    postcode: str

    @property
    def text(self) -> str:
        """The address as it is on record."""
        return f"{self.number} {self.street}, {self.town}, {self.postcode}"


class Crowd:
    """Everybody, by number: a contact holds a child and an adult of one home."""

    def __init__(self, people: int) -> None:
        self.contacts = max(people // 2, len(self.sought))

    @cached_property
    def sought(self) -> list[Someone]:
        """Those who are looked for: the first contacts hold one each."""
        return name_errors()

    @cached_property
    def givens(self) -> list[str]:
        """First names: those of the frozen lists among others, so that nobody is found for being the only one."""
        return sorted({*GIVEN, *(one.given for one in self.sought if one.given)})

    @cached_property
    def families(self) -> list[str]:
        """Surnames, likewise."""
        return sorted({*SURNAMES, *(one.family for one in self.sought)})

    def home(self, contact: int) -> Home:
        """Return the home of a contact."""
        rng = random.Random(SEED * 3 + contact)  # noqa: S311  # invented rows, the same in every run
        number, name = rng.randint(1, 120), rng.randrange(len(SURNAMES))
        kind, town = rng.randrange(len(KINDS)), rng.randrange(len(TOWNS))
        part = number % TO_A_STREET
        code = (name * len(KINDS) + kind) * len(TOWNS) + town
        letters = f"{chr(65 + code % 20)}{chr(65 + code // 20 % 20)}"
        postcode = f"ZZ{code // 400 % 90 + 1} {part + 1 + code // 36_000 * 4}{letters}"
        return Home(number, f"{SURNAMES[name]} {KINDS[kind]}", TOWNS[town], postcode)

    def people(self, contact: int) -> Iterator[tuple[str, str, date]]:
        """Yield the child and the adult of a contact."""
        rng = random.Random(SEED * 5 + contact)  # noqa: S311  # as above
        family = _skewed(rng, self.families)
        if contact < len(self.sought):
            yield self.sought[contact].given, self.sought[contact].family, _day(rng)
        else:
            yield _skewed(rng, self.givens), family, _day(rng)
        yield _skewed(rng, self.givens), family, _day(rng)

    def telephone(self, contact: int) -> str:
        """Return the telephone number of who was worried."""
        return f"07{contact * 7919 % 1_000_000_000:09d}"


def _skewed(rng: random.Random, names: Sequence[str]) -> str:
    """Return a name, some a hundred times as often as others."""
    return names[int(len(names) * rng.random() ** 2.5)]


def _day(rng: random.Random) -> date:
    return OLDEST + timedelta(days=rng.randrange((YOUNGEST - OLDEST).days))
