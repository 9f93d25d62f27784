"""Asking: what is written, who is told, what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

import clock.queries as clocks
import screening.actions
from agencies.access.identity import acting_as
from clock.choices import Measure
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken
from common.moments import LONDON
from contacts.choices import FamilyAgreement
from information_sharing import actions
from information_sharing.choices import LawfulBasis, RequestState
from information_sharing.models import InformationRequest, RequestSubject
from notices.models import Notice
from screening.grants import EnquiryGrant
from tests.people import Person, agency, person
from tests.scenes.enquiries import MORNING, answer, ask, ask_for, new, open_case
from tests.written import told, verbs

LATER = MORNING + timedelta(minutes=20)
pytestmark = pytest.mark.django_db


def test_several_agencies_are_asked_at_once(social_worker: Person, mash_manager: Person) -> None:
    case = open_case()
    made = ask(case, "police", "health")
    assert [request.agency_id for request in made] == [agency("police").pk, agency("health").pk]
    assert {request.state for request in made} == {RequestState.SENT}
    assert {request.referrer_organisation for request in made} == {"Quayside Primary"}
    for request in made:
        assert verbs(request) == ["request.sent"]
        assert request.social_worker_id == social_worker.membership.pk
        assert list(RequestSubject.objects.filter(request=request).values_list("subject_id", flat=True)) == [
            case.mia.pk
        ]
    with acting_as(mash_manager.viewer):
        groups = set(EnquiryGrant.objects.filter(content_object=case.enquiry).values_list("group_id", flat=True))
    assert groups == {agency("police").group_id, agency("health").group_id}


def test_red_requests_owe_a_first_word_and_a_full_answer() -> None:
    case = open_case()
    (request,) = ask(case, "police")
    due = {clock.measure: clock for clock in clocks.deadlines_for([request.pk], at=MORNING)[request.pk]}
    assert due[Measure.FIRST_WORD].due_at == MORNING + timedelta(minutes=30)
    assert due[Measure.FULL_ANSWER].due_at == MORNING + timedelta(minutes=90)
    assert {clock.agency_id for clock in due.values()} == {agency("police").pk}
    with acting_as(person("police_researcher").viewer):
        assert InformationRequest.objects.get(pk=request.pk).due_at == MORNING + timedelta(minutes=90)


def test_green_requests_owe_no_first_word() -> None:
    (request,) = ask(open_case(colour="green"), "police")
    measures = [clock.measure for clock in clocks.deadlines_for([request.pk], at=MORNING)[request.pk]]
    assert measures == [Measure.FULL_ANSWER]


def test_rating_again_moves_what_a_request_is_due(mash_manager: Person, police_officer: Person) -> None:
    case = open_case(colour="green")
    (request,) = ask(case, "police")
    with acting_as(mash_manager.viewer):
        screening.actions.rerate_enquiry(
            case.enquiry, "red", reason="New marks were seen today.", viewer=mash_manager.viewer, at=LATER
        )
    with acting_as(police_officer.viewer):
        assert InformationRequest.objects.get(pk=request.pk).due_at == LATER + timedelta(minutes=90)


def test_researchers_and_leads_are_told_without_a_name(police_officer: Person, police_lead: Person) -> None:
    (request,) = ask(open_case(), "police")
    assert told("request.made") == {str(police_officer.membership.pk), str(police_lead.membership.pk)}
    notice = Notice.objects.filter(kind="request.made").first()
    assert notice is not None
    assert request.reference in notice.subject
    assert "Mia" not in notice.subject + notice.body


@pytest.mark.parametrize(
    ("agreement", "sentence"),
    [
        (FamilyAgreement.REFUSED, "has not agreed"),
        (FamilyAgreement.NOT_SOUGHT, "has not agreed"),
        (FamilyAgreement.SOUGHT, "has not agreed"),
        (FamilyAgreement.NOT_RECORDED, "Nobody has recorded"),
    ],
)
def test_without_agreement_the_managers_reason_comes_first(mash_manager: Person, agreement: str, sentence: str) -> None:
    case = open_case(agreement=agreement, agreement_reason="They said so.")
    with pytest.raises(RuleBroken, match=sentence):
        ask(case, "police")
    with acting_as(mash_manager.viewer):
        authority = actions.authorise_sharing(case.enquiry, "She may be hurt.", viewer=mash_manager.viewer, at=MORNING)
    assert verbs(authority) == ["sharing.authorised"]
    assert len(ask(case, "police")) == 1
    with pytest.raises(RuleBroken, match="another lawful basis"):
        ask(case, "health", lawful_basis=LawfulBasis.AGREED)


def test_only_the_manager_authorises_and_with_a_reason(social_worker: Person, mash_manager: Person) -> None:
    case = open_case()
    with acting_as(social_worker.viewer), pytest.raises(NotPermitted):
        actions.authorise_sharing(case.enquiry, "Because.", viewer=social_worker.viewer, at=MORNING)
    with acting_as(mash_manager.viewer), pytest.raises(RuleBroken, match="Write why"):
        actions.authorise_sharing(case.enquiry, "  ", viewer=mash_manager.viewer, at=MORNING)


def test_a_lapsed_agency_is_refused_with_a_sentence() -> None:
    with pytest.raises(RuleBroken, match="signature on the information sharing agreement is not in force"):
        ask(open_case(), "voluntary")


def test_all_are_asked_or_none() -> None:
    case = open_case()
    with pytest.raises(RuleBroken):
        ask(case, "police", "voluntary")
    with acting_as(person("maeve_manager").viewer):
        assert not InformationRequest.objects.exists()


def test_an_agency_is_not_asked_twice_until_there_is_somebody_new(
    social_worker: Person, police_officer: Person
) -> None:
    case = open_case()
    (first,) = ask(case, "police")
    with pytest.raises(RuleBroken, match=f"asked already and has not answered \\({first.reference}\\)"):
        ask(case, "police")
    answer(first, police_officer)
    with pytest.raises(RuleBroken, match="asked about these people already"):
        ask(case, "police")
    with acting_as(social_worker.viewer):
        again = actions.request_information(
            case.enquiry, [ask_for("police", case.leo)], viewer=social_worker.viewer, at=LATER
        )
    assert len(again) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"asks": " "}, "Write what"),
        ({"purpose": ""}, "Write what"),
        ({"lawful_basis": "because"}, "lawful basis"),
        ({"subject_ids": []}, "about whom"),
    ],
)
def test_an_incomplete_request_says_what_to_do(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RuleBroken, match=sentence):
        ask(open_case(), "police", **changes)


def test_nobody_to_ask_says_so(social_worker: Person) -> None:
    case = open_case()
    with acting_as(social_worker.viewer), pytest.raises(RuleBroken, match="at least one agency"):
        actions.request_information(case.enquiry, [], viewer=social_worker.viewer, at=MORNING)


def test_a_child_of_another_enquiry_is_not_there(social_worker: Person) -> None:
    case, other = open_case(), open_case()
    with acting_as(social_worker.viewer), pytest.raises(NotVisible):
        actions.request_information(
            case.enquiry, [ask_for("police", other.mia)], viewer=social_worker.viewer, at=MORNING
        )


def test_an_unknown_agency_is_not_there(social_worker: Person) -> None:
    case = open_case()
    with pytest.raises(NotVisible):
        ask(case, "police", agency_id=case.enquiry.pk)


def test_nobody_is_asked_before_the_rating(social_worker: Person) -> None:
    case = open_case(colour="")
    with pytest.raises(MoveNotAllowed, match="not rated yet"):
        ask(case, "police")


@pytest.mark.parametrize("who", ["other_social_worker", "front_door", "screener", "police_officer"])
def test_others_do_not_ask(request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises((NotPermitted, NotVisible)):
        ask(open_case(), "police", by=request.getfixturevalue(who))


def test_the_address_goes_only_where_it_is_wanted_and_never_when_protected(social_worker: Person) -> None:
    case = open_case()
    with acting_as(social_worker.viewer):
        with_it, without = actions.request_information(
            case.enquiry,
            [ask_for("police", case.mia, with_address=True), ask_for("health", case.mia)],
            viewer=social_worker.viewer,
            at=MORNING,
        )
    assert with_it.address == "4 Harbour Steps, Aldermere"
    assert without.address == ""
    hidden = open_case(address_is_protected=True)
    (request,) = ask(hidden, "police", with_address=True)
    assert request.address == ""


def test_a_private_referrer_is_not_named_to_an_agency() -> None:
    case = open_case(referrer_kind="neighbour")
    (request,) = ask(case, "police")
    assert request.referrer_organisation == ""


def test_withdrawing_ends_clocks_and_sight(social_worker: Person, police_officer: Person) -> None:
    case = open_case()
    (request,) = ask(case, "police")
    with acting_as(social_worker.viewer):
        actions.withdraw_request(request, viewer=social_worker.viewer, at=LATER, version=1)
    assert request.state == RequestState.WITHDRAWN
    assert not [one for one in clocks.deadlines_for([request.pk], at=LATER).get(request.pk, []) if one.is_open]
    with acting_as(police_officer.viewer):
        assert not EnquiryGrant.objects.filter(content_object=case.enquiry).exists()
        with pytest.raises(MoveNotAllowed):
            actions.answer_nothing_held(request, actions.Search(), viewer=police_officer.viewer, at=LATER)
        with pytest.raises(MoveNotAllowed, match="withdrawn"):
            actions.deposit_sealed(request, new(handling="manager_only"), viewer=police_officer.viewer, at=LATER)


def test_an_answer_cannot_be_withdrawn_by_those_who_asked(social_worker: Person, police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    answer(request, police_officer)
    with acting_as(social_worker.viewer):
        fresh = InformationRequest.objects.get(pk=request.pk)
        with pytest.raises(MoveNotAllowed):
            actions.withdraw_request(fresh, viewer=social_worker.viewer, at=LATER, version=None)


def test_an_amber_request_sent_at_night_is_due_in_the_morning() -> None:
    night = MORNING.astimezone(LONDON).replace(hour=21, minute=0)
    (request,) = ask(open_case(colour="amber", at=night), "police", at=night)
    assert request.due_at == (night + timedelta(days=1)).replace(hour=13)
