"""The simplest form of a rule's condition says the same."""

from __future__ import annotations

import pytest
from django.db.models import Q

from agencies.access.conditions import EVERYTHING, NOTHING, among, is_everything, is_nothing, simplest

RED, OPEN = Q(colour="red"), Q(state="open")


@pytest.mark.parametrize("condition", [EVERYTHING | RED, RED | NOTHING | EVERYTHING, EVERYTHING & EVERYTHING, ~NOTHING])
def test_whoever_sees_everything_by_one_part_sees_it_whatever_the_others_say(condition: Q) -> None:
    assert is_everything(simplest(condition))


@pytest.mark.parametrize("condition", [NOTHING | NOTHING, RED & NOTHING, ~(RED | EVERYTHING), NOTHING & EVERYTHING])
def test_what_one_part_refuses_is_refused_and_nothing_beside_nothing_is_nothing(condition: Q) -> None:
    assert is_nothing(simplest(condition))


def test_parts_that_change_nothing_go_and_the_others_stay() -> None:
    assert simplest(NOTHING | RED) == RED
    assert simplest((RED & EVERYTHING) | (OPEN & NOTHING) | OPEN) == Q(RED, *OPEN.children, _connector=Q.OR)
    assert simplest(RED & OPEN) == RED & OPEN


def test_a_denial_stays_a_denial() -> None:
    assert simplest(~(RED | NOTHING)) == Q(*RED.children, _connector=Q.OR, _negated=True)


def test_a_condition_without_parts_stays_as_it_is() -> None:
    assert simplest(Q()) == Q()


def test_rows_of_some_keys_are_none_where_there_are_no_keys() -> None:
    assert among("enquiry_id", frozenset()) == NOTHING
    assert among("enquiry_id", {1}) == Q(enquiry_id__in={1})
