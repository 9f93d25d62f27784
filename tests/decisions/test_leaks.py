"""What leaves at the end gives nobody away: the writer sees what they may know, the manager at the gate the rest."""

from __future__ import annotations

import uuid
from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

import screening.actions
from agencies.access.identity import acting_as
from common.errors import RuleBroken
from contacts.choices import ReferrerKind
from contacts.models import Contact
from contacts.rules.intake import ReportedReferrer
from contacts.rules.leaks import PRIVATELY_WORRIED
from decisions import actions
from decisions.actions import Door, SummaryDraft, Word, preparing
from decisions.choices import DoorQuestion, FamilyTold, FeedbackState
from decisions.models import FamilyLetter, MashSummary
from information_sharing.choices import Handling
from tests.people import ClientOf
from tests.scenes.case import REFERRER, Case
from tests.scenes.families import ANA, BO, ORLEBAR, THORNBURY, worry_about
from tests.scenes.stages import logged

OLIVE = ReportedReferrer(name="Olive Brandt", telephone="07700 900313", address="Seaglass House, 9 Far Quay, Aldermere")
WATCHED = "Officers watched the lodger sell pills behind the bowling green in April."
NEIGHBOUR = "An officer of the force lives three doors down and sees the lane from her desk."


@pytest.fixture
def private(case: Case) -> Case:
    """Return a case that a neighbour, who stays private, told the hub of."""
    case.kind, case.referrer = ReferrerKind.NEIGHBOUR, OLIVE
    return case


def protect(case: Case) -> None:
    with acting_as(case.who("fiona_front").viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        contact.address_is_protected = True
        contact.save(update_fields=["address_is_protected"])


def letter_refused(case: Case, name: str, text: str) -> str:
    viewer = case.who("fiona_front").viewer
    adult = next(one for one in case.subjects() if one.given_name == name)
    with acting_as(viewer):
        letter = actions.begin_letter(case.contact, adult.pk, viewer=viewer, at=case.at)
        with pytest.raises(RuleBroken) as broken:
            actions.save_letter(
                FamilyLetter.objects.get(pk=letter.pk), address="", text=text, viewer=viewer, at=case.at, version=1
            )
    assert broken.value.field == "text"
    return broken.value.sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mrs Brandt told us.", "who told the hub and is not to be named: “Mrs Brandt told us.” (title and surname)"),
        (
            "Ring +44 7700 900 313.",
            "who told the hub and is not to be named: “Ring +44 7700 900 313.” (telephone number)",
        ),
        ("From Seaglass House.", "who told the hub and is not to be named: “From Seaglass House.” (name of the house)"),
        (
            "She said that the children are frightened at home.",
            "who told the hub and is not to be named: “She said that the children are frightened at home.” (sentence)",
        ),
        ("He is at 9 Far Lane.", "where somebody else lives: “He is at 9 Far Lane.” (house and street)"),
    ],
)
def test_a_letter_says_what_it_gives_away_and_where(private: Case, text: str, said: str) -> None:
    private.ended()
    assert letter_refused(private, "Mira", text) == f"This gives away {said}. Take it out."


def test_where_the_home_is_protected_a_letter_elsewhere_names_no_school(case: Case) -> None:
    case.ended()
    protect(case)
    assert "a protected address" in letter_refused(case, "Tom", "They moved to 4 Near Street.")
    schools = {one.school for one in case.subjects() if one.school}
    for school in schools:
        assert "where the children can be found" in letter_refused(case, "Tom", f"Ana goes to {school}.")


@pytest.mark.parametrize("name", ["Mira", "Tom"])
def test_where_a_child_lives_apart_and_is_protected_no_letter_names_the_school(case: Case, name: str) -> None:
    placed = replace(ANA, school="Fern Walk Infants", address="12 Fern Walk, Aldermere", address_is_protected=True)
    case.children = (replace(placed, lives_in_household=False), BO)
    case.ended()
    assert "a protected address" in letter_refused(case, name, "Ana goes to Fern Walk Infants.")


