"""Which forms are the work of a desk: what hangs on a contact, and what begins one."""

from __future__ import annotations

from django.urls import Resolver404, resolve

BEGINS: set[str] = set()
"""Names of the forms that begin a record of a desk; the stage whose they are puts them in."""

HANG_ON = {"C-", "N-"}
"""How references begin of contacts, of protective work on one, and of what else a desk writes about one; the stages
after that of contacts put in theirs."""


def contact_of_form(action: str) -> str | None:
    """Return the reference of what of a contact a form hangs on; empty: it begins one; None: no work of a desk."""
    try:
        found = resolve(action.partition("?")[0])
    except Resolver404:
        return None
    reference = str(found.kwargs.get("reference", ""))
    if reference[:2] in HANG_ON:
        return reference
    return "" if found.view_name in BEGINS else None
