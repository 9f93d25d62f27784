"""Two managers at one instant give one answer to a case role."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.models import Membership, RoleProposal
from common.moments import london_day
from tests.at_once import at_once
from tests.people import ClientOf, Person, agency

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_answers_at_once(
    client_of: ClientOf, administrator: Person, mash_manager: Person, other_manager: Person, other_front_door: Person
) -> None:
    at = timezone.now()
    with acting_as(administrator.viewer) as viewer:
        actions.propose_membership(
            other_front_door.user, agency("csc"), ["screener"], starts_on=london_day(at), viewer=viewer, at=at
        )
    url = reverse("screening:proposed_roles", args=[RoleProposal.objects.get().pk])

    def post(who: Person, word: str) -> Callable[[], int]:
        browser = client_of(who)
        said = {"version": "1", "word": word, "reason": "Not yet." if word == "no" else ""}
        return lambda: browser.post(url, said).status_code

    assert at_once(post(mash_manager, "yes"), post(other_manager, "no")) == [302, 409]
    proposal = RoleProposal.objects.get()
    held = Membership.objects.filter(user=other_front_door.user, roles=["screener"]).count()
    assert held == (1 if proposal.answer == "given" else 0)
