"""Each wall alone, the other off, opens to each person exactly the rows that the access table says."""

from __future__ import annotations

import pytest
from psycopg2.extensions import connection as Connection

from tests.architecture.planting import World
from tests.proofs import oracle, policies
from tests.proofs.figures import report
from tests.proofs.notes import keep
from tests.proofs.people import PRINCIPALS, viewer

pytestmark = pytest.mark.django_db

VIEWERS = PRINCIPALS


def test_rules_open_what_the_table_says(world: World, superuser: Connection) -> None:
    odd, cells, opened = [], 0, 0
    for name in VIEWERS:
        one = viewer(name)
        for model in oracle.guarded():
            said, found = oracle.by_the_table(model, one, superuser), oracle.by_the_rule(model, one, superuser)
            cells += 1
            opened += bool(said)
            if said != found:
                odd.append(f"{model._meta.label} for {name}: {len(found - said)} too many, {len(said - found)} missing")
    keep("wall 1", odd)
    report("wall 1 alone: person x record kind cells that differ from the table", len(odd), "0", ok=odd == [])
    assert opened > cells / 10


def test_policies_open_what_the_table_says(world: World, superuser: Connection) -> None:
    odd, forbidden = [], 0
    tables = oracle.under_policies(superuser)
    models = [model for model in oracle.guarded() if model._meta.db_table in tables]
    for name in VIEWERS:
        one = viewer(name)
        for model in models:
            said, found = oracle.by_the_table(model, one, superuser), policies.seen_by(model, one, superuser)
            forbidden += len(found - said)
            if said != found:
                odd.append(f"{model._meta.label} for {name}: {len(found - said)} too many, {len(said - found)} missing")
    superuser.rollback()
    keep("wall 2", odd)
    report("wall 2 alone: forbidden rows that raw SQL reads", forbidden, "0", ok=forbidden == 0)
    report("wall 2 alone: person x record kind cells that differ from the table", len(odd), "0", ok=odd == [])
