"""Planted faults: `./run prove faults` shows that each proof is seen to fail.

A kind of proof adds its own in a module named in `KINDS`, as `FAULTS`: a list of `Fault`. While a fault stands, `ask`
must return something that it does not return of the sound product.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

KINDS = ("tests.proofs.faults_of_seen",)
"""Where the faults of each proof stand that is asked in this way; `nobody` plants its own in a hub that is lived in."""


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong in the product, one kind of it.

    Attributes:
        proof: which must find it, in the word after `./run prove`.
        name: what is wrong, in words.
        world: the fixture that gives what the proof looks at.
        plant: lets the fault stand while it is entered.
        ask: asks the proof about what the fixture gave, and returns what it says, a line for each. Faults that share
            one function share one answer of the sound product.
    """

    proof: str
    name: str
    world: str
    plant: Callable[[], AbstractContextManager[None]]
    ask: Callable[[Any], frozenset[str]]

    def __str__(self) -> str:
        return f"{self.proof}: {self.name}"


def faults() -> list[Fault]:
    """Return the faults of every proof."""
    return [fault for name in KINDS for fault in import_module(name).FAULTS]


only_at_night = pytest.mark.skipif(
    "1" not in {os.environ.get("MASH_PROOF_FAULTS"), os.environ.get("PROOF_FAULTS")},
    reason="planted faults run at night: `./run prove faults`",
)
"""Of a proof that it can fail: `./run prove faults` asks for it, by the variable that it sets."""
