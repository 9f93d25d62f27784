"""The word back: feedback to the referrer, letters to the parents, complaints."""

from __future__ import annotations

from agencies.access.identity import acting_as
from decisions import actions
from decisions.actions import Word
from demo.builder.journey import Journey
from demo.shapes import LetterText

NO_ADDRESS = "Nobody knows where this parent lives."


def give_feedback(journey: Journey) -> None:
    """Let the front door tell the referrer, or record why nobody is told."""
    text = journey.case.feedback
    if text is None:
        return
    word = Word(text.state, whom_to_ring=text.whom_to_ring, meanwhile=text.meanwhile, reason=text.reason)
    with acting_as(journey.front_door) as viewer:
        at = journey.pace.after(40)
        actions.give_feedback(journey.contact, word, viewer=viewer, at=at, told_before=0)


def write_letters(journey: Journey) -> None:
    """Let the front door write to each parent separately, or hold a letter back."""
    for letter in journey.case.letters:
        _write(journey, letter)


def _write(journey: Journey, text: LetterText) -> None:
    with acting_as(journey.front_door) as viewer:
        subject = journey.people[text.to].pk
        letter = actions.begin_letter(journey.contact, subject, viewer=viewer, at=journey.pace.after(6))
        reason = text.held_back or ("" if letter.address else NO_ADDRESS)
        at = journey.pace.after(5)
        if reason:
            actions.hold_letter_back(letter, reason, viewer=viewer, at=at, version=letter.version)
            return
        if text.text:
            actions.save_letter(
                letter, address=letter.address, text=text.text, viewer=viewer, at=at, version=letter.version
            )
        actions.send_letter(letter, viewer=viewer, at=at, version=letter.version)


def complain(journey: Journey, said: str, *, answer: str = "") -> None:
    """Let the front door record a complaint, and what was answered if anything was yet."""
    with acting_as(journey.front_door) as viewer:
        at = journey.pace.after(30)
        complaint = actions.record_complaint(journey.contact, said, received_at=at, viewer=viewer, at=at)
        if answer:
            at = journey.pace.after(60)
            actions.answer_complaint(complaint, answer, viewer=viewer, at=at, version=complaint.version)
