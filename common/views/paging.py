"""Which page of a list an address asks for."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST_NUMBER = 9


def page_number(request: HttpRequest) -> int:
    """Return the page that the address asks for, from 1; whatever is no number asks for the first."""
    number = request.GET.get("page", "1")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return int(number) if is_number else 1
