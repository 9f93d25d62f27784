"""People who act in the tests: named fixtures, each a person in one membership of the invented hub.

The directory stands in the template database, so a person costs one query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from agencies.access.lookup import viewer_of
from agencies.access.viewer import Viewer
from agencies.models import Agency, Membership, Team, User
from demo.people import AGENCIES, DOMAIN, TEAMS
from tests.sending import Browser


@dataclass(frozen=True)
class Person:
    """Somebody with an account, at work in one membership."""

    user: User
    membership: Membership
    viewer: Viewer

    def __str__(self) -> str:
        return self.user.email


def person(key: str) -> Person:
    """Return somebody of the invented hub by their key in `demo.people`."""
    email = f"{key.replace('_', '.')}@{DOMAIN}"
    rows = Membership.objects.select_related("user", "agency", "team").filter(user__email=email)
    membership = rows.order_by("starts_on")[0]
    return Person(user=membership.user, membership=membership, viewer=viewer_of(membership))


def agency(key: str) -> Agency:
    """Return an agency of the invented hub by its key."""
    return Agency.objects.get(name=next(one.name for one in AGENCIES if one.key == key))


def team(key: str) -> Team:
    """Return a receiving team of the invented hub by its key."""
    return Team.objects.get(name=next(one.name for one in TEAMS if one.key == key))


ClientOf = Callable[[Person], Browser]
"""Signs somebody in and gives the browser in which they are."""


@pytest.fixture
def client_of(db: None) -> ClientOf:
    """Sign a person in, in the membership they stand for."""

    def sign_in(who: Person) -> Browser:
        client = Browser()
        client.force_login(who.user)
        session = client.session
        session["membership"] = str(who.membership.pk)
        session.save()
        client.typed_by()  # As a page opened before would have it: no form asks for the session again.
        return client

    return sign_in


def _fixture(name: str, key: str) -> Callable[[], Person]:
    @pytest.fixture(name=name)
    def found(db: None) -> Person:
        return person(key)

    return found


front_door = _fixture("front_door", "fiona_front")
other_front_door = _fixture("other_front_door", "femi_front")
screener = _fixture("screener", "sunita_screener")
panel_police = _fixture("panel_police", "piotr_panel")
panel_health = _fixture("panel_health", "hannah_panel")
mash_manager = _fixture("mash_manager", "maeve_manager")
other_manager = _fixture("other_manager", "martin_manager")
social_worker = _fixture("social_worker", "saira_worker")
other_social_worker = _fixture("other_social_worker", "sean_worker")
police_officer = _fixture("police_officer", "police_researcher")
police_lead = _fixture("police_lead", "police_lead")
health_visitor = _fixture("health_visitor", "health_researcher")
health_lead = _fixture("health_lead", "health_lead")
school_lead = _fixture("school_lead", "school_researcher")
general_practice = _fixture("general_practice", "gp_researcher")
probation_officer = _fixture("probation_officer", "probation_researcher")
lapsed_agency = _fixture("lapsed_agency", "voluntary_researcher")
stranger = _fixture("stranger", "yos_researcher")
assessment_worker = _fixture("assessment_worker", "asha_assessment")
allocated_worker = _fixture("allocated_worker", "aled_allocated")
early_help_worker = _fixture("early_help_worker", "ella_early_help")
out_of_hours = _fixture("out_of_hours", "omar_nights")
reviewer = _fixture("reviewer", "rhona_reviewer")
auditor = _fixture("auditor", "audrey_auditor")
administrator = _fixture("administrator", "anton_admin")


@pytest.fixture
def superuser(db: None) -> User:
    """Somebody who may run the server and belongs to no agency."""
    return User.objects.create_superuser("root@demo.invalid", "lantern-harbour-47", name="Root")
