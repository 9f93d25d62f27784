"""Walking the hub as one person: from their first page by links alone, as far as links lead.

A walk never types an address. It follows links, further pages of lists, tabs and the choices of filters, and it sends
the few forms by which something opens for a purpose. What is folded away in `<details>` stands on the page. Each page
is asked for once, by the shortest way, so that its clicks are the fewest with which somebody gets there.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from http.cookies import SimpleCookie
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve

from agencies.access.table.whole import ADDRESSES
from agencies.access.table.words import BOTH
from common.moments import LONDON
from demo.people import PASSWORD
from tests.proofs.cells import PLANTED, Person

FIRST_PAGE = "/"
OK, LED_ON = 200, 302
OPENINGS: dict[str, dict[str, str]] = {
    "contacts:earlier": {"purpose": "decision"},
    "contacts:open_places": {"purpose": "safety"},
    "information_sharing:open_address": {"purpose": "safety"},
    "decisions:open_places": {"purpose": "assigned"},
    "decisions:sealed_reasons": {"purpose": "decision", "password": PASSWORD},
    "information_sharing:sealed": {"purpose": "decision", "password": PASSWORD},
}
"""Forms by which something opens for a purpose, by the route that takes them, with what somebody answers."""

FEW = 2
NOT_FOLLOWED = "account_"
"""Pages of the account, which are about no case; one of them ends the visit."""

UNSEEN = re.compile(
    r'<!--.*?-->|<(script|style|template|head)\b.*?</\1>|<input\b[^>]*\btype="(?:hidden|radio|checkbox)"[^>]*>',
    re.DOTALL,
)
"""What stands in a page and on no screen."""

TYPED = re.compile(r'<input\b[^>]*\bvalue="([^"]*)"[^>]*>')
TAG = re.compile(r"<[^>]*>")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MOMENT = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})[a-z]* (\d{{4}})(?:, (\d\d:\d\d))?")
RELATIVE = re.compile(r'<time\b[^>]*\bdatetime="([^"]+)"')
"""A moment that stands on the page as "2 h left", with what it is worked out from."""

LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
SELECT = re.compile(r'<select\b[^>]*\bname="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option\b[^>]*\bvalue="([^"]*)"')
TICKED = re.compile(r'<input\b[^>]*\btype="(?:radio|checkbox)"[^>]*>')


Mark = tuple[str, str]
"""A text: the number of its column and the beginning of its row's key. A moment: day and time; a day: no time."""


