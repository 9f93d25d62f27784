"""What the tests of pages do with a client."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.people import Person

SignIn = Callable[[Person], Client]


def post(client: Client, name: str, /, *args: object, **answers: str) -> Any:
    return client.post(reverse(f"contacts:{name}", args=args), answers)


def text(page: Any) -> str:
    return str(page.content.decode())
