"""Who sees which request, item and text: wall 1, with everything made through the actions."""

from __future__ import annotations

from datetime import timedelta

import pytest

import screening.actions
from agencies.access.identity import acting_as
from contacts.models import Subject
from information_sharing import actions
from information_sharing.models import (
    Answer,
    HeldMarker,
    InformationRequest,
    Item,
    ItemText,
    RequestSubject,
    SealedText,
    SharingAuthority,
)
from screening.models import Enquiry
from tests.people import Person, person
from tests.scenes.enquiries import MORNING, Case, answer, ask, ask_for, ids, new, open_case, other_core, seal

LATER = MORNING + timedelta(minutes=40)
pytestmark = pytest.mark.django_db

HUB = (
    "front_door", "screener", "panel_police", "social_worker", "other_social_worker", "mash_manager", "police_officer",
    "police_lead", "health_visitor", "health_lead", "school_lead", "stranger", "assessment_worker", "early_help_worker",
    "out_of_hours", "reviewer", "auditor", "administrator",
)  # fmt: skip


def seen(model: type, who: Person) -> set[object]:
    with acting_as(who.viewer):
        return set(model.objects.visible_to(who.viewer).values_list("pk", flat=True))  # type: ignore[attr-defined]


@pytest.fixture
def case() -> Case:
    return open_case()


@pytest.fixture
def police_request(case: Case) -> InformationRequest:
    return ask(case, "police")[0]


@pytest.mark.parametrize("who", HUB)
def test_a_request_is_for_its_agency_and_the_decision_team(
    request: pytest.FixtureRequest, police_request: InformationRequest, police_officer: Person, who: str
) -> None:
    answer(police_request, police_officer, new())
    expected = {"social_worker", "mash_manager", "police_officer", "police_lead"}
    viewer = request.getfixturevalue(who)
    for model in (InformationRequest, RequestSubject, Answer, Item, ItemText):
        assert bool(seen(model, viewer)) == (who in expected), model


@pytest.mark.parametrize("who", HUB)
def test_what_is_sealed_is_for_author_and_manager(
    request: pytest.FixtureRequest, police_request: InformationRequest, police_officer: Person, who: str
) -> None:
    seal(police_request, police_officer)
    viewer = request.getfixturevalue(who)
    for model in (Item, SealedText):
        assert bool(seen(model, viewer)) == (who in {"mash_manager", "police_officer"}), model
    assert bool(seen(HeldMarker, viewer)) == (who in {"mash_manager", "social_worker"})


@pytest.mark.parametrize("who", HUB)
def test_the_reason_for_asking_is_the_decision_teams(
    request: pytest.FixtureRequest, case: Case, mash_manager: Person, who: str
) -> None:
    with acting_as(mash_manager.viewer):
        actions.authorise_sharing(case.enquiry, "She may be hurt.", viewer=mash_manager.viewer, at=MORNING)
    assert bool(seen(SharingAuthority, request.getfixturevalue(who))) == (who in {"mash_manager", "social_worker"})


def test_an_agency_sees_the_child_it_was_asked_about_and_no_sibling(
    case: Case, police_request: InformationRequest, police_officer: Person
) -> None:
    assert seen(Subject, police_officer) == {case.mia.pk}
    assert seen(Enquiry, police_officer) == {case.enquiry.pk}


def test_a_naming_works_once_the_other_has_answered_about_the_same_child(
    case: Case, police_request: InformationRequest, police_officer: Person, health_visitor: Person
) -> None:
    (item,) = answer(police_request, police_officer, new(subject_id=case.mia.pk, named=other_core("health")))
    assert seen(Item, health_visitor) == set()
    (health_request,) = ask(case, "health")
    assert seen(Item, health_visitor) == set()
    answer(health_request, health_visitor)
    assert seen(Item, health_visitor) == {item.pk}
    assert len(seen(ItemText, health_visitor)) == 1
    assert seen(InformationRequest, health_visitor) == {health_request.pk}


