"""Accounts for django-allauth: nobody signs up by themself; an administrator makes accounts."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from agencies.models import User


def display_name(user: User) -> str:
    """Return what pages call a person."""
    return user.name


class ClosedDoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: accounts come from an administrator."""
        return False
