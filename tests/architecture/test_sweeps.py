"""Every address of a whole hub, by everybody: who reaches what, and which words reach whom.

`routes.txt` says who reaches each address, `words.txt` which texts each may see anywhere; both follow the base matrix,
and a new address or a new text needs its line. `MASH_PRINT_SWEEPS=folder` prints what was found.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse

from tests.architecture.addresses import Route, routes
from tests.architecture.people import PEOPLE, Visitor, addresses, visit, visitor
from tests.architecture.planting import CANARY, NOT_PLANTED, STRANGERS, World, case_records, texts

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
ROUTES = {route.name: route for route in routes()}
NO_PART = [*STRANGERS, "superuser", "auditor", "administrator", "public"]
"""People to whom the base matrix opens no content of a case."""

NEED_MORE = {"contacts:link_person", "notices:retry", "screening:end_review"}
"""Addresses that an empty form does not reach: their own tests send what they need."""

LEADS_ON = {"home"}
"""Addresses that have no page of their own."""

ENOUGH = 2

SHARE = 0.6

WORD = re.compile(rf"{CANARY} (\w+ \w+)")


def written(name: str) -> dict[str, set[str]]:
    """Return a written table: what stands left of the bar to the words on its right."""
    rows = (line.split("|") for line in (HERE / name).read_text(encoding="utf-8").splitlines() if "|" in line)
    return {left.strip(): set(right.split()) for left, right in rows}


def keep(name: str, found: dict[str, set[str]]) -> None:
    """Write down what is, where somebody asked for it."""
    if folder := os.environ.get("MASH_PRINT_SWEEPS"):
        lines = [f"{left} | {' '.join(sorted(right))}".strip() for left, right in sorted(found.items())]
        (Path(folder) / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", NO_PART)
def test_canary_reaches_nobody_without_a_part(name: str, world: World) -> None:
    one, found, tried = visitor(name), [], 0
    for route in ROUTES.values():
        for path in addresses(route, world, one.viewer):
            for method in ("get", "post"):
                response = visit(one, method, path)
                tried += 1
                shown = CANARY.encode() in response.content or CANARY in str(response.headers)
                if shown or response.status_code >= 500:
                    found.append(f"{method} {route.name} {response.status_code}")
    assert sorted(set(found)) == []
    assert tried > 2 * len(ROUTES)


def answers(route: Route, world: World, one: Visitor) -> Iterator[tuple[bool, HttpResponse]]:
    """Yield each answer of an address, and whether it was reached: a page, or a form that was judged.

    Once it was reached for records of several states, the others are left out.
    """
    seen = 0
    for path in addresses(route, world, one.viewer):
        if seen == ENOUGH:
            return
        response = visit(one, "get", path)
        seen += response.status_code == 200
        yield response.status_code == 200, response
        if response.status_code in {302, 405}:
            response = visit(one, "post", path)
            led_away = response.headers.get("Location", "").startswith(("/account/login", "/membership"))
            yield response.status_code in {200, 204, 302, 400, 409} and not led_away, response


@pytest.mark.parametrize("name", [*PEOPLE, "public"])
def test_addresses_and_words_are_those_of_the_role(name: str, world: World) -> None:
    one = visitor(name)
    reached, words, broken = set(), set(), set()
    for route in ROUTES.values():
        for is_reached, response in answers(route, world, one):
            if is_reached:
                reached.add(route.name)
            if response.status_code >= 500:
                broken.add(route.name)
            words.update(WORD.findall(response.content.decode(errors="replace")))
    keep(f"routes.{name}", {"reached": reached})
    keep(f"words.{name}", {"seen": {word.replace(" ", ".") for word in words}})
    assert broken == set()
    assert {route for route, people in written("routes.txt").items() if name in people} == reached
    allowed = {word for word, people in written("words.txt").items() if name in people}
    seen = {word.replace(" ", ".") for word in words}
    assert seen - allowed == set()
    assert len(seen) >= SHARE * len(allowed)  # Not every record has every text.


def test_every_address_is_written_down_and_somebody_reaches_it() -> None:
    table = written("routes.txt")
    assert set(table) == set(ROUTES)
    assert {name for name, people in table.items() if not people} == NEED_MORE | LEADS_ON
    people = {*PEOPLE, "public"}
    assert defaultdict(set, {name: who - people for name, who in table.items() if who - people}) == {}


def test_every_text_is_written_down() -> None:
    planted = {
        f"{model._meta.model_name}.{column.name}"[: (column.max_length or 999) - len(CANARY) - 1]
        for model in case_records()
        if model not in NOT_PLANTED
        for column in texts(model)
    }
    assert set(written("words.txt")) == planted
