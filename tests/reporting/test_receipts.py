"""Receipts: an agency sees who read its items, when, why and what was passed on; nobody sees more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg2.extensions import connection as Connection

import information_sharing.queries as sharing
from agencies.access.identity import acting_as
from common.errors import NotPermitted, NotVisible
from information_sharing.models import InformationRequest, Item
from reporting import queries
from reporting.queries import ReceiptFilter, Receipts
from tests.people import ClientOf, Person, person
from tests.scenes import case as decided
from tests.scenes.enquiries import MORNING, Case, answer, ask, new, open_case, seal

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def case() -> Case:
    """Return an enquiry."""
    return open_case()


@pytest.fixture
def asked(case: Case) -> InformationRequest:
    """Return the request to the police."""
    return ask(case, "police")[0]


@pytest.fixture
def item(asked: InformationRequest, police_officer: Person) -> Item:
    """Return what the police answered."""
    return answer(asked, police_officer, new())[0]


def read(who: Person, case: Case, page: str = "information", at: Any = LATER) -> None:
    with acting_as(who.viewer) as viewer:
        sharing.items_of_enquiry(viewer, case.enquiry, at=at, page=page)


def receipts(who: Person, **wanted: Any) -> Receipts:
    with acting_as(who.viewer):
        return queries.receipts(who.viewer, ReceiptFilter(**wanted), at=timezone.now())


def test_owner_sees_who_when_and_why(
    case: Case,
    item: Item,
    asked: InformationRequest,
    social_worker: Person,
    police_officer: Person,
    police_lead: Person,
) -> None:
    read(social_worker, case)
    for who in (police_officer, police_lead):
        found = receipts(who).rows
        assert [(row.at, row.who, row.roles, row.why, row.reference) for row in found] == [
            (LATER, social_worker.user.name, "Social worker", "Information side by side", case.enquiry.reference)
        ]
        assert [(one.request, one.words) for one in found[0].items] == [(asked.reference, item.get_theme_display())]


def test_the_same_moment_shows_each_agency_its_own(
    case: Case, item: Item, social_worker: Person, health_visitor: Person, police_officer: Person
) -> None:
    theirs = answer(ask(case, "health")[0], health_visitor, new())[0]
    read(social_worker, case)
    shown = {who: [len(row.items) for row in receipts(who).rows] for who in (police_officer, health_visitor)}
    assert (list(shown.values()), theirs.agency_id != item.agency_id) == ([[1], [1]], True)


def test_others_learn_nothing(
    case: Case, item: Item, social_worker: Person, health_visitor: Person, stranger: Person, mash_manager: Person
) -> None:
    read(social_worker, case)
    assert (receipts(health_visitor).rows, receipts(stranger).rows) == ([], [])
    with pytest.raises(NotPermitted):
        receipts(mash_manager)
    with acting_as(mash_manager.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fw.receipts(NULL, NULL, NULL, true, NULL, NULL, 9)")
        assert cursor.fetchone() == (0,)


def test_sealed_receipts_go_to_the_author_and_those_named_alone(
    case: Case,
    asked: InformationRequest,
    item: Item,
    mash_manager: Person,
    police_officer: Person,
    police_lead: Person,
) -> None:
    seal(asked, police_officer)
    before = receipts(police_lead)
    with acting_as(mash_manager.viewer) as viewer:
        sharing.sealed_items(viewer, case.enquiry, purpose="safety", at=LATER)
    author, lead = receipts(police_officer), receipts(police_lead)
    assert [(row.who, row.why) for row in author.rows] == [
        (mash_manager.user.name, "Confidential information: safety now")
    ]
    assert lead == before == Receipts([], [], [], None)
    with acting_as(police_lead.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fw.receipts(NULL, NULL, NULL, true, NULL, NULL, 9) WHERE page = 'sealed'")
        assert cursor.fetchone() == (0,)


def test_a_page_with_open_and_sealed_items_names_the_open_alone(
    case: Case, asked: InformationRequest, item: Item, mash_manager: Person, police_officer: Person, police_lead: Person
) -> None:
    seal(asked, police_officer)
    with acting_as(mash_manager.viewer) as viewer:
        items = Item.objects.filter(enquiry=case.enquiry).visible_to(viewer)
        sharing.items.read_items(viewer, items, at=LATER, page="decision", enquiry=case.enquiry.pk)
    assert [len(row.items) for row in receipts(police_lead).rows] == [1]
    assert [len(row.items) for row in receipts(police_officer).rows] == [2]


def test_filters_by_request_period_and_own_reads(
    case: Case, asked: InformationRequest, item: Item, social_worker: Person, police_officer: Person
) -> None:
    read(social_worker, case)
    day = LATER.date()
    assert len(receipts(police_officer, reference=asked.reference.lower()).rows) == 1
    assert len(receipts(police_officer, from_day=day, to_day=day).rows) == 1
    assert receipts(police_officer, to_day=day - timedelta(days=1)).rows == []
    assert receipts(police_officer, from_day=day + timedelta(days=1)).rows == []
    with acting_as(police_officer.viewer) as viewer:
        sharing.items_of_request(viewer, asked, at=LATER)
    assert [len(receipts(police_officer, own_too=own).rows) for own in (False, True)] == [1, 2]
    with pytest.raises(NotVisible):
        receipts(police_officer, reference="Q-2222-2222")


def test_pages_go_on_after_the_last_line(case: Case, item: Item, social_worker: Person, police_officer: Person) -> None:
    for number in range(53):
        read(social_worker, case, at=LATER + timedelta(seconds=number // 2))
    first = receipts(police_officer)
    second = receipts(police_officer, after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (50, 3, None)
    assert [row.at for row in [*first.rows, *second.rows]] == sorted(
        (row.at for row in [*first.rows, *second.rows]), reverse=True
    )


@pytest.mark.parametrize("times", [1, 30])
def test_what_the_pages_cost(
    client_of: ClientOf,
    case: Case,
    item: Item,
    social_worker: Person,
    police_officer: Person,
    mash_manager: Person,
    django_assert_max_num_queries: Any,
    times: int,
) -> None:
    for _ in range(times):
        read(social_worker, case)
    costs = {}
    for name, who, url in (
        ("receipts", police_officer, reverse("reporting:receipts")),
        ("readings", mash_manager, reverse("reporting:readings", args=[case.enquiry.reference])),
    ):
        client = client_of(who)
        with django_assert_max_num_queries(20) as captured:
            client.get(url)
        costs[name] = len(captured)
    assert costs == COSTS


COSTS = {"receipts": 12, "readings": 18}


def test_pages_and_who_may_open_them(
    client_of: ClientOf,
    case: Case,
    asked: InformationRequest,
    item: Item,
    social_worker: Person,
    police_officer: Person,
    mash_manager: Person,
) -> None:
    client_of(social_worker).get(reverse("information_sharing:information", args=[case.enquiry.reference]))
    mine = client_of(police_officer).get(reverse("reporting:receipts")).content.decode()
    managers = reverse("reporting:readings", args=[case.enquiry.reference])
    shown = client_of(mash_manager).get(managers).content.decode()
    assert [social_worker.user.name in page for page in (mine, shown)] == [True, True]
    assert (asked.reference in mine, "Seen twice at the walk-in centre" in mine + shown) == (True, False)
    assert client_of(police_officer).get(managers).status_code == 403
    assert client_of(social_worker).get(managers).status_code == 403
    other = client_of(police_officer).get(reverse("reporting:receipts") + "?reference=Q-2222-2222")
    assert (other.status_code, social_worker.user.name in other.content.decode()) == (200, False)


def test_manager_sees_who_read_the_enquiry(case: Case, item: Item, social_worker: Person, mash_manager: Person) -> None:
    read(social_worker, case)
    with acting_as(mash_manager.viewer) as viewer:
        found = queries.readings_of_enquiry(viewer, case.enquiry, after=None).rows
    assert [(row.who, row.why, row.items) for row in found] == [
        (social_worker.user.name, "Information side by side", 1)
    ]
    with acting_as(social_worker.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fw.readings_of(%s, NULL, NULL, 9)", [case.enquiry.pk])
        assert cursor.fetchone() == (0,)


def test_page_is_not_shown_when_the_reading_cannot_be_written(
    client_of: ClientOf, case: Case, item: Item, social_worker: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row's policy refuses somebody else's membership: the page goes with it."""
    other = person("sean_worker").viewer
    monkeypatch.setattr("audit.actions.recording._who", _somebody_else(other))
    client = client_of(social_worker)
    client.raise_request_exception = False
    page = client.get(reverse("information_sharing:information", args=[case.enquiry.reference]))
    assert (page.status_code, "Seen twice" in page.content.decode()) == (404, False)


