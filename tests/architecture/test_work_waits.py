"""The list of work asks those sources alone in which something waits: nobody misses a line, or is told of another's."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

import decisions.queries
from agencies.access.identity import acting_as
from agencies.access.viewer import Viewer
from common.work import Waits
from contacts.models import Correction
from decisions.reads.corrections import kept_untold, untold
from mash.worklist import work_of

pytestmark = pytest.mark.usefixtures("world")

UNDER_THE_POLICIES = {
    Waits.RETURNED: "SELECT EXISTS (SELECT 1 FROM screening_handover h"
    " WHERE state IN ('queried', 'declined', 'withdrawn') AND NOT EXISTS (SELECT 1 FROM screening_handover o"
    " WHERE o.screening_id = h.screening_id AND o.sent_at > h.sent_at)) AND fw.has('manager')",
    Waits.INSTRUCTIONS: "SELECT EXISTS (SELECT 1 FROM information_sharing_safetyinstruction"
    " WHERE agency_id = fw.agency() AND state IN ('proposed', 'refused'))",
    Waits.CORRECTIONS_TO_SAY: "SELECT EXISTS (SELECT 1 FROM decisions_correctionnotice"
    " WHERE told_at IS NULL AND kind IN ('feedback', 'letter')) AND fw.has('front_door')",
    Waits.CORRECTIONS_TO_READ: "SELECT EXISTS (SELECT 1 FROM decisions_correctionnotice"
    " WHERE told_at IS NULL AND (agency_id = fw.agency() OR team_id = fw.team()))",
}
"""Sections about which the database answers past the policies: the same question put under them."""


def test_nobody_misses_a_line(viewers: list[Viewer], monkeypatch: pytest.MonkeyPatch) -> None:
    at, found = timezone.now(), set()
    for viewer in viewers:
        with acting_as(viewer) as told:
            asked_first = work_of(told, at=at)
            with monkeypatch.context() as patched:
                patched.setattr(decisions.queries, "waiting", lambda _viewer: frozenset(Waits))
                assert work_of(told, at=at) == asked_first, viewer.name
        found |= {line.todo for line in asked_first.items}
    assert {
        "Answer the team's question about a handover",
        "Agree the wording of a safety instruction",
        "Confirm and release",
        "Protect now: convene",
        "Read a correction to what you were told",
    } <= found


def test_a_section_is_named_to_those_alone_who_see_a_row_of_it(viewers: list[Viewer]) -> None:
    named = set()
    for viewer in viewers:
        with acting_as(viewer), connection.cursor() as cursor:
            seen = set()
            for section, question in UNDER_THE_POLICIES.items():
                cursor.execute(question)
                seen |= {section} if cursor.fetchone() == (True,) else set()
            cursor.execute("SELECT fw.rarely_waits(%s)", [list(UNDER_THE_POLICIES)])
            assert {Waits(one) for one in cursor.fetchone()[0]} == seen, viewer.name
            named |= seen
    assert named == set(UNDER_THE_POLICIES)


def test_what_the_database_keeps_as_untold_is_all_that_is_untold_and_seen_by_whoever_asks(
    viewers: list[Viewer],
) -> None:
    for viewer in viewers:
        with acting_as(viewer) as told:
            kept = set(kept_untold())
            asked = {"manager", "front_door", "social_worker"} & told.roles
            exact = set(untold(told).values_list("pk", flat=True)) if asked else set()
            assert exact <= kept, viewer.name
            assert kept <= set(Correction.objects.visible_to(told).values_list("pk", flat=True)), viewer.name
            assert kept <= set(Correction.objects.values_list("pk", flat=True)), f"{viewer.name}, wall 2"
