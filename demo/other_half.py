"""A fresh process that builds half of the demo: it has nothing of the first one's connections, threads and locks.

Nothing of the project is loaded before Django is, so the work is named.
"""

from __future__ import annotations

from multiprocessing.connection import Connection

import django
from django.utils.module_loading import import_string


def begin(line: Connection, work: str) -> None:
    """Load Django, then do what is named, with a line to the first process."""
    django.setup()
    import_string(work)(line)
