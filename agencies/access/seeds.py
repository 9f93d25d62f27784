"""Rows that a hub begins with: planted once, after the second wall stands, and recorded.

An app names its own in `seeds.py`: `SEEDS`, from a name that never changes to a function without arguments. It runs as
mash_definer, whom no policy stops and who may do what the app's `rights.py` says: a migration runs as the owner of the
tables, who stands before the same policies as everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec

from django.db import connections, transaction

from agencies.access.rights import APPS

Seeds = Mapping[str, Callable[[], None]]


def all_seeds() -> dict[str, Callable[[], None]]:
    """Return the seeds of every app by name, in the order in which they are planted."""
    collected: dict[str, Callable[[], None]] = {}
    for app in APPS:
        if find_spec(f"{app}.seeds"):
            seeds: Seeds = import_module(f"{app}.seeds").SEEDS
            collected.update({f"{app}.{name}": seed for name, seed in seeds.items()})
    return collected


def plant(using: str = "default") -> list[str]:
    """Plant what was not planted yet, each seed in a transaction of its own; return the names."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT name FROM fw.seeded")
        known = {name for (name,) in cursor.fetchall()}
    fresh = [name for name in all_seeds() if name not in known]
    for name in fresh:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute("INSERT INTO fw.seeded (name, planted_at) VALUES (%s, clock_timestamp())", [name])
            cursor.execute("SET LOCAL ROLE mash_definer")
            all_seeds()[name]()
            cursor.execute("RESET ROLE")
    return fresh
