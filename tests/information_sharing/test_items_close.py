"""The agreement says when others' items close after the decision."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.models import Agreement
from common.moments import LONDON, london_day
from information_sharing.grants import ItemGrant
from information_sharing.models import Item
from screening.models import Enquiry
from tests.people import Person, person
from tests.scenes.enquiries import Case, answer, ask, new, other_core


@pytest.fixture
def named(case: Case) -> Item:
    """Return an item of the police that names health, which has answered about the same child."""
    police, health = ask(case, "police", "health")
    item = answer(police, person("police_researcher"), new(named=other_core("health")))[0]
    answer(health, person("health_researcher"))
    return item


def decided(enquiry: Enquiry, *, days_ago: int, days: int) -> Enquiry:
    """Let an enquiry have been decided so many days ago, under an agreement that gives so many days."""
    Agreement.objects.update(items_close_after_days=days)
    row = Enquiry.objects.get(pk=enquiry.pk)
    row.decided_at = timezone.now() - timedelta(days=days_ago)
    row.save(update_fields=["decided_at"])
    row.refresh_from_db()
    return row


def sees(item: Item, who: Person) -> bool:
    with acting_as(who.viewer) as viewer:
        return Item.objects.visible_to(viewer).filter(pk=item.pk).exists()


@pytest.mark.parametrize(("days_ago", "days", "is_open"), [(5, 5, True), (6, 5, False), (0, 1, True), (400, 0, True)])
def test_named_agency_sees_to_the_end_of_the_last_day(
    days_ago: int, days: int, is_open: bool, case: Case, named: Item, health_visitor: Person, police_officer: Person
) -> None:
    assert sees(named, health_visitor)
    row = decided(case.enquiry, days_ago=days_ago, days=days)
    assert (sees(named, health_visitor), sees(named, police_officer)) == (is_open, True)
    if days:
        assert row.decided_at is not None
        after = london_day(row.decided_at) + timedelta(days=days + 1)
        assert row.items_close_at == datetime.combine(after, time(), LONDON).astimezone(UTC)
    else:
        assert row.items_close_at is None


def test_items_close_with_the_enquiry_however_many_days_the_agreement_gives(
    case: Case, named: Item, health_visitor: Person, mash_manager: Person
) -> None:
    row = decided(case.enquiry, days_ago=0, days=30)
    row.state, row.closed_at = "closed", timezone.now()
    row.save(update_fields=["state", "closed_at"])
    row.refresh_from_db()
    assert row.items_close_at == row.closed_at
    assert (sees(named, health_visitor), sees(named, mash_manager)) == (False, True)


def test_whom_an_owner_named_ends_with_the_enquiry_and_not_before(case: Case, named: Item) -> None:
    row = decided(case.enquiry, days_ago=6, days=5)
    assert ItemGrant.objects.filter(content_object=named).count() == 1
    row.state, row.closed_at = "closed", timezone.now()
    row.save(update_fields=["state", "closed_at"])
    assert ItemGrant.objects.filter(content_object=named).count() == 0


def test_nobody_sets_the_moment_by_hand(case: Case, named: Item) -> None:
    row = decided(case.enquiry, days_ago=6, days=5)
    closed = row.items_close_at
    row.items_close_at = None
    row.save(update_fields=["items_close_at"])
    row.refresh_from_db()
    assert row.items_close_at == closed
