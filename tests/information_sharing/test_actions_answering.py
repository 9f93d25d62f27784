"""Answering: what is written, who is told, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

import clock.queries as clocks
from agencies.access.identity import acting_as
from clock.choices import Measure
from common.errors import NotVisible, RuleBroken, StaleRecord
from information_sharing import actions
from information_sharing.choices import AnswerKind, Handling, RequestState
from information_sharing.models import Answer, InformationRequest, Item, ItemText, SealedText
from tests.people import Person, agency
from tests.scenes.enquiries import MORNING, answer, ask, new, open_case, seal
from tests.written import told, verbs

LATER = MORNING + timedelta(minutes=20)
pytestmark = pytest.mark.django_db


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
        "day",
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
        with pytest.raises(RuleBroken, match="Submit"):
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


def test_sealed_text_rests_encrypted(police_officer: Person, mash_manager: Person) -> None:
    (request,) = ask(open_case(), "police")
    seal(request, police_officer, "The informant lives next door.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM information_sharing_sealedtext")
        (stored,) = cursor.fetchone()
    assert "informant" not in stored
    with acting_as(mash_manager.viewer):
        assert SealedText.objects.get().text == "The informant lives next door."
