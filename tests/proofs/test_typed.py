"""Nothing typed is lost, seen in a browser: every form that holds a long text, whatever ends while it is typed.

The forms are found on the pages of the planted hub, as each person meets them; a server of its own shows them to
Chromium. Whoever typed finds the text again where the product says that it is, and puts it back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import TimeoutError as TooSlow
from pytest_django.plugin import DjangoDbBlocker

from deploy.local.serving import answers, gunicorn
from deploy.local.supervisor import Program, Supervisor
from deploy.local.surroundings import only
from deploy.local.valkey import free_port
from tests.architecture.people import Visitor
from tests.architecture.planting import World
from tests.architecture.test_put_back import LEFT_OUT, SEARCHES, search, texts_of
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.database import FOLDER
from tests.proofs.figures import add, is_quick, report
from tests.proofs.notes import keep
from tests.walls import past_the_walls

LONG = "Powiedziała: “I hid under the bed” & waited. <b>Ünñ</b> " * 400
LONGEST = 20_000
WITHIN = 15_000
"""Milliseconds for what the page says of what was typed."""

QUICK = is_quick()
ONLY = os.environ.get("TYPED_ONLY", "")
"""The route of one form, to mend what was found of it."""

EVERY = 5 if QUICK else 1
"""Of the pages on which forms are looked for; the whole run types into each form, with every ending."""

FORMS, LOST = "typed: forms with a long text x endings", "typed: texts that were not found again"

FIND_FORM = """
(action) => [...document.querySelectorAll("form[method=post]")].find(
  (form) => new URL(form.getAttribute("action") || location.pathname, location.href).pathname === action)
