"""The out-of-hours team: its cells of the base matrix, in both walls where both stand, and the morning list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

import contacts.actions
from agencies.access.identity import acting_as
from contacts.models import Contact, Report
from information_sharing.models import Item, ItemText
from screening import actions
from screening.models import Enquiry
from screening.queries import last_closing, night_work, working_day_before
from tests.drawn import text
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import MORNING, Case, answer, ask, intake, new, open_case
from tests.scenes.screening import REASON

pytestmark = pytest.mark.django_db
NIGHT = "Her uncle holds a key and is not safe."


def with_items(colour: str) -> Case:
    """Return an enquiry with one item that its owner marked as needed at night, and one that it did not."""
    case = open_case(colour=colour)
    request = ask(case, "police")[0]
    answer(request, person("police_researcher"), new(NIGHT, needed_at_night=True), new("By day."))
    return case


@pytest.mark.parametrize("colour", ["red", "amber"])
def test_open_red_work_is_open_at_night_with_what_its_owners_marked(
    colour: str, out_of_hours: Person, client_of: ClientOf
) -> None:
    case, red = with_items(colour), colour == "red"
    with acting_as(out_of_hours.viewer) as viewer, connection.cursor() as cursor:
        rows = {model: model.objects.visible_to(viewer).count() for model in (Contact, Report, Item, ItemText)}
        assert rows == {Contact: red, Report: red, Item: red, ItemText: red}
        assert Enquiry.objects.visible_to(viewer).count() == 1
        cursor.execute("SELECT count(*) FROM information_sharing_informationrequest")
        assert cursor.fetchone() == (0,)
    client = client_of(out_of_hours)
    page = text(client.get(f"/enquiries/{case.enquiry.reference}/information/"))
    assert (NIGHT in page, "By day." in page) == (red, False)
    assert client.get(f"/contacts/{case.contact.reference}/").status_code == (200 if red else 404)
    assert "/information/" in text(client.get(f"/enquiries/{case.enquiry.reference}/"))


def test_closed_red_enquiry_keeps_its_night_items_to_itself(out_of_hours: Person) -> None:
    case = with_items("red")
    row = Enquiry.objects.get(pk=case.enquiry.pk)
    row.state, row.closed_at = "closed", timezone.now()
    row.save(update_fields=["state", "closed_at"])
    with acting_as(out_of_hours.viewer) as viewer:
        assert Item.objects.visible_to(viewer).count() == 0


def test_own_contact_stays_open_to_the_night_team(out_of_hours: Person, client_of: ClientOf) -> None:
    with acting_as(out_of_hours.viewer) as viewer:
        own = contacts.actions.receive_contact(intake(), viewer=viewer, at=MORNING)
    other = open_case(colour="green").contact
    client = client_of(out_of_hours)
    statuses = [client.get(f"/contacts/{one.reference}/").status_code for one in (own, other)]
    assert statuses == [200, 404]


TUESDAY = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "closed", "opened"),
    [
        (TUESDAY, datetime(2026, 11, 23, 17, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)),
        (MONDAY, datetime(2026, 11, 20, 17, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)),
        (MONDAY.replace(hour=17), datetime(2026, 11, 23, 17, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)),
        (MONDAY.replace(hour=16), datetime(2026, 11, 20, 17, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)),
    ],
)
def test_morning_reaches_back_to_the_last_closing(at: datetime, closed: datetime, opened: datetime) -> None:
    assert (last_closing(at=at), working_day_before(at=at)) == (closed, opened)


def test_morning_tells_what_the_night_team_did_and_nothing_of_the_day(
    out_of_hours: Person, front_door: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    now = timezone.now()
    day = open_case(colour="amber", at=now - timedelta(minutes=30), arrived_at=now - timedelta(minutes=40))
    with acting_as(out_of_hours.viewer) as viewer:
        logged = contacts.actions.receive_contact(
            intake(arrived_at=now - timedelta(minutes=20)), viewer=viewer, at=now - timedelta(minutes=10)
        )
        actions.break_glass(day.enquiry.reference, REASON, viewer=viewer, at=now - timedelta(minutes=5))

    def lines(who: Person, since: datetime) -> list[tuple[str, str, str]]:
        with acting_as(who.viewer) as viewer:
            return [(one.what, one.reference, one.who) for one in night_work(viewer, since=since, at=now)]

    contact = ("Contact logged: received", logged.reference, "Omar Haddad")
    glass = ("Emergency access used", day.enquiry.reference, "Omar Haddad")
    earlier = now - timedelta(hours=1)
    found: dict[str, Any] = {who.user.name: lines(who, earlier) for who in (front_door, mash_manager)}
    assert found == {front_door.user.name: [contact], mash_manager.user.name: [contact, glass]}
    assert lines(mash_manager, now - timedelta(minutes=1)) == []
    assert client_of(out_of_hours).get("/morning/").status_code == 403


def test_a_morning_that_is_cut_keeps_what_came_first(
    out_of_hours: Person, front_door: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screening.queries.night.MOST", 1)
    now = timezone.now()
    with acting_as(out_of_hours.viewer) as viewer:
        _later, first = (
            contacts.actions.receive_contact(
                intake(arrived_at=now - timedelta(minutes=20)), viewer=viewer, at=now - timedelta(minutes=back)
            )
            for back in (5, 10)
        )
    with acting_as(front_door.viewer) as viewer:
        lines = night_work(viewer, since=now - timedelta(hours=1), at=now)
    assert [one.reference for one in lines] == [first.reference]


def test_morning_tells_managers_the_reason_and_auditors_none(
    social_worker: Person, mash_manager: Person, auditor: Person, front_door: Person, client_of: ClientOf
) -> None:
    case = open_case(colour="amber", worker="sean_worker")
    with acting_as(social_worker.viewer) as viewer:
        actions.break_glass(case.enquiry.reference, REASON, viewer=viewer, at=timezone.now())
    shown = {}
    for who in (mash_manager, auditor, front_door):
        page = text(client_of(who).get("/morning/"))
        shown[who.user.name] = (case.enquiry.reference in page, social_worker.user.name in page, REASON in page)
    assert shown == {
        mash_manager.user.name: (True, True, True),
        auditor.user.name: (True, True, False),
        front_door.user.name: (False, False, False),
    }
