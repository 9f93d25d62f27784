"""A lead takes back what they gave: the reader's right ends at once, in both walls, and one event says so."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from agencies.access.identity import acting_as
from audit.models import Event
from common.errors import NotPermitted, NotVisible
from information_sharing import actions
from information_sharing.models import InformationRequest, Item, SealedReader, SealedText
from tests.drawn import text
from tests.information_sharing.web import key, url
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import MORNING, ask, open_case, seal

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)
SEALED = "A sealed sentence."


@pytest.fixture
def asked(police_lead: Person, police_officer: Person) -> InformationRequest:
    """Return a request on which a lead sealed something and named a researcher to read it."""
    (request,) = ask(open_case(), "police")
    seal(request, police_lead)
    with acting_as(police_lead.viewer) as viewer:
        actions.name_reader(request, police_officer.membership.pk, viewer=viewer, at=LATER)
    return request


def end(asked: InformationRequest, who: Person, by: Person) -> None:
    with acting_as(by.viewer) as viewer:
        actions.end_reader(asked, who.membership.pk, viewer=viewer, at=LATER)


def by_the_rule(who: Person) -> list[int]:
    """Return how many sealed items, texts and readers wall 1 alone opens."""
    viewer = who.viewer
    rows = (Item.objects.filter(handling="manager_only"), SealedText.objects.all(), SealedReader.objects.all())
    return [one.visible_to(viewer).count() for one in rows]


def by_the_policy(who: Person) -> list[int]:
    """Return how many of them wall 2 alone opens."""
    with acting_as(who.viewer), connection.cursor() as cursor:
        found = []
        for table in ("item WHERE handling = 'manager_only'", "sealedtext", "sealedreader"):
            cursor.execute(f"SELECT count(*) FROM information_sharing_{table}")
            found.append(int(cursor.fetchone()[0]))
        return found


def test_the_right_ends_at_once_in_both_walls_and_the_row_stays(
    asked: InformationRequest, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    assert (by_the_rule(police_officer), by_the_policy(police_officer)) == ([1, 1, 1], [1, 1, 1])
    end(asked, police_officer, police_lead)
    assert (by_the_rule(police_officer), by_the_policy(police_officer)) == ([0, 0, 0], [0, 0, 0])
    assert (by_the_rule(police_lead), by_the_policy(police_lead)) == ([1, 1, 0], [1, 1, 0])
    assert (by_the_rule(mash_manager), by_the_policy(mash_manager)) == ([1, 1, 0], [1, 1, 0])
    row = SealedReader.objects.get()
    assert (row.ended_at, row.ended_by_id) == (LATER, police_lead.membership.pk)
    event = Event.objects.get(verb="sealed_reader.ended")
    assert (event.record_id, event.reference, event.enquiry_id) == (row.pk, asked.reference, None)
    assert event.membership_id == police_lead.membership.pk


def test_whoever_was_unnamed_is_named_again(
    asked: InformationRequest, police_officer: Person, police_lead: Person
) -> None:
    end(asked, police_officer, police_lead)
    with acting_as(police_lead.viewer) as viewer:
        actions.name_reader(asked, police_officer.membership.pk, viewer=viewer, at=LATER)
    assert (by_the_rule(police_officer), by_the_policy(police_officer)) == ([1, 1, 1], [1, 1, 1])
    assert sorted(row.ended_at is None for row in SealedReader.objects.all()) == [False, True]


def test_it_ends_once_and_only_for_somebody_who_was_named(
    asked: InformationRequest, police_officer: Person, police_lead: Person
) -> None:
    end(asked, police_officer, police_lead)
    for who in (police_officer, police_lead):
        with pytest.raises(NotVisible):
            end(asked, who, police_lead)
    assert Event.objects.filter(verb="sealed_reader.ended").count() == 1


@pytest.mark.parametrize("name", ["police_officer", "health_lead", "mash_manager", "social_worker", "administrator"])
def test_only_a_lead_of_the_agency_ends_it(
    name: str, asked: InformationRequest, police_officer: Person, request: pytest.FixtureRequest
) -> None:
    by: Person = request.getfixturevalue(name)
    with pytest.raises(NotPermitted):
        end(asked, police_officer, by)
    key_of = SealedReader.objects.get().pk
    with acting_as(by.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT fw.end_sealed_reader(%s, now())", [key_of])
        assert cursor.fetchone() == (False,)
    assert (by_the_rule(police_officer), by_the_policy(police_officer)) == ([1, 1, 1], [1, 1, 1])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE information_sharing_sealedreader SET ended_at = now()",
        "UPDATE information_sharing_sealedreader SET ended_at = NULL, ended_by_id = NULL",
        "DELETE FROM information_sharing_sealedreader",
    ],
)
def test_no_statement_of_the_web_role_changes_a_row(
    statement: str, asked: InformationRequest, police_lead: Person
) -> None:
    with (
        acting_as(police_lead.viewer),
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_moment_that_lies_ahead_ends_it_now(
    asked: InformationRequest, police_lead: Person, police_officer: Person
) -> None:
    key_of = SealedReader.objects.get().pk
    with acting_as(police_lead.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT fw.end_sealed_reader(%s, now() + interval '1 day')", [key_of])
        cursor.execute("SELECT fw.end_sealed_reader(%s, now())", [uuid.uuid4()])
        assert cursor.fetchone() == (False,)
    assert by_the_policy(police_officer) == [0, 0, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT ended_at <= clock_timestamp() FROM information_sharing_sealedreader")
        assert cursor.fetchone() == (True,)


def test_the_page_ends_it_and_offers_the_person_anew(
    asked: InformationRequest, client_of: ClientOf, police_lead: Person, police_officer: Person
) -> None:
    client, page = client_of(police_lead), url("readers", asked.reference)
    reader = client_of(police_officer)
    assert SEALED in text(reader.get(url("request", asked.reference)))
    assert text(client.get(page)).count("End it now") == 1
    sent = {"ends": str(police_officer.membership.pk), "submission_key": key()}
    assert client.post(page, sent).headers["Location"] == page
    assert SEALED not in text(reader.get(url("request", asked.reference)))
    shown = text(client.get(page))
    assert (shown.count("End it now"), f'value="{police_officer.membership.pk}"' in shown) == (0, True)
    assert client.post(page, sent | {"submission_key": key()}).status_code == 404
    assert client.post(page, {"ends": "nobody", "submission_key": key()}).status_code == 404


def test_a_researcher_and_another_agency_end_nothing_by_the_page(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    sent = {"ends": str(police_officer.membership.pk), "submission_key": key()}
    page = url("readers", asked.reference)
    answers = [client_of(who).post(page, sent).status_code for who in (police_officer, person("health_lead"))]
    assert answers == [403, 404]
    assert SealedReader.objects.get().ended_at is None
