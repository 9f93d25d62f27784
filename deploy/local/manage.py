"""./run manage: a Django command on the database of the environment, or on the demo's."""

import os
from collections.abc import Mapping

from deploy.local import hub, places
from deploy.local.failures import LaunchError
from deploy.local.processes import attend
from deploy.local.surroundings import only
from manage import LOGINS


def run(arguments: list[str], home: hub.Home = hub.DEMO, more: Mapping[str, str] | None = None) -> int:
    """Run one Django command and return its status.

    DATABASE_URL (or DATABASE_URL_FILE) in the environment wins. Otherwise the
    command works on the database of the demo, or of another hub of this copy;
    its servers are started for the command when it is not running, with the settings of `more`.
    """
    command = places.python(places.ROOT / "manage.py", *arguments)
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return attend(command, env=os.environ)
    with hub.servers(home, more) as env:
        return attend(command, env=for_command(env, *arguments[:1]))


def for_command(env: Mapping[str, str], name: str = "") -> dict[str, str]:
    """Return the environment of one Django command, with the one login that it needs.

    Raises:
        LaunchError: The environment names a PostgreSQL of the person's own, and not this login.
    """
    login = f"MASH_{LOGINS[name]}_DATABASE_URL" if name in LOGINS else "DATABASE_URL"
    if not env.get(login):
        raise LaunchError(f"{name} logs in to the database with {login}: set it beside the other logins.")
    return only(env, login=login)
