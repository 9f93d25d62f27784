"""Commands of the demo that need no contacts; `test_builder` loads it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from demo.people import AGENCIES, PASSWORD, PEOPLE


def test_a_real_hub_is_never_filled(settings: Settings) -> None:
    settings.MASH_DEMO = False
    with pytest.raises(CommandError, match="MASH_DEMO=1"):
        call_command("load_demo")


def test_all_accounts_are_printed() -> None:
    out = StringIO()
    call_command("demo_accounts", "--all", stdout=out)
    text = out.getvalue()
    assert all(person.email in text for person in PEOPLE)
    assert PASSWORD in text


def test_every_agency_has_a_kind_of_its_own() -> None:
    assert len({agency.kind for agency in AGENCIES}) == len(AGENCIES)