def _somebody_else(viewer: Any) -> Callable[[Any], dict[str, object]]:
    return lambda actor: {
        "user_id": viewer.user_id,
        "membership_id": viewer.membership_id,
        "agency_id": viewer.agency_id,
        "roles": sorted(viewer.roles),
        "request_id": "",
    }


def test_what_was_passed_on_is_told_to_its_owner(client_of: ClientOf) -> None:
    case = decided.Case(at=MORNING).received().in_mash()
    item = case.told()
    case.recommended()
    case.decided()
    prepared = case.with_manager(case.prepared()[0], {item.pk: item.version})
    summary = case.released(prepared)
    owner = case.who("police_researcher")
    found = receipts(owner).passed_on
    assert [(one.reference, one.team, one.at) for one in found] == [
        (summary.reference, summary.team.name, summary.released_at)
    ]
    page = client_of(owner).get(reverse("reporting:receipts")).content.decode()
    assert (summary.reference in page, summary.team.name in page) == (True, True)


@pytest.mark.django_db(transaction=True)
def test_an_agency_with_many_items_is_looked_up_by_time(superuser_connection: Connection) -> None:
    """From 2,000 items on the log is walked; the same receipts come out."""
    case = open_case()
    police, worker = person("police_researcher"), person("saira_worker")
    asked = ask(case, "police")[0]
    kept = answer(asked, police, new())[0]
    seal(asked, police)
    read(worker, case)
    with acting_as(person("maeve_manager").viewer) as viewer:
        sharing.sealed_items(viewer, case.enquiry, purpose="safety", at=LATER)
    before = {who: receipts(person(who)) for who in ("police_researcher", "police_lead")}
    with superuser_connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO information_sharing_item SELECT (jsonb_populate_record(NULL::information_sharing_item,"
            " to_jsonb(i) || jsonb_build_object('id', gen_random_uuid()))).*"
            " FROM information_sharing_item i, generate_series(1, 2001) WHERE i.id = %s",
            [str(kept.pk)],
        )
    superuser_connection.commit()
    assert {who: receipts(person(who)) for who in before} == before
    assert [len(one.rows) for one in before.values()] == [2, 1]
