"""Asking and answering: what is written, who is told, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import clock.queries as clocks
from agencies.access.identity import acting_as
from audit.models import Event
from clock.choices import Measure
from contacts.choices import FamilyAgreement
from information_sharing import actions
from information_sharing.choices import AnswerKind, Handling, LawfulBasis, RequestState
from information_sharing.models import Answer, InformationRequest, Item, ItemText, RequestSubject, SealedText
from mash.common.moments import LONDON
from mash.common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from notices.models import Notice
from screening.grants import EnquiryGrant
from tests.information_sharing.hub import MORNING, answer, ask, ask_for, new, open_case, seal
from tests.people import Person, agency, person

LATER = MORNING + timedelta(minutes=20)
pytestmark = pytest.mark.django_db


def verbs(record: object) -> list[str]:
    return list(Event.objects.filter(record_id=getattr(record, "pk")).order_by("at", "id").values_list("verb", flat=True))


def told(kind: str) -> set[str]:
    rows = Notice.objects.filter(kind=kind, channel="in_app")
    return {str(key) for key in rows.values_list("membership_id", flat=True)}


def test_several_agencies_are_asked_at_once(social_worker: Person, mash_manager: Person) -> None:
    case = open_case()
    made = ask(case, "police", "health")
    assert [request.agency_id for request in made] == [agency("police").pk, agency("health").pk]
    assert {request.state for request in made} == {RequestState.SENT}
    assert {request.referrer_organisation for request in made} == {"Quayside Primary"}
    for request in made:
        assert verbs(request) == ["request.sent"]
        assert request.social_worker_id == social_worker.membership.pk
        assert list(RequestSubject.objects.filter(request=request).values_list("subject_id", flat=True)) == [case.mia.pk]
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
    import screening.actions

    case = open_case(colour="green")
    (request,) = ask(case, "police")
    with acting_as(mash_manager.viewer):
        screening.actions.rerate_enquiry(case.enquiry, "red", reason="New marks were seen today.", viewer=mash_manager.viewer, at=LATER)
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
def test_without_agreement_the_managers_reason_comes_first(
    mash_manager: Person, agreement: str, sentence: str
) -> None:
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


def test_an_agency_is_not_asked_twice_until_there_is_somebody_new(social_worker: Person, police_officer: Person) -> None:
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
def test_an_incomplete_request_says_what_to_do(changes: dict[str, object], sentence: str) -> None:
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


def test_first_word_stops_its_clock(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(police_officer.viewer):
        actions.give_first_word(request, viewer=police_officer.viewer, at=LATER, version=1)
    assert (request.state, request.first_word_at, request.version) == (RequestState.HEARD, LATER, 2)
    open_ones = [clock.measure for clock in clocks.deadlines_for([request.pk], at=LATER)[request.pk] if clock.is_open]
    assert open_ones == [Measure.FULL_ANSWER]


def test_cannot_search_stays_unanswered_and_the_clock_runs_on(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(police_officer.viewer):
        with pytest.raises(RuleBroken, match="still to come"):
            actions.cannot_search_yet(request, MORNING, viewer=police_officer.viewer, at=LATER)
        actions.cannot_search_yet(request, LATER + timedelta(hours=2), viewer=police_officer.viewer, at=LATER)
    assert (request.state, request.first_word_at, request.answered_at) == (RequestState.CANNOT_SEARCH, LATER, None)
    assert [one.measure for one in clocks.deadlines_for([request.pk], at=LATER)[request.pk] if one.is_open] == [
        Measure.FULL_ANSWER
    ]


def test_nothing_held_records_where_and_by_what(police_officer: Person, social_worker: Person) -> None:
    (request,) = ask(open_case(), "police")
    answer(request, police_officer)
    with acting_as(police_officer.viewer):
        given = Answer.objects.get(request=request)
        moved = InformationRequest.objects.get(pk=request.pk)
    assert (given.kind, given.systems_searched, given.identifiers_used, given.searched_at) == (
        AnswerKind.NOTHING_TO_SHARE,
        "Main system",
        "Names",
        LATER,
    )
    assert (moved.state, moved.answered_at, moved.first_word_at) == (RequestState.ANSWERED, LATER, LATER)
    assert not [one for one in clocks.deadlines_for([request.pk], at=LATER)[request.pk] if one.is_open]
    assert told("request.answered") == {str(social_worker.membership.pk)}


def test_items_carry_their_own_text_and_handling(police_officer: Person) -> None:
    case = open_case()
    (request,) = ask(case, "police")
    items = answer(
        request,
        police_officer,
        new("Two calls in May.", subject_id=case.mia.pk, occurred_on=date(2025, 5, 3), theme="domestic_abuse"),
        new("Spoke to a neighbour.", "hub_only", needed_at_night=True, precision="month"),
    )
    with acting_as(police_officer.viewer):
        texts = {row.item_id: row.text for row in ItemText.objects.all()}
        given = Answer.objects.get(request=request)
    assert given.kind == AnswerKind.SHARED
    by_text = {texts[item.pk]: item for item in items}
    first, second = by_text["Two calls in May."], by_text["Spoke to a neighbour."]
    assert (first.handling, first.subject_id, first.occurred_on, first.theme) == (
        Handling.ONWARD,
        case.mia.pk,
        date(2025, 5, 3),
        "domestic_abuse",
    )
    assert (second.handling, second.needed_at_night, second.precision, second.occurred_on) == (
        Handling.HUB_ONLY,
        True,
        "unknown",
        None,
    )
    assert {item.agency_id for item in items} == {agency("police").pk}


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (new("  "), "Write what you know"),
        (new("x" * 20_001), "20,000 characters"),
        (new(handling="everyone"), "how far"),
        (new(occurred_on=date(2031, 1, 1)), "future"),
        (new(handling="manager_only", needed_at_night=True), "at night"),
    ],
)
def test_an_item_that_does_not_hold_is_refused(police_officer: Person, item: actions.NewItem, sentence: str) -> None:
    (request,) = ask(open_case(), "police")
    with pytest.raises(RuleBroken, match=sentence):
        answer(request, police_officer, item)
    with acting_as(police_officer.viewer):
        assert InformationRequest.objects.get(pk=request.pk).state == RequestState.SENT
        assert not Item.objects.exists()


def test_an_item_about_somebody_who_was_not_asked_about_is_refused(police_officer: Person) -> None:
    case = open_case()
    (request,) = ask(case, "police")
    with pytest.raises(NotVisible):
        answer(request, police_officer, new(subject_id=case.leo.pk))


def test_an_answer_without_items_is_refused(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(police_officer.viewer), pytest.raises(RuleBroken, match="at least one item"):
        actions.answer_with_items(request, [], actions.Search(), viewer=police_officer.viewer, at=LATER)


def test_hostile_and_long_text_stays_as_it_was_typed(police_officer: Person) -> None:
    text = "<script>alert('x')</script> \u202eright to left\u202c 😀 " + "a" * 19_000
    (request,) = ask(open_case(), "police")
    answer(request, police_officer, new(text))
    with acting_as(police_officer.viewer):
        assert ItemText.objects.get().text == text.strip()


def test_withheld_needs_a_reason_of_the_list(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(police_officer.viewer):
        with pytest.raises(RuleBroken, match="Choose why"):
            actions.answer_withheld(request, "my own words", actions.Search(), viewer=police_officer.viewer, at=LATER)
        actions.answer_withheld(request, "legal_bar", actions.Search(), viewer=police_officer.viewer, at=LATER)
        given = Answer.objects.get(request=request)
    assert (given.kind, given.withheld_reason) == (AnswerKind.HELD_NOT_SHARED, "legal_bar")


def test_new_information_can_follow_and_changes_what_the_answer_says(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    answer(request, police_officer)
    with acting_as(police_officer.viewer):
        moved = InformationRequest.objects.get(pk=request.pk)
        with pytest.raises(RuleBroken, match="Deposit"):
            actions.add_items(moved, [new(handling="manager_only")], viewer=police_officer.viewer, at=LATER)
        with pytest.raises(RuleBroken, match="at least one"):
            actions.add_items(moved, [], viewer=police_officer.viewer, at=LATER)
        actions.add_items(moved, [new("Found after all.")], viewer=police_officer.viewer, at=LATER)
        assert Answer.objects.get(request=request).kind == AnswerKind.SHARED
    assert sorted(verbs(request)) == ["request.answered", "request.item_added", "request.sent"]


def test_two_researchers_at_once_the_second_is_told(police_officer: Person) -> None:
    (request,) = ask(open_case(), "police")
    with acting_as(police_officer.viewer):
        stale = InformationRequest.objects.get(pk=request.pk)
        actions.give_first_word(request, viewer=police_officer.viewer, at=LATER, version=1)
        with pytest.raises(StaleRecord, match="Paul Kerr saved it before you"):
            actions.answer_nothing_held(stale, actions.Search(), viewer=police_officer.viewer, at=LATER, version=1)


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


def test_sealed_text_rests_encrypted(police_officer: Person, mash_manager: Person) -> None:
    from django.db import connection

    (request,) = ask(open_case(), "police")
    seal(request, police_officer, "The informant lives next door.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM information_sharing_sealedtext")
        (stored,) = cursor.fetchone()
    assert "informant" not in stored
    with acting_as(mash_manager.viewer):
        assert SealedText.objects.get().text == "The informant lives next door."
