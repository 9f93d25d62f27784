"""Who sees which row of this stage."""

from decisions.visibility import corrections, tables

__all__ = ["corrections", "tables"]
