"""Pure rules of asking and answering: no rows, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from agencies.choices import AgencyKind
from contacts.choices import FamilyAgreement
from information_sharing.choices import AnswerKind, DatePrecision, Handling

RED = "red"
LEAST_REASON = 20
"""Characters below which nobody can judge later why an agency was let in without a signature."""

EMERGENCY_HOURS = ((4, "4 hours"), (24, "24 hours"), (72, "3 days"))
"""For how long the emergency route may be opened."""

FULL_CONCERN_KINDS = frozenset(
    {AgencyKind.POLICE, AgencyKind.HEALTH, AgencyKind.MENTAL_HEALTH, AgencyKind.GENERAL_PRACTICE}
)
"""Core agencies that get the concern in full when it is Red or a crime is possible."""


class Consent(StrEnum):
    """What must happen before agencies are asked."""

    CLEAR = "clear"
    NEEDS_AUTHORITY = "needs_authority"
    NOT_RECORDED = "not_recorded"


def consent_for(agreements: Iterable[str], *, is_authorised: bool) -> Consent:
    """Return whether agencies may be asked.

    Args:
        agreements: what each contact of the enquiry says about the family's agreement.
        is_authorised: the manager has given a reason for asking without it.

    Source: Northamptonshire and the Haringey judgment of 2013: no sharing without agreement unless a manager gives
    the reason first.
    """
    said = set(agreements)
    if is_authorised:
        return Consent.CLEAR
    if said & {FamilyAgreement.REFUSED, FamilyAgreement.NOT_SOUGHT}:
        return Consent.NEEDS_AUTHORITY
    if FamilyAgreement.GIVEN in said:
        return Consent.CLEAR
    return Consent.NEEDS_AUTHORITY if FamilyAgreement.SOUGHT in said else Consent.NOT_RECORDED


SEARCHES_BY_ADDRESS = frozenset(
    {
        AgencyKind.POLICE,
        AgencyKind.HEALTH,
        AgencyKind.MENTAL_HEALTH,
        AgencyKind.GENERAL_PRACTICE,
        AgencyKind.AMBULANCE,
        AgencyKind.HOUSING,
    }
)
"""Police, health and housing: they may be given a protected address where they need it to search."""

_HEALTH = frozenset({AgencyKind.HEALTH, AgencyKind.MENTAL_HEALTH, AgencyKind.GENERAL_PRACTICE})


def may_have_protected(kind: str) -> bool:
    """Say whether an agency of this kind may be given a protected address to search by.

    Source: product.md, rule 11.
    """
    return kind in SEARCHES_BY_ADDRESS


def suggested_places(kind: str) -> tuple[bool, bool]:
    """Return whether an agency of this kind is told school and practice unless the asker leaves them out.

    The least that lets it search: a school to education, a practice to health.
    """
    return kind == AgencyKind.EDUCATION, kind in _HEALTH


def gets_full_concern(kind: str, *, is_core: bool, colour: str, crime_possible: bool) -> bool:
    """Say whether an agency is offered the concern in full; everyone else starts from an empty text."""
    return is_core and kind in FULL_CONCERN_KINDS and (colour == RED or crime_possible)


_SEARCHES: dict[str, str] = {
    AgencyKind.SOCIAL_CARE: "earlier and present involvement with each person, plans, and workers to speak to",
    AgencyKind.POLICE: "calls to the address, incidents, orders and bail conditions that involve the people named",
    AgencyKind.HEALTH: "attendances, missed appointments, and what practitioners have noted about care and safety",
    AgencyKind.MENTAL_HEALTH: "involvement of your service, and what it means for the care of a child",
    AgencyKind.GENERAL_PRACTICE: "consultations, missed appointments and concerns that bear on a child's safety",
    AgencyKind.EDUCATION: "attendance, behaviour, what the child has said, and any concern that was noted",
    AgencyKind.PROBATION: "orders, conditions and assessed risk to children or partners",
    AgencyKind.YOUTH_OFFENDING: "orders, programmes, and what is known of the young person's safety",
    AgencyKind.HOUSING: "who holds the tenancy, complaints, arrears and visits",
    AgencyKind.EARLY_HELP: "plans with the family, what was offered and how it was taken up",
    AgencyKind.ADULT_SOCIAL_CARE: "involvement with the adults named, and what it means for the care of a child",
    AgencyKind.SUBSTANCE_MISUSE: "involvement with the adults named, and what it means for the care of a child",
    AgencyKind.DOMESTIC_ABUSE: "referrals, support, safety plans, and what a child has seen or heard",
    AgencyKind.VOLUNTARY: "contact of your organisation with the people named",
    AgencyKind.AMBULANCE: "calls to the address and what crews noted about the people there",
    AgencyKind.FIRE: "visits to the address and what crews noted about the people there",
}


def suggested_wording(kind: str) -> str:
    """Return what an agency of this kind is usually asked: a start for the social worker, who changes it."""
    wanted = _SEARCHES.get(kind, "what you hold about the people named that bears on a child's safety")
    return f"Please search for the people named below and tell us about {wanted}, in the last two years."


SUGGESTED_PURPOSE = "To decide whether a child is safe and which help the family needs."


def pieces_of(block: str, *, most: int) -> list[str]:
    """Return a pasted text split at its empty lines; what is too much for `most` pieces stays together in the last."""
    parts = [part.strip() for part in re.split(r"\n[ \t\u00a0]*\n", block.replace("\r\n", "\n"))]
    parts = [part for part in parts if part]
    if len(parts) > most:
        parts = [*parts[: most - 1], "\n\n".join(parts[most - 1 :])]
    return parts


def kind_of_answer(handlings: Iterable[str]) -> AnswerKind:
    """Return what the answer says outside: only sealed items, and no items at all, are "nothing to share"."""
    is_open = any(handling != Handling.MANAGER_ONLY for handling in handlings)
    return AnswerKind.SHARED if is_open else AnswerKind.NOTHING_TO_SHARE


def words_for_day(day: date | None, precision: str) -> str:
    """Return the date of an item as far as it is known: "3 May 2024", "about May 2024", "about 2024".

    That a date is not known is an answer of the agency; where it gave none, nobody has said so.
    """
    if precision == DatePrecision.UNKNOWN:
        return "Date not known"
    if day is None:
        return "No date given"
    if precision == DatePrecision.YEAR:
        return f"About {day.year}"
    if precision == DatePrecision.MONTH:
        return f"About {day:%B %Y}"
    return f"{day.day} {day:%B %Y}"


def identifiers_in(*, born: bool, nhs_number: bool, pupil_number: bool, address: bool) -> str:
    """Return by what an agency could search, in words: what the request gives it, without the values."""
    given = [
        ("names", True),
        ("dates of birth", born),
        ("NHS numbers", nhs_number),
        ("pupil numbers", pupil_number),
        ("address", address),
    ]
    words = ", ".join(word for word, there in given if there)
    return words[:1].upper() + words[1:]


def joined(organisations: Sequence[str], *, most: int) -> str:
    """Return organisations as one text, each once, cut to what the column holds."""
    return ", ".join(dict.fromkeys(filter(None, organisations)))[:most]


def words_without_signature(*, ended_on: date | None, due_on: date, is_late: bool) -> str:
    """Return why an agency that was asked cannot take part, and to what its lateness is owed.

    Args:
        ended_on: the last day in London of its signature; None where it never signed.
        due_on: the day in London on which its answer was or is due.
    """
    since = f"its signature ended on {ended_on.day} {ended_on:%B %Y}" if ended_on else "it has not signed the agreement"
    said = f"Cannot take part until it signs: {since}. The clock runs on."
    if not is_late:
        return said
    if ended_on is not None and due_on <= ended_on:
        return f"{said} It was late before that."
    return f"{said} It is late for want of a signature, not of an answer."
