"""Two who may be one person: side by side, with what agrees and what differs."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.access.viewer import Viewer
from contacts.models import Contact, PersonApart, Subject
from contacts.queries.earlier import match_of
from contacts.queries.page import get_subject
from contacts.reads.apart import apart_in_force
from contacts.reads.masking import Mask, mask_of
from contacts.rules.protected import Shield, shield_of, shield_of_home
from contacts.rules.same import say_they_are_two


@dataclass(frozen=True)
class Compared:
    """One fact of two people.

    Attributes:
        differs: both are known and not the same; unknown on one side is no difference.
    """

    label: str
    mine: str
    theirs: str
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """Two people beside each other.

    Attributes:
        of_one_contact: the question is whether one was entered twice.
        against: what speaks against their being one; they cannot be joined then.
        apart: the decision in force that they are not the same, if there is one.
    """

    subject: Subject
    other: Subject
    facts: list[Compared]
    reasons: tuple[str, ...]
    of_one_contact: bool
    against: str
    apart: PersonApart | None


def compare_earlier(viewer: Viewer, contact: Contact, position: int, other_id: str) -> Comparison:
    """Return somebody of a contact beside the one of an earlier contact whom its page showed.

    Raises:
        NotVisible: there is no such pair for this viewer.
    """
    subject = get_subject(viewer, contact, position)
    other, reasons = match_of(viewer, contact, position, other_id)
    return _compared(viewer, subject, other, reasons)


def compare_entries(viewer: Viewer, contact: Contact, position: int, other: int) -> Comparison:
    """Return two of one contact beside each other.

    Raises:
        NotVisible: there is no such person for this viewer.
    """
    return _compared(viewer, get_subject(viewer, contact, position), get_subject(viewer, contact, other), ())


def _compared(viewer: Viewer, subject: Subject, other: Subject, reasons: tuple[str, ...]) -> Comparison:
    of_one = subject.contact_id == other.contact_id
    mask = mask_of(viewer, {one.contact for one in (subject, other)})
    theirs = dict(_facts(other, mask))
    return Comparison(
        subject=subject,
        other=other,
        facts=[
            Compared(label, words, theirs[label], bool(words and theirs[label]) and words != theirs[label])
            for label, words in _facts(subject, mask)
        ],
        reasons=reasons,
        of_one_contact=of_one,
        against=say_they_are_two(subject, other) if of_one else "",
        apart=apart_in_force(viewer, subject, other),
    )


def _facts(one: Subject, mask: Mask) -> list[tuple[str, str]]:
    born = one.date_of_birth or one.expected_on
    contact = one.contact
    home = one.address or (contact.address if one.lives_in_household else "")
    shield = shield_of(one, contact)
    hides_home = shield or (shield_of_home(contact) if not one.address else None)
    return [
        ("First name", one.given_name),
        ("Last name", one.family_name),
        ("Other names", mask(one.other_names)),
        ("Born or expected", f"{born.day} {born:%B %Y}" if born else mask(one.age_reported)),
        ("Sex", str(one.get_sex_display())),
        ("NHS number", one.nhs_number),
        ("Unique pupil number", one.unique_pupil_number),
        ("School", _masked(one.school, shield)),
        ("General practice", _masked(one.practice, shield)),
        ("Language", mask(one.language)),
        ("Address", _masked(home, hides_home)),
    ]


def _masked(place: str, shield: Shield | None) -> str:
    return "Protected" if place and shield else place
