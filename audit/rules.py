"""What a seal says and how it is checked: the same sums as `sql/functions.sql`, made again outside the database."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

VERSION = 1
"""How digests of rows are made; a change of a table's columns makes a new one."""

BEGINNING = "0" * 64
"""What the first seal is chained to."""

_WHO = "{0}.id, extract(epoch FROM {0}.at)::text, {0}.user_id, {0}.membership_id, {0}.agency_id, {0}.roles, "
_SAID = {
    "event": "{0}.request_id, {0}.verb, {0}.record_type, {0}.record_id, {0}.reference, {0}.enquiry_id, {0}.details",
    "reading": "{0}.request_id, {0}.page, {0}.reference, {0}.enquiry_id, {0}.purpose, {0}.item_ids",
    "refusal": "{0}.request_id, {0}.method, {0}.route, {0}.reference, {0}.status",
}
KINDS = tuple(_SAID)
"""The logs, in the order in which a seal counts them."""


def digest_of_row(kind: str, row: str) -> str:
    """Return the SQL by which a row's digest is made.

    Args:
        kind: one of `KINDS`.
        row: the alias of the row in the statement.

    Raises:
        KeyError: there are no rows of that kind in the log.
    """
    columns = (_WHO + _SAID[kind]).format(row)
    return f"sha256(convert_to(jsonb_build_array({columns})::text, 'UTF8'))"


@dataclass(frozen=True)
class SealLine:
    """A seal as it leaves the machine: counts and digests, nothing of any row.

    Attributes:
        sealed_at: seconds since 1970 as the database writes them.
        digest: over the list of rows with their digests.
        seal: over all of this and the seal before.
    """

    number: int
    sealed_at: str
    version: int
    events: int
    readings: int
    refusals: int
    digest: str
    previous: str
    seal: str

    @property
    def expected(self) -> str:
        """What `seal` must be."""
        counts = (self.events, self.readings, self.refusals)
        said = (self.previous, self.number, self.sealed_at, self.version, *counts, self.digest)
        return sha256("|".join(str(one) for one in said).encode()).hexdigest()

    def as_json(self) -> str:
        """Return the line of the exported file."""
        return json.dumps(asdict(self))


def read_line(line: str) -> SealLine | None:
    """Return an exported seal, or None where the line is none."""
    try:
        said = json.loads(line)
        return SealLine(**{one.name: said[one.name] for one in fields(SealLine)})
    except (ValueError, KeyError, TypeError):
        return None