def test_a_naming_does_not_reach_an_agency_asked_about_a_sibling(
    case: Case, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    with acting_as(social_worker.viewer):
        police, health = actions.request_information(
            case.enquiry,
            [ask_for("police", case.mia, case.dad), ask_for("health", case.leo)],
            viewer=social_worker.viewer,
            at=MORNING,
        )
    named = other_core("health")
    answer(
        police,
        police_officer,
        new("Child.", subject_id=case.mia.pk, named=named),
        new("Father.", subject_id=case.dad.pk, named=named),
        new("Nobody in particular.", named=named),
    )
    answer(health, health_visitor)
    assert seen(Item, health_visitor) == set()
    with acting_as(social_worker.viewer):
        (again,) = actions.request_information(
            case.enquiry, [ask_for("health", case.mia)], viewer=social_worker.viewer, at=LATER
        )
    answer(again, health_visitor)
    assert len(seen(Item, health_visitor)) == 3


def test_a_naming_ends_when_the_enquiry_closes(
    case: Case, police_request: InformationRequest, police_officer: Person, health_visitor: Person, mash_manager: Person
) -> None:
    (item,) = answer(police_request, police_officer, new(named=other_core("health")))
    (health_request,) = ask(case, "health")
    answer(health_request, health_visitor)
    assert seen(Item, health_visitor) == {item.pk}
    with acting_as(mash_manager.viewer):
        enquiry = Enquiry.objects.get(pk=case.enquiry.pk)
        enquiry.state, enquiry.closed_at = "closed", LATER
        enquiry.save(update_fields=["state", "closed_at"])
    assert seen(Item, health_visitor) == set()


def test_a_naming_does_not_reach_the_same_agencys_screener(
    case: Case, police_request: InformationRequest, police_officer: Person, panel_health: Person, health_visitor: Person
) -> None:
    answer(police_request, police_officer, new(named=other_core("health")))
    (health_request,) = ask(case, "health")
    answer(health_request, health_visitor)
    assert seen(Item, panel_health) == set()


def test_at_night_only_what_its_owner_marked_and_only_red(
    police_officer: Person, out_of_hours: Person, mash_manager: Person
) -> None:
    red, amber = open_case(), open_case(colour="amber")
    red_items = answer(ask(red, "police")[0], police_officer, new("Tonight.", needed_at_night=True), new("By day."))
    answer(ask(amber, "police")[0], police_officer, new("Tonight.", needed_at_night=True))
    assert seen(Item, out_of_hours) == {item.pk for item in red_items if item.needed_at_night}


def test_sight_of_the_request_passes_on_with_the_enquiry(
    case: Case,
    police_request: InformationRequest,
    social_worker: Person,
    other_social_worker: Person,
    mash_manager: Person,
) -> None:
    assert seen(InformationRequest, other_social_worker) == set()
    with acting_as(mash_manager.viewer):
        fresh = Enquiry.objects.get(pk=case.enquiry.pk)
        screening.actions.assign_social_worker(
            fresh, other_social_worker.membership.pk, viewer=mash_manager.viewer, at=LATER
        )
    assert seen(InformationRequest, other_social_worker) == ids([police_request])
    assert seen(InformationRequest, social_worker) == set()


def test_the_marker_is_one_and_goes_with_the_last(
    case: Case, police_request: InformationRequest, police_officer: Person, social_worker: Person
) -> None:
    first, second = seal(police_request, police_officer), seal(police_request, police_officer)
    assert seen(HeldMarker, social_worker) == {case.enquiry.pk}
    for item, left in ((first, {case.enquiry.pk}), (second, set())):
        with acting_as(police_officer.viewer):
            actions.withdraw_item(item, viewer=police_officer.viewer, at=LATER)
        assert seen(HeldMarker, social_worker) == left


def test_a_person_works_in_one_membership_at_a_time(police_request: InformationRequest) -> None:
    school = person("school_researcher")
    assert seen(InformationRequest, school) == set()
