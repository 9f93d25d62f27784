"""Accounts for django-allauth: nobody signs up by themself; an administrator makes accounts."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from agencies.models import User
from agencies.models.accounts import PASSWORD_ALONE


def display_name(user: User) -> str:
    """Return what pages call a person."""
    return user.name


class SignInOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts come from an administrator."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Change the password and nothing else of the account: the rest is an administrator's to change."""
        user.set_password(password)
        user.save(update_fields=PASSWORD_ALONE)


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signing in with an address and a password."""

    def _mitigate_timing_attack(self, password: str) -> None:
        """Try the password on an account that does not exist, so that an unknown address takes as long as a known."""
        User().check_password(password)
