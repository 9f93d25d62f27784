"""Crawling one world as everybody: each answer to the last byte, and how many queries it took.

Whatever differs between two crawls is the secret's doing: the clock stands, and what is drawn at random is drawn from a
seed of the request.
"""

from __future__ import annotations

import contextlib
import re
import types
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from http.cookies import SimpleCookie
from typing import Any

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import resolve, reverse

from agencies.access import identity
from agencies.access.lookup import viewer_of
from agencies.access.table.meaning import audiences_of
from agencies.access.table.whole import ADDRESSES
from agencies.access.table.words import Audience
from agencies.models import Membership, User
from demo.people import DOMAIN
from tests.architecture.addresses import UUID, Route, routes
from tests.architecture.people import PEOPLE, Visitor, visitor
from tests.architecture.planting import BUILT, KINDS, address_of
from tests.architecture.seeds import drawn_from
from tests.sending import Browser

OTHERS = {"other_researcher": "health.researcher", "other_worker": "sean.worker"}
PRINCIPALS = (*PEOPLE, *OTHERS, "stranger_researcher", "stranger_receiver", "superuser", "public")
"""Everybody: the columns of the base matrix, people of other agencies, of none that was asked, and nobody."""

NONCE = re.compile(rb'(name="csrfmiddlewaretoken" value=|csrftoken=|mash_session=)"?\w+"?')
ABSENT = "-2222-2222/"
"""How the address of nothing ends: it is asked for once, to be like that of something forbidden."""

LEFT_OUT = (
    "account_",
    "agencies:end_",
    "agencies:give_second_factor",
    "agencies:new_recovery_codes",
    "agencies:recovery_codes",
    "agencies:set_up_second_factor",
    "agencies:your_account",
)
"""Addresses of one's own account begin so: no case is in them, keys on them are drawn anew, and one ends the visit."""

QUERIES = {
    "work": ["", "?page=2"],
    "contacts:list": ["", "?state=in_enquiry", "?whose=mine", "?channel=telephone", "?page=2", "?page=999", "?sort=x"],
    "screening:queue": ["", "?page=2"],
    "screening:enquiries": ["", "?state=closed", "?colour=red", "?mine=on", "?page=2", "?state=zzz", "?order=-items"],
    "information_sharing:requests": ["", "?done", "?page=2", "?done&page=2"],
    "information_sharing:shared": ["", "?page=2"],
    "notices:list": ["", "?page=2"],
    "decisions:inbox": ["", "?page=2"],
    "decisions:feedback_queue": ["", "?page=2"],
    "reporting:activity": ["", "?deed=item", "?kind=refusal", "?page=2"],
    "agencies:people": ["", "?page=2"],
}
"""Searches, filters and further pages of the lists."""

LOOKED_FOR: dict[str, tuple[dict[str, str], ...]] = {
    "contacts:suggest": (
        {"children-0-given_name": "Ruby", "children-0-family_name": "Hartnell"},
        {"address": "14 Chandlers Row, Aldermere, AM4 7QT"},
    ),
    "reporting:activity": ({"name": "kerr"}, {"name": "a"}, {"name": "Saira Malik", "deed": "item"}),
}
"""What somebody types into the searches for earlier contacts, and for people of the log."""


