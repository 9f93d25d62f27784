"""Chromium, and people who sign in with it. Without Chromium these tests are skipped, and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from demo.people import DOMAIN, PASSWORD
from tests.browser.stack import Stack, running

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TIMEOUT_MILLISECONDS = 20_000
PICTURES = os.environ.get("BROWSER_PICTURES")
"""A folder: the last page of each person and the logs of the hub are kept there, to look at."""

SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder; keep it on one worker, since each worker would start a hub."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed: the browser tests did not run."))


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """Run a whole hub."""
    with running() as hub:
        yield hub
        if PICTURES:
            shutil.copytree(hub.mail.parent / "logs", f"{PICTURES}/logs", dirs_exist_ok=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Run Chromium.

    Playwright's event loop idles in this thread for as long as it runs; the tests beside it call Django from plain
    code, which Django would refuse in a thread with a loop.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Collect what the browser complains about; a test with complaints fails."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_page(stack: Stack, chromium: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page in a browser of its own: no cookie is shared between people."""
    opened: list[BrowserContext] = []
    stack.let_go_of_what_was_typed()

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 40" not in message.text:
            complaints.append(message.text)

    def opener(path: str = "/") -> Page:
        context = chromium.new_context(base_url=stack.address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        opened.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opener
    for number, context in enumerate(opened):
        if PICTURES:
            context.pages[0].screenshot(path=f"{PICTURES}/last-{number}.png", full_page=True)
        context.close()


@pytest.fixture
def sign_in(open_page: Callable[..., Page]) -> SignIn:
    """Sign a person of the invented hub in, as they would, and return their page."""

    def signed_in(key: str, choosing: str = "") -> Page:
        page = open_page("/account/login/")
        page.get_by_label("Email").fill(f"{key.replace('_', '.')}@{DOMAIN}")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/account/" not in url)
        if page.url.endswith("/membership/choose/") and choosing:
            page.locator("button", has_text=choosing).first.click()
        return page

    return signed_in
