"""A right that ends between any two statements of a write: refused with a plain page, nothing kept, never a fault."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError, connection
from django.urls import reverse

from agencies.access.overtaken import overtaken
from common.errors import Conflict, NotVisible
from contacts.models import Contact
from tests.people import ClientOf, Person, person
from tests.scenes.case import Case
from tests.walls import past_the_walls

AT = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
MOST = 60
"""No form of the table needs so many writes and locks."""


def of_database(kind: type[Exception], code: str) -> Exception:
    error = kind("new row of Erin Quill")
    error.__cause__ = type("Cause", (Exception,), {"pgcode": code})()
    return error


@pytest.mark.parametrize(
    ("error", "refusal"),
    [
        (of_database(ProgrammingError, "42501"), NotVisible),
        (DatabaseError("Save with update_fields did not affect any rows."), NotVisible),
        (Contact.DoesNotExist(), NotVisible),
        (ObjectDoesNotExist(), NotVisible),
        (of_database(IntegrityError, "23505"), Conflict),
        (of_database(OperationalError, "40P01"), Conflict),
        (of_database(DatabaseError, "P0001"), Conflict),
        (of_database(IntegrityError, "23502"), type(None)),
        (of_database(ProgrammingError, "42P01"), type(None)),
        (ValueError("ours"), type(None)),
    ],
)
def test_what_an_error_of_the_database_means_to_a_person(
    error: Exception, refusal: type, caplog: pytest.LogCaptureFixture
) -> None:
    assert type(overtaken(error)) is refusal
    assert "Quill" not in caplog.text
    assert ("A write was overtaken" in caplog.text) == (refusal is not type(None))


@dataclass(frozen=True)
class Move:
    """One form that is sent: by whom, where to, and what is typed."""

    who: Callable[[Case], Person]
    route: str
    where: Callable[[Case], str]
    typed: Callable[[Case], dict[str, Any]]
    ready: Callable[[Case], object]


def contact(case: Case) -> str:
    return case.contact.reference


def enquiry(case: Case) -> str:
    return case.enquiry.reference


def by(key: str) -> Callable[[Case], Person]:
    return lambda case: person(key)


def said(**typed: Any) -> Callable[[Case], dict[str, Any]]:
    return lambda case: typed


WORD = {"told_before": "0", "whom_to_ring": "The hub", "meanwhile": "Ring.", "state": "spoken", "reason": "By phone."}
MOVES = {
    "protect now": Move(by("fiona_front"), "contacts:protect", contact, said(reason="Bruises."), Case.received),
    "a complaint": Move(by("fiona_front"), "decisions:complaint", contact, said(text="Slow."), Case.received),
    "a correction": Move(by("fiona_front"), "contacts:correct", contact, said(text="It was May."), Case.received),
    "feedback": Move(by("fiona_front"), "decisions:feedback", contact, said(**WORD), Case.ended),
    "rated again": Move(
        by("maeve_manager"),
        "screening:rerate",
        enquiry,
        lambda case: {
            "colour": "red",
            "reason": "A second bruise was seen at school today.",
            "version": case.again().version,
        },
        Case.in_mash,
    ),
    "assigned": Move(
        by("maeve_manager"),
        "screening:assign",
        enquiry,
        lambda case: {"social_worker": str(person("sean_worker").membership.pk), "version": case.again().version},
        Case.in_mash,
    ),
    "sent back": Move(
        by("maeve_manager"),
        "decisions:send_back",
        enquiry,
        lambda case: {"version": case.again().version},
        lambda case: (case.in_mash(), case.told(), case.recommended()),
    ),
}


@contextmanager
def conflict_before(step: int, who: Person, case: Case, enterer: Person) -> Iterator[list[str]]:
    """Close the case to somebody's agency just before the write or lock of this number, in a transaction of its own.

    A conflict of interest waits for the writes of those whom it shuts out (`fw.conflict_waits`). Here it does not: it
    stands for every right that ends by itself, such as by the time of day, by a signature or by another worker.
    """
    ran: list[str] = []

    def run(execute: Callable[..., object], sql: str, params: Any, many: bool, context: object) -> object:
        if sql.startswith(("INSERT", "UPDATE")) or "FOR UPDATE" in sql:
            ran.append(sql)
            if len(ran) == step:
                close(who, case, enterer)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(run):
        yield ran


def close(who: Person, case: Case, enterer: Person) -> None:
    with past_the_walls() as other, other.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO agencies_conflictofinterest (id, contact_id, agency_id, source, reason, entered_at,"
            " entered_by_id) VALUES (%s, %s, %s, 'declared', '', now(), %s)",
            [str(uuid.uuid4()), str(case.contact.pk), str(who.membership.agency_id), str(enterer.membership.pk)],
        )
        other.commit()


def open_again() -> None:
    with past_the_walls() as other, other.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_conflictofinterest")
        other.commit()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", MOVES)
def test_a_conflict_of_interest_between_any_two_writes_is_refused(name: str, client_of: ClientOf) -> None:
    move, case = MOVES[name], Case(AT)
    move.ready(case)
    who, enterer = move.who(case), person("martin_manager")
    client = client_of(who)
    answers: dict[int, int] = {}
    for step in range(1, MOST):
        typed = move.typed(case)
        with conflict_before(step, who, case, enterer) as ran:
            client.raise_request_exception = False
            answers[step] = client.post(reverse(move.route, args=[move.where(case)]), typed).status_code
        reached = len(ran) >= step
        open_again()
        if answers[step] == 302 or not reached:
            break
    assert {code for code in answers.values() if code not in (302, 404, 403, 409)} == set(), answers
    assert answers[max(answers)] == 302
    assert len(answers) > 2
