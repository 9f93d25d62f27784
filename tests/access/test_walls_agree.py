"""Each wall alone, the other off, opens the same requests and grants to the same people."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.utils import timezone
from psycopg2.extensions import connection as Connection

import screening.actions
from agencies.access.firewall import rule_for
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.access.viewer import BUILDER, CLOCK, NOBODY, PUBLIC, Viewer
from agencies.models import Agency, Membership, User
from common.moments import london_day
from demo.people import PEOPLE
from information_sharing import actions
from information_sharing.models import InformationRequest
from tests.people import agency, person
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


def _in_the_wall(superuser: Connection, function: str, day: date) -> set[UUID]:
    with superuser.cursor() as cursor:
        cursor.execute(f"SELECT id FROM fw.{function}(%s)", [day])
        return {UUID(str(row[0])) for row in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_in_force_and_at_work_mean_the_same_in_both_walls(superuser_connection: Connection) -> None:
    day, manager = london_day(timezone.now()), person("maeve_manager")
    ended, over, begins, suspended, away = (
        person(key).membership
        for key in ("fiona_front", "femi_front", "sunita_screener", "sean_worker", "saira_worker")
    )
    with acting_as(BUILDER):
        Membership.objects.filter(pk=ended.pk).update(ended_at=timezone.now())
        Membership.objects.filter(pk=over.pk).update(ends_on=day - timedelta(days=1))
        User.objects.filter(pk=suspended.user_id).update(is_active=False)
        Agency.objects.filter(pk=agency("housing").pk).update(is_active=False)
    with acting_as(manager.viewer) as viewer:
        screening.actions.mark_absent(away.pk, starts_on=day, ends_on=day, viewer=viewer, at=timezone.now())
        in_force = set(Membership.objects.in_force(day).values_list("pk", flat=True))
        at_work = set(Membership.objects.at_work(day).values_list("pk", flat=True))
    assert in_force == _in_the_wall(superuser_connection, "in_force", day)
    assert at_work == _in_the_wall(superuser_connection, "at_work", day)
    assert (in_force - at_work, {ended.pk, over.pk, suspended.pk} & in_force) == ({away.pk}, set())
    assert begins.pk in in_force
    for member in Membership.objects.select_related("user", "agency", "team"):
        if set(member.roles) <= {"researcher", "lead"}:
            continue  # Their roles hang on the signature too.
        with acting_as(viewer_of(member)), connection.cursor() as cursor:
            cursor.execute("SELECT fw.is_staff()")
            assert (member.pk, cursor.fetchone() == (True,)) == (member.pk, member.pk in in_force)
