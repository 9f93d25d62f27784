"""Builds the demo hub through the actions, each by the person who would do it and at the moment it would be done."""

from demo.builder.halves import RARELY, build_in_halves
from demo.builder.hub import build_hub, is_built

__all__ = ["RARELY", "build_hub", "build_in_halves", "is_built"]
