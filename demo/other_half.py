"""A fresh process that builds half of the demo: it has nothing of the first one's connections, threads and locks.

Nothing of the project is loaded before Django is.
"""

from __future__ import annotations

from multiprocessing.connection import Connection

import django


def build(line: Connection) -> None:
    """Build the stories that come through the line, and keep them when it says so."""
    django.setup()
    from demo.builder.halves import build_second_half  # noqa: PLC0415  # needs the app registry

    build_second_half(line)
