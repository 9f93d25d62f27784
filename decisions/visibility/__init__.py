"""Who sees which row (`tables`), and the enquiry as its decision team sees it (`enquiry`)."""

from decisions.visibility import corrections, tables

__all__ = ["corrections", "tables"]
