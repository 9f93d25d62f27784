"""What tests of reviews, broken glass and the night share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.people import Person

ClientOf = Callable[[Person], Client]
REASON = "The grandmother is at the door and asks where the child sleeps tonight."


def text(response: Any) -> str:
    """Return what a page says."""
    return str(response.content.decode())
