"""Every task of the beat does its work as the worker logs in: as `mash_sweep`, to whom most tables are closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import agencies.actions
import decisions.actions
import information_sharing.actions
import screening.actions
from agencies.access.identity import acting_as
from agencies.access.tasks import run_here
from agencies.access.viewer import CLOCK
from clock.choices import Measure
from clock.models import Deadline
from mash.celery import BEAT_SCHEDULE
from notices.models import Notice
from tests.decisions.test_corrections import corrected, passed_on
from tests.decisions.test_replacing import sent_with_item, take_back
from tests.logins import logged_in_as
from tests.people import Person, person
from tests.scenes.case import Case

pytestmark = pytest.mark.django_db(transaction=True)
TASKS = sorted(str(one["task"]) for one in BEAT_SCHEDULE.values())
AT = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def as_the_worker(transactional_db: None) -> Iterator[None]:
    """Log in as the worker does."""
    with logged_in_as("mash_sweep"):
        yield


@pytest.fixture
def case(transactional_db: None) -> Case:
    """Return a case whose rows are written for good, so that another login sees them."""
    return Case(AT)


def clocks(*measures: Measure) -> list[str]:
    """Return the open clocks of some measures."""
    with acting_as(CLOCK):
        return sorted(Deadline.objects.open().filter(measure__in=measures).values_list("measure", flat=True))


def kinds() -> set[str]:
    """Return what kinds of messages were written."""
    with acting_as(CLOCK):
        return set(Notice.objects.values_list("kind", flat=True))


@pytest.mark.parametrize("task", TASKS)
def test_a_task_of_the_beat_may_do_what_it_does(task: str, as_the_worker: None) -> None:
    """What it reads, locks and changes is asked of the database even where no row waits."""
    run_here(task)


def test_the_worker_tells_what_has_changed_in_a_released_summary(case: Case) -> None:
    sent_with_item(case)
    take_back(case)
    with logged_in_as("mash_sweep"):
        assert decisions.actions.tell_changes(viewer=CLOCK, at=AT) == 1
    assert clocks(Measure.RELEASE_AGAIN) == [Measure.RELEASE_AGAIN]
    assert "summary.changed" in kinds()


def test_the_worker_starts_and_ends_the_clock_of_a_correction(case: Case) -> None:
    case.in_mash()
    case.asked()
    made = corrected(case, case.manager)
    with logged_in_as("mash_sweep"):
        assert decisions.actions.clock_corrections(viewer=CLOCK, at=AT + HOUR) == 1
    assert clocks(Measure.CORRECTION) == [Measure.CORRECTION]
    passed_on(case, case.manager, made)
    with acting_as(CLOCK):
        untold = Deadline.objects.open().filter(subject_kind="correction_within")
        assert untold.count() == 1
    with logged_in_as("mash_sweep"):
        assert decisions.actions.clock_corrections(viewer=CLOCK, at=AT + 2 * HOUR) == 0
    with acting_as(CLOCK):
        assert untold.count() == 0


def test_the_worker_hands_over_what_somebody_has_left_behind(case: Case, administrator: Person) -> None:
    case.in_mash()
    with acting_as(administrator.viewer) as viewer:
        agencies.actions.end_membership(case.worker.membership, viewer=viewer, at=AT)
    with logged_in_as("mash_sweep"):
        assert screening.actions.tell_left_behind(viewer=CLOCK, at=AT) == 1
    assert clocks(Measure.REASSIGNMENT) == [Measure.REASSIGNMENT]


def test_the_worker_tells_the_managers_of_silence(case: Case, administrator: Person) -> None:
    case.in_mash()
    case.asked()
    with acting_as(administrator.viewer) as viewer:
        for key in ("police_researcher", "police_lead"):
            agencies.actions.end_membership(person(key).membership, viewer=viewer, at=AT)
    with logged_in_as("mash_sweep"):
        assert information_sharing.actions.tell_of_silence(viewer=CLOCK, at=AT) == 1
