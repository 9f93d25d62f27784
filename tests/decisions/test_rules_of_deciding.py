"""May this be decided now? Judged on values alone."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from agencies.choices import AgencyKind
from common.errors import NotVisible, RuleBroken
from decisions.rules import ChildOutcome, Deciding, Snapshot, judge, sealed_in_truth, why_not_now

LEON, ITEM, STRANGER, SCHOOL = (UUID(int=number) for number in range(4))
SNAPSHOT = Snapshot(
    state="deciding",
    colour="amber",
    children={LEON: "Leon Jagger"},
    items={ITEM: 2},
    earlier=(),
    is_something_sealed=False,
    unopened=0,
    agencies={SCHOOL},
    number=1,
    joint_views=None,
)
WHOLE = Deciding(
    children={LEON: ChildOutcome("assessment", "level_4", "He told his teacher.")},
    considered={ITEM: 2},
    missing="Nothing.",
    sealed_considered="not_needed",
    dissents={SCHOOL: "Early help."},
)


def refused(deciding: Deciding = WHOLE, before: Snapshot = SNAPSHOT) -> tuple[str | None, str]:
    """Return the field and the first words of the refusal; nothing where there is none."""
    try:
        judge(deciding, before, social_care=AgencyKind.SOCIAL_CARE)
    except RuleBroken as broken:
        return broken.field, broken.sentence.partition(".")[0]
    return None, ""


def test_whole_decision_is_not_refused() -> None:
    assert refused() == (None, "")


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"outcome": ""}, f"outcome_{LEON.hex}", "Select the outcome for Leon Jagger"),
        ({"level_of_need": "9"}, f"level_{LEON.hex}", "Select the level of need of Leon Jagger"),
        ({"reasons": "  "}, f"reasons_{LEON.hex}", "Write the reasons for Leon Jagger"),
    ],
)
def test_each_child_is_decided_in_full(said: dict[str, str], field: str, words: str) -> None:
    child = replace(WHOLE.children[LEON], **said)
    assert refused(replace(WHOLE, children={LEON: child})) == (field, words)


def test_enquiry_without_a_child_cannot_be_decided() -> None:
    assert refused(before=replace(SNAPSHOT, children={}))[1] == "A decision is about a child"


@pytest.mark.parametrize("items", [{}, {ITEM: 3}, {ITEM: 2, STRANGER: 1}])
def test_items_are_those_of_the_page(items: dict[UUID, int]) -> None:
    assert refused(before=replace(SNAPSHOT, items=items)) == ("considered", "Nothing was decided")


@pytest.mark.parametrize(("outcome", "field"), [("no_further_action", "earlier_shown"), ("assessment", None)])
def test_earlier_contacts_are_read_before_nothing_further_is_done(outcome: str, field: str | None) -> None:
    child = replace(WHOLE.children[LEON], outcome=outcome)
    before = replace(SNAPSHOT, earlier=("C-2222-2222",))
    assert refused(replace(WHOLE, children={LEON: child}), before)[0] == field


@pytest.mark.parametrize(
    ("said", "before", "field"),
    [
        ({"missing": " "}, {}, "missing"),
        ({"sealed_considered": ""}, {}, "sealed_considered"),
        ({"sealed_considered": "yes"}, {}, "sealed_considered"),
        ({"sealed_considered": "yes"}, {"is_something_sealed": True}, None),
        ({}, {"state": "decided"}, "change_reason"),
        ({"change_reason": "New information."}, {"state": "released"}, None),
    ],
)
def test_what_it_rests_on_is_said(said: dict[str, str], before: dict[str, object], field: str | None) -> None:
    assert refused(replace(WHOLE, **said), replace(SNAPSHOT, **before))[0] == field  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("views", "words"),
    [
        (None, ""),
        ([], "In this hub partners and children's social care decide together"),
        (["social_care"], "In this hub partners and children's social care decide together"),
        (["social_care", "police"], ""),
    ],
)
def test_partners_decide_together_where_the_hub_says_so(views: list[str] | None, words: str) -> None:
    assert refused(before=replace(SNAPSHOT, joint_views=views)) == (None, words)


@pytest.mark.parametrize("odd", [{"children": {STRANGER: ChildOutcome()}}, {"dissents": {STRANGER: "No."}}])
def test_child_or_agency_of_another_enquiry_is_not_there(odd: dict[str, object]) -> None:
    with pytest.raises(NotVisible):
        judge(replace(WHOLE, **odd), SNAPSHOT, social_care=AgencyKind.SOCIAL_CARE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "colour", "why"),
    [
        ("deciding", "green", None),
        ("gathering", "red", None),
        ("decided", "green", None),
        ("to_rate", "", ""),
        ("closed", "red", ""),
    ],
)
def test_stage_allows_it_or_not(state: str, colour: str, why: str | None) -> None:
    assert why_not_now(state, colour) == why


def test_only_red_is_decided_without_a_recommendation() -> None:
    assert (why_not_now("gathering", "amber") or "").startswith("Only a Red enquiry")


@pytest.mark.parametrize(
    ("said", "sealed", "kept"),
    [
        ("yes", True, "yes"),
        ("no", True, "no"),
        ("not_needed", True, "left_aside"),
        ("not_needed", False, "none_held"),
    ],
)
def test_that_none_was_held_and_that_it_was_left_aside_are_kept_apart(said: str, sealed: bool, kept: str) -> None:
    assert sealed_in_truth(said, is_something_sealed=sealed) == kept