def summary_refused(case: Case, summary: MashSummary, concern: str) -> str:
    viewer = case.worker.viewer
    texts = {name: getattr(summary, name) for name in preparing.TEXTS} | {"concern": concern}
    draft = SummaryDraft(texts, FamilyTold.YES, {})
    with acting_as(viewer):
        version = MashSummary.objects.get(pk=summary.pk).version
        with pytest.raises(RuleBroken) as broken:
            actions.save_summary(summary, draft, viewer=viewer, at=case.at, version=version)
    assert broken.value.field == "concern"
    return broken.value.sentence


def test_a_summary_holds_neither_the_referrer_nor_a_protected_address_nor_what_is_not_cleared(private: Case) -> None:
    private.in_mash()
    private.told(handling=Handling.HUB_ONLY, text=WATCHED)
    private.recommended()
    private.decided()
    protect(private)
    summary = private.prepared()[0]
    assert "who told the hub and is not to be named" in summary_refused(private, summary, "O. Brandt heard it.")
    assert "a protected address" in summary_refused(private, summary, "They are in Near Street, number 4.")
    said = "The police watched the lodger sell pills behind the bowling green."
    assert "what an agency told the hub and did not clear for this" in summary_refused(private, summary, said)


def test_an_item_that_goes_out_may_be_repeated(case: Case) -> None:
    case.in_mash()
    item = case.told(text=WATCHED)
    case.recommended()
    case.decided()
    summary = case.prepared()[0]
    summary.concern = WATCHED
    assert case.released(case.with_manager(summary, {item.pk: item.version})).concern == WATCHED


def test_what_is_sealed_is_found_at_the_managers_gate_alone(case: Case) -> None:
    """The social worker hears nothing: that it is refused would say that it is held."""
    case.in_mash()
    case.sealed(case.asked(), text=NEIGHBOUR)
    case.recommended()
    case.decided()
    summary = case.prepared()[0]
    summary.concern = "Somebody lives three doors down and sees the lane from her desk."
    with_manager = case.with_manager(summary)
    with pytest.raises(RuleBroken, match="did not clear for this: “Somebody lives three doors down") as broken:
        case.released(with_manager)
    assert broken.value.field == "concern"
    with acting_as(case.manager.viewer):
        assert MashSummary.objects.get(pk=summary.pk).state == "with_manager"


def test_words_for_the_door_are_held_against_it_too(case: Case) -> None:
    case.in_mash()
    case.sealed(case.asked(), text=NEIGHBOUR)
    case.recommended()
    case.decided()
    summary = case.with_manager(case.prepared()[0])
    door = Door(DoorQuestion.YES, own_words="She sees the lane from her desk.", own_words_rest_on_nothing_sealed=True)
    with pytest.raises(RuleBroken, match="did not clear for this") as broken:
        case.released(summary, door)
    assert broken.value.field == "own_words"


@pytest.mark.parametrize("state", [FeedbackState.SENT, FeedbackState.SPOKEN])
def test_a_referrer_is_told_neither_a_protected_address_nor_an_item(case: Case, state: str) -> None:
    case.ended()
    protect(case)
    viewer = case.who("fiona_front").viewer
    for meanwhile in ("They are at number 4, Near Street.", "Write to 4 near st."):
        word = Word(state, "The hub, 01632 960100", meanwhile, "By telephone.")
        with acting_as(viewer):
            contact = Contact.objects.get(pk=case.contact.pk)
            with pytest.raises(RuleBroken, match="a protected address") as broken:
                actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=0)
        assert broken.value.field == "meanwhile"


@pytest.mark.parametrize("said", ["Look after ana.", "The Quills are seen.", "Ring Mira"])
def test_a_mail_names_nobody_and_a_call_may(case: Case, said: str) -> None:
    case.ended()
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        sent = Word(FeedbackState.SENT, "The hub", said)
        with pytest.raises(RuleBroken, match="which an email never holds"):
            actions.give_feedback(contact, sent, viewer=viewer, at=case.at, told_before=0)
        spoken = Word(FeedbackState.SPOKEN, "The hub", said, "By telephone.")
        assert actions.give_feedback(contact, spoken, viewer=viewer, at=case.at, told_before=0).meanwhile == said


