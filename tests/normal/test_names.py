"""Every keyboard form of a name meets its name; whoever only looks alike does not."""

from __future__ import annotations

import pytest

from common.normal.names import letters, name_keys, same_name, words_of
from tests.corpora.reading import Name, read

NAMES = read("names.jsonl", Name)

MISSES = {
    "N178": ["Ales Shauchuk"],
    "N179": ["Chavo Lakatosh"],
    "N195": ["Bernard M'Donagh"],
    "N210": ["Breeshey Mac y Clerick"],
    "N242": ["Gilas Aamar"],
    "N276": ["Mangali Gurung", "MANGALI GURUNG", "GURUNG Mangali"],
    "N291": ["Nakanngungu Ssekamatte", "nakanngungu ssekamatte"],
    "N301": ["Shade Omotoso"],
}
"""Keyboard forms that are not met, of 1,154: one letter is spelt out and another one of the same name is not."""


def test_every_keyboard_form_meets_its_name_but_for_those_listed() -> None:
    missed = {
        line["id"]: ways
        for line in NAMES
        if (ways := [way for way in line["keyboard"] if not same_name(line["written"], way)])
    }
    assert missed == MISSES


def test_keyboard_forms_meet_where_the_parts_stand_in_two_fields() -> None:
    parts = [(line["id"], f"{line['parts']['given']} {line['parts']['family']}", line["written"]) for line in NAMES]
    assert [one for one, name, written in parts if not same_name(name, written)] == []


@pytest.mark.parametrize("line", NAMES, ids=lambda line: line["id"])
def test_a_stranger_is_not_met(line: Name) -> None:
    assert [one for one in line["strangers"] if same_name(line["written"], one)] == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("ŁØĐıæðþŒßŋ", "lodiaedthoessn"),
        ("O’Neill", "oneill"),
        ("Ka\u00adrl\u200b", "karl"),
        ("İnci", "inci"),
        ("محمد", "محمد"),
        ("😀 12", ""),
    ],
)
def test_letters_are_plain(text: str, plain: str) -> None:
    assert letters(text) == plain


def test_hyphens_of_all_kinds_part_words_and_apostrophes_do_not() -> None:
    assert words_of("O‘Neill‐Smith – D'Arcy") == ["oneill", "smith", "darcy"]


def test_no_name_is_no_name() -> None:
    assert (name_keys(""), name_keys("-"), same_name("", "")) == (frozenset(), frozenset(), False)
