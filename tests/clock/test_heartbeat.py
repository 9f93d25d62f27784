"""The signs of life of the sweep, which only the worker's role leaves."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError

from clock import actions, queries
from clock.models import Heartbeat
from tests.clock.times import london
from tests.logins import logged_in_as

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_sign_of_life_never_moves_backwards() -> None:
    with logged_in_as("mash_sweep"):
        actions.beat("sweep", at=london("2027-02-01 10:00"))
        actions.beat("sweep", at=london("2027-02-01 09:00"))
        actions.beat("mail", at=london("2027-02-01 08:00"))
    assert {str(row): row.at for row in Heartbeat.objects.all()} == {
        "sweep": london("2027-02-01 10:00"),
        "mail": london("2027-02-01 08:00"),
    }


def test_the_sweep_is_silent_after_three_minutes() -> None:
    assert queries.signs_of_life().is_late(at=london("2027-02-01 10:00")) is True
    with logged_in_as("mash_sweep"):
        actions.beat("sweep", at=london("2027-02-01 10:00"))
    answers = [queries.signs_of_life().is_late(at=london(at)) for at in ("2027-02-01 10:03", "2027-02-01 10:03:01")]
    assert answers == [False, True]


def test_the_second_clock_stands_in_for_a_worker_that_is_silent() -> None:
    at = london("2027-02-01 10:03:01")
    with logged_in_as("mash_sweep"):
        actions.beat("worker", at=london("2027-02-01 10:00"))
        actions.beat("sweep", at=london("2027-02-01 10:02"))
    signs = queries.signs_of_life()
    assert (signs.is_late(at=at), signs.is_stood_in_for(at=at)) == (False, True)
    assert signs.is_stood_in_for(at=london("2027-02-01 10:03")) is False
    assert signs.is_stood_in_for(at=london("2027-02-01 10:06")) is False


def test_the_web_role_leaves_none() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        actions.beat("sweep", at=london("2027-02-01 10:00"))
