"""Every typing of a place meets it; another place does not."""

from __future__ import annotations

import pytest

from common.normal.addresses import address_keys, postcode_of, same_address
from tests.corpora.reading import Address, read

ADDRESSES = read("addresses.jsonl", Address)

MISSES = {
    "A012": ["Wester Balgray, Strathcorrie"],
    "A029": ["larkspur house beacon road harlow cross"],
    "A031": ["1/3 Market Place Fenby"],
    "A033": ["Flat above the Queens Head, 77 High St, Great Ambley", "above Queen's Head pub, 77 High Street IP971DD"],
    "A035": ["hill-top moor edge E978LA"],
    "A047": ["the bothy, Ceannacroc, Glen Orran PH978GP"],
    "A053": ["R/O 54 Bridge St, Dockham"],
    "A055": ["seaspray 21 the strand saltmere"],
    "A059": ["Flat 15 Block 7 Aspen Est E971AE"],
    "A196": ["Dragonfly, Basin Wharf, Tamebrook"],
    "A197": ["narrow boat moorhen basin wharf pe974wz", "Moorhen, Basin Wharf, Fenby"],
    "A198": ["Old Tom, Basin Wharf, Inverdale"],
    "A199": ["Sweet Afton, Basin Wharf, Brackwell"],
    "A200": ["Wandering Duck, Basin Wharf, Dockham"],
}
"""Typings that are not met, of 571: house numbers and boats left out, what no comma parts, and parts turned round."""


def test_every_typing_meets_its_place_but_for_those_listed() -> None:
    missed = {
        line["id"]: ways
        for line in ADDRESSES
        if (ways := [way for way in line["same"] if not same_address(line["address"], way)])
    }
    assert missed == MISSES


@pytest.mark.parametrize("line", ADDRESSES, ids=lambda line: line["id"])
def test_another_place_is_not_met(line: Address) -> None:
    assert [one for one in line["strangers"] if same_address(line["address"], one)] == []


@pytest.mark.parametrize(
    "vague", ["", "AB1 2CD", "London", "Elm Road near the church", "Elm Road, AB1 2CD", "14", "Flat 2", "(", ",,"]
)
def test_an_address_that_names_no_home_has_no_key(vague: str) -> None:
    assert address_keys(vague) == frozenset()


def test_a_postcode_is_found_in_any_typing() -> None:
    typed = ["14 Elm Road, AB1 2CD", "14 elm road ab12cd", "ab1  2cd", "AB1\u00a02CD", "14 Elm Road"]
    assert [postcode_of(one) for one in typed] == [*["AB12CD"] * 4, ""]


@pytest.mark.parametrize("typed", ["14 Elm Road, AB1-2CD", "14 Elm Road AB1.2CD", "14 Elm Road, ab1 – 2cd"])
def test_postcode_is_read_whatever_stands_in_its_middle(typed: str) -> None:
    assert postcode_of(typed) == "AB12CD"
    assert same_address(typed, "14 Elm Road AB1 2CD")
