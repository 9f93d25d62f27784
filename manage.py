#!/usr/bin/env python3
"""Django's command line; commands that change tables log in as the owner of the tables."""

import os
import sys
from pathlib import Path

OWNER_COMMANDS = frozenset({"install_identity_key", "makemigrations", "migrate", "showmigrations", "sqlmigrate"})


def main() -> None:
    """Run one management command as the database role it needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mash.settings.local")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        log_in_as_owner()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def log_in_as_owner() -> None:
    """Point DATABASE_URL at the owner's login where one was given.

    The web role owns nothing and has no right to change tables, so a migration
    that ran as the web role would stop at its first statement.
    """
    url = os.environ.get("MASH_OWNER_DATABASE_URL")
    url_file = os.environ.get("MASH_OWNER_DATABASE_URL_FILE")
    if not url and url_file:
        url = Path(url_file).read_text(encoding="utf-8").strip()
    if url:
        os.environ["DATABASE_URL"] = url
        os.environ.pop("DATABASE_URL_FILE", None)


if __name__ == "__main__":
    main()
