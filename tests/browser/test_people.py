"""An administrator corrects a person, an agency and a team, and takes people from a spreadsheet."""

from __future__ import annotations

import os
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import fill, no_errors, press

PICTURES = os.environ.get("BROWSER_PICTURES")


def pictured(page: Page, name: str) -> None:
    """Keep the page at both widths, where a folder is given, and see that it fits the narrow one."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_people_agencies_and_teams_are_corrected(sign_in: Callable[..., Page]) -> None:
    page = sign_in("anton_admin")
    page.goto("/directory/people/")
    pictured(page, "people")
    page.get_by_role("link", name="Fiona Marsh").click()
    page.get_by_role("link", name="Correct name, address").click()
    pictured(page, "correct-account")
    fill(page, {"name": "Fiona Newman", "job_title": "Contact officer"})
    press(page, "Save the correction")
    no_errors(page)
    expect(page.locator("main")).to_contain_text("Fiona Marsh")
    pictured(page, "account")

    page.goto("/directory/")
    pictured(page, "directory")
    page.get_by_role("link", name="Correct").first.click()
    fill(page, {"short_name": "Children"})
    pictured(page, "correct-agency")
    press(page, "Save the correction")
    no_errors(page)
    page.locator('a[href*="/teams/"]', has_text="Close").first.click()
    expect(page.locator("main")).to_contain_text("Close this team?")
    pictured(page, "close-team")


def test_people_come_from_a_spreadsheet_once_it_was_seen(sign_in: Callable[..., Page]) -> None:
    page = sign_in("anton_admin")
    page.goto("/directory/people/file/")
    lines = "name,email,agency,roles\nNora Vale,nora.vale@x.invalid,Nowhere,screener\nAda Byrd,ada.byrd@x.invalid,,"
    fill(page, {"lines": lines})
    press(page, "Show what it would do")
    no_errors(page)
    expect(page.locator("main")).to_contain_text("New: 1 · Changed: 0 · As it is: 0 · Left out: 1")
    pictured(page, "people-file")
    press(page, "Enter these people")
    no_errors(page)
    expect(page.locator("main")).to_contain_text("Ada Byrd")
