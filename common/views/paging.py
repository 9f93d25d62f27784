"""Which page of a list an address asks for."""

from __future__ import annotations

from django.http import HttpRequest

FARTHEST = 999_999_999
"""No list is as long: whatever page is asked for beyond it is as empty as this one."""


def page_number(request: HttpRequest) -> int:
    """Return the page that the address asks for, from 1; whatever is no number asks for the first."""
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit()):
        return 1
    return FARTHEST if len(number) > len(str(FARTHEST)) else int(number)
