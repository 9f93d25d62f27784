"""What the tests of pages do with a client."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse


def post(client: Client, name: str, /, *args: object, **answers: str) -> Any:
    return client.post(reverse(f"contacts:{name}", args=args), answers)
