"""Back and Reload never ask whether a form be sent again, and a search stands in no address."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import press
from tests.browser.stack import Stack

SignIn = Callable[..., Page]
RESUBMIT = "ERR_CACHE_MISS"


def go_back(page: Page) -> None:
    """Go back one page; a page that would have to be sent again shows Chromium's own page of an error instead."""
    page.go_back()
    assert RESUBMIT not in page.content()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_back_after_a_search_and_after_a_form_to_be_put_right(sign_in: SignIn, stack: Stack) -> None:
    page = sign_in("fiona_front")
    page.keyboard.press("/")
    page.keyboard.type("Orlebar")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    assert "?search=" in page.url
    assert "Orlebar" not in page.url
    found = page.get_by_role("heading", level=1).inner_text()
    page.goto(f"{stack.address}/contacts/new/")
    press(page, "Log this contact")
    expect(page.get_by_text("There is a problem")).to_be_visible()
    assert "?again=" in page.url
    page.goto(f"{stack.address}/contacts/")
    go_back(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("New contact")
    go_back(page)
    go_back(page)
    assert page.get_by_role("heading", level=1).inner_text() == found


def test_back_leads_from_page_to_page_of_the_public_form(open_page: Callable[..., Page]) -> None:
    page = open_page("/report/start/")
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("I am a neighbour or a member of the public").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Continue").last.click()
    page.get_by_label("First name").first.fill("Lila")
    page.get_by_label("Age, if you do not know the date of birth").first.fill("about 5")
    page.get_by_role("button", name="Continue").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What are you worried about?")
    go_back(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which children are you worried about?")
    go_back(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("About you and your worry")
