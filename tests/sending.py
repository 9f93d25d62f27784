"""A browser of the tests: it sends each form with what every form of ours carries, as a page just drawn would."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from agencies.access.kept import Author, typed_by
from agencies.access.lookup import memberships_of


class Browser(Client):
    """Django's test client; a form gets a fresh one-time key, and says who opened it in which membership."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._opened: tuple[str, str] = ("", "")

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """Send a form; `submission_key=None` or `typed_by=None` in it stands for a form without one."""
        if data is None or isinstance(data, dict):
            carried = {"submission_key": str(uuid4()), "typed_by": self.typed_by()}
            data = {**carried, **(data or {})}
            data = {name: value for name, value in data.items() if value is not None or name not in carried}
        return super().post(path, data, *args, **kwargs)

    def typed_by(self) -> str:
        """Return what a form says that this browser opened: who is signed in, in the membership chosen last."""
        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        key = cookie.value if cookie else ""
        if not key:
            return ""
        if self._opened[0] != key:
            session = self.session
            user, membership = session.get("_auth_user_id"), session.get("membership")
            self._opened = key, typed_by(Author(UUID(user), _membership(user, membership))) if user else ""
        return self._opened[1]


def _membership(user: str, chosen: str | None) -> UUID | None:
    """Return the membership in which somebody works: chosen, or their only one."""
    if chosen:
        return UUID(chosen)
    held = memberships_of(UUID(user), at=timezone.now())
    return held[0].pk if len(held) == 1 else None
