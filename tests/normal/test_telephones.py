"""A telephone number is one in any typing."""

from __future__ import annotations

import pytest

from common.normal.telephones import telephone_of, telephones_in
from tests.corpora.reading import Telephone, read

TELEPHONES = read("telephones.jsonl", Telephone)


@pytest.mark.parametrize("line", TELEPHONES, ids=lambda line: line["id"])
def test_every_typing_of_the_corpus(line: Telephone) -> None:
    assert {telephone_of(way) for way in line["typed"]} == {line["telephone"]}
    assert [one for one in line["strangers"] if telephone_of(one) == line["telephone"]] == []


def test_numbers_are_found_in_a_text_and_days_are_not() -> None:
    text = "Ring 01632 960 123 or 07700900313, room 12; born 12.03.2019; abroad +33 1 23 45 67 89"
    assert telephones_in(text) == ["+441632960123", "+447700900313", "+33123456789"]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("01/02/2018", []),
        ("01.02.2018", []),
        ("01-02-2018", []),
        ("01 02 2018", []),
        ("LOG 0123 12/6/26", []),
        ("01632 960123 12/6/2026", ["+441632960123"]),
        ("07700 900313, 1.2.2018", ["+447700900313"]),
        ("01632/960123", ["+441632960123"]),
        ("+33 1 23 06 12 09", ["+33123061209"]),
        ("07700 12-06-20", ["+447700120620"]),
    ],
)
def test_day_is_no_part_of_a_number(typed: str, numbers: list[str]) -> None:
    assert telephones_in(typed) == numbers


def test_no_number_is_no_number() -> None:
    assert (telephone_of(""), telephone_of("960123")) == ("", "")


@pytest.mark.parametrize(
    "typed",
    [
        "07700 900313 / 01632 960123",
        "07700 900313\n01632 960123",
        "07700900313/01632960123",
        "07700 900313 - 01632 960123",
        "07700 900313 01632 960123",
        "+44 7700 900313 / +44 1632 960123",
    ],
)
def test_two_numbers_in_one_box_are_both_read(typed: str) -> None:
    assert telephones_in(typed) == ["+447700900313", "+441632960123"]


def test_mobile_number_that_lost_its_nought_is_one() -> None:
    assert telephones_in("7700900313") == ["+447700900313"]
    assert telephones_in("7,000,000,000 and 943 476 5919") == []
