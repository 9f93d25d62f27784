"""Accounts for django-allauth: nobody signs up by themself; an administrator makes accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from agencies.access.credentials import record_sign_in, tell
from agencies.access.devices import known_device, remember_device
from agencies.access.stages import SecondFactorStage
from agencies.access.viewer import PUBLIC, Viewer
from agencies.models import User
from agencies.models.accounts import PASSWORD_ALONE
from common.pacing import network_of

FAILED = "login_failed"
OF_A_KNOWN_DEVICE = {FAILED: "5/5m/key"}


def display_name(user: User) -> str:
    """Return what pages call a person."""
    return user.name


class SignInOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts come from an administrator."""
        return False

    def get_login_stages(self) -> list[str]:
        """Ask the second factor last, when all else was right."""
        return [*super().get_login_stages(), f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"]

    def set_password(self, user: User, password: str) -> None:
        """Change the password and nothing else of the account: the rest is an administrator's to change.

        It is written in the log; the owner is mailed, but not of the first one, whose link went to them just now.
        """
        had_one = user.has_usable_password()
        user.set_password(password)
        user.save(update_fields=PASSWORD_ALONE)
        at = _now()
        record_sign_in("account.password_changed", user, viewer=_viewer(self.request), at=at, is_first=not had_one)
        if had_one:
            tell(user, "The password of your account was changed.", at=at)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write a wrong password in the log; an address without an account takes the same work."""
        address = str(credentials.get("email", "")).strip()
        user = User.objects.filter(email__iexact=address).first()
        record_sign_in("account.sign_in_failed", user, viewer=_viewer(request), at=_now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the network that is counted; the web server read the address from the proxies it trusts."""
        return network_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try: of an account from a network, never of the account alone, so that nobody locks a person out.

        From a device on which the account has signed in before, that device alone is counted.

        Raises:
            ValidationError: too many were wrong; the password is not looked at.
        """
        device = known_device(request, str(credentials.get("email", "")))
        if not device:
            super().pre_authenticate(request, **credentials)
            return
        usage = ratelimit.consume(
            request, app="allauth.account", action=FAILED, config=OF_A_KNOWN_DEVICE, key=f"device {device}"
        )
        if not usage:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage = usage

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        login = str(credentials.get("email", "")).strip().lower()
        return f"{network_of(request)} {login}"

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """Remember the device for the account, and write in the log that somebody is in."""
        response: HttpResponse = super().post_login(request, user, **told)
        remember_device(request, response, user.email)
        record_sign_in(
            "account.signed_in",
            user,
            viewer=_viewer(request),
            at=_now(),
            with_second_factor=user.has_second_factor,
        )
        return response


def _now() -> datetime:
    """Return the moment of the request: allauth tells none."""
    return timezone.now()


def _viewer(request: HttpRequest | None) -> Viewer:
    """Return who acts: nobody is known while somebody signs in."""
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    return viewer


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signing in with an address and a password."""

    def _mitigate_timing_attack(self, password: str) -> None:
        """Try the password on an account that does not exist, so that an unknown address takes as long as a known."""
        User().check_password(password)
