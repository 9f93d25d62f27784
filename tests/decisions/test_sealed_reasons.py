"""Reasons that rest on what is confidential: a page of their own, for a purpose and the password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.choices import SealedConsidered
from tests.information_sharing.web import written
from tests.people import Person, person
from tests.scenes.case import Case

pytestmark = pytest.mark.django_db

REASONS = "Because of the officer next door."
TYPED = {
    "purpose": "complaint",
    "password": "orchard-bicycle-lamp",
    "submission_key": "6f1c5a52-6d0e-4f5b-9d64-0d5a2c7b9e11",
}


@pytest.fixture
def decided(case: Case) -> Case:
    """Bring a case to a decision with sealed reasons; the manager has a password of this file."""
    case.in_mash()
    case.sealed(case.asked("health"), "health")
    case.recommended()
    case.decided(sealed_considered=SealedConsidered.YES, sealed_reasons=REASONS)
    case.manager.user.set_password(TYPED["password"])
    case.manager.user.save()
    return case


def pages(case: Case) -> tuple[str, str]:
    reference = case.enquiry.reference
    return reverse("decisions:decision", args=[reference]), reverse("decisions:sealed_reasons", args=[reference])


def test_they_open_for_a_purpose_and_the_password(decided: Case, client_of: Callable[[Person], Client]) -> None:
    decision, sealed = pages(decided)
    client = client_of(person("maeve_manager"))
    shown = client.get(decision).content.decode()
    assert (f'href="{sealed}"' in shown, REASONS in shown) == (True, False)
    assert REASONS not in client.get(sealed).content.decode()
    with CaptureQueriesContext(connection) as caught:
        answer = client.post(sealed, TYPED)
    assert REASONS in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    (reading,) = written("audit_reading", caught)
    assert "'sealed_reasons'" in reading
    assert "'complaint'" in reading
    assert REASONS not in reading
    again = client.post(sealed, TYPED)
    assert (again.status_code, again.headers["Location"]) == (302, sealed)


def test_a_wrong_password_opens_nothing_and_is_logged(decided: Case, client_of: Callable[[Person], Client]) -> None:
    _decision, sealed = pages(decided)
    with CaptureQueriesContext(connection) as caught:
        answer = client_of(person("maeve_manager")).post(sealed, TYPED | {"password": "lantern"})
    assert "This is not your password" in answer.content.decode()
    assert REASONS not in answer.content.decode()
    assert written("audit_reading", caught) == []
    (refusal,) = written("audit_refusal", caught)
    assert "'decisions:sealed_reasons'" in refusal
    assert decided.enquiry.reference in refusal


OTHERS = {
    "saira_worker": 403,
    "fiona_front": 403,
    "police_researcher": 404,
    "omar_nights": 403,
    "audrey_auditor": 404,
}
"""Who sees the decision is told that the reasons are the manager's; for everybody else there is no such page."""


@pytest.mark.parametrize(("name", "status"), sorted(OTHERS.items()))
def test_nobody_else_learns_that_there_are_any(
    name: str, status: int, decided: Case, client_of: Callable[[Person], Client]
) -> None:
    decision, sealed = pages(decided)
    client = client_of(person(name))
    assert sealed not in client.get(decision).content.decode()
    answer = client.post(sealed, TYPED)
    assert (answer.status_code, REASONS in answer.content.decode()) == (status, False)
