"""What waits for somebody, and for a hub that nobody manages: the database counts, and names no case."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import HELD_WORDS, HeldKind, Role


@dataclass(frozen=True)
class Held:
    """How much of one kind somebody holds; never what it is about.

    Attributes:
        kind: code of `agencies.choices.HeldKind`.
        red: how many of them are Red.
    """

    kind: str
    count: int
    red: int

    @property
    def words(self) -> str:
        """The line as pages say it."""
        one, many = HELD_WORDS[HeldKind(self.kind)]
        red = f", {self.red} of them Red" if self.red else ""
        return f"{self.count} {one if self.count == 1 else many}{red}"


def held_by(memberships: Collection[uuid.UUID]) -> list[Held]:
    """Return what waits for some memberships, by kind and number, for administrator and manager; the database counts.

    Nothing confidential is counted: that it is held is not for the administrator.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, held, red FROM fw.held_by(%s::uuid[])", [list(memberships)])
        return [Held(kind, count, red) for kind, count, red in cursor.fetchall()]


def waits_at(*, agencies: Collection[uuid.UUID] = (), teams: Collection[uuid.UUID] = ()) -> list[Held]:
    """Return what waits at agencies and teams themselves, also where nobody is of them; the database counts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, held, red FROM fw.waits_at(%s::uuid[], %s::uuid[])", [list(agencies), list(teams)])
        return [Held(kind, count, red) for kind, count, red in cursor.fetchall()]


OF_PLACES = (HeldKind.REQUEST, HeldKind.RELEASE)
"""What waits at an agency or a team rather than for one person."""


@dataclass(frozen=True)
class WithoutManager:
    """The hub has no MASH manager at work: how long, how much waits, what runs out next. Nothing of a case.

    Attributes:
        since: aware; None where it is not known, or there never was one.
        next_due_at: when the next deadline of anything runs out, aware; None where none runs.
    """

    since: datetime | None
    waiting: int
    red: int
    next_due_at: datetime | None


def without_manager(viewer: Viewer) -> WithoutManager | None:
    """Return since when the hub has no MASH manager at work, and what waits; None while it has one. One query.

    Raises:
        NotPermitted: the viewer is no administrator.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    with connection.cursor() as cursor:
        cursor.execute("SELECT since, waiting, red, next_due_at FROM fw.without_manager()")
        row = cursor.fetchone()
    return WithoutManager(*row) if row else None
