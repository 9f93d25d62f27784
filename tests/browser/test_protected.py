"""A refuge tells the hub: who is asked reads no protected place, and police open the one they were given."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from common.moments import london_day
from contacts.choices import ReferrerKind
from demo.cases import RESTRAINING_ORDER
from demo.cases.restraining_order import POLICE, PROBATION
from demo.shapes import CaseText, ReferrerText
from tests.browser import journey as walk
from tests.browser.hands import no_errors
from tests.browser.journey import Journey

HOME = "Larkspur House, 12 Mill Lane, Aldermere, AL1 4QX"
PLACES = ("Larkspur", "Mill Lane", "AL1 4QX", "Quayside Primary")
PICTURES = os.environ.get("BROWSER_PICTURES")


def refuge() -> CaseText:
    """Return a case that a refuge brought, with everybody's places protected from the father."""
    contact = RESTRAINING_ORDER.contact
    people = tuple(replace(one, school="Quayside Primary") if one.key == "lily" else one for one in contact.people)
    worry = replace(
        contact,
        referrer=ReferrerText(ReferrerKind.PROFESSIONAL, name="Ines Marlowe", organisation="Larkspur House"),
        reported="Mother and girl fled to us at Larkspur House, 12 Mill Lane, last night. He looks for them.",
        people=people,
        address=HOME,
        address_is_protected=True,
        protected_from="Ryan Tansley",
    )
    police = replace(POLICE, asks="Orders and call-outs for Ryan Tansley.", concern="")
    return replace(RESTRAINING_ORDER, contact=worry, asks=(police, replace(PROBATION, concern="")))


def hidden(page: Page) -> None:
    """Stop where a page, as somebody sees it, holds a protected place; it never scrolls sideways either."""
    words = page.locator("main").inner_text()
    assert [place for place in PLACES if place in words] == []


def pictured(page: Page, name: str) -> None:
    """Keep the page at both widths, where a folder is given, and see that it fits the narrow one."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_refuge_stays_hidden_from_whoever_is_asked(sign_in: Callable[..., Page]) -> None:
    journey = Journey(case=refuge(), sign_in=sign_in, today=london_day(datetime.now(UTC)))
    walk.log_contact(journey)
    front_door = journey.as_("fiona_front", f"/contacts/{journey.contact}/")
    hidden(front_door)
    expect(front_door.locator("main")).to_contain_text("Address protected from Ryan Tansley")
    pictured(front_door, "contact")
    walk.screen_into_mash(journey)
    walk.rate_and_assign(journey)
    if journey.case.authority:
        walk.authorise(journey)

    worker = journey.as_("saira_worker", f"/contacts/{journey.contact}/")
    hidden(worker)
    worker.locator("main form.hub-show button").first.click()
    no_errors(worker)
    expect(worker.locator("main")).to_contain_text("12 Mill Lane")
    pictured(worker, "places")
    worker.emulate_media(media="print")
    hidden(worker)
    worker.emulate_media(media="screen")

    walk.ask_agencies(journey)
    for who, name in (("probation_researcher", "probation"), ("police_researcher", "police")):
        reference = walk.request_of(journey, who)
        page = journey.as_(who, f"/requests/{reference}/")
        hidden(page)
        pictured(page, f"request-{name}")
