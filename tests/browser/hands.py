"""What a person's hands do on a page: fill a field by its name, whatever kind it is; press a button by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from playwright.sync_api import Locator, Page, expect

REFERENCE = re.compile(r"[A-Z]-[2-9A-Z]{4}-[2-9A-Z]{4}")

Answer = str | bool | date | Iterable[str] | None


def fill(scope: Page | Locator, answers: Mapping[str, Answer]) -> None:
    """Fill fields by name; None and "" leave a field alone."""
    for name, answer in answers.items():
        if answer is None or answer == "":
            continue
        if isinstance(answer, date):
            for part, number in (("day", answer.day), ("month", answer.month), ("year", answer.year)):
                scope.locator(f'[name="{name}_{part}"]').fill(str(number))
        elif isinstance(answer, bool):
            scope.locator(f'input[type="checkbox"][name="{name}"]').set_checked(answer)
        elif isinstance(answer, str):
            _one(scope, name, answer)
        else:
            for value in answer:
                scope.locator(f'[name="{name}"][value="{value}"]').check()


def _one(scope: Page | Locator, name: str, answer: str) -> None:
    field = scope.locator(f'[name="{name}"]')
    kind = field.first.evaluate("element => element.tagName + ':' + element.type")
    if kind == "INPUT:radio":
        scope.locator(f'[name="{name}"][value="{answer}"]').check()
    elif kind.startswith("SELECT"):
        field.select_option(answer)
    else:
        field.fill(answer)


def press(scope: Page | Locator, words: str) -> None:
    """Press the one button of these words that sends something; links that look like buttons are not meant."""
    scope.locator("button").and_(scope.get_by_role("button", name=words, exact=True)).click()


def reference_on(page: Page) -> str:
    """Return the reference in the page's main heading."""
    found = REFERENCE.search(page.get_by_role("heading", level=1).inner_text())
    assert found, f"No reference stands in the heading of {page.url}"
    return found[0]


def no_errors(page: Page) -> None:
    """Stop with the words of the error summary, if there is one, or of a page of refusal."""
    summary = page.locator(".govuk-error-summary")
    if summary.count():
        raise AssertionError(f"{page.url}: {summary.inner_text()}")
    heading = page.get_by_role("heading", level=1).first.inner_text()
    assert "went wrong" not in heading, f"{page.url}: {heading}"
    assert "not found" not in heading.lower(), f"{page.url}: {heading}"


def value_of_choice(scope: Page | Locator, name: str, words: str) -> str:
    """Return the value of the option, radio or checkbox of a field whose label holds these words."""
    option = scope.locator(f'select[name="{name}"] option', has_text=words)
    if option.count():
        return option.first.get_attribute("value") or ""
    for box in scope.locator(f'input[name="{name}"]').all():
        label = scope.locator(f'label[for="{box.get_attribute("id")}"]')
        if words in label.inner_text():
            return box.get_attribute("value") or ""
    raise AssertionError(f"Nothing in {name} is called {words!r}")


def sees(page: Page, words: str) -> None:
    """Wait until the page shows these words."""
    expect(page.get_by_text(words).first).to_be_visible()
