"""Managers are told that somebody of the staff may be one of the people of a contact; neither who nor of whom."""

from __future__ import annotations

from datetime import datetime

from agencies.access import roles
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from agencies.choices import Role, SystemRole
from agencies.queries import members_holding
from contacts import mail
from contacts.models import StaffMatch
from notices.actions import notify


def tell_staff_matches(*, viewer: Viewer, at: datetime, batch: int = 100) -> int:
    """Tell the managers of matches that nobody was told of, except whomever a match is about; once for each.

    Safe to run anywhere and any number of times at once. Returns how many matches it was.

    Raises:
        NotPermitted: the viewer is not the clock.
    """
    roles.require(viewer, SystemRole.CLOCK)
    with acting_as(viewer) as clock:
        rows = StaffMatch.objects.visible_to(clock).filter(told_at__isnull=True)
        found = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("found_at", "id")[:batch])
        managers = members_holding(Role.MANAGER, at=at) if found else []
        for one in found:
            told = [manager.pk for manager in managers if manager.user_id != one.user_id]
            notify(mail.staff_match(one.reference, str(one.pk)), memberships=told, at=at)
            one.told_at = at
            one.save(update_fields=["told_at"])
    return len(found)
