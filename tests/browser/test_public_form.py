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


def tell_the_hub(page: Page) -> tuple[str, str]:
    """Go through the form as a neighbour and return reference and code of the receipt."""
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
    page.get_by_role("textbox", name="Email").fill("neighbour@weirlane.invalid")
    page.get_by_role("checkbox", name="Email").check()
    page.get_by_label("No, keep me private").check()
    go_on(page)
    expect(page.get_by_text(WORRY)).to_be_visible()
    press(page, "Send")
    return page.locator(".govuk-panel__body strong").inner_text(), page.locator(".hub-secret").inner_text()


def status_with(page: Page, reference: str, code: str) -> str:
    """Return where things stand, as the status page says it for a reference and a code."""
    page.goto("/report/status/")
    page.get_by_label("Your reference").fill(reference)
    page.get_by_label("Your code").fill(code)
    press(page, "Check")
    return page.get_by_role("heading", level=1).inner_text()


def test_a_neighbour_tells_the_hub_and_looks_where_things_stand(
    open_page: Callable[..., Page], sign_in: Callable[..., Page], stack: Stack
) -> None:
    page = open_page("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tell us you are worried about a child")
    expect(page.get_by_text("Ring 999", exact=False).first).to_be_visible()
    receipt, secret = tell_the_hub(page)
    mail = body_of(stack.mail_to("neighbour@weirlane.invalid", saying="reference"))
    assert [word for word in ("Lila", "Weir Lane", secret) if word in mail] == []

    wrong = status_with(page, receipt, "22222-22222-22222-22222-22222-22222")
    assert status_with(page, receipt, secret) == wrong, "Before there is news, a wrong code looks the same."

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
