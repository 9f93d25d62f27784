"""Managers are told that somebody of the staff may be one of the people of a contact; neither who nor of whom."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from agencies.access import roles
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from agencies.models import Membership
from agencies.queries import members_holding
from clock.actions import each_row, held_back
from clock.choices import Loop, Unit
from clock.models import hub_calendar
from clock.rules.due import Allowance, due
from contacts import mail
from contacts.models import StaffMatch
from notices.actions import notify, notify_holders

SETTLED_WITHIN = Allowance(Unit.HUB_HOURS, 60, waits_for_opening=True, runs_past_closing=False)
"""Until somebody has looked, whoever works here may be reading a case of their own family."""


def tell_staff_matches(*, viewer: Viewer, at: datetime, batch: int = 100) -> int:
    """Tell the managers of new matches, and once more of those that are late; never whom a match is about.

    A deadline would show to every manager, also to the one whom a match is about: so the row keeps its own time.
    Safe to run anywhere and any number of times at once. Returns how many matches it was.

    Raises:
        NotPermitted: the viewer is not the clock.
    """
    roles.require(viewer, SystemRole.CLOCK)
    with acting_as(viewer) as clock:
        rows = StaffMatch.objects.visible_to(clock).exclude(pk__in=held_back(Loop.STAFF_MATCHES, at=at))
        rows = rows.select_for_update(skip_locked=True, of=("self",))
        found = list(rows.filter(told_at__isnull=True).order_by("found_at", "id")[:batch])
        late = rows.filter(settled_at__isnull=True, chased_at__isnull=True, settle_by__lt=at)
        chased = list(late.order_by("settle_by", "id")[:batch])
        managers = members_holding(Role.MANAGER, at=at) if found or chased else []
        first, again = partial(_tell_first, managers, at=at), partial(_chase, managers, at=at)
        told = each_row(Loop.STAFF_MATCHES, found, first, key=_key, at=at)
        return told + each_row(Loop.STAFF_MATCHES, chased, again, key=_key, at=at)


def _key(match: StaffMatch) -> uuid.UUID:
    return match.pk


def _tell_first(managers: Sequence[Membership], match: StaffMatch, *, at: datetime) -> None:
    _tell(match, managers, late=False, at=at)
    match.told_at, match.settle_by = at, due(SETTLED_WITHIN, at, hub_calendar()).at
    match.save(update_fields=["told_at", "settle_by"])


def _chase(managers: Sequence[Membership], match: StaffMatch, *, at: datetime) -> None:
    _tell(match, managers, late=True, at=at)
    match.chased_at = at
    match.save(update_fields=["chased_at"])


def _tell(match: StaffMatch, managers: Sequence[Membership], *, late: bool, at: datetime) -> None:
    """Tell every manager but whom it is about; where there is no other, administrators, without a reference."""
    told = [manager.pk for manager in managers if manager.user_id != match.user_id]
    notify(mail.staff_match(match.reference, str(match.pk), late=late), memberships=told, at=at)
    if not told:
        notify_holders(mail.match_without_manager(str(match.pk), late=late), Role.ADMINISTRATOR, at=at)
