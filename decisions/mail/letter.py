"""A letter to one parent: drafted from what that parent may know, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contacts.choices import Ending

IN_WORDS: dict[str, str] = {
    Ending.ASSESSMENT: "a social worker will carry out an assessment and will arrange to see you",
    Ending.STRATEGY: "the services that work with children are meeting, and a social worker will contact you",
    Ending.EARLY_HELP: "you will be offered early help; it is your choice whether to take it up",
    Ending.SPECIALIST: "a specialist service will contact you",
    Ending.UNIVERSAL: "the services that every family can use are there to support you",
    Ending.ADVICE: "advice was given, and we plan nothing further",
    Ending.ALLOCATED: "the worker who knows your family will contact you",
    Ending.OTHER_AUTHORITY: "we have told the authority for the area in which you live",
    Ending.ADULT_SAFEGUARDING: "the adult safeguarding service will contact you",
    Ending.LADO: "the designated officer is looking into it",
    Ending.NO_FURTHER_ACTION: "children's social care will take no further action",
}


@dataclass(frozen=True)
class LetterChild:
    """A child that the letter speaks of, and what was decided."""

    name: str
    ending: str


def letter_text(children: Sequence[LetterChild], *, telephone: str, disagree_with: str) -> str:
    """Return the first wording of a letter to a parent.

    Args:
        children: those whose parent or carer the addressee is, as far as is known.
    """
    parts = [
        "We are writing to you because we were told of a concern about a child in your family.",
        "Our duty is to look into every such concern. We have now decided what to do.",
        *_decided(children),
        _ring(telephone),
        "You may ask to see what we hold about you and your children, and ask us to put right what is wrong in it.",
    ]
    if disagree_with:
        parts.append(f"If you disagree with this decision or want to complain: {disagree_with}.")
    return "\n\n".join(parts)


def _decided(children: Sequence[LetterChild]) -> list[str]:
    sentences = [f"For {child.name}: {IN_WORDS[child.ending]}." for child in children if child.ending in IN_WORDS]
    return sentences or ["A worker will tell you what was decided."]


def _ring(telephone: str) -> str:
    return (
        f"If you want to talk about this letter, ring {telephone}."
        if telephone
        else "If you want to talk about this letter, ring us."
    )
