"""Every address without an account, and what each may look like."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Contact
from tests.architecture.addresses import Route, routes

ROUTES = {route.name: route for route in routes()}
PUBLIC = {
    "agencies:keep",
    "agencies:give_second_factor",
    "home",
    "live",
    "ready",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "contacts:start",
    "contacts:report",
    "contacts:report_received",
    "contacts:status",
}
"""The addresses that are open without an account. Everything else asks for one."""


def test_what_is_public_is_written_here() -> None:
    assert {name for name, route in ROUTES.items() if route.is_public} == PUBLIC


def test_every_address_has_a_name_of_its_own() -> None:
    assert len(ROUTES) == len(routes())
    assert [name for name in ROUTES if not re.fullmatch(r"([a-z_]+:)?[a-z0-9_]+", name)] == []


def test_record_in_an_address_is_a_reference_or_a_random_key() -> None:
    """A number may count what stands on one record, never the records themselves; a place is a keyed hash."""
    odd = []
    for route in ROUTES.values():
        for kind, name in re.findall(r"<(\w+):(\w+)>", route.pattern):
            if kind not in {"ref", "uuid"} and (kind, name) not in {("int", "position"), ("slug", "place")}:
                odd.append((route.name, kind, name))
    assert odd == []
    assert [
        route.name for route in ROUTES.values() if "<ref:" in route.pattern and "<ref:reference>" not in route.pattern
    ] == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("name", sorted(set(ROUTES) - PUBLIC))
def test_address_asks_the_anonymous_to_sign_in(name: str, method: str, client: Client) -> None:
    path = reverse(name, kwargs=ROUTES[name].sample())
    response = getattr(client, method)(path)
    assert (response.status_code, response.headers["Location"]) == (302, f"/account/login/?next={path}")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_address_answers_and_writes_nothing_by_itself(name: str, method: str, client: Client) -> None:
    route: Route = ROUTES[name]
    response = getattr(client, method)(reverse(name, kwargs=route.sample()))
    not_ready = {503} if name == "ready" and method == "get" else set()  # nobody has swept in the tests' hub
    assert response.status_code in {200, 302, 400, 404, 405} | not_ready
    assert not response.headers.get("Location", "/").startswith(("//", "http"))
    assert Contact.objects.count() == 0
