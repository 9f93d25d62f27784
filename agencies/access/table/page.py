"""The access table as people read it: printed from the table itself, so that page and tests cannot differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agencies.access.table.whole import ADDRESSES, RECORDS
from agencies.access.table.words import AUDIENCE_NAMES, EVERY_ROLE, EVERYBODY, Address, Audience, Opening, Record

HEAD = """# Who sees what

Printed from the access table (`<app>/access_table.py`) by `./run manage print_access`; a test compares. The same table
drives the access matrix of the tests and the pages “Why can I see this?”. The rules of the application and the
policies of the database are written apart from it, and every row is held to it.

Whatever a table does not name is closed: no rule, no row. What is not open to somebody looks as if it did not exist.
A person works in one membership at a time; rights are never added up over several. Agencies take part while their
signature on the current agreement is in force; what a manager lets one answer without it is named by itself. A conflict
of interest closes a case to somebody over every role and every opening below.
"""
ADDRESSES_HEAD = """## Addresses

Who gets the page, or has a form judged, for a record that is open to them. A form may be judged before the role or the
state is; those who then still cannot send it are named too.

| address | on | methods | who |
|---|---|---|---|"""
RECORDS_HEAD = """## Records and texts

Each kind of record, in what it holds; the ways in which it opens, and no other; and each column with those who may
read it, where the record or a page made from it is open to them. Keys, versions, hashes and copies stand on no page.
"""


def page() -> str:
    """Return the whole page."""
    records = [RECORDS_HEAD, *(_section(record) for record in RECORDS.values())]
    return "\n".join([HEAD, *records, ADDRESSES_HEAD, *(_line(one) for one in ADDRESSES.values()), ""])


def names(audiences: Sequence[Audience]) -> str:
    """Return audiences in words, for the reference page."""
    if set(audiences) == set(EVERYBODY):
        return "Everybody"
    if set(EVERY_ROLE) <= set(audiences):
        rest = [AUDIENCE_NAMES[audience] for audience in audiences if audience not in EVERY_ROLE]
        return ", ".join(["Everybody with an account", *rest])
    return ", ".join(AUDIENCE_NAMES[audience] for audience in audiences) or "Nobody"


def when(opening: Opening) -> str:
    """Return why an opening holds, in words, with the agencies it is meant for."""
    only = {None: "", True: " (core agencies)", False: " (virtual partners)"}
    return opening.because.words + only[opening.only_core]


def _section(record: Record) -> str:
    opens = [f"| {names(one.audiences)} | {when(one)} |" for one in record.openings]
    lines = [f"### {record.what}", "", f"`{record.label}`", "", "| who | when |", "|---|---|", *opens, ""]
    return "\n".join([*lines, *_texts(record)])


def _texts(record: Record) -> Iterator[str]:
    yield from ("| column | who may read it |", "|---|---|")
    columns: dict[str, list[str]] = {}
    for column, audiences in record.texts.items():
        columns.setdefault(names(audiences), []).append(f"`{column}`")
    for who, alike in columns.items():
        yield f"| {', '.join(alike)} | {who} |"
    yield from _others(record)
    yield ""


def _others(record: Record) -> Iterator[str]:
    if record.shown:
        yield f"| {_listed(record.shown)} | everybody to whom it opens |"
    yield from (f"| `{column}` | {names(audiences)} |" for column, audiences in record.narrower.items())
    for column, audiences in record.with_purpose.items():
        yield f"| `{column}` | {names(audiences)} only after saying what for |"
    for column, audiences in record.in_passing.items():
        yield f"| `{column}`, in a line of earlier contacts | also {names(audiences)} |"
    if record.copies:
        yield f"| {_listed(record.copies)} | shown from where it was copied |"
    yield from (f"| `{column}` | never: {reason} |" for column, reason in record.never.items())


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f"`{column}`" for column in columns)


def _line(address: Address) -> str:
    on = RECORDS[address.record].label if address.record else ""
    methods = address.methods.replace(" ", ", ")
    return f"| `{address.route}` | {f'`{on}`' if on else ''} | {methods} | {names(address.reach)} |"
