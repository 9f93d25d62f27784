"""A reference is found in any typing, and another one is not."""

from __future__ import annotations

import pytest

from common.normal.references import plain_reference_of, reference_of, references_in, secret_of
from tests.corpora.reading import Reference, read

REFERENCES = read("references.jsonl", Reference)


@pytest.mark.parametrize("line", REFERENCES, ids=lambda line: line["id"])
def test_every_typing_of_the_corpus(line: Reference) -> None:
    assert (reference_of(line["typed"]) == line["reference"]) is line["same"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Ref C 5DFJ RZET", ["C-5DFJ-RZET"]),
        ("TEST M-4HS6-SCMC", ["M-4HS6-SCMC", "T-ESTM-4HS6"]),
        ("see M-4HS6-SCMC and c5dfjrzet", ["C-5DFJ-RZET", "M-4HS6-SCMC"]),
        ("Mary Egger", ["M-ARYE-GGER"]),
        ("M-2222-2220", []),
        ("", []),
    ],
)
def test_words_around_it_change_nothing(typed: str, found: list[str]) -> None:
    assert sorted(references_in(typed)) == found


def test_what_stands_as_it_is_written_comes_first() -> None:
    assert references_in("TEST M-4HS6-SCMC")[0] == "M-4HS6-SCMC"


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("m 7kq4 m2xd", "M-7KQ4-M2XD"),
        ("m–abcd—efgh", "M-ABCD-EFGH"),
        ("M - ABCD - EFGH", "M-ABCD-EFGH"),
        ("J Mary Beth", ""),
        ("Mary Egger", ""),
        ("mabcdefgh", ""),
        ("Fenby, ZZ23", ""),
        ("Fenby ZZ23", ""),
        ("Pearce 23/6", ""),
        ("Kate 23/6/24", ""),
        ("Flat 2 Ash 7", ""),
        ("NHS 943 476 5924", ""),
        ("Park 22, AB3 4", ""),
        ("M-ABCD-EF23", "M-ABCD-EF23"),
        ("m abcd ef23", "M-ABCD-EF23"),
        ("mabcdef23", "M-ABCD-EF23"),
        ("m7kq4 m2xd", "M-7KQ4-M2XD"),
        ("m7k q4m 2xd", "M-7KQ4-M2XD"),
        ("see Fenby, M-7KQ4-M2XD", "M-7KQ4-M2XD"),
    ],
)
def test_a_name_is_plainly_no_reference(typed: str, reference: str) -> None:
    assert plain_reference_of(typed) == reference


@pytest.mark.parametrize("typed", ["abcde-fghjk", "ABCDE FGHJK", " a b c d e–f.g.h.j.k ", "ABC\u00adDEFGHJK"])
def test_a_secret_is_read_in_groups_of_five(typed: str) -> None:
    assert secret_of(typed) == "ABCDE-FGHJK"
