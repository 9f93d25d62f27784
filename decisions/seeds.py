"""What rows of earlier versions need once the second wall stands."""

from __future__ import annotations

from django.db import connection

FROZEN = """
UPDATE decisions_considereditem c
   SET agency_id = i.agency_id, theme = i.theme, was_sealed = i.handling = 'manager_only'
  FROM information_sharing_item i WHERE i.id = c.item_id AND c.agency_id IS NULL
"""


def considered_frozen() -> None:
    """Copy onto what was considered before whose each item is: later changes of the item leave it alone."""
    with connection.cursor() as cursor:
        cursor.execute(FROZEN)


SEEDS = {"considered_frozen": considered_frozen}
