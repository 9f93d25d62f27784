"""The planted hub stands in this worker's database while the sweeps run; the plain one comes back afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from agencies.access.lookup import memberships_of, viewer_of
from agencies.access.viewer import Viewer
from agencies.models import Membership
from tests.architecture.planting import World, enter_world
from tests.database import replace_database


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Enter the planted hub, and leave it."""
    with django_db_blocker.unblock():
        found = enter_world()
    yield found
    with django_db_blocker.unblock():
        replace_database()


@pytest.fixture
def viewers(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Viewer]]:
    """Return everybody in the planted hub, in each of their memberships, as they would sign in."""
    with django_db_blocker.unblock():
        users = Membership.objects.order_by("user_id").values_list("user_id", flat=True).distinct()
        yield [viewer_of(one) for user in users for one in memberships_of(user, at=timezone.now())]
        connection.close()
