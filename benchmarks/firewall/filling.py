"""Fills a migrated, empty database with the borough: `python -m benchmarks.firewall.filling CONTACTS`."""

from __future__ import annotations

import os
import sys
import time

import django


def main(contacts: int) -> None:
    """Build the directory, then load every table; DATABASE_URL is a superuser's."""
    django.setup()
    from django.utils import timezone

    from benchmarks.firewall import directory, ending_rows, hub_rows, sharing_rows
    from benchmarks.firewall.borough import Borough
    from benchmarks.firewall.copying import load_all, said

    now = timezone.now()
    directory.build(at=now)
    began = time.monotonic()
    borough = Borough(contacts, now, directory.read())
    said(f"a borough of {contacts:,} contacts, {borough.enquiries:,} enquiries, {len(borough.asked):,} requests,"
         f" {len(borough.request_of):,} items", began)  # fmt: skip
    load_all(
        os.environ["DATABASE_URL"],
        [*hub_rows.loads(borough), *sharing_rows.loads(borough), *ending_rows.loads(borough)],
    )
    ending_rows.weigh(os.environ["DATABASE_URL"])


if __name__ == "__main__":
    main(int(sys.argv[1]))
