"""Rules of this stage as functions of values."""

from __future__ import annotations

import uuid

import pytest

from contacts.choices import Ending
from decisions import rules
from decisions.choices import Outcome

A, B, C = (uuid.UUID(int=number) for number in (1, 2, 3))


def test_every_outcome_ends_a_contact() -> None:
    assert set(rules.ENDING_OF) == set(Outcome)


def test_every_ending_has_its_weight() -> None:
    assert sorted(rules.WEIGHT) == sorted(Ending)


@pytest.mark.parametrize(
    ("outcome", "released", "kinds"),
    [
        (Outcome.ASSESSMENT, True, ("assessment",)),
        (Outcome.STRATEGY, True, ("assessment",)),
        (Outcome.EARLY_HELP, True, ("early_help",)),
        (Outcome.SPECIALIST, True, ("specialist",)),
        (Outcome.UNIVERSAL, False, ("universal",)),
        (Outcome.NO_FURTHER_ACTION, False, ()),
        ("made up", False, ()),
    ],
)
def test_which_outcomes_go_to_which_teams(outcome: str, released: bool, kinds: tuple[str, ...]) -> None:
    assert (rules.must_be_released(outcome), rules.team_kinds(outcome)) == (released, kinds)


@pytest.mark.parametrize(
    ("endings", "told"),
    [
        ([], ""),
        ([Ending.NO_FURTHER_ACTION, Ending.EARLY_HELP], Ending.EARLY_HELP),
        ([Ending.ASSESSMENT, Ending.STRATEGY], Ending.STRATEGY),
        (["made up"], ""),
    ],
)
def test_the_weightiest_ending_is_told(endings: list[str], told: str) -> None:
    assert rules.weightiest(endings) == told


def test_of_each_key_the_first_row_stays() -> None:
    key = {"first": 1, "second": 2, "again": 1}
    assert rules.one_of_each(["first", "second", "again"], key) == ["first", "second"]


def test_a_token_comes_back_as_it_went() -> None:
    assert rules.from_token(rules.as_token({B: 3, A: 1})) == {A: 1, B: 3}


@pytest.mark.parametrize("posted", ["", "nonsense", "1:2", f"{A}", f"{A}:", f"{A}:x", ":::"])
def test_what_nobody_wrote_is_left_out_of_a_token(posted: str) -> None:
    assert rules.from_token(posted) == {}


def test_what_has_moved_is_named() -> None:
    change = rules.moved({A: 1, B: 1}, {B: 2, C: 1})
    assert [set(change.added), set(change.changed), set(change.gone)] == [{C}, {B}, {A}]
    assert change.sentence == "1 item was added, 1 item was changed, 1 item was withdrawn"
    assert rules.moved({}, {A: 1, B: 1}).sentence == "2 items were added"


def test_nothing_has_moved() -> None:
    assert not rules.moved({A: 1}, {A: 1})


@pytest.mark.parametrize(
    ("kinds", "gap"),
    [
        ([], "Record the view of children's social care first."),
        (["police"], "Record the view of children's social care first."),
        (["social_care"], "Record the view of at least one partner agency first."),
        (["social_care", "social_care"], "Record the view of at least one partner agency first."),
        (["social_care", "police"], ""),
    ],
)
def test_who_is_missing_for_a_joint_decision(kinds: list[str], gap: str) -> None:
    assert rules.joint_gap(kinds, social_care="social_care") == gap


def test_what_is_missing_in_words() -> None:
    assert rules.missing_in_words([]) == "Nothing: every agency that was asked has answered."
    assert rules.missing_in_words(["Police (no answer yet)", "GPs (cannot search yet)"]) == (
        "Missing: Police (no answer yet); GPs (cannot search yet)."
    )


@pytest.mark.parametrize(
    ("called", "apart"),
    [
        ([("Mia Rowe", "born 1 May 2019"), ("Leo Rowe", "born 1 May 2019")], ["", ""]),
        ([("Mia Rowe", "born 1 May 2019"), ("Mia Rowe", "born 2 June 2015")], ["born 1 May 2019", "born 2 June 2015"]),
        ([("Mia Rowe", "not known"), ("Mia Rowe", "not known")], ["not known, number 1", "not known, number 2"]),
        ([], []),
    ],
)
def test_namesakes_are_told_apart_and_nobody_else(called: list[tuple[str, str]], apart: list[str]) -> None:
    assert rules.tell_apart(called) == apart
