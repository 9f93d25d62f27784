"""The address of a letter as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from decisions.models import FamilyLetter
from decisions.reads.letters import shield_of_letter


@dataclass(frozen=True)
class LetterAddress:
    """Where a letter goes.

    Attributes:
        words: what the page and the print show.
        typed: what stands in the form; nothing of a protected address.
        held: what an empty answer keeps.
    """

    words: str
    typed: str
    held: str
    is_protected: bool


def letter_address(letter: FamilyLetter) -> LetterAddress:
    """Return how the address of a letter is shown: a protected one is not, and the envelope is written by hand."""
    shield = shield_of_letter(letter.subject, letter.contact)
    if shield is None:
        return LetterAddress(letter.address, letter.address, "", is_protected=False)
    return LetterAddress(shield.words(), "", letter.address, is_protected=True)
