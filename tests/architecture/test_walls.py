"""Each wall alone, the other off, opens the same rows of every guarded table to the same people, in a whole hub."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from psycopg2.extensions import connection as Connection

from agencies.access.firewall import guarded_models, rule_for
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER, CLOCK, NOBODY, PUBLIC, Viewer
from tests.architecture.people import PEOPLE, visitor
from tests.architecture.planting import STRANGERS, World, superuser_of_world

pytestmark = pytest.mark.django_db
SYSTEM = {"public": PUBLIC, "clock": CLOCK, "builder": BUILDER, "nobody": NOBODY}
MODELS = {model._meta.label: model for model in guarded_models()}


@pytest.fixture(scope="module")
def superuser(world: World) -> Iterator[Connection]:
    """Connect where no policy stands in the way of a rule."""
    with superuser_of_world() as connected:
        yield connected


def viewer_called(name: str) -> Viewer:
    """Return somebody of the hub, a stranger or one of the system's own viewers."""
    viewer = SYSTEM.get(name) or visitor(name).viewer
    assert viewer is not None
    return viewer


def by_the_policy(model: type[models.Model]) -> set[UUID]:
    """Return the keys that raw SQL gives as the web role, without any rule of the application."""
    column = model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{model._meta.db_table}"')
        return {row[0] for row in cursor.fetchall()}


def by_the_rule(model: type[models.Model], viewer: Viewer, superuser: Connection) -> set[UUID]:
    """Return the keys that the application's rule opens, run where no policy stands in the way."""
    rows = model._default_manager.filter(rule_for(model)(viewer)).order_by().values("pk")
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:  # The rule opens nothing, whatever there is.
        return set()
    with superuser.cursor() as cursor:
        cursor.execute(statement, values)
        return {UUID(str(row[0])) for row in cursor.fetchall()}


@pytest.mark.parametrize("name", [*PEOPLE, *STRANGERS, *SYSTEM])
def test_both_walls_open_the_same_rows(name: str, world: World, superuser: Connection) -> None:
    differing = {}
    with acting_as(viewer_called(name)) as viewer:
        for label, model in MODELS.items():
            rule, policy = by_the_rule(model, viewer, superuser), by_the_policy(model)
            if rule != policy:
                differing[label] = f"{len(rule)} by the rule, {len(policy)} by the policy, both {len(rule & policy)}"
    assert differing == {}
