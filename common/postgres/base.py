"""The database backend: each new connection logs in with what the file of the login says now.

A password is changed in its file and in the database; no process is started again for it, and no page answers an error
meanwhile: what was opened with the old password stays open, what is opened afterwards takes the new one.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

FILE = "LOGIN_FILE"
"""The key of the settings that names the file; written by `mash.settings.readers`."""

LOGIN = {"user": "USER", "password": "PASSWORD"}


class DatabaseWrapper(PostgreSQL):
    """PostgreSQL as Django has it, but for the login."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return how to connect: database and options as the settings say, name and password as the file says now."""
        params: dict[str, Any] = super().get_connection_params()
        file = self.settings_dict.get(FILE)
        if file:
            with suppress(OSError, ValueError):  # Being written at this moment: what it said before still stands.
                said: dict[str, Any] = dict(dj_database_url.parse(Path(file).read_text(encoding="utf-8").strip()))
                params |= {name: said[key] for name, key in LOGIN.items() if said.get(key)}
        return params
