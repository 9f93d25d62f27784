"""Devices from which somebody has signed in before: they are not held up by what others try from the same network.

A cookie that nobody can make says so. It opens nothing, and holds neither name nor address: a random number, and a
keyed hash that binds it to the account's address.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "mash_device"
LASTS_SECONDS = 180 * 24 * 60 * 60
_SALT = "mash.device"


def known_device(request: HttpRequest, address: str) -> str:
    """Return the number of a device from which the account of this address has signed in; empty if it has not."""
    try:
        number, of_account = signing.loads(_cookie(request), salt=_SALT, max_age=LASTS_SECONDS)
    except (signing.BadSignature, TypeError, ValueError):
        return ""
    return str(number) if constant_time_compare(str(of_account), _account(address)) else ""


def remember_device(request: HttpRequest, response: HttpResponseBase, address: str) -> None:
    """Let the device be known for the account that has just signed in, for half a year."""
    number = known_device(request, address) or secrets.token_urlsafe(16)
    response.set_cookie(
        _name(),
        signing.dumps([number, _account(address)], salt=_SALT),
        max_age=LASTS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _account(address: str) -> str:
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def _name() -> str:
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE


def _cookie(request: HttpRequest) -> str:
    return str(request.COOKIES.get(_name(), ""))
