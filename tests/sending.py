"""A browser of the tests: it sends each form with the one-time key that every form of ours carries."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client


class Browser(Client):
    """Django's test client; a form that names no key of its own gets a fresh one, as a page just drawn would have."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        """Send a form; `submission_key=None` in it stands for a form without one."""
        if data is None or isinstance(data, dict):
            data = {"submission_key": str(uuid4()), **(data or {})}
            data = {name: value for name, value in data.items() if value is not None or name != "submission_key"}
        return super().post(path, data, *args, **kwargs)
