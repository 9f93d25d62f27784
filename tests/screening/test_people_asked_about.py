"""Whoever was asked about somebody sees that person on the enquiry, and nobody else of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.people import Person
from tests.scenes.enquiries import ask, open_case

NOT_SHOWN = "Not shown to you"


@pytest.mark.parametrize("who", ["police_officer", "police_lead"])
def test_an_agency_sees_the_people_it_was_asked_about(
    who: str, request: pytest.FixtureRequest, client_of: Callable[[Person], Client]
) -> None:
    case = open_case()
    ask(case, "police", subject_ids=[case.mia.pk, case.dad.pk])
    reader: Person = request.getfixturevalue(who)
    page = client_of(reader).get(f"/enquiries/{case.enquiry.reference}/").content.decode()
    assert [name for name in ("Mia Okafor-Lane", "Marcus Lane") if name not in page] == []
    assert "Leo Okafor-Lane" not in page
    assert case.contact.reference not in page


def test_an_agency_that_was_asked_about_an_adult_alone_is_told_so(
    police_officer: Person, client_of: Callable[[Person], Client]
) -> None:
    case = open_case()
    ask(case, "police", subject_ids=[case.dad.pk])
    page = client_of(police_officer).get(f"/enquiries/{case.enquiry.reference}/").content.decode()
    assert ("Marcus Lane" in page, NOT_SHOWN in page, "Mia" in page) == (True, True, False)


def test_whoever_sees_the_contact_is_told_what_nobody_recorded(
    mash_manager: Person, client_of: Callable[[Person], Client]
) -> None:
    case = open_case()
    page = client_of(mash_manager).get(f"/enquiries/{case.enquiry.reference}/").content.decode()
    names = ("Mia Okafor-Lane", "Leo Okafor-Lane", "Marcus Lane")
    assert [name for name in names if name not in page] == []
    assert "shown to you" not in page