@dataclass(frozen=True)
class Visit:
    """One request that is made in both worlds."""

    method: str
    path: str
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came back, packed; two are equal when nobody could tell them apart."""

    packed: bytes
    queries: int

    @property
    def content(self) -> bytes:
        """Status, headers and body."""
        return zlib.decompress(self.packed)


@dataclass
class Crawl:
    """All answers of one world, by who asked for what."""

    answers: dict[tuple[str, Visit], Answer] = field(default_factory=dict)


@dataclass
class Difference:
    """What two crawls do not share."""

    pages: int = 0
    differing_bytes: int = 0
    queries: int = 0
    where: list[str] = field(default_factory=list)


def instant() -> datetime:
    """Return the moment at which all clocks stand: a little after the hub was built."""
    return datetime.fromisoformat(BUILT.read_text(encoding="utf-8")) + timedelta(minutes=2)


@contextlib.contextmanager
def standing_clock() -> Iterator[datetime]:
    """Let the product's clock stand; the database goes on, so the signature's expiry follows the real clock."""
    running = types.SimpleNamespace(time=time_machine.escape_hatch.time.time)
    with pytest.MonkeyPatch.context() as patch, time_machine.travel(instant(), tick=False):
        patch.setattr(identity, "time", running)
        yield instant()


def address(name: str) -> str:
    """Return somebody's mail address; nobody's is empty."""
    if name == "public":
        return ""
    local = {**PEOPLE, **OTHERS}.get(name)
    return f"{local}@{DOMAIN}" if local else address_of(name)


def enter_as(name: str) -> Visitor:
    """Sign somebody in."""
    if name not in OTHERS:
        return visitor(name)
    user = User.objects.get(email=address(name))
    members = Membership.objects.select_related("user", "agency", "team").filter(user=user)
    member = members.order_by("starts_on", "id")[0]
    client = Browser()
    client.force_login(user)
    session = client.session
    session["membership"] = str(member.pk)
    session.save()
    client.typed_by()
    return Visitor(client, viewer_of(member))


def visits(references: dict[str, list[str]], items: list[str], *, only: Iterable[str] = ()) -> list[Visit]:
    """Return every address with some records in it, with searches, filters and further pages.

    A method that an address does not take is tried once: it is refused before anything is looked up.

    Args:
        references: of the records to look at, by table.
        items: keys of items to put where an address names one.
        only: names of routes, where not all are wanted.
    """
    chosen = set(only)
    found: list[Visit] = []
    for route in routes():
        if route.name.startswith(LEFT_OUT) or (chosen and route.name not in chosen):
            continue
        takes = ADDRESSES[route.name].methods
        for number, path in enumerate(_paths(route, references, items)):
            if number == 0 or "GET" in takes:
                found += [Visit("get", path + query) for query in QUERIES.get(route.name, [""])]
            if number == 0 or ("POST" in takes and not path.endswith(ABSENT)):
                found.append(Visit("post", path, (("version", "1"),)))
        for form in LOOKED_FOR.get(route.name, ()):
            found.append(Visit("post", reverse(route.name), tuple(form.items())))
    return list(dict.fromkeys(found))


def _paths(route: Route, references: dict[str, list[str]], items: list[str]) -> Iterator[str]:
    if "reference" not in route.arguments:
        yield reverse(route.name, kwargs=route.sample())
        return
    for reference in references.get(KINDS[route.first_part], []):
        sample = route.sample() | {"reference": reference}
        for item in items if "item" in route.arguments else [UUID]:
            yield reverse(route.name, kwargs=sample | ({"item": item} if "item" in route.arguments else {}))


def crawl(who: Iterable[str], wanted: Iterable[Visit], into: Crawl | None = None) -> Crawl:
    """Make every visit as each of them, and undo what it did.

    Args:
        into: an earlier crawl of the same world, whose answers stand.
    """
    made = Crawl() if into is None else into
    listed = list(wanted)
    for name in who:
        missing = [visit for visit in made_by(name, listed) if (name, visit) not in made.answers]
        if not missing:
            continue
        one = enter_as(name)
        for visit in missing:
            made.answers[name, visit] = answer(one, visit, seed=f"{name} {visit}")
    return made


def made_by(name: str, wanted: Iterable[Visit]) -> Iterator[Visit]:
    """Yield the visits that somebody makes: all of the addresses that reach them, and one of each other.

    Which addresses reach whom is the access table's word, held to the running product by the access matrix: there, each
    refusal is compared with that of nothing, for every record.
    """
    known = set()
    for visit in wanted:
        route = resolve(visit.path.partition("?")[0]).view_name
        if _audiences(name) & frozenset(ADDRESSES[route].reach):
            yield visit
        elif route not in known:
            known.add(route)
            yield visit


@cache
def _audiences(name: str) -> frozenset[Audience]:
    found = enter_as(name).viewer
    return frozenset({Audience.PUBLIC}) if found is None else audiences_of(found)


def answer(one: Visitor, visit: Visit, *, seed: str) -> Answer:
    """Make one visit and pack what came back."""
    kept, counted = dict(one.cookies), _Counter()
    ContentType.objects.clear_cache()  # What an earlier visit had looked up would save this one a query.
    with drawn_from(seed), transaction.atomic(), connection.execute_wrapper(counted):
        response = getattr(one.client, visit.method)(visit.path, dict(visit.form) or None)
        transaction.set_rollback(True)
    one.client.cookies = SimpleCookie(kept)
    return Answer(zlib.compress(_flat(response), 1), counted.total)


class _Counter:
    """Counts the statements that a request sends."""

    def __init__(self) -> None:
        self.total = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.total += 1
        return execute(*arguments)


def _flat(response: HttpResponse) -> bytes:
    """Return everything that reaches the browser as one row of bytes, tokens taken out."""
    body = b"".join(getattr(response, "streaming_content", ())) if response.streaming else response.content
    head = "\n".join(f"{key}: {value}" for key, value in sorted(response.headers.items()))
    cookies = "\n".join(morsel.OutputString() for morsel in response.cookies.values())
    flat = f"{response.status_code}\n{head}\n{cookies}\n\n".encode() + body
    return NONCE.sub(rb"\1", flat)


def compare(first: Crawl, second: Crawl, who: Iterable[str], wanted: Iterable[Visit]) -> Difference:
    """Return in how many bytes and queries two crawls differ, for some people and visits."""
    found, listed = Difference(), list(wanted)
    for name in who:
        for visit in made_by(name, listed):
            one, other = first.answers[name, visit], second.answers[name, visit]
            found.pages += 1
            if one.packed != other.packed:
                found.differing_bytes += differing(one.content, other.content)
                found.where.append(f"{name} {visit.method} {visit.path}: {_extract(one.content, other.content)}")
            if one.queries != other.queries:
                found.queries += 1
                found.where.append(f"{name} {visit.method} {visit.path}: {one.queries} and {other.queries} queries")
    return found


def differing(one: bytes, other: bytes) -> int:
    """Return how many bytes differ; what one has more counts too."""
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _extract(one: bytes, other: bytes) -> str:
    """Return the first place where two answers part, a few words of each."""
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(place - 40, 0)
    return f"{one[start : place + 60]!r} / {other[start : place + 60]!r}"
