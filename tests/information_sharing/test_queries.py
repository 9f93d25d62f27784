"""Reads for interfaces: work lists, what is missing, items and versions for a decision, the read log."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.access.identity import acting_as
from agencies.access.viewer import NOBODY
from common.errors import NotPermitted, NotVisible
from contacts.choices import FamilyAgreement
from contacts.models import Contact
from information_sharing import actions, queries
from information_sharing.models import InformationRequest, Item
from mash.worklist import work_of
from tests.information_sharing.web import written
from tests.people import Person
from tests.scenes.enquiries import MORNING, Case, answer, ask, new, open_case, seal
from tests.work import items_of, todos

LATER = MORNING + timedelta(hours=2)
pytestmark = pytest.mark.django_db


def work(who: Person) -> list[tuple[str, str]]:
    return todos(who.viewer, "sharing", at=LATER)


def propose(item: Item, manager: Person) -> str:
    with acting_as(manager.viewer):
        return actions.propose_instruction(item, "Go in twos.", viewer=manager.viewer, at=LATER).reference


def test_requests_wait_for_researchers_and_leads_of_the_agency(
    asked: InformationRequest, police_officer: Person, police_lead: Person, health_visitor: Person, front_door: Person
) -> None:
    for who, waiting in (
        (police_officer, [(asked.reference, "Answer")]),
        (police_lead, [(asked.reference, "Answer")]),
        (health_visitor, []),
        (front_door, []),
    ):
        assert work(who) == waiting
    answer(asked, police_officer)
    assert work(police_officer) == []


def test_requests_wait_in_the_order_of_their_time(police_officer: Person) -> None:
    (green,) = ask(open_case(colour="green"), "police")
    (red,) = ask(open_case(), "police")
    assert [reference for reference, _todo in work(police_officer)] == [red.reference, green.reference]


def test_an_answer_taken_by_telephone_waits_to_be_confirmed(
    asked: InformationRequest, police_officer: Person, social_worker: Person
) -> None:
    with acting_as(social_worker.viewer):
        actions.record_spoken_answer(asked, "Sergeant", [new()], viewer=social_worker.viewer, at=LATER)
    assert work(police_officer) == [(asked.reference, "Confirm the telephone answer")]


def test_words_wait_for_the_author_and_after_a_refusal_for_the_lead(
    asked: InformationRequest, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    reference = propose(seal(asked, police_officer), mash_manager)
    todo = (reference, "Agree the wording of a safety instruction")
    assert (todo in work(police_officer), todo in work(police_lead)) == (True, False)
    with acting_as(police_officer.viewer):
        instruction = queries.get_instruction(police_officer.viewer, reference)
        actions.refuse_instruction(instruction, viewer=police_officer.viewer, at=LATER)
    assert (todo in work(police_officer), todo in work(police_lead)) == (False, True)
    due = {item.reference: item.due_at for item in items_of(police_lead.viewer, at=LATER)}
    assert due[reference] == LATER + timedelta(hours=1)


def test_the_social_worker_is_told_when_all_have_answered(
    case: Case, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    def on_enquiry() -> list[str]:
        return [todo for reference, todo in work(social_worker) if reference == case.enquiry.reference]

    assert on_enquiry() == ["Gather information, then recommend"]
    police, health = ask(case, "police", "health")
    answer(police, police_officer)
    assert on_enquiry() == ["Gather information, then recommend"]
    answer(health, health_visitor)
    assert on_enquiry() == ["All answers are in: read them"]


def test_the_manager_is_asked_for_authority_once(mash_manager: Person) -> None:
    case = open_case(agreement=FamilyAgreement.REFUSED, agreement_reason="He said no.")
    open_case()
    waiting = (case.enquiry.reference, "Say why agencies may be asked without agreement")
    assert work(mash_manager) == [waiting]
    with acting_as(mash_manager.viewer):
        actions.authorise_sharing(case.enquiry, "She may be hurt.", viewer=mash_manager.viewer, at=LATER)
    assert work(mash_manager) == []


def test_the_manager_is_asked_for_authority_while_a_family_has_not_answered(mash_manager: Person) -> None:
    case = open_case(agreement=FamilyAgreement.SOUGHT)
    assert work(mash_manager) == [(case.enquiry.reference, "Say why agencies may be asked without agreement")]


def test_the_manager_records_the_agreement_of_a_family_of_which_nothing_is_said(
    mash_manager: Person, social_worker: Person, front_door: Person
) -> None:
    case = open_case(agreement=FamilyAgreement.NOT_RECORDED, agreement_reason="")
    line = (case.enquiry.reference, "Record whether the family agrees: no agency may be asked before")
    assert work(mash_manager) == [line]
    assert line not in work(social_worker) + work(front_door)
    contact = Contact.objects.get(pk=case.contact.pk)
    contact.agreement = FamilyAgreement.GIVEN
    contact.save(update_fields=["agreement"])
    assert work(mash_manager) == []


def test_nobody_has_no_work_and_asks_nothing(django_assert_num_queries: Callable[..., CaptureQueriesContext]) -> None:
    with django_assert_num_queries(0):
        assert work_of(NOBODY, at=LATER).count == 0


@pytest.mark.parametrize("count", [1, 5])
def test_work_takes_the_same_number_of_queries(
    police_officer: Person, count: int, django_assert_num_queries: Callable[..., CaptureQueriesContext]
) -> None:
    for _ in range(count):
        ask(open_case(), "police")
    with acting_as(police_officer.viewer), django_assert_num_queries(3):
        assert work_of(police_officer.viewer, at=LATER).count == count


def test_what_is_missing_says_why(
    case: Case, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    police, health, _education, gone = ask(case, "police", "health", "education", "gp")
    with acting_as(police_officer.viewer):
        until = LATER + timedelta(days=3)
        actions.cannot_search_yet(police, until, viewer=police_officer.viewer, at=LATER)
    with acting_as(health_visitor.viewer):
        actions.answer_withheld(health, "legal_bar", actions.Search(), viewer=health_visitor.viewer, at=LATER)
    with acting_as(social_worker.viewer):
        actions.withdraw_request(gone, viewer=social_worker.viewer, at=LATER, version=None)
        late = queries.missing_answers(social_worker.viewer, case.enquiry, at=LATER)
        early = queries.missing_answers(social_worker.viewer, case.enquiry, at=MORNING)
    assert {one.agency: one.words for one in late} == {
        "Wendshire Police Protecting Vulnerable People Unit": "Cannot search yet",
        "Aldermere Community Health and Midwifery": "Held and not shared: A legal bar, such as a court order",
        "Aldermere Education Safeguarding": "No answer, overdue",
    }
    assert "No answer yet" in {one.words for one in early}


def test_nothing_held_and_only_sealed_are_missing_alike(
    case: Case, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    police, health = ask(case, "police", "health")
    answer(police, police_officer, new("Sealed.", "manager_only"))
    answer(health, health_visitor)
    with acting_as(social_worker.viewer):
        assert queries.missing_answers(social_worker.viewer, case.enquiry, at=LATER) == []
        shown = queries.asked_agencies(social_worker.viewer, case.enquiry, at=LATER)
    assert {one.answer_label for one in shown} == {"Nothing to share"}


def test_a_decision_gets_items_with_versions_and_the_reading_is_written(
    case: Case, asked: InformationRequest, mash_manager: Person, police_officer: Person
) -> None:
    items = answer(asked, police_officer, new("First."), new("Sealed.", "manager_only"))
    (item,) = [one for one in items if one.handling == "onward"]
    with acting_as(mash_manager.viewer), CaptureQueriesContext(connection) as caught:
        seen = queries.items_for_decision(mash_manager.viewer, case.enquiry, at=LATER)
        assert queries.sealed_count(mash_manager.viewer, case.enquiry) == 1
        assert queries.has_marker(mash_manager.viewer, case.enquiry)
    assert [(one.id, one.version, one.text, one.may_go_out) for one in seen] == [(item.pk, 1, "First.", True)]
    (reading,) = written("audit_reading", caught)
    assert str(item.pk) in reading


def test_a_text_is_given_as_it_stood_in_a_version(
    case: Case, asked: InformationRequest, mash_manager: Person, social_worker: Person, police_officer: Person
) -> None:
    (item,) = answer(asked, police_officer, new("First."))
    sealed = seal(asked, police_officer, "Sealed.")
    with acting_as(police_officer.viewer):
        fresh = Item.objects.get(pk=item.pk)
        revision = actions.Revision("Second.", "onward", "other")
        actions.revise_item(fresh, revision, viewer=police_officer.viewer, at=LATER)

    def texts(who: Person, versions: dict[uuid.UUID, int]) -> list[str]:
        with acting_as(who.viewer):
            found = queries.text_of(who.viewer, versions, at=LATER, page="release", enquiry=case.enquiry)
            return sorted(found.values())

    assert texts(social_worker, {item.pk: 1}) == ["First."]
    assert texts(social_worker, {item.pk: 2, sealed.pk: 1}) == ["Second."]
    assert texts(mash_manager, {item.pk: 7, sealed.pk: 1}) == ["Second."]
    assert texts(social_worker, {item.pk: 0}) == []


def test_sealed_numbers_and_items_are_the_managers(
    case: Case, asked: InformationRequest, social_worker: Person, police_officer: Person, mash_manager: Person
) -> None:
    item = seal(asked, police_officer)
    for who in (social_worker, police_officer):
        with acting_as(who.viewer):
            assert queries.sealed_count(who.viewer, case.enquiry) == 0
            with pytest.raises(NotPermitted):
                queries.sealed_items(who.viewer, case.enquiry, purpose="decision", at=LATER)
    with acting_as(social_worker.viewer):
        assert queries.has_marker(social_worker.viewer, case.enquiry)
        with pytest.raises(NotVisible):
            queries.get_sealed_item(social_worker.viewer, case.enquiry, item.pk)
    with acting_as(police_officer.viewer):
        assert not queries.has_marker(police_officer.viewer, case.enquiry)
    with acting_as(mash_manager.viewer):
        assert queries.get_sealed_item(mash_manager.viewer, case.enquiry, item.pk) == item


def test_an_empty_page_leaves_no_line_in_the_read_log(case: Case, social_worker: Person) -> None:
    with acting_as(social_worker.viewer), CaptureQueriesContext(connection) as caught:
        assert queries.items_for_decision(social_worker.viewer, case.enquiry, at=LATER) == []
    assert written("audit_reading", caught) == []
