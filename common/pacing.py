"""How often a network may try: counted for the whole hub, by a keyed hash that is forgotten within the hour."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.core.cache import cache
from django.http import HttpRequest

from common.blind_index import passing_index

HOUR_SECONDS = 3600
PREFIX_OF_A_SITE = 64
"""In IPv6 one line is given so many bits: whoever has it has all addresses below."""


def network_of(request: HttpRequest) -> str:
    """Return where a request comes from, one network for whoever has many addresses of IPv6.

    The web server has read it from as many proxies as it trusts (`deploy/buffered_worker.py`).
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(said)
    except ValueError:
        return said or "nowhere"
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, PREFIX_OF_A_SITE), strict=False).network_address)


def may_go_on(request: HttpRequest, what: str, *, most: int) -> bool:
    """Count one more try of the network and say whether it is still within what an hour allows.

    Args:
        what: the page.
    """
    counted = passing_index(network_of(request), place=f"pacing.{what}")
    cache.add(counted, 0, HOUR_SECONDS)
    try:
        return cache.incr(counted) <= most
    except ValueError:
        return True