@pytest.fixture
def of_three(case: Case) -> Case:
    """Return an ended enquiry that a neighbour of one cousin, who stays private, and the school of another joined."""
    case.in_mash()
    for family in (THORNBURY, ORLEBAR):
        contact = logged(worry_about(family, case.at), case.who("fiona_front"), case.at)
        with acting_as(case.manager.viewer) as viewer:
            screening.actions.join_enquiry(case.again(), contact, viewer=viewer, at=case.at)
    case.again()
    case.recommended()
    case.decided()
    summary = case.released(case.with_manager(case.prepared()[0]))
    with acting_as(case.who("asha_assessment").viewer) as viewer:
        actions.accept_summary(summary, viewer=viewer, at=case.at, version=summary.version)
    return case


@pytest.mark.parametrize(
    "said",
    [
        "Look after Ana.",
        "Look after ada.",
        "The Orlebars are seen.",
        "They went to 14 Elm Road.",
        "Ms Marlowe told us too.",
        "Heron Lane School told us too.",
    ],
)
def test_a_mail_names_nobody_of_any_contact_of_the_enquiry(of_three: Case, said: str) -> None:
    viewer = of_three.who("fiona_front").viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=of_three.contact.pk)
        with pytest.raises(RuleBroken, match="which an email never holds") as broken:
            actions.give_feedback(
                contact, Word(FeedbackState.SENT, "The hub", said), viewer=viewer, at=of_three.at, told_before=0
            )
    assert broken.value.field == "meanwhile"


def test_a_mail_may_name_the_referrer_to_whom_it_goes(of_three: Case) -> None:
    viewer = of_three.who("fiona_front").viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=of_three.contact.pk)
        word = Word(FeedbackState.SENT, "The hub", f"Thank you, {REFERRER.name}.")
        assert actions.give_feedback(contact, word, viewer=viewer, at=of_three.at, told_before=0).state == "sent"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ms Nextdoor told us.", PRIVATELY_WORRIED),
        ("Ring 01632 960123.", PRIVATELY_WORRIED),
        ("They went to 14 Elm Road.", "where somebody else lives"),
    ],
)
def test_a_letter_gives_nobody_of_another_contact_away(of_three: Case, text: str, said: str) -> None:
    assert said in letter_refused(of_three, "Mira", text)


def test_the_answer_to_a_complaint_gives_nobody_away(private: Case) -> None:
    private.received()
    viewer = private.who("fiona_front").viewer
    with acting_as(viewer):
        complaint = actions.record_complaint(
            private.contact, "Who told you?", received_at=None, viewer=viewer, at=private.at
        )
        with pytest.raises(RuleBroken, match="who told the hub and is not to be named") as broken:
            actions.answer_complaint(complaint, "It was Mrs Brandt.", viewer=viewer, at=private.at, version=1)
        assert broken.value.field == "answer"
        answered = actions.answer_complaint(
            complaint, "We do not say who tells us.", viewer=viewer, at=private.at, version=1
        )
        assert answered.state == "answered"


def test_the_match_stands_beside_the_text_which_is_given_back(private: Case, client_of: ClientOf) -> None:
    private.ended()
    viewer = private.who("fiona_front").viewer
    adult = next(one for one in private.subjects() if one.given_name == "Mira")
    with acting_as(viewer):
        letter = actions.begin_letter(private.contact, adult.pk, viewer=viewer, at=private.at)
    said = {
        "submission_key": str(uuid.uuid4()),
        "version": "1",
        "address": letter.address,
        "text": "We heard of it from Mrs Brandt.",
    }
    page = client_of(private.who("fiona_front")).post(reverse("decisions:letter", args=[letter.reference]), said)
    shown = unescape(page.content.decode())
    assert page.status_code == 200
    where = "“We heard of it from Mrs Brandt.” (title and surname)."
    assert f"This gives away {PRIVATELY_WORRIED}: {where}" in shown
    assert shown.count("We heard of it from Mrs Brandt.") > 1
