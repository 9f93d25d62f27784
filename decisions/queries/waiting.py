"""Which sections of the list of work have anything for a viewer."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.work import Section, Waiting
from decisions.reads.corrections import has_kept_untold

HELD: Mapping[Section, frozenset[str]] = {
    Section.PROTECTIONS: frozenset({Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS}),
    Section.PUT_TO_MANAGER: frozenset({Role.MANAGER}),
    Section.RETURNED: frozenset({Role.MANAGER}),
    Section.RETURNED_OWN: frozenset({Role.SCREENER}),
    Section.STAFF_MATCHES: frozenset({Role.MANAGER}),
    Section.SPOKEN_ANSWERS: frozenset({Role.RESEARCHER, Role.LEAD}),
    Section.INSTRUCTIONS: frozenset({Role.RESEARCHER, Role.LEAD}),
    Section.CORRECTIONS_UNTOLD: frozenset({Role.MANAGER, Role.FRONT_DOOR, Role.SOCIAL_WORKER}),
    Section.CORRECTIONS_TO_SAY: frozenset({Role.FRONT_DOOR}),
    Section.SUMMARIES: frozenset({Role.MANAGER}),
    Section.SUMMARIES_QUERIED: frozenset({Role.SOCIAL_WORKER}),
    Section.LETTERS: frozenset({Role.FRONT_DOOR}),
}
"""Whose list of work has the section at all."""


def sections_waiting(viewer: Viewer) -> Waiting:
    """Return the sections in which something may wait for the viewer; no row of the others is theirs. One query.

    The database answers as whoever asks, under the policies: a section is never named for a row that they do not see.
    """
    wanted = {section for section, roles in HELD.items() if viewer.roles & roles}
    if viewer.group_id is not None or viewer.team_id is not None:
        wanted.add(Section.CORRECTIONS_TO_READ)
    unkept = wanted & {Section.CORRECTIONS_UNTOLD} if not has_kept_untold(viewer) else set()
    asked = sorted(wanted - unkept)
    if not asked:
        return frozenset(unkept)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.work_waits(%s, %s)", [asked, viewer.agency_id])
        return frozenset(map(Section, cursor.fetchone()[0])) | unkept
