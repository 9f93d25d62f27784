"""Being the social worker of a case: a part that lasts as long as the role, whatever row still names the person."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from agencies.access.roles import ASSIGNED, assigned
from agencies.access.viewer import NOBODY, CaseAccess, Viewer
from agencies.choices import Role
from contacts.models import Contact
from decisions.models import MashSummary
from information_sharing.models import InformationRequest
from screening.models import Enquiry

ME, SOMEBODY = uuid.uuid4(), uuid.uuid4()


def holding(*roles: str) -> Viewer:
    return replace(NOBODY, membership_id=ME, roles=frozenset(roles))


@pytest.mark.parametrize(
    ("viewer", "worker", "found"),
    [
        (holding(Role.SOCIAL_WORKER), ME, {ASSIGNED}),
        (holding(Role.SOCIAL_WORKER, Role.SCREENER), ME, {ASSIGNED}),
        (holding(Role.SCREENER), ME, set()),
        (holding(), ME, set()),
        (holding(Role.SOCIAL_WORKER), SOMEBODY, set()),
        (holding(Role.SOCIAL_WORKER), None, set()),
        (replace(NOBODY, roles=frozenset({Role.SOCIAL_WORKER})), None, set()),
    ],
)
def test_who_is_the_assigned_social_worker(viewer: Viewer, worker: uuid.UUID | None, found: set[str]) -> None:
    assert assigned(worker, None, viewer) == found


@pytest.mark.parametrize(("role", "found"), [(Role.SOCIAL_WORKER, {ASSIGNED}), (Role.SCREENER, set())])
def test_who_stands_in_works_as_its_social_worker(role: str, found: set[str]) -> None:
    enquiry, other = uuid.uuid4(), uuid.uuid4()
    viewer = holding(role).with_case_access(CaseAccess(stands_in=frozenset({enquiry})))
    assert (assigned(SOMEBODY, enquiry, viewer), assigned(SOMEBODY, other, viewer)) == (frozenset(found), frozenset())


@pytest.mark.parametrize("record", [Contact, Enquiry, InformationRequest, MashSummary])
@pytest.mark.parametrize(("role", "found"), [(Role.SOCIAL_WORKER, True), (Role.SCREENER, False)])
def test_every_record_asks_for_the_role(record: type, role: str, found: bool) -> None:
    assert (ASSIGNED in record(social_worker_id=ME).roles_of(holding(role))) is found
