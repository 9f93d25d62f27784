"""Components and refusal pages: escaped, said in words, and drawn without a database."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2025, 6, 3, 11, 0, tzinfo=UTC)
HOSTILE = '"><script>alert(1)</script>'


def drawn(component: str, /, **context: Any) -> str:
    return get_template(f"components/{component}.html").render(context)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(
    ("colour", "said"),
    [("red", "◆ Red"), ("amber", "▲ Amber"), ("green", "● Green"), ("", "○ Not rated"), (HOSTILE, "○ Not rated")],
)
def test_colour_is_a_word_and_a_shape(colour: str, said: str) -> None:
    assert words(drawn("colour", colour=colour)) == said


def test_countdown_is_said_in_words() -> None:
    page = drawn("countdown", due_at=NOON + timedelta(minutes=72), at=NOON, label="Decision")
    assert words(page) == "Decision: 1 hour 12 minutes left , due 13:12"
    assert 'data-due="2025-06-03T13:12:00+01:00"' in page


def test_countdown_without_a_deadline() -> None:
    assert words(drawn("countdown", due_at=None)) == "No deadline"


def test_held_marker_is_one_fixed_sentence() -> None:
    assert drawn("held_marker") == drawn("held_marker", agency="Police", count=3, at=NOON)


def test_move_button_carries_token_key_and_version() -> None:
    request = RequestFactory().get("/")
    move = SimpleNamespace(url="/close", label=HOSTILE, hidden={"why": HOSTILE})
    template = Template('{% include "components/move_button.html" with move=move version=7 only %}')
    context = Context({"move": move})
    context.request = request  # type: ignore[attr-defined]  # what a RequestContext carries into an include with only
    page = template.render(context)
    assert re.findall(r'name="(\w+)"', page) == ["csrfmiddlewaretoken", "submission_key", "version", "why"]
    assert 'name="version" value="7"' in page
    assert "<script>" not in page


def test_worklist_without_rows_says_why_and_what_next() -> None:
    page = drawn("worklist", rows=[], empty_why="No requests wait.", empty_next="New ones arrive here.")
    assert words(page) == "No requests wait. New ones arrive here."


def test_worklist_row_is_escaped_and_labelled() -> None:
    row = SimpleNamespace(url="/r", reference="C-1", cells=[HOSTILE, None], colour="red", due_at=NOON)
    page = drawn("worklist", rows=[row], columns=["To do", "Who"], with_time=True, at=NOON, caption="My work")
    assert re.findall(r'data-label="([^"]+)"', page) == ["To do", "Who", "Time left"]
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("one\ntwo", "one<br>two"),
        (HOSTILE, "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        (["<b>", "c"], "&lt;b&gt;<br>c"),
        (None, '<span class="hub-unknown">Not recorded</span>'),
        ("", '<span class="hub-unknown">Not recorded</span>'),
        (True, "Yes"),
        (0, "0"),
        (date(2019, 3, 27), "27 Mar 2019"),
        (NOON, "3 Jun 2025, 12:00"),
    ],
)
def test_said(value: Any, said: str) -> None:
    assert Template("{% load hub %}{{ value|said }}").render(Context({"value": value})) == said


@pytest.mark.parametrize(
    "component", ["summary_list", "person_card", "letter", "timeline_entry", "table", "banner", "kept"]
)
def test_what_people_typed_is_escaped_everywhere(component: str) -> None:
    pair = SimpleNamespace(label=HOSTILE, value=HOSTILE, url=HOSTILE, action=HOSTILE)
    rows: list[Any] = [[HOSTILE, HOSTILE]] if component == "table" else [pair]
    page = drawn(
        component, rows=rows, facts=[pair], name=HOSTILE, title=HOSTILE, text=HOSTILE, body=HOSTILE, to=HOSTILE,
        at=NOON, columns=[HOSTILE], kept=[(HOSTILE, HOSTILE)],
    )  # fmt: skip
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "500", "csrf"])
def test_refusal_pages_need_no_database_and_name_999(code: str) -> None:
    error = SimpleNamespace(sentence="Not saved.", who=HOSTILE, when=NOON, what="rated", kept=[("Reasons", HOSTILE)])
    page = get_template(f"errors/{code}.html").render({"error": error})
    assert "Ring 999" in page
    assert "<script>alert" not in page


def test_absent_page_is_the_same_for_everybody() -> None:
    template = get_template("errors/404.html")
    somebody = {
        "signed_in": SimpleNamespace(name="Ann", agency="Police"),
        "nav": [SimpleNamespace(url="/", label="My work")],
        "hub_name": "Hub", "reference": "C-1", "now": NOON, "unread": 4, "error": SimpleNamespace(sentence="Secret"),
    }  # fmt: skip
    assert template.render(somebody) == template.render({})


def test_templates_hold_no_inline_script_or_style() -> None:
    found = {
        path.relative_to(ROOT): match[0]
        for path in (ROOT / "templates").rglob("*.html")
        if (
            match := re.search(r"<style|\sstyle=|<[^>{%]*\son\w+=|<script(?![^>]*\ssrc=)|javascript:", path.read_text())
        )
    }
    assert found == {}


def test_templates_keep_their_length() -> None:
    long = {path.name for path in (ROOT / "templates").rglob("*.html") if len(path.read_text().splitlines()) > 120}
    assert long == set()
