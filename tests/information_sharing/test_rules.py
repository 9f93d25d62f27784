"""Pure rules of asking and answering."""

from __future__ import annotations

from datetime import date

import pytest

from agencies.choices import AgencyKind
from contacts.choices import FamilyAgreement as A
from information_sharing import rules
from information_sharing.choices import AnswerKind, DatePrecision, Handling
from information_sharing.rules import Consent


@pytest.mark.parametrize(
    ("agreements", "authorised", "consent"),
    [
        ([A.GIVEN], False, Consent.CLEAR),
        ([A.GIVEN, A.NOT_RECORDED], False, Consent.CLEAR),
        ([A.GIVEN, A.SOUGHT], False, Consent.CLEAR),
        ([A.GIVEN, A.REFUSED], False, Consent.NEEDS_AUTHORITY),
        ([A.NOT_SOUGHT], False, Consent.NEEDS_AUTHORITY),
        ([A.SOUGHT], False, Consent.NEEDS_AUTHORITY),
        ([A.NOT_RECORDED], False, Consent.NOT_RECORDED),
        ([], False, Consent.NOT_RECORDED),
        ([A.REFUSED], True, Consent.CLEAR),
        ([A.NOT_RECORDED], True, Consent.CLEAR),
    ],
)
def test_consent(agreements: list[str], authorised: bool, consent: Consent) -> None:
    assert rules.consent_for(agreements, is_authorised=authorised) == consent


@pytest.mark.parametrize(
    ("kind", "core", "colour", "crime", "full"),
    [
        (AgencyKind.POLICE, True, "red", False, True),
        (AgencyKind.HEALTH, True, "amber", True, True),
        (AgencyKind.POLICE, True, "green", False, False),
        (AgencyKind.GENERAL_PRACTICE, False, "red", True, False),
        (AgencyKind.EDUCATION, True, "red", True, False),
    ],
)
def test_who_is_offered_the_concern_in_full(kind: str, core: bool, colour: str, crime: bool, full: bool) -> None:
    assert rules.gets_full_concern(kind, is_core=core, colour=colour, crime_possible=crime) is full


def test_every_kind_of_agency_has_a_wording() -> None:
    wordings = {rules.suggested_wording(kind) for kind in AgencyKind.values}
    assert len(wordings) >= len(AgencyKind.values) - 1
    assert "what you hold about the people named" in rules.suggested_wording("something else")


@pytest.mark.parametrize(
    ("block", "most", "pieces"),
    [
        ("", 3, []),
        ("  \n\n ", 3, []),
        ("one", 3, ["one"]),
        ("one\r\nstill one\r\n\r\ntwo", 3, ["one\nstill one", "two"]),
        ("one\n \t\ntwo\n\n\n\nthree", 3, ["one", "two", "three"]),
        ("one\n\ntwo\n\nthree", 2, ["one", "two\n\nthree"]),
    ],
)
def test_a_block_is_split_at_empty_lines(block: str, most: int, pieces: list[str]) -> None:
    assert rules.pieces_of(block, most=most) == pieces


@pytest.mark.parametrize(
    ("handlings", "kind"),
    [
        ([], AnswerKind.NOTHING_TO_SHARE),
        ([Handling.MANAGER_ONLY, Handling.MANAGER_ONLY], AnswerKind.NOTHING_TO_SHARE),
        ([Handling.MANAGER_ONLY, Handling.HUB_ONLY], AnswerKind.SHARED),
        ([Handling.ONWARD], AnswerKind.SHARED),
    ],
)
def test_what_an_answer_says(handlings: list[str], kind: str) -> None:
    assert rules.kind_of_answer(handlings) == kind


@pytest.mark.parametrize(
    ("day", "precision", "words"),
    [
        (None, DatePrecision.DAY, "No date given"),
        (None, DatePrecision.UNKNOWN, "Date not known"),
        (date(2024, 5, 3), DatePrecision.UNKNOWN, "Date not known"),
        (date(2024, 5, 3), DatePrecision.DAY, "3 May 2024"),
        (date(2024, 5, 1), DatePrecision.MONTH, "About May 2024"),
        (date(2024, 1, 1), DatePrecision.YEAR, "About 2024"),
    ],
)
def test_the_day_is_as_sure_as_it_is_known(day: date | None, precision: str, words: str) -> None:
    assert rules.words_for_day(day, precision) == words


def test_identifiers_are_named_not_repeated() -> None:
    assert rules.identifiers_in(born=True, nhs_number=False, pupil_number=False, address=True) == (
        "Names, dates of birth, address"
    )
    assert rules.identifiers_in(born=False, nhs_number=True, pupil_number=True, address=False) == (
        "Names, NHS numbers, pupil numbers"
    )


def test_organisations_stand_once_and_fit() -> None:
    assert rules.joined(["School", "", "School", "Clinic"], most=120) == "School, Clinic"
    assert rules.joined(["x" * 200], most=120) == "x" * 120
