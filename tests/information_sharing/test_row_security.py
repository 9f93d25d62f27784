"""Wall 2 on requests and their grants: raw SQL as the web role, without any rule of the application."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.access.identity import acting_as, sign
from agencies.access.viewer import NOBODY, PUBLIC
from information_sharing.models import InformationRequest
from tests.people import Person, agency
from tests.scenes.enquiries import MORNING, Case, answer, ask, new, open_case, seal

pytestmark = pytest.mark.django_db

REQUESTS = "information_sharing_informationrequest"


def sql(statement: str, *values: Any) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


@pytest.fixture
def case() -> Case:
    return open_case()


@pytest.fixture
def asked(case: Case) -> InformationRequest:
    return ask(case, "police", "health")[0]


@pytest.mark.parametrize(
    ("who", "rows"),
    [
        ("police_officer", 1),
        ("police_lead", 1),
        ("health_visitor", 1),
        ("social_worker", 2),
        ("mash_manager", 2),
        ("other_social_worker", 0),
        ("front_door", 0),
        ("screener", 0),
        ("panel_police", 0),
        ("stranger", 0),
        ("school_lead", 0),
        ("assessment_worker", 0),
        ("out_of_hours", 0),
        ("reviewer", 0),
        ("auditor", 0),
        ("administrator", 0),
    ],
)
def test_reading_and_counting(request: pytest.FixtureRequest, asked: InformationRequest, who: str, rows: int) -> None:
    with acting_as(request.getfixturevalue(who).viewer):
        assert len(sql(f"SELECT id FROM {REQUESTS}")) == rows
        assert sql(f"SELECT count(*) FROM {REQUESTS}") == [(rows,)]
        grants = {"police_officer": 1, "police_lead": 1, "health_visitor": 1, "mash_manager": 2}
        assert len(sql("SELECT group_id FROM screening_enquirygrant")) == grants.get(who, 0)


@pytest.mark.parametrize("viewer", [NOBODY, PUBLIC], ids=["nobody", "public"])
def test_without_a_membership_there_is_nothing(asked: InformationRequest, viewer: object) -> None:
    with acting_as(viewer):  # type: ignore[arg-type]
        assert sql(f"SELECT count(*) FROM {REQUESTS}") == [(0,)]


def identity(value: str) -> None:
    sql("SELECT set_config('app.identity', %s, true)", value)


def test_a_forged_or_malformed_identity_is_nobody(asked: InformationRequest, mash_manager: Person) -> None:
    soon = int(time.time()) + 100
    good = sign(mash_manager.membership.pk, expires=soon)
    member, expiry, signature = good.split("|")
    forged = [
        "",
        "x",
        f"{member}|{expiry}",
        f"{member}|{expiry}|",
        f"{member}|{expiry}|{signature}|more",
        f"{member}|{int(expiry) + 1}|{signature}",
        f"{uuid.uuid4()}|{expiry}|{signature}",
        f"{member.upper()}|{expiry}|{signature}",
        f"{member}|{expiry}|{'0' * 64}",
        sign(mash_manager.membership.pk, expires=int(time.time()) - 1),
    ]
    with acting_as(NOBODY):
        for value in forged:
            identity(value)
            assert sql(f"SELECT count(*) FROM {REQUESTS}") == [(0,)], value
        identity(good)
        assert sql(f"SELECT count(*) FROM {REQUESTS}") == [(2,)]


def test_others_change_nothing(asked: InformationRequest, health_visitor: Person, mash_manager: Person) -> None:
    with acting_as(health_visitor.viewer):
        assert sql(f"UPDATE {REQUESTS} SET asks = 'changed' WHERE id = %s", asked.pk) == [(0,)]
        assert sql(f"SELECT id FROM {REQUESTS} WHERE id = %s FOR UPDATE", asked.pk) == []
    with acting_as(mash_manager.viewer):
        assert InformationRequest.objects.get(pk=asked.pk).asks == "Search your records."


def planted(case: Case, who: Person, **changes: object) -> None:
    row = {
        "id": uuid.uuid4(), "reference": "Q-2222-3333", "enquiry_id": case.enquiry.pk, "agency_id": agency("police").pk,
        "state": "sent", "version": 1, "asks": "x", "purpose": "x", "concern": "", "lawful_basis": "public_task",
        "referrer_organisation": "", "address": "", "sent_at": MORNING, "due_at": MORNING,
        "sent_by_id": who.membership.pk,
        **changes,
    }  # fmt: skip
    with transaction.atomic():
        sql(f"INSERT INTO {REQUESTS} ({', '.join(row)}) VALUES ({', '.join(['%s'] * len(row))})", *row.values())


@pytest.mark.parametrize("who", ["police_officer", "stranger", "front_door", "other_social_worker", "administrator"])
def test_others_plant_nothing(request: pytest.FixtureRequest, case: Case, who: str) -> None:
    planter: Person = request.getfixturevalue(who)
    with acting_as(planter.viewer), pytest.raises(DatabaseError, match="row-level security"):
        planted(case, planter)


def test_the_worker_does_not_plant_in_anothers_name_or_another_workers_column(
    case: Case, social_worker: Person, other_social_worker: Person
) -> None:
    with acting_as(social_worker.viewer), pytest.raises(DatabaseError, match="in the own name alone"):
        planted(case, social_worker, sent_by_id=other_social_worker.membership.pk)
    other = open_case(worker="sean_worker")
    with acting_as(social_worker.viewer), pytest.raises(DatabaseError, match="row-level security"):
        planted(other, social_worker, social_worker_id=social_worker.membership.pk)


def test_a_request_makes_its_grant_whoever_writes_it(case: Case, social_worker: Person, police_officer: Person) -> None:
    with acting_as(social_worker.viewer):
        planted(case, social_worker)
    with acting_as(police_officer.viewer):
        assert sql("SELECT content_object_id, group_id FROM screening_enquirygrant") == [
            (case.enquiry.pk, agency("police").group_id)
        ]


def test_withdrawing_ends_the_grant_and_nothing_else_does(
    asked: InformationRequest, social_worker: Person, mash_manager: Person, police_officer: Person
) -> None:
    with acting_as(police_officer.viewer):
        sql(f"UPDATE {REQUESTS} SET state = 'heard' WHERE id = %s", asked.pk)
        assert len(sql("SELECT id FROM screening_enquirygrant")) == 1
    with acting_as(social_worker.viewer):
        sql(f"UPDATE {REQUESTS} SET state = 'withdrawn' WHERE id = %s", asked.pk)
    with acting_as(police_officer.viewer):
        assert sql("SELECT id FROM screening_enquirygrant") == []
    with acting_as(mash_manager.viewer):
        assert sql("SELECT group_id FROM screening_enquirygrant") == [(agency("health").group_id,)]


@pytest.mark.parametrize(
    "statement",
    [
        (
            "INSERT INTO screening_enquirygrant (permission_id, group_id, content_object_id)"
            " SELECT permission_id, 1, content_object_id FROM screening_enquirygrant"
        ),
        "DELETE FROM screening_enquirygrant",
        "UPDATE screening_enquirygrant SET group_id = 1",
        f"DELETE FROM {REQUESTS}",
        f"TRUNCATE {REQUESTS}",
        f"ALTER TABLE {REQUESTS} DISABLE ROW LEVEL SECURITY",
        f"DROP POLICY request_seen ON {REQUESTS}",
        f"DROP TRIGGER grants_made ON {REQUESTS}",
        "DELETE FROM information_sharing_heldmarker",
        "INSERT INTO information_sharing_heldmarker SELECT id FROM screening_enquiry",
        "DELETE FROM information_sharing_itemtext",
        "UPDATE information_sharing_itemtext SET text = 'x'",
        "UPDATE information_sharing_sealedtext SET text = 'x'",
        "SELECT inner_key FROM fw.signing_key",
        "SET ROLE mash_definer",
        "CREATE TEMP TABLE copied AS SELECT 1",
    ],
)
def test_even_the_manager_is_refused_by_the_database(
    asked: InformationRequest, mash_manager: Person, statement: str
) -> None:
    with acting_as(mash_manager.viewer), pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)


def test_row_security_cannot_be_switched_off(asked: InformationRequest, stranger: Person) -> None:
    with acting_as(stranger.viewer):
        sql("SET LOCAL row_security = off")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            sql(f"SELECT count(*) FROM {REQUESTS}")


def test_enquiry_and_agency_of_a_request_stay(
    asked: InformationRequest, case: Case, police_officer: Person, stranger: Person
) -> None:
    other = open_case()
    move = f"UPDATE {REQUESTS} SET enquiry_id = %s, agency_id = %s WHERE id = %s"
    with acting_as(police_officer.viewer):
        with pytest.raises(DatabaseError, match="may change"), transaction.atomic():
            sql(move, other.enquiry.pk, stranger.viewer.agency_id, asked.pk)
        assert sql(f"SELECT enquiry_id, agency_id FROM {REQUESTS} WHERE id = %s", asked.pk) == [
            (case.enquiry.pk, police_officer.viewer.agency_id)
        ]


def test_an_item_takes_enquiry_and_agency_from_its_request(
    asked: InformationRequest, case: Case, police_officer: Person, stranger: Person
) -> None:
    item = seal(asked, police_officer)
    with acting_as(police_officer.viewer):
        sql("UPDATE information_sharing_item SET agency_id = %s WHERE id = %s", stranger.viewer.agency_id, item.pk)
        assert sql("SELECT enquiry_id, agency_id FROM information_sharing_item WHERE id = %s", item.pk) == [
            (case.enquiry.pk, police_officer.viewer.agency_id)
        ]


def test_nothing_is_sealed_before_its_texts_were(asked: InformationRequest, police_officer: Person) -> None:
    (item,) = answer(asked, police_officer, new())
    with (
        acting_as(police_officer.viewer),
        pytest.raises(DatabaseError, match="sealed only after"),
        transaction.atomic(),
    ):
        sql("UPDATE information_sharing_item SET handling = 'manager_only' WHERE id = %s", item.pk)
