"""The primitives of wall 1: closed unless a rule opens."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Q

from agencies.access import firewall
from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import Kind, fetch, granted, guarded_models, kind_of, rule, rule_for, within
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_of
from agencies.access.roles import require
from agencies.access.viewer import NOBODY, PUBLIC, Viewer
from agencies.choices import Role
from agencies.models import Agency, HubSettings, User
from common.errors import NotPermitted, NotVisible
from contacts.models import Contact, Protection, Subject
from screening.grants import EnquiryGrant, HandoverGrant
from tests.people import Person
from tests.scenes.rows import AT, new_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def unregistered() -> Iterator[None]:
    """Let a test register rules, and take them back."""
    registers: list[dict[Any, Any]] = [firewall._rules, firewall._openings, firewall._kinds]
    kept = [dict(held) for held in registers]
    yield
    for held, before in zip(registers, kept, strict=True):
        held.clear()
        held.update(before)


def test_model_without_a_rule_is_closed_to_everybody(mash_manager: Person, administrator: Person) -> None:
    assert HubSettings.objects.count() == 1
    for viewer in (mash_manager.viewer, administrator.viewer, PUBLIC):
        assert HubSettings.objects.filter(rule_for(HubSettings)(viewer)).count() == 0


@pytest.mark.usefixtures("unregistered")
def test_opening_alone_opens_nothing(mash_manager: Person) -> None:
    firewall.opens(HubSettings)(lambda _viewer: EVERYTHING)
    assert HubSettings.objects.filter(rule_for(HubSettings)(mash_manager.viewer)).count() == 0


@pytest.mark.usefixtures("unregistered")
def test_opening_adds_to_the_rule(mash_manager: Person, front_door: Person) -> None:
    rule(HubSettings)(lambda _viewer: NOTHING)
    firewall.opens(HubSettings)(lambda viewer: EVERYTHING if viewer.has(Role.MANAGER) else NOTHING)
    rows = [HubSettings.objects.filter(rule_for(HubSettings)(who.viewer)).count() for who in (mash_manager, front_door)]
    assert (rows, kind_of(HubSettings), HubSettings in guarded_models()) == ([1, 0], Kind.CASE, True)


def test_second_rule_for_a_model_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="Contact has its rule already"):
        rule(Contact)(lambda _viewer: EVERYTHING)


def test_everything_and_nothing_are_real_conditions() -> None:
    new_contact()
    found = [
        Contact.objects.filter(one).count() for one in (EVERYTHING, NOTHING, NOTHING | EVERYTHING, NOTHING & EVERYTHING)
    ]
    assert found == [1, 0, 1, 0]
    assert Contact.objects.filter(EVERYTHING | Q(state="ended")).count() == 1


def test_list_and_page_open_by_the_same_rule(front_door: Person, stranger: Person) -> None:
    contact = new_contact()
    assert list(Contact.objects.visible_to(front_door.viewer)) == [contact]
    assert fetch(Contact.objects.all(), front_door.viewer, reference=contact.reference) == contact
    assert list(Contact.objects.visible_to(stranger.viewer)) == []
    with pytest.raises(NotVisible):
        fetch(Contact.objects.all(), stranger.viewer, reference=contact.reference)


@pytest.mark.parametrize(
    "lookup",
    [
        {"reference": "C-2222-2222"},
        {"reference": "C-\x00"},
        {"pk": uuid.uuid4()},
        {"pk": "not a key"},
        {"pk": ""},
        {"pk": "' OR 1=1 --"},
        {"version": "many"},
    ],
    ids=lambda lookup: next(iter(lookup)),
)
def test_what_cannot_be_is_not_found(lookup: dict[str, object], mash_manager: Person) -> None:
    new_contact()
    with pytest.raises(NotVisible):
        fetch(Contact.objects.all(), mash_manager.viewer, **lookup)
    assert Contact.objects.count() == 1


def test_row_that_hangs_on_a_record_opens_with_it(front_door: Person, stranger: Person) -> None:
    contact = new_contact()
    subject = Subject(contact=contact, position=1, kind="child")
    subject.save()
    for who, rows in ((front_door, 1), (stranger, 0)):
        assert Subject.objects.filter(within(Contact, who.viewer, path="contact")).count() == rows
    assert Subject.objects.filter(within(HubSettings, front_door.viewer, path="contact")).count() == 0


def test_grant_opens_to_its_group_alone(police_officer: Person, front_door: Person) -> None:
    assert granted(EnquiryGrant, front_door.viewer) == NOTHING
    assert granted(EnquiryGrant, NOBODY) == NOTHING
    opened = granted(EnquiryGrant, police_officer.viewer, path="enquiry_id")
    assert Contact.objects.filter(opened).count() == 0
    assert [lookup for lookup, _ in opened.children] == ["enquiry_id__in"]  # type: ignore[misc]
    assert HandoverGrant.objects.count() == 0


def test_group_counts_only_in_the_role_that_it_belongs_to(police_officer: Person, assessment_worker: Person) -> None:
    """A front-door worker of an agency does not see what its researcher was asked."""
    membership = police_officer.membership
    seen: dict[str, list[int]] = {}
    for role in Role.values:
        membership.roles = [role]
        seen[role] = viewer_of(membership).groups
    own = [membership.agency.group_id]
    assert seen == {role: own if role in {"researcher", "lead"} else [] for role in Role.values}
    team = assessment_worker.membership
    team.roles = ["front_door"]
    assert (viewer_of(team).groups, viewer_of(team).team_id) == ([], None)
    team.roles = ["lead", "receiving_worker"]
    assert viewer_of(team).groups == [team.agency.group_id, team.team.group_id if team.team else None]


def test_superuser_flag_opens_nothing(superuser: User) -> None:
    new_contact()
    viewer = replace(NOBODY, user_id=superuser.pk)
    with acting_as(viewer):
        rows = {model: model._default_manager.filter(rule_for(model)(viewer)).count() for model in guarded_models()}
    assert set(rows.values()) == {0}


@pytest.mark.parametrize(
    "write",
    [
        lambda: Contact.objects.update(state="ended"),
        lambda: Contact.objects.filter(state="received").update(state="ended"),
        lambda: Contact.objects.bulk_create([Contact()]),
        lambda: Contact.objects.bulk_update([Contact()], ["state"]),
        lambda: Contact.objects.all().delete(),
        lambda: Protection.objects.update(state="held"),
    ],
)
def test_bulk_write_of_a_case_record_is_refused(write: Callable[[], object]) -> None:
    new_contact()
    with pytest.raises(TypeError, match="leaves no trace"):
        write()
    assert Contact.objects.get().state == "received"


def test_role_that_an_action_needs(front_door: Person) -> None:
    require(front_door.viewer, Role.FRONT_DOOR)
    require(front_door.viewer, Role.MANAGER, Role.FRONT_DOOR)
    for needed, words in (
        ((Role.MANAGER,), "This is for the MASH manager."),
        ((Role.MANAGER, Role.SCREENER), "This is for the MASH manager or screener."),
        (("clock",), "This is not done by a person."),
    ):
        with pytest.raises(NotPermitted) as refusal:
            require(front_door.viewer, *needed)
        assert refusal.value.sentence == f"{words} Choose another membership if you hold that role too."


def test_viewer_in_words(mash_manager: Person) -> None:
    two = replace(mash_manager.viewer, roles=frozenset({"manager", "front_door", "builder"}))
    assert (two.role_names, two.is_signed_in, PUBLIC.is_signed_in) == (["Front door", "MASH manager"], True, False)
    assert (two.with_request("r").request_id, two.request_id) == ("r", "")
    assert Viewer(None, None, None, frozenset()).groups == []
    assert AT.tzinfo is not None
    assert Agency.objects.get(pk=mash_manager.membership.agency_id).name == mash_manager.viewer.agency_name
