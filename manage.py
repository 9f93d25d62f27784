#!/usr/bin/env python3
"""Django's command line; commands that need another login than the web role's take it."""

import os
import sys
from pathlib import Path

LOGINS = {
    **dict.fromkeys(("makemigrations", "migrate", "showmigrations", "sqlmigrate"), "OWNER"),
    **dict.fromkeys(("install_identity_key", "check_keys", "rotate_keys", "destroy_key", "remake_keys"), "OWNER"),
    **dict.fromkeys(("run_sweep", "seal_logs"), "SWEEP"),
    "audit_verify": "AUDITOR",
}
"""Commands that need another login than the web role's, and whose: MASH_OWNER_DATABASE_URL and so on."""


def main() -> None:
    """Run one management command as the database role it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mash.settings.local")
    if len(sys.argv) > 1 and sys.argv[1] in LOGINS:
        log_in_as(LOGINS[sys.argv[1]])
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def log_in_as(role: str) -> None:
    """Point DATABASE_URL at a role's login where one was given.

    The web role owns nothing and reads no log, so a migration or a verification that ran as the web role would stop
    at its first statement.
    """
    url = os.environ.get(f"MASH_{role}_DATABASE_URL")
    url_file = os.environ.get(f"MASH_{role}_DATABASE_URL_FILE")
    if not url and url_file:
        url = Path(url_file).read_text(encoding="utf-8").strip()
    if url:
        os.environ["DATABASE_URL"] = url
        os.environ.pop("DATABASE_URL_FILE", None)


if __name__ == "__main__":
    main()
