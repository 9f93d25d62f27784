"""Nothing typed is lost, on any form: what was typed into any of them is kept, and stands in it again when put back.

The forms are found on the pages themselves, as each person meets them in the planted hub.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.urls import resolve

from agencies.access.table.meaning import audiences_of
from agencies.access.table.whole import ADDRESSES
from agencies.models import Submission
from audit.models import Event
from demo.borough.markup import Form, Page
from tests.architecture.addresses import routes
from tests.architecture.people import PEOPLE, Visitor, addresses, visitor
from tests.architecture.planting import World

LETTERS = "She hid under the bed. <b>&amp;</b> ‘ñ’ "
LEFT_OUT = {
    "agencies:choose_membership": "a choice, without a text",
    "demo:mail": "the demo's own",
}
TRIED = 3
"""Records at which each person looks for the forms of a page: some of their own, some in each state."""

FEW = 4
"""Of those who reach a page, so many look for its forms."""

SEARCHES = {"search", "contacts:suggest", "contacts:status", "reporting:activity", "reporting:receipts"}
"""What is typed into a search is sent by itself, and asks for nothing but to be typed again."""


def texts_of(form: Form) -> list[str]:
    """Return the names of the fields into which something is typed."""
    return [one.name for one in form.fields.values() if one.kind == "text" and "password" not in one.name]


def forms_of(one: Visitor, path: str) -> list[Form]:
    """Return the forms of a page with which something is written, where the page opens."""
    with transaction.atomic():
        response: Any = one.client.get(path)
        transaction.set_rollback(True)
    if response.status_code != 200 or "html" not in response["Content-Type"]:
        return []
    return [form for form in Page(path, 200, response.content.decode()).forms if form.method == "post"]


def route_of(form: Form) -> str:
    return resolve(form.action).view_name


def search(world: World, every: int = 1) -> Iterator[tuple[str, Visitor, Form, str]]:
    """Yield each form that holds a text, once, by the route that takes it, with the page on which it stands.

    Args:
        every: of the routes, so many are left out each time but one; for a run that tries a few.
    """
    seen: set[str] = set()
    visitors = [visitor(name) for name in PEOPLE]
    for route in routes()[::every]:
        row = ADDRESSES[route.name]
        if "GET" not in row.methods or route.name.startswith(("account_", "demo:")):
            continue
        reaching = [one for one in visitors if one.viewer and audiences_of(one.viewer) & frozenset(row.reach)]
        for one in reaching[:: max(1, len(reaching) // FEW)]:
            cookies = dict(one.cookies)
            for path in addresses(route, world, one.viewer)[:TRIED]:
                for form in forms_of(one, path):
                    if texts_of(form) and route_of(form) not in seen:
                        seen.add(route_of(form))
                        yield route_of(form), one, form, path
            one.client.cookies = SimpleCookie(cookies)


def typed_into(form: Form) -> dict[str, list[str]]:
    """Return what is sent when each text of a form is filled in and the rest is left as it is drawn."""
    return {**form.drawn, **{name: [f"{LETTERS}{name}"] for name in texts_of(form)}}


@pytest.mark.django_db
def test_every_form_is_put_back_as_it_was_left_and_writes_nothing(world: World) -> None:
    wrong, tried = [], []
    for name, one, form, _page in search(world):
        if name in SEARCHES | set(LEFT_OUT):
            continue
        tried.append(name)
        with transaction.atomic():
            before = written()
            answer: Any = one.client.post(form.action, {**typed_into(form), "put_back": ["x"]})
            after = written()
            transaction.set_rollback(True)
        shown = Page(form.action, answer.status_code, answer.content.decode())
        held = {text for each in shown.forms for one_field in each.fields.values() for text in one_field.drawn}
        lost = [text for name_of in texts_of(form) if (text := f"{LETTERS}{name_of}") not in held]
        if answer.status_code != 200 or lost or before != after:
            wrong.append(f"{name}: {answer.status_code}, lost {lost}, {before != after}")
    assert wrong == []
    assert len(tried) >= 60, sorted(tried)


def written() -> tuple[int, int]:
    """Return how many events and used keys there are: whatever is written leaves one."""
    return Event.objects.count(), Submission.objects.count()
