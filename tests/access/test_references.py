"""References and secrets: random, readable aloud, and the only thing a URL carries."""

import re
from datetime import UTC, date, datetime

import pytest

from common.moments import london_day, require_aware
from common.references import ALPHABET, PATTERN, ReferenceConverter, new_key, new_reference, new_secret


def test_no_two_signs_are_confused() -> None:
    assert (len(ALPHABET), len(set(ALPHABET)), set("01ILOU") & set(ALPHABET)) == (30, 30, set())


def test_reference_is_random_and_well_formed() -> None:
    made = [new_reference("C") for _ in range(2000)]
    assert len(set(made)) == 2000
    assert [one for one in made if not PATTERN.fullmatch(one)] == []
    assert {one[0] for one in made} == {"C"}
    assert {sign for one in made for sign in one[2:].replace("-", "")} == set(ALPHABET)


def test_secret_holds_147_bits_in_groups() -> None:
    made = {new_secret() for _ in range(200)}
    assert len(made) == 200
    assert {bool(re.fullmatch(rf"([{ALPHABET}]{{5}}-){{5}}[{ALPHABET}]{{5}}", one)) for one in made} == {True}


def test_key_is_random() -> None:
    assert len({new_key() for _ in range(200)}) == 200
    assert {new_key().version for _ in range(20)} == {4}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("C-2222-2222", True),
        ("C-ABCD-0000", True),
        ("c-2222-2222", False),
        ("C-2222-222", False),
        ("1", False),
        ("C-22/2-2222", False),
    ],
)
def test_only_what_looks_like_a_reference_reaches_a_view(text: str, fits: bool) -> None:
    converter = ReferenceConverter()
    assert bool(re.fullmatch(converter.regex, text)) is fits
    assert (converter.to_python(text), converter.to_url(text)) == (text, text)


def test_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        require_aware(datetime(2026, 6, 1, 12))  # noqa: DTZ001  # the point of the test
    assert require_aware(datetime(2026, 6, 1, 12, tzinfo=UTC)).tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 1, 23, 30, tzinfo=UTC), date(2026, 6, 2)),
        (datetime(2026, 1, 1, 23, 30, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_day_is_the_day_in_london(moment: datetime, day: date) -> None:
    assert london_day(moment) == day
