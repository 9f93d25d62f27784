"""The public form, by somebody without an account."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.hands import press
from tests.browser.stack import Stack, body_of

WORRY = "The little girl next door cries at night and nobody answers. <b>I</b> heard glass break. 🙁"


def go_on(page: Page) -> None:
    """Press the visible button that leads to the next page."""
    page.get_by_role("button", name="Continue").last.click()


def test_a_neighbour_tells_the_hub_and_looks_where_things_stand(
    open_page: Callable[..., Page], sign_in: Callable[..., Page], stack: Stack
) -> None:
    page = open_page("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell us you are worried about a child")
    expect(page.get_by_text("Ring 999", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("I am a neighbour or a member of the public").check()
    page.get_by_label("No", exact=True).check()
    go_on(page)
    page.get_by_label("First name").first.fill("Lila")
    page.get_by_label("Age, if you do not know the date of birth").first.fill("about 5")
    go_on(page)
    page.locator('[name="worry-report"]').fill(WORRY)
    go_on(page)
    page.get_by_label("Where does the child live?").fill("12 Weir Lane, Aldermere")
    go_on(page)
    page.get_by_label("I do not know", exact=True).check()
    go_on(page)
    page.get_by_label("Email").fill("neighbour@weirlane.invalid")
    page.get_by_label("No, keep me private").check()
    go_on(page)
    expect(page.get_by_text(WORRY)).to_be_visible()
    press(page, "Send")
    receipt = page.locator(".govuk-panel__body strong").inner_text()
    secret = page.locator(".hub-secret").inner_text()
    mail = body_of(stack.mail_to("neighbour@weirlane.invalid", saying="reference"))
    assert "Lila" not in mail
    assert "Weir Lane" not in mail
    assert secret not in mail

    page.goto("/report/status/")
    page.get_by_label("Your reference").fill(receipt)
    page.get_by_label("Your code").fill(secret)
    press(page, "Look")
    stands = page.get_by_role("heading", level=1).inner_text()
    page.goto("/report/status/")
    page.get_by_label("Your reference").fill(receipt)
    page.get_by_label("Your code").fill("22222-22222-22222-22222-22222-22222")
    press(page, "Look")
    assert page.get_by_role("heading", level=1).inner_text() == stands

    staff = sign_in("fiona_front")
    staff.goto("/contacts/")
    staff.locator('main a[href^="/contacts/C-"]').first.wait_for()
    links = [one.get_attribute("href") for one in staff.locator('main a[href^="/contacts/C-"]').all()]
    texts = []
    for link in dict.fromkeys(links):
        staff.goto(link or "")
        texts.append(staff.locator("main").inner_text())
    assert any(WORRY in text for text in texts)


def test_the_form_keeps_what_was_typed_when_something_is_missing(open_page: Callable[..., Page]) -> None:
    page = open_page("/report/")
    page.get_by_label("I am a relative or a friend of the family").check()
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text(re.compile("danger", re.IGNORECASE))
    expect(page.get_by_label("I am a relative or a friend of the family")).to_be_checked()
