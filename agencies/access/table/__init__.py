"""The access table: who sees which record when, which text reaches whom, who reaches which address.

One table drives the matrix that the tests run, the page `docs/reference/access.md` and the pages "Why can I see this?".
It is data and knows no model: the rules (`visibility.py`) and the policies (`sql/`) are written apart from it and are
held to it. A new record, text or address is one row: in `of_<stage>.py` or in `addresses.py`.
"""

from agencies.access.table import of_contacts, of_decisions, of_hub, of_information, of_screening
from agencies.access.table.addresses import ADDRESSES as _ADDRESSES
from agencies.access.table.words import Address, Record

_STAGES = (of_contacts, of_screening, of_information, of_decisions, of_hub)

RECORDS: dict[str, Record] = {row.label: row for stage in _STAGES for row in stage.RECORDS}
"""By the model's label."""

ADDRESSES: dict[str, Address] = {row.route: row for row in _ADDRESSES}
"""By the name of the route."""
