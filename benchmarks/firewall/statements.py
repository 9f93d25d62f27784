"""The lists' own statements, under row-level security and without: `python -m benchmarks.firewall.statements`.

Each list's statements are taken from Django as it sends them, values included, and sent again by two plain
connections, turn and turn about: as the web role in a transaction with a signed identity, and as a role that no
policy holds. Only the statements are timed, from sending to the last row; planning is part of it, as in the product.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import django

from benchmarks.firewall.fetching import FEWEST
from benchmarks.firewall.lengths import ROWS, set_length
from benchmarks.firewall.pages import PAGES, queries

WARM_UP = 5


@dataclass
class Times:
    """Milliseconds of one list: its statements under the policies, without them, and with the transaction around."""

    guarded: list[float] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


def main(times: int, seconds: float, plans: str) -> None:
    """Print the times of each list."""
    django.setup()
    set_length(ROWS)
    statements = {page.name: taken(page.name, page.account) for page in PAGES if page.is_worklist}
    with (
        closing(connect("DATABASE_URL")) as web,
        closing(connect("MASH_BENCH_UNGUARDED_URL")) as raw,
    ):
        if plans:
            Path(plans).write_text(explained(web, raw, statements), encoding="utf-8")
        measured = {
            name: replay(web, raw, identity, sent, times=times, seconds=seconds)
            for name, (identity, sent) in statements.items()
        }
    print(json.dumps({name: vars(one) for name, one in measured.items()}))


def connect(variable: str) -> Any:
    """Log in with the URL that a variable holds."""
    import psycopg2

    return psycopg2.connect(os.environ[variable])


Identity = Callable[[], str]


def taken(name: str, account: str) -> tuple[Identity, list[str]]:
    """Return who asks a list, as a fresh signature, and the statements it sends."""
    from django.db import connection
    from django.utils import timezone

    from agencies.access.identity import LIFETIME_SECONDS, acting_as, sign
    from agencies.access.lookup import viewer_of
    from benchmarks.firewall.accounts import membership_of

    sent: list[str] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # Django's hook
        sent.append(context["cursor"].mogrify(sql, params).decode())
        return execute(sql, params, many, context)

    viewer = viewer_of(membership_of(account))
    at = timezone.now()
    with acting_as(viewer) as told, connection.execute_wrapper(record):
        queries()[name](told, at)
    membership = cast(UUID, viewer.membership_id)
    return lambda: sign(membership, expires=int(time.time()) + LIFETIME_SECONDS), sent


def replay(web: Any, raw: Any, identity: Identity, sent: Sequence[str], *, times: int, seconds: float) -> Times:
    """Send a list's statements again and again, by the two logins in turn."""
    kept = Times()
    until = time.monotonic() + seconds
    for number in range(times + WARM_UP):
        if time.monotonic() > until and len(kept.raw) >= FEWEST:
            break
        signature = identity()
        for login in (web, raw) if number % 2 else (raw, web):
            with login.cursor() as cursor:
                began = time.perf_counter()
                identify(cursor, signature)
                first = time.perf_counter()
                for statement in sent:
                    cursor.execute(statement)
                    cursor.fetchall()
                last = time.perf_counter()
            login.commit()
            if number >= WARM_UP:
                (kept.raw if login is raw else kept.guarded).append(1000 * (last - first))
            if number >= WARM_UP and login is web:
                kept.whole.append(1000 * (time.perf_counter() - began))
    return kept


def identify(cursor: Any, signature: str) -> None:
    """Tell the database who is looking, as the middleware does."""
    cursor.execute("SELECT set_config('app.identity', %s, true)", [signature])


def explained(web: Any, raw: Any, statements: dict[str, tuple[Identity, list[str]]]) -> str:
    """Return the plan of each statement under the policies and without."""
    lines: list[str] = []
    for name, (identity, sent) in statements.items():
        for statement in sent:
            lines += [f"\n===== {name}", statement[:2000]]
            for label, login in (("--- under the policies", web), ("--- without", raw)):
                with login.cursor() as cursor:
                    identify(cursor, identity())
                    cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {statement}")
                    lines += [label, *(row[0] for row in cursor.fetchall())]
                login.rollback()
    return "\n".join(lines)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), "".join(sys.argv[3:]))
