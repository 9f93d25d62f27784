"""./run manage: a Django command on the database of the environment, or on the demo's."""

import os

from deploy.local import hub, places
from deploy.local.processes import attend
from deploy.local.surroundings import only

OF_THE_OWNER = {"migrate", "install_identity_key", "rotate_keys", "destroy_key", "remake_staff_keys"}
"""Commands that work on the demo's database as the owner of its tables; the others as the web role."""


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
        login = "MASH_OWNER_DATABASE_URL" if OF_THE_OWNER & set(arguments[:1]) else "DATABASE_URL"
        return attend(command, env=only(env, login=login))
