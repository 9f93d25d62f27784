"""What is missing from a hub: who must be there, and where the administrator begins while something is."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.choices import Role
from agencies.models import Agency, HubSettings, Membership
from agencies.queries import hub_settings
from agencies.reads.missing import is_complete, parts_of
from common.moments import london_day
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db


def missing() -> set[str]:
    return {one for part in parts_of(hub_settings(), at=timezone.now()) for one in part.missing}


def complete() -> None:
    """Let nothing of the hub be missing."""
    HubSettings.objects.update(telephone="1", out_of_hours_telephone="2", authority="A", disagree_with="B")
    signed = Agency.objects.signed_on(london_day(timezone.now())).values_list("pk", flat=True)
    Agency.objects.exclude(pk__in=list(signed)).update(is_active=False)
    for one in Membership.objects.select_related("user"):
        if not one.user.has_usable_password():
            one.user.set_password("correct horse battery")
            one.user.save()


def test_researchers_are_missed_where_nobody_answers_for_an_agency() -> None:
    rows = Membership.objects.filter(roles__contains=[Role.RESEARCHER])
    assert f"Nobody is: {Role.RESEARCHER.label}" not in missing()
    rows.update(ended_at=timezone.now())
    assert f"Nobody is: {Role.RESEARCHER.label}" in missing()


def test_the_administrator_begins_where_something_is_missing(client_of: ClientOf, administrator: Person) -> None:
    complete()
    client = client_of(administrator)
    assert (missing(), is_complete(hub_settings(), at=timezone.now())) == (set(), True)
    assert client.get(reverse("home")).headers["Location"] == reverse("agencies:directory")
    HubSettings.objects.update(disagree_with="")
    assert not is_complete(hub_settings(), at=timezone.now())
    assert client.get(reverse("home")).headers["Location"] == reverse("agencies:set_up")


def test_others_begin_where_they_did(client_of: ClientOf, mash_manager: Person, auditor: Person) -> None:
    HubSettings.objects.update(disagree_with="")
    places = [client_of(who).get(reverse("home")).headers["Location"] for who in (mash_manager, auditor)]
    assert places == [reverse("work"), reverse("reporting:activity")]
