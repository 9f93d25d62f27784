"""What waits for a viewer of that which is nothing on most days."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.work import Waits
from decisions.reads.corrections import has_kept_untold

HELD: Mapping[Waits, frozenset[str]] = {
    Waits.PUT_TO_MANAGER: frozenset({Role.MANAGER}),
    Waits.RETURNED: frozenset({Role.MANAGER}),
    Waits.RETURNED_OWN: frozenset({Role.SCREENER}),
    Waits.STAFF_MATCHES: frozenset({Role.MANAGER}),
    Waits.SPOKEN_ANSWERS: frozenset({Role.RESEARCHER, Role.LEAD}),
    Waits.INSTRUCTIONS: frozenset({Role.RESEARCHER, Role.LEAD}),
    Waits.CORRECTIONS_UNTOLD: frozenset({Role.MANAGER, Role.FRONT_DOOR, Role.SOCIAL_WORKER}),
    Waits.CORRECTIONS_TO_SAY: frozenset({Role.FRONT_DOOR}),
    Waits.SUMMARIES: frozenset({Role.MANAGER}),
    Waits.SUMMARIES_QUERIED: frozenset({Role.SOCIAL_WORKER}),
    Waits.SUMMARIES_CHANGED: frozenset({Role.MANAGER}),
    Waits.SUMMARIES_TO_TELEPHONE: frozenset({Role.MANAGER, Role.SOCIAL_WORKER}),
    Waits.LETTERS: frozenset({Role.FRONT_DOOR}),
    Waits.UNDELIVERED: frozenset({Role.FRONT_DOOR, Role.MANAGER, Role.SOCIAL_WORKER}),
    Waits.CAME_BACK: frozenset({Role.FRONT_DOOR, Role.MANAGER, Role.SOCIAL_WORKER}),
    Waits.UNREAD_BY_NOBODY: frozenset({Role.MANAGER}),
    Waits.LEFT_BEHIND: frozenset({Role.MANAGER}),
    Waits.EMPTY_TEAMS: frozenset({Role.MANAGER}),
    Waits.SILENT_REQUESTS: frozenset({Role.MANAGER, Role.SOCIAL_WORKER}),
    Waits.INSTRUCTIONS_OF_NOBODY: frozenset({Role.MANAGER}),
    Waits.EMPTY_FRONT_DOOR: frozenset({Role.MANAGER}),
    Waits.NO_DECISION_MAKER: frozenset({Role.MANAGER}),
}
"""On whose list it can stand at all."""


def waiting(viewer: Viewer) -> frozenset[Waits]:
    """Return what may wait for the viewer; no row of the rest is theirs. One query, none for those who have none of it.

    The database answers as whoever asks, under the policies: nothing is named for a row that they do not see.
    """
    wanted = {one for one, roles in HELD.items() if viewer.roles & roles}
    if viewer.group_id is not None or viewer.team_id is not None:
        wanted.add(Waits.CORRECTIONS_TO_READ)
    unkept = wanted & {Waits.CORRECTIONS_UNTOLD} if not has_kept_untold(viewer) else set()
    asked = sorted(wanted - unkept)
    if not asked:
        return frozenset(unkept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.work_waits(%s, %s)", [asked, viewer.agency_id])
        return frozenset(map(Waits, cursor.fetchone()[0])) | unkept