"""
TYPE = """
([form, names, long, most]) => names.map((name) => {
  const field = form.elements.namedItem(name);
  const one = field instanceof RadioNodeList ? field[0] : field;
  const length = one.tagName === "TEXTAREA" ? most : Math.min(one.maxLength > 0 ? one.maxLength : 100, 100);
  if (one.type !== "text" && one.tagName !== "TEXTAREA" && one.type !== "search") return [name, one.value];
  one.value = long.slice(0, length).trimEnd();
  one.dispatchEvent(new Event("input", {bubbles: true}));
  one.dispatchEvent(new Event("focusout", {bubbles: true}));
  return [name, one.value];
})
"""
HELD = """
([form, names]) => names.map((name) => {
  const field = form && form.elements.namedItem(name);
  return [name, field ? (field instanceof RadioNodeList ? field[0] : field).value : null];
})
"""

KEPT = """
() => [...document.querySelectorAll("form[data-keep=no] input[type=hidden]")].map((one) => one.value).join("\\n")
"""
SEND_STALE = """
([form]) => {
  for (const one of form.elements) {
    if (one.name === "version") one.value = "0";
    if (one.name === "submission_key") one.value = "";
  }
  form.noValidate = true;
  form.submit();
}
"""


@dataclass(frozen=True)
class Typing:
    """A form with somebody who types into it.

    Attributes:
        page: the address on which it stands.
        names: of the fields into which something is typed.
    """

    route: str
    who: Visitor
    page: str
    action: str
    names: tuple[str, ...]


@dataclass
class Desk:
    """A browser in which one person is signed in."""

    typing: Typing
    context: BrowserContext
    page: Page
    address: str

    def sign_in(self) -> None:
        """Give the browser the session of the person."""
        key = self.typing.who.cookies["mash_session"]
        self.context.add_cookies([{"name": "mash_session", "value": key, "url": self.address}])

    def open(self) -> None:
        """Open the page of the form."""
        self.page.goto(f"{self.address}{self.typing.page}")

    def type(self) -> dict[str, str]:
        """Type a long text into every field; return what stands in each."""
        form = self.page.evaluate_handle(FIND_FORM, self.typing.action)
        typed = self.page.evaluate(TYPE, [form, list(self.typing.names), LONG, LONGEST])
        return {name: value for name, value in typed if value}

    def waits_for(self, state: str) -> None:
        """Wait until the form says how what was typed stands: `kept`, or `typing` while it could not be sent."""
        self.page.wait_for_selector(f"form[data-keep-state={state}]", state="attached", timeout=WITHIN)

    def found_again(self) -> dict[str, str]:
        """Look under "Typed and not sent", put the text back into its form, and return what stands there."""
        tab = self.context.new_page()
        tab.goto(f"{self.address}/typed/")
        if not tab.locator(".hub-card__title a").count():
            return {}
        tab.locator(".hub-card__title a").first.click()
        with tab.expect_navigation():
            tab.get_by_role("button", name="Put it back into its form").click()
        form = tab.evaluate_handle(FIND_FORM, self.typing.action)
        held = tab.evaluate(HELD, [form, list(self.typing.names)])
        tab.close()
        return {name: value for name, value in held if value is not None}

    def shown(self) -> str:
        """Return the page of what was typed and not sent, for whoever may not open the form any more."""
        tab = self.context.new_page()
        tab.goto(f"{self.address}/typed/")
        tab.locator(".hub-card__title a").first.click()
        said: str = tab.evaluate(KEPT)
        tab.close()
        return said


def same(typed: dict[str, str], held: dict[str, str]) -> list[str]:
    """Return the fields whose text was not found again."""
    plain = {name: value.replace("\r", "") for name, value in held.items()}
    return [name for name, value in typed.items() if plain.get(name) != value]


def session_ends(desk: Desk) -> list[str]:
    """The session ends unseen, typing goes on, and they sign in again."""
    desk.open()
    desk.context.clear_cookies(name="mash_session")
    typed = desk.type()
    desk.waits_for("kept")
    desk.sign_in()
    return same(typed, desk.found_again())


def membership_ends(desk: Desk) -> list[str]:
    """The membership ends while they type: they read what they typed, in no form any more."""
    desk.open()
    who = desk.typing.who.viewer
    assert who is not None
    ended = "UPDATE agencies_membership SET ended_at = now() WHERE id = %s"
    with past_the_walls() as connection, connection.cursor() as cursor:
        cursor.execute(ended, [who.membership_id])
        connection.commit()
        try:
            typed = desk.type()
            desk.waits_for("kept")
            said = desk.shown().replace("\r", "")
        finally:
            cursor.execute("UPDATE agencies_membership SET ended_at = NULL WHERE id = %s", [who.membership_id])
            connection.commit()
    return [name for name, value in typed.items() if value not in said]


def tab_is_closed(desk: Desk) -> list[str]:
    """The tab is closed, or crashes, after what was typed was kept."""
    desk.open()
    typed = desk.type()
    desk.waits_for("kept")
    desk.page.close()
    return same(typed, desk.found_again())


def network_drops(desk: Desk) -> list[str]:
    """The network goes while they type, and comes back."""
    desk.open()
    desk.context.set_offline(True)
    typed = desk.type()
    desk.waits_for("typing")
    desk.page.wait_for_selector("[data-keep-status]:not(:empty)", state="attached", timeout=WITHIN)
    desk.context.set_offline(False)
    desk.waits_for("kept")
    return same(typed, desk.found_again())


def version_moves(desk: Desk) -> list[str]:
    """Somebody else saves meanwhile: the form is sent with the version of before, and refused."""
    desk.open()
    typed = desk.type()
    with desk.page.expect_navigation():
        desk.page.evaluate(SEND_STALE, [desk.page.evaluate_handle(FIND_FORM, desk.typing.action)])
    return same(typed, desk.found_again())


ENDINGS: tuple[Callable[[Desk], list[str]], ...] = (
    session_ends,
    membership_ends,
    tab_is_closed,
    network_drops,
    version_moves,
)


@pytest.fixture(scope="module")
def typings(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Typing]]:
    """Return every form that holds a text, with somebody who is signed in for good and meets it."""
    with django_db_blocker.unblock():
        yield [
            Typing(route, who, page, form.action, tuple(texts_of(form)))
            for route, who, form, page in search(world, EVERY)
            if route not in SEARCHES | set(LEFT_OUT) and who.viewer is not None and ONLY in ("", route)
        ]


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    """Run a web server over the planted hub."""
    port, folder = free_port(), FOLDER / "typed"
    env = only(
        {**os.environ, "MASH_PUBLIC_URL": f"http://127.0.0.1:{port}", "WEB_CONCURRENCY": "1"}, login="DATABASE_URL"
    )
    supervisor = Supervisor(folder / "logs")
    try:
        supervisor.start([Program("web", gunicorn(port), only(env, login="DATABASE_URL"), lambda _log: answers(port))])
        yield f"http://127.0.0.1:{port}"
    finally:
        supervisor.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Run Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def tried(typings: list[Typing]) -> Iterator[tuple[Typing, Callable[[Desk], list[str]]]]:
    """Yield what is tried: in the quick run each form with one ending, in turn; else with all."""
    for number, typing in enumerate(typings):
        for ending in [ENDINGS[number % len(ENDINGS)]] if QUICK and not ONLY else ENDINGS:
            yield typing, ending


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed.")
def test_what_was_typed_is_found_again(typings: list[Typing], address: str, chromium: Browser) -> None:
    lost, count = [], 0
    for typing, ending in tried(typings):
        count += 1
        context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(WITHIN)
        desk = Desk(typing, context, context.new_page(), address)
        desk.sign_in()
        said = f"{typing.route} by {typing.who.viewer and typing.who.viewer.name} on {typing.page}, {ending.__name__}"
        try:
            lost += [f"{said}: {name}" for name in ending(desk)]
        except TooSlow as error:
            lost.append(f"{said}: {str(error).splitlines()[0]}")
        context.close()
        forget()
    keep("typed and lost", lost)
    add(FORMS, count, f">= {len(ENDINGS) if QUICK else 60 * len(ENDINGS)}")
    report(LOST, len(lost), "0", ok=not lost)


def forget() -> None:
    """Throw away what is kept, so that the next person finds their own alone."""
    with past_the_walls() as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_kepttext")
        connection.commit()
