"""Every address of a whole hub, by people who have no part in any case: no word that somebody wrote gets out."""

from __future__ import annotations

import pytest

from tests.architecture.addresses import routes
from tests.architecture.people import addresses, visit, visitor
from tests.architecture.planting import CANARY, STRANGER_ROLES, World

pytestmark = pytest.mark.django_db
ROUTES = {route.name: route for route in routes()}
NO_PART = [*STRANGER_ROLES, "superuser", "auditor", "administrator", "reviewer", "public"]
"""People to whom the base matrix opens no content of a case."""


@pytest.mark.parametrize("name", NO_PART)
def test_canary_reaches_nobody_without_a_part(name: str, world: World) -> None:
    one = visitor(name)
    found, tried = [], 0
    for route in ROUTES.values():
        for path in addresses(route, world, one.viewer):
            for method in ("get", "post"):
                response = visit(one, method, path)
                tried += 1
                shown = CANARY.encode() in response.content or CANARY in str(response.headers)
                if shown or response.status_code >= 500:
                    found.append(f"{method} {route.name} {response.status_code}")
    assert sorted(set(found)) == []
    assert tried > len(ROUTES)
