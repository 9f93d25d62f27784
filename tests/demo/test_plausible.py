"""The demo hub is plausible, also where it was loaded at night: nobody breaks a rule of a hub that was lived in.

The hub that was loaded in the morning is held to the same rules in `test_builder`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django.plugin import DjangoDbBlocker

from demo.plausible import RULES, HubSeen, Rule
from demo.plausible.reading import read_acts, read_hub
from tests.demo.conftest import Built
from tests.scenes.enquiries import MORNING

AT = MORNING.replace(hour=3, minute=35) - timedelta(days=3)
"""Saturday night: nobody of the office has worked for ten hours."""


@pytest.fixture(scope="module")
def seen(built: Built, django_db_blocker: DjangoDbBlocker) -> Iterator[HubSeen]:
    """Read the built hub once."""
    with django_db_blocker.unblock():
        yield read_hub(built.hub, list(read_acts()), at=built.at)


@pytest.mark.parametrize("rule", RULES, ids=[rule.key for rule in RULES])
def test_nobody_breaks_a_rule(rule: Rule, seen: HubSeen) -> None:
    assert list(rule.offenders(seen)) == []
