"""How often an address may try: counted in the process, by a keyed hash that is forgotten within the hour."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from common.blind_index import passing_index

HOUR_SECONDS = 3600


def may_go_on(request: HttpRequest, what: str, *, most: int, key: str = "") -> bool:
    """Count one more try and say whether it is still within what an hour allows.

    Args:
        what: the page.
        key: what is counted; without it the address that the request came from.
    """
    counted = passing_index(key or request.META.get("REMOTE_ADDR", "") or "nowhere", place=f"pacing.{what}")
    cache.add(counted, 0, HOUR_SECONDS)
    try:
        return cache.incr(counted) <= most
    except ValueError:
        return True
