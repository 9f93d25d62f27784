"""Mistakes in addresses: frozen, as the package address-errors 0.1.1 made them of the homes of those looked for.

Made with `Controls(prevalence=40, postcode="with_errors", postcode_error_multiplier=4, noise=Noise(rate=0.75))` in the
style of Leeds, seed 20261130. The package needs its own form of gazetteer and a release of it could change what it
makes, so its lines are kept and not made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.matching.crowd import Home

FROZEN = Path(__file__).with_name("address_mistakes.txt")


def address_mistakes(homes: Sequence[Home]) -> list[str]:
    """Return the address of each home as it is typed.

    Raises:
        ValueError: the homes are others than those that the lines were made of.
    """
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    if len(lines) != len(homes):
        raise ValueError("The frozen lines belong to other homes.")
    return lines
