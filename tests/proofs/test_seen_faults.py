"""It can fail: each planted fault makes its proof say something that it does not say of the sound product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.proofs.faults import Fault, faults, only_at_night
from tests.proofs.figures import add
from tests.proofs.notes import keep
from tests.proofs.test_seen import shown

__all__ = ["shown"]

_of_the_sound: dict[tuple[Callable[[Any], frozenset[str]], int], frozenset[str]] = {}


@only_at_night
@pytest.mark.parametrize("fault", faults(), ids=str)
def test_a_planted_fault_is_found(
    fault: Fault, request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> None:
    world = request.getfixturevalue(fault.world)
    with django_db_blocker.unblock():
        key = fault.ask, id(world)
        if key not in _of_the_sound:
            _of_the_sound[key] = fault.ask(world)
        with fault.plant():
            said = fault.ask(world) - _of_the_sound[key]
    keep(f"fault {fault}", sorted(said))
    add(f"faults of {fault.proof}: planted", 1, ">= 20")
    add(f"faults of {fault.proof}: not found", int(not said), "0")
    assert said, f"Nobody would notice: {fault}."
