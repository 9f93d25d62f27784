"""What is drawn at random in tests, drawn from a seed: the planted hub is the same one in every run.

`PROOF_SEED=7 ./run prove walls` builds another one; a proof must hold in each.
"""

from __future__ import annotations

import contextlib
import os
import random
from collections.abc import Iterator

import pytest
from psycopg2.extensions import cursor as Cursor

WORLD_SEED = os.environ.get("PROOF_SEED", "1")


@contextlib.contextmanager
def drawn_from(seed: str) -> Iterator[None]:
    """Draw keys, references, tokens and nonces of this process from a seed."""
    source = random.Random(seed)  # noqa: S311 - the same every time is what is wanted
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "urandom", source.randbytes)
        patch.setattr(random, "_urandom", source.randbytes)
        yield


def draw_keys_in_order(cursor: Cursor, seed: str) -> None:
    """Let `gen_random_uuid()` of this session follow from a seed, too; undone with the transaction or by RESET."""
    cursor.execute(
        "CREATE TEMP SEQUENCE drawn; CREATE SCHEMA seeded;"
        "CREATE FUNCTION seeded.gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE AS"
        " $$ SELECT md5(current_setting('seeded.seed') || nextval('pg_temp.drawn'))::uuid $$;"
    )
    cursor.execute("SELECT set_config('seeded.seed', %s, false)", [seed])
    cursor.execute("SET search_path = seeded, pg_catalog, public")


def draw_keys_at_random(cursor: Cursor) -> None:
    """Leave nothing of it behind."""
    cursor.execute("RESET search_path; DROP SCHEMA seeded CASCADE; DROP SEQUENCE pg_temp.drawn")
