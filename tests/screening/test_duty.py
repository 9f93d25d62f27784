"""Duty begins and ends at a moment: at the hour of the handing over there is one on duty, not two and not none."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import agencies.actions
import screening.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Duty
from clock.models import Closure, hub_calendar
from common.errors import RuleBroken
from common.moments import london_day, london_moment, span_in_words
from contacts.models import Contact
from notices.models import Notice
from screening.actions import who_works_on
from screening.rules import Span, gaps
from tests.drawn import text
from tests.people import ClientOf, Person
from tests.scenes.enquiries import Case, open_case

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def at() -> datetime:
    """Return a moment of today, in whole seconds: the database is told as of when somebody acts in those."""
    return timezone.now().replace(microsecond=0)


def named(who: Person, starts_at: datetime, ends_at: datetime, *, by: Person, at: datetime) -> Duty:
    with acting_as(by.viewer) as viewer:
        return screening.actions.name_on_duty(
            who.membership.pk, starts_at=starts_at, ends_at=ends_at, viewer=viewer, at=at
        )


def left_red(worker: Person, administrator: Person, at: datetime) -> Case:
    """Return a Red whose social worker has left."""
    red = open_case()
    with acting_as(administrator.viewer) as viewer:
        agencies.actions.end_membership(worker.membership, viewer=viewer, at=at)
    return red


def sees(who: Person, case: Case, at: datetime) -> bool:
    """Say whether somebody sees a contact at a moment, by both walls."""
    with acting_as(who.viewer, as_of=at) as viewer:
        found = Contact.objects.visible_to(viewer).filter(pk=case.contact.pk).exists()
        assert Contact.objects.filter(pk=case.contact.pk).exists() is found
    return found


def working(case: Case, at: datetime) -> list[object]:
    with acting_as(CLOCK, as_of=at):
        return list(who_works_on(case.enquiry.pk, at=at))


def test_at_the_hour_of_the_handing_over_one_ends_and_the_other_begins(
    at: datetime,
    social_worker: Person,
    other_social_worker: Person,
    mash_manager: Person,
    administrator: Person,
) -> None:
    red = left_red(social_worker, administrator, at)
    turn = at + HOUR
    named(other_social_worker, at - HOUR, turn, by=mash_manager, at=at)
    moments = (at - 2 * HOUR, at, turn - timedelta(seconds=1), turn, turn + HOUR)
    on_duty = [other_social_worker.membership.pk]
    assert [sees(other_social_worker, red, one) for one in moments] == [False, True, True, False, False]
    assert [working(red, one) for one in moments] == [[], on_duty, on_duty, [], []]
    named(other_social_worker, turn, turn + 2 * HOUR, by=mash_manager, at=at)
    assert [sees(other_social_worker, red, one) for one in moments] == [False, True, True, True, True]
    assert working(red, turn) == on_duty


def test_whoever_is_taken_off_is_off_at_once(
    at: datetime, social_worker: Person, other_social_worker: Person, mash_manager: Person, administrator: Person
) -> None:
    red = left_red(social_worker, administrator, at)
    duty = named(other_social_worker, at - HOUR, at + HOUR, by=mash_manager, at=at)
    with acting_as(mash_manager.viewer) as viewer:
        screening.actions.end_duty(duty.pk, viewer=viewer, at=at)
    assert sees(other_social_worker, red, at) is False


@pytest.mark.parametrize(
    ("start", "end", "field"), [(2, 2, "ends_on"), (2, 1, "ends_on"), (-3, -1, "ends_on"), (0, 9000, "ends_on")]
)
def test_times_that_cannot_be_are_refused(
    at: datetime, other_social_worker: Person, mash_manager: Person, start: int, end: int, field: str
) -> None:
    with pytest.raises(RuleBroken) as broken:
        named(other_social_worker, at + start * HOUR, at + end * HOUR, by=mash_manager, at=at)
    assert broken.value.field == field


def test_nobody_is_on_duty_twice_at_once(at: datetime, other_social_worker: Person, mash_manager: Person) -> None:
    named(other_social_worker, at, at + 4 * HOUR, by=mash_manager, at=at)
    with pytest.raises(RuleBroken, match="already"):
        named(other_social_worker, at + 3 * HOUR, at + 5 * HOUR, by=mash_manager, at=at)


def test_a_day_in_london_begins_at_its_own_midnight() -> None:
    assert london_moment(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, 0, tzinfo=UTC)
    assert london_moment(date(2026, 12, 1), time(17)) == datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (london_moment(date(2026, 7, 1)), london_moment(date(2026, 7, 2)), "On 1 Jul 2026"),
        (london_moment(date(2026, 10, 24)), london_moment(date(2026, 10, 26)), "From 24 Oct 2026 to 25 Oct 2026"),
        (
            london_moment(date(2026, 7, 1), time(9)),
            london_moment(date(2026, 7, 1), time(17)),
            "From 1 Jul 2026, 09:00 to 1 Jul 2026, 17:00",
        ),
    ],
)
def test_a_time_is_said_in_days_where_it_is_whole_days(first: datetime, last: datetime, words: str) -> None:
    assert span_in_words(first, last) == words


def test_a_gap_is_what_nobody_covers() -> None:
    start = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)

    def span(begins: int, ends: int) -> Span:
        return Span(start + begins * HOUR, start + ends * HOUR)

    assert gaps([span(0, 3), span(4, 6), span(5, 9)], [span(0, 8)]) == [span(3, 4)]
    assert gaps([span(2, 6)], [span(0, 8)]) == [span(0, 2), span(6, 8)]
    assert gaps([], [span(0, 8)]) == [span(0, 8)]
    assert gaps([span(-5, 20)], [span(0, 8), span(10, 12)]) == []


def boxes(first: date, last: date, **more: str) -> dict[str, str]:
    return more | {
        f"{name}_{part}": str(value)
        for name, day in (("starts_on", first), ("ends_on", last))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year))
    }


def test_the_form_means_whole_days_and_takes_times(
    client_of: ClientOf, mash_manager: Person, social_worker: Person, other_social_worker: Person
) -> None:
    client, page = client_of(mash_manager), reverse("screening:colleagues")
    today = timezone.localdate()
    day = today + timedelta(days=2)
    whole = boxes(day, day, membership=str(other_social_worker.membership.pk))
    assert client.post(page, whole).status_code == 302
    duty = Duty.objects.get()
    assert (duty.starts_at, duty.ends_at) == (london_moment(day), london_moment(day + timedelta(days=1)))
    timed = boxes(day, day, membership=str(social_worker.membership.pk), starts_time="5pm", ends_time="23:30")
    assert client.post(page, timed).status_code == 302
    duty = Duty.objects.get(membership=social_worker.membership)
    assert (duty.starts_at, duty.ends_at) == (london_moment(day, time(17)), london_moment(day, time(23, 30)))
    words = f"{span_in_words(duty.starts_at, duty.ends_at)}: "
    shown = text(client.get(page))
    assert "Two are on duty at once" in shown
    assert words in shown
    told = Notice.objects.filter(kind="duty.named", membership=social_worker.membership).first()
    assert told is not None
    assert span_in_words(duty.starts_at, duty.ends_at) in told.body
    wrong = client.post(page, timed | {"starts_time": "soon"})
    assert "Enter a time like 14:30 or 2:30pm" in text(wrong)


def test_a_gap_in_the_roster_is_shown_to_the_manager_when_it_is_saved(
    client_of: ClientOf, mash_manager: Person, other_social_worker: Person
) -> None:
    client, page = client_of(mash_manager), reverse("screening:colleagues")
    calendar = hub_calendar()
    ahead = (timezone.localdate() + timedelta(days=days) for days in range(1, 20))
    day = next(one for one in ahead if calendar.is_open_day(one))
    for closed in range(20):
        one = timezone.localdate() + timedelta(days=closed)
        if one != day and calendar.is_open_day(one):
            Closure(day=one, name="Moving house").save(force_insert=True)
    key = str(other_social_worker.membership.pk)
    for first, last in (("00:00", "13:00"), ("14:00", "")):
        posted = boxes(day, day, membership=key, starts_time=first, ends_time=last)
        shown = client.post(page, posted, follow=True)
    gap = span_in_words(london_moment(day, time(13)), london_moment(day, time(14)))
    assert "Nobody is on duty, though the hub is open" in text(shown)
    assert text(shown).count(gap) == 1
    assert london_day(london_moment(day, time(13))) == day
