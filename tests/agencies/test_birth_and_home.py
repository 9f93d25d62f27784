"""What is held of a member of staff's birth and home: an empty field keeps it, a tick takes it away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.models import StaffRecord
from audit.models import Event
from common.errors import RuleBroken
from common.moments import london_day
from common.staff_keys import staff_keys
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BORN, OTHER_DAY = date(1984, 2, 11), date(1990, 1, 5)
HOME, OTHER_HOME = "27 Larch Avenue, AB1 4XY", "3 Mill Lane, AB1 9ZZ"


def keys(who: Person, **said: Any) -> list[str]:
    """Return the keys of what was said of somebody."""
    return staff_keys(who.user.name, said.get("born"), said.get("home", ""))


def hold(who: Person, administrator: Person, **said: Any) -> None:
    with acting_as(administrator.viewer) as viewer:
        actions.record_birth_and_home(who.user, **said, viewer=viewer, at=NOW)


CASES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"home": OTHER_HOME}, {"born": BORN, "home": OTHER_HOME}),
    ({"born": OTHER_DAY}, {"born": OTHER_DAY, "home": HOME}),
    ({"born": OTHER_DAY, "home": OTHER_HOME}, {"born": OTHER_DAY, "home": OTHER_HOME}),
    ({"take_birth": True}, {"home": HOME}),
    ({"take_home": True}, {"born": BORN}),
    ({"take_birth": True, "take_home": True}, {}),
    ({"take_birth": True, "home": OTHER_HOME}, {"home": OTHER_HOME}),
    ({"take_home": True, "born": OTHER_DAY}, {"born": OTHER_DAY}),
]


@pytest.mark.parametrize(("said", "held"), CASES, ids=str)
def test_only_what_was_said_changes(
    said: dict[str, Any], held: dict[str, Any], screener: Person, administrator: Person
) -> None:
    hold(screener, administrator, born=BORN, home=HOME)
    known = list(Event.objects.values_list("pk", flat=True))
    hold(screener, administrator, **said)
    row = StaffRecord.objects.get()
    assert row.keys == keys(screener, **held)
    assert (row.has_birth, row.has_home) == ("born" in held, "home" in held)
    event = Event.objects.exclude(pk__in=known).get()
    assert (event.verb, event.record_id) == ("account.birth_and_home_recorded", screener.user.pk)
    assert event.details == {"birth": "born" in held, "home": "home" in held}


BROKEN: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    ({"home": "   "}, None),
    ({"born": OTHER_DAY, "take_birth": True}, "take_birth"),
    ({"home": OTHER_HOME, "take_home": True}, "take_home"),
    ({"home": "Larch"}, "home"),
    ({"born": london_day(NOW)}, "born"),
]


@pytest.mark.parametrize(("said", "field"), BROKEN, ids=str)
def test_what_is_unclear_changes_nothing(
    said: dict[str, Any], field: str | None, screener: Person, administrator: Person
) -> None:
    hold(screener, administrator, born=BORN, home=HOME)
    with pytest.raises(RuleBroken) as refusal:
        hold(screener, administrator, **said)
    row = StaffRecord.objects.get()
    assert (refusal.value.field, row.keys) == (field, keys(screener, born=BORN, home=HOME))


@pytest.mark.parametrize(
    ("held", "sentence", "ticks"),
    [
        ({}, "Nothing held: a case of their own family is not noticed.", []),
        ({"born": BORN}, "Held against the cases: date of birth.", ["take_birth"]),
        ({"home": HOME}, "Held against the cases: home address.", ["take_home"]),
        (
            {"born": BORN, "home": HOME},
            "Held against the cases: date of birth and home address.",
            ["take_birth", "take_home"],
        ),
    ],
)
def test_form_says_what_is_held_and_offers_to_take_only_that_away(
    held: dict[str, Any],
    sentence: str,
    ticks: list[str],
    client_of: ClientOf,
    administrator: Person,
    screener: Person,
) -> None:
    if held:
        hold(screener, administrator, **held)
    client, url = client_of(administrator), reverse("agencies:birth_and_home", args=[screener.user.pk])
    page = client.get(url).content.decode()
    assert f'<p class="govuk-body">{sentence}</p>' in page
    assert [name for name in ("take_birth", "take_home") if f'name="{name}"' in page] == ticks
    assert [word for word in ("1984", "Larch") if word in page] == []


def test_form_with_the_home_alone_keeps_the_birth_and_a_tick_takes_it_away(
    client_of: ClientOf, administrator: Person, screener: Person
) -> None:
    hold(screener, administrator, born=BORN, home=HOME)
    client, url = client_of(administrator), reverse("agencies:birth_and_home", args=[screener.user.pk])
    days = dict.fromkeys(("born_day", "born_month", "born_year"), "")
    back = reverse("agencies:account", args=[screener.user.pk])
    assert client.post(url, days | {"home": OTHER_HOME}).headers["Location"] == back
    assert StaffRecord.objects.get().keys == keys(screener, born=BORN, home=OTHER_HOME)
    assert client.post(url, days | {"home": "", "take_birth": "on"}).headers["Location"] == back
    assert StaffRecord.objects.get().keys == keys(screener, home=OTHER_HOME)
    page = client.post(url, days | {"home": ""})
    assert page.status_code == 200
    assert "Enter a date of birth or a home address, or say what is to be removed." in page.content.decode()
    assert StaffRecord.objects.get().keys == keys(screener, home=OTHER_HOME)


@pytest.mark.parametrize("name", ["take_birth", "take_home"])
def test_nothing_is_taken_away_that_is_not_held(
    name: str, client_of: ClientOf, administrator: Person, screener: Person
) -> None:
    url = reverse("agencies:birth_and_home", args=[screener.user.pk])
    page = client_of(administrator).post(url, {"home": "", name: "on"})
    assert (page.status_code, StaffRecord.objects.count()) == (200, 0)
