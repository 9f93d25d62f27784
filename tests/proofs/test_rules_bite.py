"""Every clause of rule and policy flipped, the other wall off: somebody then sees other rows than the table says."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TypeVar

import pytest
from django.core.exceptions import FieldDoesNotExist, FieldError
from psycopg2.extensions import connection as Connection

from agencies.access.viewer import CLOCK, Viewer
from tests.architecture.planting import World
from tests.proofs import oracle, policies
from tests.proofs.figures import is_quick, report
from tests.proofs.mutants import Mutant, calls, functions_of, in_place, mutants_of
from tests.proofs.notes import keep
from tests.proofs.oracle import Model, Rows
from tests.proofs.people import PRINCIPALS, viewer

pytestmark = pytest.mark.django_db

VISIBILITY = (
    "contacts.visibility",
    "screening.visibility",
    "information_sharing.visibility",
    "decisions.visibility.tables",
    "clock.visibility",
    "notices.visibility",
)
F = TypeVar("F", Mutant, policies.Flip)
GOAL = 95
ONE_OF = 6
SYSTEM = {"clock": CLOCK}
"""Viewers of the system, which read and write for nobody."""

Said = dict[tuple[Model, str], Rows]


def said_of(viewers: dict[str, Viewer], models: list[Model], superuser: Connection) -> Said:
    """Return what the table says of each person and kind of record."""
    return {
        (model, name): oracle.by_the_table(model, one, superuser) for model in models for name, one in viewers.items()
    }


def percent(killed: int, of: int) -> float:
    """Return how many of a hundred were found."""
    return round(100 * killed / of, 1) if of else 0.0


def chosen(flips: list[F]) -> list[F]:
    """Return all flips, or each sixth for the quick run."""
    return flips[::ONE_OF] if is_quick() else flips


def test_rules_bite_in_the_application(world: World, superuser: Connection) -> None:
    viewers = {name: viewer(name) for name in PRINCIPALS} | SYSTEM
    models = oracle.guarded()
    said = said_of(viewers, models, superuser)
    asked = calls(models, viewers)
    flips = [flip for name in VISIBILITY for one in functions_of(import_module(name)) for flip in mutants_of(one)]
    survivors = []
    for flip in chosen(flips):
        cells = sorted(asked.get(flip.function.__code__, ()), key=lambda cell: (len(said[cell]), str(cell)))
        with in_place(flip):
            found = any(differs(cell, viewers, said, superuser) for cell in cells)
        if not found:
            survivors.append(flip.name)
    tried = len(chosen(flips))
    keep("survivors of wall 1", survivors)
    share = percent(tried - len(survivors), tried)
    report("wall 1: flipped clauses", tried, "all", ok=tried > 0)
    report("wall 1: flips that make a cell fail, per cent", share, f">= {GOAL}", ok=share >= GOAL)


def differs(cell: tuple[Model, str], viewers: dict[str, Viewer], said: Said, superuser: Connection) -> bool:
    """Say whether wall 1 opens other rows than the table says; a rule that breaks opens none."""
    model, name = cell
    try:
        return oracle.by_the_rule(model, viewers[name], superuser) != said[cell]
    except (TypeError, ValueError, LookupError, FieldError, FieldDoesNotExist):
        return True


def test_rules_bite_in_the_database(world: World, superuser: Connection) -> None:
    viewers = {name: viewer(name) for name in PRINCIPALS} | SYSTEM
    models = {model._meta.db_table: model for model in oracle.guarded()}
    standing = [one for one in policies.reading(superuser) if one.table in models]
    said = said_of(viewers, list(models.values()), superuser)
    tried, survivors = 0, []
    for policy in standing:
        model, beside, flips = models[policy.table], alone(policy, standing), chosen(list(policies.flips(policy)))
        tried += len(flips)
        opens = None if beside else {name: said[model, name] for name in viewers}
        left = unnoticed(flips, model, viewers, superuser, beside=beside, opens=opens)
        left = unnoticed(left, model, viewers, superuser, beside=beside, off=policies.asked_by(policy))
        survivors += [flip.name for flip in left]
    keep("survivors of wall 2", survivors)
    share = percent(tried - len(survivors), tried)
    report("wall 2: flipped clauses", tried, "all", ok=tried > 0)
    report("wall 2: flips that make a cell fail, per cent", share, f">= {GOAL}", ok=share >= GOAL)


def alone(policy: policies.Policy, standing: list[policies.Policy]) -> dict[policies.Policy, str]:
    """Return the other policies of a table shut, where this one also says what may be written: it must bite alone."""
    if policy.restricts or not policy.also_writes:
        return {}
    others = [one for one in standing if one.table == policy.table and one != policy and not one.restricts]
    return dict.fromkeys(others, "false")


def unnoticed(
    flips: list[policies.Flip],
    model: Model,
    viewers: dict[str, Viewer],
    superuser: Connection,
    *,
    beside: dict[policies.Policy, str],
    opens: dict[str, Rows] | None = None,
    off: Sequence[str] = (),
) -> list[policies.Flip]:
    """Return the flips with which everybody sees the same rows as before.

    Args:
        beside: other policies as they stand meanwhile.
        opens: what everybody sees before; None to look.
        off: tables whose policies are off meanwhile: a clause that doubles what they say must bite without them.
    """
    if not flips:
        return []
    with policies.in_force(beside, superuser, off=off):
        before = opens or {name: policies.seen_by(model, one, superuser) for name, one in viewers.items()}
    left = []
    for flip in flips:
        with policies.in_force({**beside, flip.policy: flip.condition}, superuser, off=off):
            if all(policies.seen_by(model, one, superuser) == before[name] for name, one in viewers.items()):
                left.append(flip)
    return left
