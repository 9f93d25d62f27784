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
from clock.models import Deadline
from common.moments import LONDON
from common.turns import Matter
from common.work import WorkItem
from contacts.reads.safety import with_safe_until
from information_sharing.models import SafetyInstruction
from information_sharing.visibility import own_agency
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


def without_reader(viewers: Iterable[Viewer], state: str) -> set[str]:
    """Return safety instructions that nobody of their agency may read: the manager rings (`sharing.to_press`).

    Author and named readers have left, a conflict closes it to them, or the agency's signature has lapsed.
    """
    with past_the_walls():
        left = set(SafetyInstruction.objects.filter(state=state).values_list("reference", flat=True))
    for viewer in viewers:
        if viewer.has(Role.RESEARCHER, Role.LEAD):
            with acting_as(viewer) as told:
                rows = SafetyInstruction.objects.visible_to(told).filter(own_agency(told), state=state)
                left -= set(rows.values_list("reference", flat=True))
    return left


def references(matter: Matter, state: str, at: datetime) -> list[str]:
    """Return how the lines of the records in a state are called."""
    path = BY_ANOTHER.get((matter.model, state), "")
    column = f"{path}__reference" if path else "reference"
    with past_the_walls():
        rows = apps.get_model(matter.model).objects.filter(state=state)
        if (matter.model, state) == ("contacts.Protection", "held"):
            rows = with_safe_until(rows).filter(Q(safe_until__isnull=True) | Q(safe_until__lte=at))
            rows = rows.exclude(contact__ended_at__gte=F("held_at"))
        return list(rows.values_list(column, flat=True))


def test_whatever_is_open_stands_on_a_list_that_its_row_names(viewers: list[Viewer]) -> None:
    now = timezone.now()
    by_day = datetime.combine(now.astimezone(LONDON).date(), time(11), LONDON)
    shown = lines_at(viewers, by_day)
    missing, met = [], set()
    for matter, state, turn in OPEN:
        if turn.ends or turn.through:
            continue
        unread = without_reader(viewers, state) if matter.model == SafetyInstruction._meta.label else set()
        for reference in set(references(matter, state, by_day)) - unread:
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
    ("MASH summary", "superseded"),
    ("handover", "withdrawn"),
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
