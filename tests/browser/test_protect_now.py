"""Protect now on a Red: it waits for no stage."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from clock.choices import Colour
from common.moments import london_day
from demo.cases import RESTRAINING_ORDER
from tests.browser import journey as walk
from tests.browser.hands import fill, no_errors, press, sees
from tests.browser.journey import Journey
from tests.browser.stack import Stack


def test_protect_now_on_a_red_enquiry(sign_in: Callable[..., Page], stack: Stack) -> None:
    case = replace(RESTRAINING_ORDER, colour=Colour.RED)
    journey = Journey(case=case, sign_in=sign_in, today=london_day(datetime.now(UTC)))
    walk.log_contact(journey)
    walk.screen_into_mash(journey)
    walk.rate_and_assign(journey)

    page = journey.as_("saira_worker", f"/enquiries/{journey.enquiry}/")
    page.locator("main a", has_text="Protect now").first.click()
    fill(page, {"reason": "He is outside the flat now."})
    press(page, "Protect now")
    no_errors(page)
    expect(page).to_have_url(re.compile("/protection/N-"))
    reference = page.url.split("/")[-2]

    told = stack.mail_where(
        lambda one: one["X-Envelope-To"] == "maeve.manager@demo.invalid" and "Protect now" in str(one["Subject"])
    )
    assert [one.family_name for one in case.contact.people if one.family_name and one.family_name in str(told)] == []

    child = page.locator(f'form[action^="/protection/{reference}/children/"]').first
    child.get_by_label("Where is the child now?").fill("At her grandmother's")
    child.get_by_label("With whom?").fill("Grandmother")
    child.locator("button").click()
    no_errors(page)
    sees(page, "At her grandmother's")

    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", told.get_content())
    manager = journey.as_("maeve_manager", link)
    expect(manager).to_have_url(re.compile(f"/protection/{reference}/"))
    press(manager, "Convene a strategy discussion")
    no_errors(manager)
    manager.goto(f"/protection/{reference}/hold/")
    fill(
        manager,
        {
            "present": "Police, social care",
            "agreed": "Police go at once.",
            "section_47": "yes",
            "actions": "Police: now.",
        },
    )
    walk.press_submit(manager)
    sees(manager, "Strategy discussion recorded")
    sees(manager, "Police go at once.")
