"""A plot, the household it is told of, and the choice among its wordings."""

from __future__ import annotations

from dataclasses import dataclass

from demo.shapes import Someone
from demo.stories.households import Household
from demo.stories.plots import Plot, Wordings


@dataclass(frozen=True)
class Teller:
    """One telling of a plot.

    Attributes:
        number: sets names and lesser things.
        wording: chooses among the wordings of a text.
        home_number: the number of the household; several stories may tell of one.
    """

    plot: Plot
    number: int
    wording: int
    home: Household
    home_number: int

    def say(self, text: str) -> str:
        """Fill the gaps of a text with the words of the household."""
        return text.format_map(self.home.words)

    def one_of(self, wordings: Wordings) -> str:
        """Take one of several wordings."""
        return self.say(wordings[self.wording % len(wordings)])

    @property
    def children(self) -> tuple[Someone, ...]:
        """The children of the household."""
        return tuple(one for one in self.home.people if one.is_child)

    @property
    def adults(self) -> tuple[Someone, ...]:
        """The adults of the household."""
        return tuple(one for one in self.home.people if not one.is_child)
