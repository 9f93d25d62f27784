"""Who sees which row (`tables`), and the enquiry as its decision team sees it (`enquiry`)."""

from decisions.visibility import tables

__all__ = ["tables"]
