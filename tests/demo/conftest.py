"""The demo hub, built once for the tests that look at it; everything is rolled back after the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from demo.builder import build_hub
from demo.directory import Directory, read_directory
from tests.scenes.enquiries import MORNING


@dataclass
class Built:
    """The hub as it was built."""

    at: datetime
    contacts: int
    hub: Directory
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Built]:
    """Build the demo hub in a transaction that is never committed, at the moment `AT` of the module."""
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        at = getattr(request.module, "AT", MORNING)  # How far a story comes depends on when the hub is open.
        count = build_hub(at=at, say=said.append)
        yield Built(at, count, read_directory(), said)
        transaction.set_rollback(True)
