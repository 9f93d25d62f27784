"""Whoever has no name is called by what is known, and never the same as somebody else of the contact."""

from __future__ import annotations

from datetime import date

import pytest

from contacts.models import Subject


@pytest.mark.parametrize(
    ("known", "called"),
    [
        ({"kind": "child", "age_reported": "5"}, "Unnamed child, about 5 (person 2)"),
        ({"kind": "child", "age_reported": "about 3"}, "Unnamed child, about 3 (person 2)"),
        ({"kind": "child", "date_of_birth": date(2019, 5, 1)}, "Unnamed child, born 2019 (person 2)"),
        ({"kind": "child"}, "Unnamed child (person 2)"),
        ({"kind": "child", "is_unborn": True}, "Unborn child (person 2)"),
        ({"kind": "adult", "part": "Mother"}, "Unnamed adult, mother (person 2)"),
        ({"kind": "adult", "given_name": "Ana"}, "Ana"),
    ],
)
def test_somebody_is_called_by_what_is_known(known: dict[str, object], called: str) -> None:
    assert Subject(position=2, **known).name == called
