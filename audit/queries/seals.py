"""Comparing the log with its exported seals: every row that was altered, taken away or put in afterwards is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from audit.rules import BEGINNING, KINDS, SealLine, digest_of_row

AT_ONCE = 200
"""Seals whose rows are compared by one statement."""


class Cursor(Protocol):
    """A cursor of the database, Django's or psycopg2's."""

    def execute(self, query: str, params: Any = ...) -> Any:
        """Run a statement."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return its rows."""


Say = Callable[[str], None]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed.

    Attributes:
        seal: the number of the seal that shows it; None for a row that no seal lists.
        log: `event`, `reading` or `refusal`; empty where it is the seal itself.
        what: altered, missing, added, or what is wrong with the seal.
        row: the key of the row; empty where it is the seal itself.
    """

    seal: int | None
    log: str
    what: str
    row: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        place = f"seal {self.seal}" if self.seal is not None else "no seal"
        return f"{place}: {self.log} {self.row} {self.what}" if self.row else f"{place}: {self.what}"


@dataclass(frozen=True)
class Waiting:
    """Rows that no seal covers yet, and for how many seconds the oldest has waited."""

    rows: int
    seconds: float


def findings(cursor: Cursor, exported: Sequence[SealLine] | None, *, say: Say = lambda line: None) -> Iterator[Finding]:
    """Yield all that differs between the log, its seals in the database and the exported seals.

    Args:
        cursor: of a transaction that sees one moment (repeatable read), as the auditor's role.
        exported: the seals as they left the machine; None compares with the database's own seals alone, which shows
            nothing to somebody who rewrote both.
        say: told how far it is.
    """
    kept = _kept(cursor)
    say(f"{len(kept)} seals in the database")
    if exported is not None:
        say(_coverage(kept, exported))
        yield from _chain(exported, from_first=False)
        yield from _compared(kept, exported)
    yield from _chain([line for line, _ in kept.values()])
    yield from _lists(kept)
    for kind in KINDS:
        yield from _rows(cursor, kind, max(kept, default=0), say)
        yield from _added(cursor, kind)


def waiting(cursor: Cursor) -> Waiting:
    """Return how much of the log no seal covers yet."""
    cursor.execute("SELECT count(*), extract(epoch FROM clock_timestamp() - min(since)) FROM audit_unsealed")
    rows, seconds = cursor.fetchall()[0]
    return Waiting(int(rows), float(seconds or 0))


def _kept(cursor: Cursor) -> dict[int, tuple[SealLine, str]]:
    """Return each seal of the database with the digest of its list as the list stands now."""
    lists = " UNION ALL ".join(
        f"SELECT '{kind}', l.id, l.digest"  # noqa: S608  # no input
        f" FROM unnest(s.{kind}_ids, s.{kind}_digests) AS l(id, digest)"
        for kind in KINDS
    )
    counts = ", ".join(f"cardinality(s.{kind}_ids)" for kind in KINDS)
    cursor.execute(
        f"SELECT s.number, extract(epoch FROM s.sealed_at)::text, s.version, {counts},"  # noqa: S608  # no input
        " encode(s.digest, 'hex'), encode(s.previous, 'hex'), encode(s.seal, 'hex'),"
        " (SELECT encode(sha256(convert_to(string_agg(x.kind || ' ' || x.id || ' ' || encode(x.digest, 'hex'), E'\\n'"
        " ORDER BY x.kind COLLATE \"C\", x.id), 'UTF8')), 'hex')"
        f" FROM ({lists}) AS x(kind, id, digest)) FROM audit_logseal s ORDER BY s.number"
    )
    return {row[0]: (SealLine(*row[:-1]), row[-1] or "") for row in cursor.fetchall()}


def _chain(lines: Sequence[SealLine], *, from_first: bool = True) -> Iterator[Finding]:
    before, number = BEGINNING, 0
    if lines and not from_first:  # Exported seals that were kept from some day on prove what comes after.
        before, number = lines[0].previous, lines[0].number - 1
    for line in lines:
        if line.number != number + 1:
            yield Finding(number + 1, "", "is missing among the seals")
        elif line.previous != before:
            yield Finding(line.number, "", "is not chained to the seal before")
        if line.seal != line.expected:
            yield Finding(line.number, "", "does not say what it was made of")
        before, number = line.seal, line.number


def _coverage(kept: Mapping[int, tuple[SealLine, str]], exported: Sequence[SealLine]) -> str:
    if not exported:
        return "the exported file holds no seal: nothing is proved"
    left = len(set(kept) - {line.number for line in exported})
    covered = f"{len(exported)} exported seals, {exported[0].number} to {exported[-1].number}"
    return f"{covered}; {left} in the database are not among them and prove less"


def _compared(kept: Mapping[int, tuple[SealLine, str]], exported: Sequence[SealLine]) -> Iterator[Finding]:
    for line in exported:
        if line.number not in kept:
            yield Finding(line.number, "", "was exported and is missing in the database")
        elif kept[line.number][0] != line:
            yield Finding(line.number, "", "differs from the exported seal")


def _lists(kept: Mapping[int, tuple[SealLine, str]]) -> Iterator[Finding]:
    for line, listed in kept.values():
        if line.digest != listed:
            yield Finding(line.number, "", "has another list of rows than it was made of")


def _rows(cursor: Cursor, kind: str, last: int, say: Say) -> Iterator[Finding]:
    """Compare every listed row with its digest."""
    table = f"audit_{kind}"
    for first in range(1, last + 1, AT_ONCE):
        cursor.execute(
            f"SELECT s.number, l.id::text, r.id IS NULL FROM audit_logseal s"  # noqa: S608  # no input
            f" CROSS JOIN LATERAL unnest(s.{kind}_ids, s.{kind}_digests) AS l(id, digest)"
            f" LEFT JOIN {table} r ON r.id = l.id WHERE s.number >= %s AND s.number < %s"
            f" AND (r.id IS NULL OR {digest_of_row(kind, 'r')} IS DISTINCT FROM l.digest) ORDER BY 1, 2",
            [first, first + AT_ONCE],
        )
        for seal, row, is_missing in cursor.fetchall():
            yield Finding(seal, kind, "is missing" if is_missing else "was altered", row)
        say(f"{table}: compared to seal {min(first + AT_ONCE - 1, last)} of {last}")


def _added(cursor: Cursor, kind: str) -> Iterator[Finding]:
    """Name rows that neither a seal lists nor the queue, and those of the queue that are gone."""
    cursor.execute(
        f"SELECT id::text FROM (SELECT id FROM audit_{kind}"  # noqa: S608  # no input
        f" EXCEPT SELECT unnest({kind}_ids) FROM audit_logseal"
        f" EXCEPT SELECT row_id FROM audit_unsealed WHERE kind = '{kind}') AS odd(id) ORDER BY 1"
    )
    for (row,) in cursor.fetchall():
        yield Finding(None, kind, "was added", row)
    cursor.execute(
        f"SELECT u.row_id::text FROM audit_unsealed u WHERE u.kind = '{kind}'"  # noqa: S608  # no input
        f" AND NOT EXISTS (SELECT 1 FROM audit_{kind} r WHERE r.id = u.row_id) ORDER BY 1"
    )
    for (row,) in cursor.fetchall():
        yield Finding(None, kind, "is missing and was not sealed yet", row)
