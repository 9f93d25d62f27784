"""The six cases end to end: each person signs in as themself; at the end the referrer's mail is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from common.moments import london_day
from demo.cases import CASES
from demo.shapes import CaseText
from tests.browser import journey as walk
from tests.browser.journey import Journey
from tests.browser.stack import Stack, body_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_a_case_reaches_feedback(case: CaseText, sign_in: Callable[..., Page], stack: Stack) -> None:
    journey = Journey(case=case, sign_in=sign_in, today=london_day(datetime.now(UTC)))
    walk.log_contact(journey)
    walk.screen_into_mash(journey)
    walk.rate_and_assign(journey)
    if case.authority:
        walk.authorise(journey)
    walk.ask_agencies(journey)
    for ask in case.asks:
        walk.answer(journey, ask)
    walk.analyse(journey)
    for ask in case.asks:
        if ask.sealed and ask.sealed.proposed:
            walk.agree_words_for_the_door(journey, ask)
    walk.decide(journey)
    walk.release(journey)
    told = walk.tell_referrer(journey)
    referrer = case.contact.referrer
    if told == "sent":
        mail = body_of(stack.mail_to(referrer.email, saying="Who to call"))
        assert journey.contact in mail
        assert referrer.own_reference in mail
        assert [one.given_name for one in case.contact.people if one.given_name and one.given_name in mail] == []
        assert case.contact.address not in mail
    else:
        assert [one for one in stack.mails() if journey.contact in body_of(one) and "Who to call" in body_of(one)] == []
