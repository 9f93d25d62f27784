"""Reads for the auditor: who did, read and tried what, by reference; never the content."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

from agencies.access import roles
from agencies.access.transitions import in_words
from agencies.access.viewer import SYSTEM_VIEWERS, Viewer
from agencies.choices import Role
from agencies.models import Agency
from audit.actions import record_reading
from common.normal.references import reference_of
from reporting.queries.places import PAGE_LENGTH, Place, end_of, start_of
from reporting.rules import why

MOST_EXPORTED = 10_000


@dataclass(frozen=True)
class ActivityFilter:
    """What the auditor looks for.

    Attributes:
        kind: `event`, `reading` or `refusal`; empty means all three.
        reference: of a record; that of a MASH enquiry finds all that was done and read on it.
        account_id: of the person who did it; None means anybody.
        agency_id: the agency in whose membership it was done.
        done_to: the record that it was done to, as the first word of the event ("contact"); empty means any.
        from_day: the first day in London; None means from the beginning.
        to_day: the last day in London, included; None means until now.
        after: the last line of the page before.
    """

    kind: str = ""
    reference: str = ""
    account_id: uuid.UUID | None = None
    agency_id: uuid.UUID | None = None
    done_to: str = ""
    from_day: date | None = None
    to_day: date | None = None
    after: Place | None = None


@dataclass(frozen=True)
class LogLine:
    """One line of the log."""

    at: datetime
    kind: str
    what: str
    who: str
    roles: str
    agency: str
    reference: str
    request: str


@dataclass(frozen=True)
class LogPage:
    """A page of the log, the latest first; nobody counts the rest."""

    rows: list[LogLine]
    next: Place | None


def activity(viewer: Viewer, wanted: ActivityFilter) -> LogPage:
    """Return who did, read and tried what in the hub, the latest first; one query.

    Raises:
        NotPermitted: the viewer is no auditor.
    """
    roles.require(viewer, Role.AUDITOR)
    return _page(wanted, most=PAGE_LENGTH)


def export(viewer: Viewer, wanted: ActivityFilter, *, at: datetime) -> list[LogLine]:
    """Return up to 10,000 lines for a spreadsheet, and write down that the log was taken out.

    Raises:
        NotPermitted: the viewer is no auditor.
    """
    roles.require(viewer, Role.AUDITOR)
    found = _page(replace(wanted, after=None), most=MOST_EXPORTED)
    record_reading("log_export", actor=viewer, at=at, item_ids=[], reference=wanted.reference[:32])
    return found.rows


def _page(wanted: ActivityFilter, *, most: int) -> LogPage:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, at, kind, user_id, membership_id, who, roles, agency, what, purpose, reference, request_id,"
            " items, status FROM fw.log_search(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                wanted.kind,
                reference_of(wanted.reference),
                wanted.account_id,
                wanted.agency_id,
                wanted.done_to,
                start_of(wanted.from_day),
                end_of(wanted.to_day),
                wanted.after.at if wanted.after else None,
                wanted.after.id if wanted.after else None,
                most + 1,
            ],
        )
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    last = found[most - 1] if len(found) > most else None
    return LogPage([_log_line(row) for row in found[:most]], Place(last["at"], last["id"]) if last else None)


def _log_line(row: dict[str, Any]) -> LogLine:
    return LogLine(
        at=row["at"],
        kind=KINDS[row["kind"]],
        what=_what(row),
        who=_who(row),
        roles=role_names(row["roles"]),
        agency=row["agency"],
        reference=row["reference"],
        request=row["request_id"][:8],
    )


KINDS = {"event": "Done", "reading": "Read", "refusal": "Refused"}


def _what(row: dict[str, Any]) -> str:
    if row["kind"] == "reading":
        return why(row["what"], row["purpose"])  # How many records it showed would tell that one more is sealed.
    if row["kind"] == "refusal":
        return f"{row['what'].strip()}: {row['status']}"
    words = in_words(row["what"])
    return f"{words[:1].upper()}{words[1:]}"


def _who(row: dict[str, Any]) -> str:
    if row["user_id"] is not None:
        return row["who"] or "An account that no longer exists"
    system = SYSTEM_VIEWERS.get(row["membership_id"])
    return system.name if system else "The system"


def role_names(roles: list[str]) -> str:
    """Return roles in words."""
    return ", ".join(str(Role(role).label) for role in roles if role in Role.values)


def agencies_to_choose() -> list[Agency]:
    """Return every agency, also those that have left, for the filter."""
    return list(Agency.objects.order_by("name"))
