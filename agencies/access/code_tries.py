"""How often codes of a second factor are tried: of an account from its network, or from a known device by itself.

Never of the account alone: somebody who knows a password must not be able to keep its owner out.
"""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from agencies.access.devices import known_device
from common.blind_index import passing_index
from common.pacing import network_of

MOST_TRIES = 5
WAIT_SECONDS = 300
TOLD_SECONDS = 3600


def count_try(request: HttpRequest, address: str) -> int:
    """Count one more try for an account and return how many there were within five minutes, this one included.

    Args:
        address: with which the account signs in.
    """
    counted = _key(request, address)
    cache.add(counted, 0, WAIT_SECONDS)
    try:
        return int(cache.incr(counted))
    except ValueError:
        return 1


def forget_tries(request: HttpRequest, address: str) -> None:
    """Begin to count anew: a code was right."""
    cache.delete(_key(request, address))


def is_to_be_told(address: str) -> bool:
    """Say whether the owner of an account is to be told now that somebody tries codes: once an hour."""
    return bool(cache.add(passing_index(address.lower(), place="second_factor.told"), 1, TOLD_SECONDS))


def _key(request: HttpRequest, address: str) -> str:
    whose = known_device(request, address) or network_of(request)
    return passing_index(f"{whose} {address.strip().lower()}", place="second_factor.tries")
