"""Pages compared with each other: without their tokens, and while the clock stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

TOKENS = re.compile(
    r'nonce="[^"]*"|data-(?:now|signed-out-at)="[^"]*"|name="(?:csrfmiddlewaretoken|submission_key)" value="[^"]*"'
    r"|[0-9a-f]{32,}"
)
"""What differs from one drawing of a page to the next in the same instant."""


def plain(page: Any) -> str:
    """Return a page without its tokens.

    What it says of the time stays in it: a test that compares pages with moments in them lets the clock stand.
    """
    return TOKENS.sub("", page.content.decode())


def text(page: Any) -> str:
    """Return a page as it was sent."""
    return str(page.content.decode())


@pytest.fixture
def standing_clock() -> Iterator[datetime]:
    """Let the product's clock stand, so that two pages drawn one after the other say the same of the time."""
    at = timezone.now()
    with time_machine.travel(at, tick=False):
        yield at
