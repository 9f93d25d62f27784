"""Rules of screening: values in, values out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from screening import rules
from screening.choices import Exit
from screening.rules import GivenView

NOON = datetime(2025, 6, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("exit_", "closes", "hands_over"),
    [
        (Exit.MASH, False, False),
        (Exit.ASSESSMENT, True, True),
        (Exit.STRATEGY, True, True),
        (Exit.EARLY_HELP, True, True),
        (Exit.ADVICE, True, False),
        (Exit.ALLOCATED, False, True),
        (Exit.OTHER_AUTHORITY, True, True),
        (Exit.ADULT_SAFEGUARDING, True, True),
        (Exit.LADO, True, True),
        (Exit.NO_FURTHER_ACTION, True, False),
    ],
)
def test_what_each_exit_asks_for(exit_: str, closes: bool, hands_over: bool) -> None:
    assert rules.needs_registered_social_worker(exit_) is closes
    assert rules.is_handed_over(exit_) is hands_over


def test_every_exit_is_in_the_table_above() -> None:
    assert set(Exit) == rules.GOES_ON | rules.CLOSES


@pytest.mark.parametrize(
    ("text", "least", "short"),
    [("", 1, True), ("   ", 1, True), ("abc", 3, False), (" ab ", 3, True), ("\n\nabc\n", 3, False)],
)
def test_a_text_of_white_space_says_nothing(text: str, least: int, short: bool) -> None:
    assert rules.is_too_short(text, least) is short


@pytest.mark.parametrize(
    ("criteria", "contradict"),
    [([], False), (["none_met"], False), (["neglect", "repeated"], False), (["none_met", "neglect"], True)],
)
def test_none_is_met_stands_alone(criteria: list[str], contradict: bool) -> None:
    assert rules.criteria_contradict(criteria) is contradict


@pytest.mark.parametrize(
    ("exit_", "proposed", "colour"),
    [
        ("strategy", "", "red"),
        ("strategy", "green", "red"),
        ("assessment", "", "amber"),
        ("assessment", "red", "red"),
        ("allocated", "", "amber"),
        ("early_help", "", "green"),
        ("lado", "amber", "amber"),
    ],
)
def test_how_urgent_a_handover_is(exit_: str, proposed: str, colour: str) -> None:
    assert rules.handover_colour(exit_, proposed) == colour


@pytest.mark.parametrize(
    ("views", "quorum", "agreed"),
    [
        ([], False, ""),
        ([("social_care", "mash")], False, "mash"),
        ([("police", "mash"), ("health", "mash")], False, "mash"),
        ([("social_care", "mash"), ("police", "mash")], True, "mash"),
        ([("social_care", "mash"), ("police", "advice")], True, ""),
        ([("social_care", "mash"), ("social_care", "mash")], False, "mash"),
    ],
)
def test_quorum_is_social_care_and_one_more(views: list[tuple[str, str]], quorum: bool, agreed: str) -> None:
    standing = rules.panel_standing([GivenView(kind, exit_) for kind, exit_ in views])
    assert (standing.has_quorum, standing.agreed_exit) == (quorum, agreed)
    assert standing.may_decide is (quorum and bool(agreed))


@pytest.mark.parametrize(("minutes", "past"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_now_is_past(minutes: int, past: bool) -> None:
    assert rules.is_past(NOON + timedelta(minutes=minutes), at=NOON) is past


def test_levels_are_missing_in_the_order_of_the_children() -> None:
    assert rules.missing_levels([3, 1, 2], {2: "level_1", 3: ""}) == [1, 3]
    assert rules.missing_levels([], {}) == []
