"""The manager's page of colleagues: absence in one move, with a cover; duty; and what is shown before it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.models import Absence, Duty
from audit.models import Event
from tests.drawn import text
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import open_case
from tests.sending import Browser

pytestmark = pytest.mark.django_db


def days(first: date, last: date) -> dict[str, str]:
    """Return the boxes of a first and a last day."""
    return {
        f"{name}_{part}": str(value)
        for name, day in (("starts_on", first), ("ends_on", last))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year))
    }


def mark(client: Browser, who: Person, *, cover: Person | None) -> int:
    today = timezone.localdate()
    posted = days(today, today + timedelta(days=3)) | {"cover": str(cover.membership.pk) if cover else "nobody"}
    return int(client.post(reverse("screening:mark_absent", args=[who.membership.pk]), posted).status_code)


def test_absence_is_marked_in_one_move_and_ended_in_another(
    client_of: ClientOf, mash_manager: Person, social_worker: Person, other_social_worker: Person
) -> None:
    client = client_of(mash_manager)
    assert mark(client, social_worker, cover=other_social_worker) == 302
    page = text(client.get(reverse("screening:colleagues")))
    assert "Sean Duffy</span> covers." in page
    absence = Absence.objects.get()
    client.post(reverse("screening:end_absence", args=[absence.pk]))
    assert "Nobody is marked absent." in text(client.get(reverse("screening:colleagues")))
    verbs = Event.objects.filter(record_id=absence.pk).order_by("at", "verb").values_list("verb", flat=True)
    assert list(verbs) == ["absence.marked", "absence.ended"]


def test_what_they_hold_stands_on_the_page_before_it_is_marked(
    client_of: ClientOf, mash_manager: Person, social_worker: Person
) -> None:
    case = open_case()
    page = text(client_of(mash_manager).get(reverse("screening:mark_absent", args=[social_worker.membership.pk])))
    assert "1 MASH enquiry assigned to them, 1 of them Red" in page
    assert case.enquiry.reference in page


def test_a_rule_stands_on_the_form_with_what_was_typed(
    client_of: ClientOf, mash_manager: Person, social_worker: Person
) -> None:
    client, today = client_of(mash_manager), timezone.localdate()
    url = reverse("screening:mark_absent", args=[social_worker.membership.pk])
    page = text(client.post(url, days(today, today - timedelta(days=1)) | {"cover": "nobody"}))
    assert "The last day comes before the first" in page
    assert f'value="{today.year}"' in page
    assert Absence.objects.count() == 0


def test_the_last_manager_at_work_is_not_marked_absent(
    client_of: ClientOf, mash_manager: Person, other_manager: Person
) -> None:
    client = client_of(mash_manager)
    assert mark(client, other_manager, cover=None) == 302
    assert mark(client, mash_manager, cover=None) == 200
    assert list(Absence.objects.values_list("membership__user__name", flat=True)) == ["Martin Ashby"]


def test_somebody_is_put_on_duty_and_taken_off(
    client_of: ClientOf, mash_manager: Person, other_social_worker: Person
) -> None:
    client, today = client_of(mash_manager), timezone.localdate()
    warning = "Nobody is on duty now"
    assert warning in text(client.get(reverse("screening:colleagues")))
    posted = days(today, today) | {"membership": str(other_social_worker.membership.pk)}
    assert client.post(reverse("screening:colleagues"), posted).status_code == 302
    assert warning not in text(client.get(reverse("screening:colleagues")))
    client.post(reverse("screening:end_duty", args=[Duty.objects.get().pk]))
    assert warning in text(client.get(reverse("screening:colleagues")))


def test_the_pages_are_the_managers_alone(client_of: ClientOf, social_worker: Person, administrator: Person) -> None:
    urls = [
        reverse("screening:colleagues"),
        reverse("screening:mark_absent", args=[social_worker.membership.pk]),
    ]
    found = [client_of(who).get(url).status_code for who in (social_worker, administrator) for url in urls]
    assert found == [403] * 4


def test_the_page_takes_as_many_queries_for_many_as_for_one(
    client_of: ClientOf, mash_manager: Person, social_worker: Person, other_social_worker: Person, front_door: Person
) -> None:
    client, counts = client_of(mash_manager), []
    for who in (social_worker, front_door, person("police_researcher")):
        mark(client, who, cover=None)
        client.get(reverse("screening:colleagues"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("screening:colleagues"))
        counts.append(len(queries))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("cover", "words"),
    [("sean_worker", "Saira Malik, away: Sean Duffy covers"), (None, "Saira Malik, away: nobody covers")],
)
def test_the_head_of_an_enquiry_says_how_its_worker_stands(
    cover: str | None, words: str, client_of: ClientOf, mash_manager: Person, social_worker: Person
) -> None:
    case, client = open_case(), client_of(mash_manager)
    url = reverse("screening:enquiry", args=[case.enquiry.reference])
    assert "Social worker: Saira Malik<" in text(client.get(url))
    mark(client, social_worker, cover=person(cover) if cover else None)
    assert f"Social worker: {words}<" in text(client.get(url))


def test_nobody_plants_an_absence_or_a_duty_from_outside(social_worker: Person, other_social_worker: Person) -> None:
    today = timezone.localdate()
    with acting_as(other_social_worker.viewer), pytest.raises(Exception, match="row-level security"):
        Absence.objects.create(
            membership=social_worker.membership,
            cover=other_social_worker.membership,
            starts_on=today,
            ends_on=today,
            marked_at=timezone.now(),
            marked_by=other_social_worker.membership,
        )
