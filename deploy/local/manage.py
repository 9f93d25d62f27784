"""./run manage: a Django command on the database of the environment, or on the demo's."""

import os

from deploy.local import hub, places
from deploy.local.processes import attend


def run(arguments: list[str]) -> int:
    """Run one Django command and return its status.

    DATABASE_URL (or DATABASE_URL_FILE) in the environment wins. Otherwise the
    command works on the demo's database; its servers are started for the
    command when the demo is not running.
    """
    command = places.python(places.ROOT / "manage.py", *arguments)
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return attend(command, env=os.environ)
    with hub.servers() as env:
        return attend(command, env=env)
