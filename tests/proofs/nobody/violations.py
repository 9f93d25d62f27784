"""What was found: a violation, what it is called, and those that are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Violation:
    """A moment at which somebody fell through, or would have.

    Attributes:
        rule: which of the eight of the promise.
        kind: the same words for all of a kind: by them it is known, or not.
        reference: of the record.
        after: number of the step after which it was seen.
        sentence: what is wrong with this one, in the hub's words.
    """

    rule: int
    kind: str
    reference: str
    at: datetime
    after: int
    sentence: str

    @property
    def words(self) -> str:
        """The violation as a story ends in it."""
        return f"{self.at:%a %d %b %H:%M}  ({self.rule}) {self.kind}: {self.sentence}"