@dataclass(frozen=True)
class Step:
    """Something that can be clicked.

    Attributes:
        path: where it leads.
        clicks: how many it takes from the first page.
        page: on which page it stands.
        form: what is sent, where it is a form.
    """

    path: str
    clicks: int = 0
    page: str = ""
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of a step."""

    step: Step
    status: int
    led_to: str
    text: str

    @property
    def way(self) -> str:
        """The step in words."""
        return f"{self.step.path} (on {self.step.page or 'the way in'})"


@dataclass
class Walk:
    """All that one person found.

    Attributes:
        clicks: of each planted text, moment and day that was seen: the fewest.
        where: the page on which it was seen with them.
        pages: of each address that opened, the fewest clicks.
        odd: links that answered anything but 200, each with where it stood.
    """

    clicks: dict[Mark, int] = field(default_factory=dict)
    where: dict[Mark, str] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def keep(self, answer: Answer) -> None:
        """Take down what a page shows."""
        self.pages.setdefault(answer.step.path, answer.step.clicks)
        for mark in marks(answer.text):
            if mark not in self.clicks:
                self.clicks[mark], self.where[mark] = answer.step.clicks, answer.step.path


def marks(page: str) -> Iterator[Mark]:
    """Yield what can be recognised on a page: planted texts, and moments and days in London."""
    text = seen(page)
    yield from PLANTED.findall(text)
    for day, month, year, time in MOMENT.findall(text):
        yield f"{int(year):04}-{MONTHS.index(month) + 1:02}-{int(day):02}", time
    for moment in RELATIVE.findall(page):
        yield mark_of(datetime.fromisoformat(moment))


def mark_of(value: datetime | date) -> Mark:
    """Return by what a moment or a day is recognised on a page."""
    if isinstance(value, datetime):
        local = value.astimezone(LONDON)
        return f"{local:%Y-%m-%d}", f"{local:%H:%M}"
    return f"{value:%Y-%m-%d}", ""


def seen(page: str) -> str:
    """Return what a page shows on the screen: its text, and what stands in fields that one types into."""
    visible = UNSEEN.sub(" ", page)
    return html.unescape(TAG.sub(" ", TYPED.sub(r" \1 ", visible)))


ONCE = re.compile(r"why_.*|.*interest")
SHOWING = {
    "contacts:earlier",
    "decisions:analysis",
    "decisions:complaint",
    "decisions:corrections",
    "decisions:feedback",
    "decisions:letter",
    "decisions:letters",
    "decisions:prepare",
    "decisions:release",
    "decisions:sealed_reasons",
    "information_sharing:instruction",
    "information_sharing:readers",
    "information_sharing:sealed",
    "screening:reviews",
}
"""Pages with a form that show what others have written, too."""


def alike(path: str) -> str:
    """Return for a page of which one like another tells nothing new what they share; else the address itself."""
    route = route_of(path)
    takes = ADDRESSES[route].methods if route in ADDRESSES else ""
    is_form = takes == BOTH and route not in SHOWING and bool(ADDRESSES[route].record)
    return route if is_form or ONCE.fullmatch(route) else path


def walk(
    person: Person,
    *,
    wanted: Callable[[str], bool] = lambda _path: True,
    same: Callable[[str], str] = lambda path: path,
) -> Walk:
    """Follow every link from somebody's first page, the fewest clicks first.

    Args:
        wanted: whether a link is followed; the quick run picks some matters.
        same: what pages share of which one is enough; the quick run opens each form once.
    """
    found = Walk()
    waiting, known = deque([Step(FIRST_PAGE)]), {Step(FIRST_PAGE).path}
    while waiting:
        answer = take(person, waiting.popleft())
        if answer.status != OK:
            found.odd.append(f"{answer.status}: {answer.way}{f' leads to {answer.led_to}' if answer.led_to else ''}")
            continue
        found.keep(answer)
        for step in steps(answer):
            key = same(step.path) + urlencode(step.form)
            if key not in known and wanted(step.path):
                known.add(key)
                waiting.append(step)
    return found


def take(person: Person, step: Step) -> Answer:
    """Do one step and undo what it wrote; the way in may lead on, as the first page does, and so may a form."""
    led_to, path, form = "", step.path, dict(step.form)
    for _ in range(3):
        response = _asked(person, path, form)
        if response.status_code != LED_ON:
            break
        led_to = urljoin(path, response.headers["Location"])
        if step.page and not step.form:
            return Answer(step, LED_ON, led_to, "")
        path, form = led_to, {}
    body = b"".join(response) if response.streaming else response.content
    return Answer(
        Step(path, step.clicks, step.page, step.form), response.status_code, led_to, body.decode(errors="replace")
    )


def _asked(person: Person, path: str, form: dict[str, str]) -> Any:
    kept = {name: morsel.value for name, morsel in person.client.cookies.items()}
    with transaction.atomic(durable=True):
        response: Any = person.client.post(path, form) if form else person.client.get(path)
        if response.streaming:
            response.streaming_content = iter([b"".join(response)])
        transaction.set_rollback(True)
    person.client.cookies = SimpleCookie(kept)
    return response


def steps(answer: Answer) -> Iterator[Step]:
    """Yield everything that can be clicked on a page: links, choices of filters, and forms that open for a purpose."""
    page, here, further = answer.text, answer.step.path, answer.step.clicks + 1
    for path in chain(map(html.unescape, LINK.findall(page)), _filters(page, here)):
        whole = urljoin(here, path).partition("#")[0]
        if not urlsplit(whole).netloc and whole.startswith("/") and _is_page(whole):
            yield Step(whole, further, here)
    for attributes, _inside in FORM.findall(page):
        given = dict(ATTRIBUTE.findall(attributes))
        target = urljoin(here, html.unescape(given.get("action", "")) or here)
        answers = OPENINGS.get(route_of(target), {}) if given.get("method") == "post" and not answer.step.form else {}
        if answers:
            yield Step(target, further, here, tuple(answers.items()))


def _is_page(path: str) -> bool:
    route = route_of(path)
    return not path.startswith("/static/") and not route.startswith(NOT_FOLLOWED)


def route_of(path: str) -> str:
    """Return the name of the route of an address; empty where there is none."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def _filters(page: str, here: str) -> Iterator[str]:
    """Yield the address of each choice of a form that filters a list; of one about a record, of the first."""
    for attributes, inside in FORM.findall(page):
        given = dict(ATTRIBUTE.findall(attributes))
        if given.get("method") == "get":
            target = html.unescape(given.get("action", "")) or urlsplit(here).path
            most = FEW if "reference" in resolve(urlsplit(target).path).kwargs else None
            for name, value in islice(_choices(inside), most):
                yield f"{target}?{urlencode({name: value})}"


def _choices(inside: str) -> Iterator[tuple[str, str]]:
    for name, options in SELECT.findall(inside):
        for value in OPTION.findall(options):
            if value:
                yield name, html.unescape(value)
    for ticked in TICKED.findall(inside):
        given = dict(ATTRIBUTE.findall(ticked))
        if given.get("value"):
            yield given.get("name", ""), html.unescape(given["value"])
