"""Each wall alone, the other off, opens the same requests and grants to the same people."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2.extensions import connection as Connection

from agencies.access.firewall import rule_for
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER, CLOCK, NOBODY, PUBLIC, Viewer
from demo.people import PEOPLE
from information_sharing import actions
from information_sharing.models import InformationRequest
from tests.people import person
from tests.scenes.enquiries import MORNING, answer, ask, new, open_case

TABLE = InformationRequest._meta.db_table


def by_the_policy(viewer: Viewer) -> set[UUID]:
    """Return what raw SQL sees as the web role, without any rule of the application."""
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {TABLE}")
        return {row[0] for row in cursor.fetchall()}


def by_the_rule(viewer: Viewer, superuser: Connection) -> set[UUID]:
    """Return what the application's rule opens, run where no policy stands in the way."""
    rows = InformationRequest._default_manager.filter(rule_for(InformationRequest)(viewer)).values("pk")
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:  # The rule opens nothing, whatever there is.
        return set()
    with superuser.cursor() as cursor:
        cursor.execute(statement, values)
        return {UUID(str(row[0])) for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_requests_open_to_the_same_people_in_both_walls(superuser_connection: Connection) -> None:
    first, second = open_case(), open_case(worker="sean_worker")
    police, _ = ask(first, "police", "health")
    answer(police, person("police_researcher"), new())
    with acting_as(person("sean_worker").viewer):
        ask(second, "police", "education", by=person("sean_worker"))
    withdrawn = ask(first, "probation")[0]
    with acting_as(person("maeve_manager").viewer) as manager:
        actions.withdraw_request(withdrawn, viewer=manager, at=MORNING, version=None)
    seen = {}
    for viewer in [*(person(one.key).viewer for one in PEOPLE), PUBLIC, CLOCK, BUILDER, NOBODY]:
        walls = by_the_rule(viewer, superuser_connection), by_the_policy(viewer)
        assert (viewer.name, walls[0]) == (viewer.name, walls[1])
        seen[viewer.name] = len(walls[0])
    assert {name: count for name, count in seen.items() if count} == {
        "Maeve Connolly": 5,
        "Martin Ashby": 5,
        "Saira Malik": 3,
        "Sean Duffy": 2,
        "Paul Kerr": 2,
        "Petra Lind": 2,
        "Grace Mensah": 1,
        "Hugh Tanner": 1,
        "Edith Lowe": 1,
        "Ravi Sethi": 1,
    }
