"""The six cases end to end: each person signs in as themself; at the end the referrer's mail is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from mash.common.moments import london_day
from mash.demo.cases import CASES
from mash.demo.shapes import CaseText
from tests.browser import journey as walk
from tests.browser.journey import Journey


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_a_case_reaches_feedback(case: CaseText, sign_in: Callable[..., Page]) -> None:
    journey = Journey(case=case, sign_in=sign_in, today=london_day(datetime.now(UTC)))
    walk.log_contact(journey)
    walk.screen_into_mash(journey)
    walk.rate_and_assign(journey)
    if case.authority:
        walk.authorise(journey)
    walk.ask_agencies(journey)
    for ask in case.asks:
        walk.answer(journey, ask)
