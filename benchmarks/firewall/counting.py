"""How often each list asks the database, at two lengths: `python -m benchmarks.firewall.counting`, as JSON."""

from __future__ import annotations

import json
import sys

import django

from benchmarks.firewall.lengths import ROWS, set_length
from benchmarks.firewall.pages import PAGES

LENGTHS = (5, ROWS)


def main() -> None:
    """Print the number of queries of each page at each length; the pages' cookies come on standard input."""
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    signed_in = json.load(sys.stdin)
    counted: dict[str, list[int]] = {page.name: [] for page in PAGES if page.is_worklist}
    for length in LENGTHS:
        set_length(length)
        for name, counts in counted.items():
            client = Client(headers={"host": "127.0.0.1"})
            client.cookies[settings.SESSION_COOKIE_NAME] = signed_in[name]["cookie"].partition("=")[2]
            client.get(signed_in[name]["path"])  # A session silent for a minute is written anew: no list's.
            with CaptureQueriesContext(connection) as asked:
                response = client.get(signed_in[name]["path"])
            if response.status_code != 200:
                raise SystemExit(f"{name}: {response.status_code}")
            counts.append(len(asked.captured_queries))
    print(json.dumps(counted))


if __name__ == "__main__":
    main()
