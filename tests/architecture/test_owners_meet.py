"""The rows of owners hold in a whole hub: what is open stands on a list that its row names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, time

import pytest
from django.apps import apps
from django.db.models import F, Q
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.access.owners import matters
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership
from clock.models import Deadline
from common.moments import LONDON, london_day
from common.turns import Matter
from common.work import WorkItem
from contacts.reads.safety import with_safe_until
from mash.worklist import work_of
from tests.walls import past_the_walls

pytestmark = pytest.mark.usefixtures("world")

OPEN = [(matter, state, turn) for matter in matters() if matter.model for state, turn in matter.turns.items()]

BY_ANOTHER = {
    ("decisions.Complaint", "open"): "contact",
    ("decisions.MashSummary", "draft"): "enquiry",
    **{("screening.Screening", state): "contact" for state in ("open", "with_panel", "with_manager")},
}
"""Records whose line bears the reference of another one: the path to it."""


def lines_at(viewers: Iterable[Viewer], at: datetime) -> dict[str, set[str]]:
    """Return on which sections of anybody's list each reference stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for viewer in viewers:
        with acting_as(viewer) as told:
            items: list[WorkItem] = work_of(told, at=at).items
        for item in items:
            found[item.reference].add(item.section)
    return found


def references(matter: Matter, state: str, at: datetime) -> list[str]:
    """Return how the lines of the records in a state are called."""
    path = BY_ANOTHER.get((matter.model, state), "")
    column = f"{path}__reference" if path else "reference"
    with past_the_walls():
        rows = apps.get_model(matter.model).objects.filter(state=state)
        if (matter.model, state) == ("contacts.Protection", "held"):
            rows = with_safe_until(rows).filter(Q(safe_until__isnull=True) | Q(safe_until__lte=at))
            rows = rows.exclude(contact__ended_at__gte=F("raised_at"))
        if matter.model == "information_sharing.SafetyInstruction":
            # Some are planted on items of another agency, or of an author who has left: the manager rings (to_press).
            at_work = Membership.objects.in_force(london_day(at)).holding(Role.RESEARCHER, Role.LEAD)
            rows = rows.filter(item__author__in=at_work, item__author__agency_id=F("agency_id"))
        return list(rows.values_list(column, flat=True))


def test_whatever_is_open_stands_on_a_list_that_its_row_names(viewers: list[Viewer]) -> None:
    now = timezone.now()
    by_day = datetime.combine(now.astimezone(LONDON).date(), time(11), LONDON)
    shown = lines_at(viewers, by_day)
    missing, met = [], set()
    for matter, state, turn in OPEN:
        if turn.ends or turn.through:
            continue
        for reference in references(matter, state, by_day):
            met.add(matter.model)
            if not shown[reference] & {*turn.lists, *turn.late, *turn.at_night}:
                missing.append((matter.name, state, reference, sorted(shown[reference])))
    assert missing == [], "\n".join(map(str, missing))
    assert len(met) >= 6


CLOCK_OF = {
    "contacts.Protection": "contact_id",
    "screening.Screening": "contact_id",
    "decisions.MashSummary": "enquiry_id",
}
"""Records whose clock hangs on another one too: its column."""

CLOCKLESS = {
    ("handover", "withdrawn"),
    ("protection", "held"),
}
"""States of which the hub has such records alone as were written by hand, or were taken up by their contact's end."""


def test_some_record_in_each_open_state_has_a_clock_that_its_row_names() -> None:
    without = set()
    with past_the_walls():
        running = set(Deadline.objects.open().values_list("subject_id", "measure"))
        for matter, state, turn in OPEN:
            column = CLOCK_OF.get(matter.model, "pk")
            rows = apps.get_model(matter.model).objects.filter(state=state).values_list("pk", column)
            known = {(key, measure) for row in rows for key in row for measure in turn.clocks}
            if turn.clocks and not known & running:
                without.add((matter.name, state))
    assert without == CLOCKLESS
