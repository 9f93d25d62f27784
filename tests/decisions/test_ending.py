"""Feedback, letters and complaints: everybody is told what is theirs to know, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.actions import edit_person
from contacts.choices import Ending, ReceiptStage, ReferrerKind
from contacts.models import Contact, Receipt, Subject
from contacts.rules.intake import ReportedReferrer
from decisions import actions, queries
from decisions.actions import Word
from decisions.choices import FeedbackState
from decisions.mail.feedback import Told, feedback_message, response_in_words
from decisions.mail.letter import IN_WORDS
from decisions.models import Complaint, FamilyLetter, Feedback
from notices.models import Notice
from screening.actions import reopen_enquiry
from tests.scenes.case import Case
from tests.scenes.families import TOM
from tests.work import items_of

MAIL = Word(FeedbackState.SENT, "The hub, 01632 960100", "Go on as you do.")


def tell(case: Case, word: Word = MAIL, *, before: int = 0, key: str = "fiona_front") -> Feedback:
    viewer = case.who(key).viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        return actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=before)


def parent(case: Case, name: str) -> Subject:
    return next(one for one in case.subjects() if one.given_name == name)


def letter_to(case: Case, name: str) -> FamilyLetter:
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        return actions.begin_letter(case.ended(), parent(case, name).pk, viewer=viewer, at=case.at)


def test_a_school_is_mailed_the_kind_of_response_and_its_own_reference(case: Case) -> None:
    case.ended()
    tell(case)
    mail = Notice.objects.get(kind="feedback.sent")
    with acting_as(case.manager.viewer):
        clock = Deadline.objects.get(subject_id=case.contact.pk, measure="feedback_school")
    assert mail.to_address == "head@hill.invalid"
    assert "Children's social care will carry out an assessment." in mail.body
    assert "Your own reference: HS-77" in mail.body
    assert "the MASH manager on 01632 960110" in mail.body
    assert not any(word in f"{mail.subject} {mail.body}" for word in ("Quill", "Ana", "Near Street", "frightened"))
    assert clock.met_at == case.at


@pytest.mark.parametrize("ending", Ending)
def test_a_neighbour_is_told_less_than_a_school(ending: str) -> None:
    full, less = (response_in_words(ending, kind) for kind in (ReferrerKind.SCHOOL, ReferrerKind.NEIGHBOUR))
    assert full != less
    assert "social care" not in less
    assert "cannot tell you more" in less


def test_a_mail_to_somebody_who_asked_for_help_thanks_them_for_that() -> None:
    told = Told("C-2222-3333", ReferrerKind.SELF, Ending.ADVICE, "us", "wait", "", "Hub")
    message = feedback_message(told, staff_path="/x/", dedupe="d")
    assert message.body.startswith("Thank you for getting in touch with us.\n\nOur reference: C-2222-3333\n\nAdvice")
    assert "disagree" in message.body


def test_two_people_tell_a_referrer_once(case: Case) -> None:
    case.ended()
    tell(case)
    with pytest.raises(StaleRecord):
        tell(case, key="femi_front")
    assert tell(case, Word(FeedbackState.SPOKEN, "us", "wait", "Rang at ten."), before=1).state == "spoken"


@pytest.mark.parametrize(
    ("word", "field"),
    [
        (Word("made up"), "state"),
        (Word(FeedbackState.SENT, "", "x"), "whom_to_ring"),
        (Word(FeedbackState.SENT, "x", ""), "meanwhile"),
        (Word(FeedbackState.SENT, "Mira, mother", "x"), "whom_to_ring"),
        (Word(FeedbackState.SENT, "us", "Go to 4 Near Street, Aldermere"), "meanwhile"),
        (Word(FeedbackState.SPOKEN, "us", "wait"), "reason"),
        (Word(FeedbackState.HELD_BACK), "reason"),
        (Word(FeedbackState.NOT_POSSIBLE, reason=" "), "reason"),
    ],
)
def test_what_is_missing_or_gives_a_name_away_is_asked_for(case: Case, word: Word, field: str) -> None:
    case.ended()
    with pytest.raises(RuleBroken) as broken:
        tell(case, word)
    assert broken.value.field == field
    with acting_as(case.manager.viewer):
        assert Feedback.objects.count() == 0
    assert Notice.objects.filter(kind="feedback.sent").count() == 0


def test_nobody_to_tell_still_meets_the_clock(case: Case) -> None:
    case.kind, case.referrer = ReferrerKind.ANONYMOUS, ReportedReferrer()
    case.ended()
    assert tell(case, Word(FeedbackState.NOT_POSSIBLE, reason="Anonymous, no way back.")).response == Ending.ASSESSMENT
    with acting_as(case.manager.viewer):
        assert Deadline.objects.get(subject_id=case.contact.pk, measure="feedback").met_at == case.at
    with pytest.raises(RuleBroken, match="No usable email address"):
        tell(case, before=1)


@pytest.mark.parametrize("key", ["saira_worker", "sunita_screener", "asha_assessment", "police_researcher"])
def test_only_front_door_and_manager_tell(case: Case, key: str) -> None:
    case.ended()
    viewer = case.who(key).viewer
    with acting_as(viewer), pytest.raises(NotPermitted):
        actions.give_feedback(case.contact, MAIL, viewer=viewer, at=case.at, told_before=0)


def test_nobody_is_told_before_the_end(case: Case) -> None:
    case.in_mash()
    with pytest.raises(MoveNotAllowed):
        tell(case)
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer), pytest.raises(MoveNotAllowed):
        actions.begin_letter(case.contact, parent(case, "Mira").pk, viewer=viewer, at=case.at)


def test_what_is_owed_leaves_the_queue_when_it_is_done(case: Case) -> None:
    case.ended()
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        owed = queries.owed(viewer, at=case.at)
        assert [(line.contact.pk, line.owes_feedback, line.letters_owed) for line in owed] == [
            (case.contact.pk, True, 2)
        ]
    assert [(item.todo, item.note) for item in items_of(viewer, "decisions", at=case.at)] == [
        ("Tell the referrer", ""),
        ("Write to the family", "2 letters still to settle"),
    ]
    tell(case)
    with acting_as(viewer):
        for name in ("Mira", "Tom"):
            letter = actions.begin_letter(case.contact, parent(case, name).pk, viewer=viewer, at=case.at)
            actions.hold_letter_back(letter, "It would raise the risk.", viewer=viewer, at=case.at, version=1)
        assert queries.owed(viewer, at=case.at) == []


def test_each_parent_gets_a_letter_of_their_own(case: Case) -> None:
    mother, father = letter_to(case, "Mira"), None
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        father = actions.begin_letter(case.contact, parent(case, "Tom").pk, viewer=viewer, at=case.at)
    assert (mother.address, father.address) == ("4 Near Street, Aldermere", "9 Far Lane, Aldermere")
    for letter in (mother, father):
        assert f"For Ana Quill: {IN_WORDS[Ending.ASSESSMENT]}." in letter.text
        assert "Nora" not in letter.text
    assert "Near Street" not in father.text
    assert "Far Lane" not in mother.text


def test_an_address_that_is_not_known_stays_empty_and_stops_the_sending(case: Case) -> None:
    letter = letter_to(case, "Tom")
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        actions.save_letter(letter, address="", text=letter.text, viewer=viewer, at=case.at, version=1)
        with pytest.raises(RuleBroken) as broken:
            actions.send_letter(letter, viewer=viewer, at=case.at, version=2)
    assert broken.value.field == "address"


@pytest.mark.parametrize(
    ("name", "field", "text"),
    [
        ("Tom", "text", "They live at 4 near street aldermere now."),
        ("Tom", "address", "4 Near Street, Aldermere"),
        ("Mira", "text", "He has moved to 9 Far Lane, Aldermere."),
        ("Mira", "text", " "),
    ],
)
def test_a_letter_never_says_where_the_other_parent_lives(case: Case, name: str, field: str, text: str) -> None:
    letter = letter_to(case, name)
    said = {"address": letter.address, "text": letter.text} | {field: text}
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.save_letter(letter, **said, viewer=viewer, at=case.at, version=1)
    assert broken.value.field == field


def test_a_letter_never_names_a_private_referrer(case: Case) -> None:
    case.kind, case.referrer = ReferrerKind.NEIGHBOUR, ReportedReferrer(name="Olive Brandt")
    letter = letter_to(case, "Mira")
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer), pytest.raises(RuleBroken, match="is not to be named"):
        actions.save_letter(
            letter, address=letter.address, text="Olive Brandt told us.", viewer=viewer, at=case.at, version=1
        )


def test_a_letter_is_sent_once_and_begun_once(case: Case) -> None:
    letter = letter_to(case, "Mira")
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        again = actions.begin_letter(case.contact, parent(case, "Mira").pk, viewer=viewer, at=case.at)
        assert again.pk == letter.pk
        sent = actions.send_letter(letter, viewer=viewer, at=case.at, version=1)
        assert (sent.state, sent.sent_at) == ("sent", case.at)
        with pytest.raises(MoveNotAllowed):
            actions.hold_letter_back(sent, "Too late.", viewer=viewer, at=case.at, version=2)


def test_only_an_adult_of_the_contact_is_written_to(case: Case) -> None:
    case.ended()
    other = Case(case.at).received()
    viewer = case.who("fiona_front").viewer
    for strange in (parent(case, "Ana").pk, parent(other, "Mira").pk):
        with acting_as(viewer), pytest.raises(NotVisible):
            actions.begin_letter(case.contact, strange, viewer=viewer, at=case.at)


def test_holding_a_letter_back_needs_a_reason(case: Case) -> None:
    letter = letter_to(case, "Mira")
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.hold_letter_back(letter, " ", viewer=viewer, at=case.at, version=1)
    assert broken.value.field == "reason"


def test_a_complaint_is_recorded_at_any_stage_and_answered_once(case: Case) -> None:
    case.received()
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        complaint = actions.record_complaint(case.contact, "Too slow.", received_at=None, viewer=viewer, at=case.at)
        answered = actions.answer_complaint(complaint, "We rang.", viewer=viewer, at=case.at, version=1)
        assert (answered.state, answered.received_at, answered.answered_at) == ("answered", case.at, case.at)
        with pytest.raises(MoveNotAllowed):
            actions.answer_complaint(complaint, "Again.", viewer=viewer, at=case.at, version=2)
        with pytest.raises(RuleBroken):
            actions.record_complaint(case.contact, " ", received_at=None, viewer=viewer, at=case.at)
        late = case.at.replace(year=2030)
        with pytest.raises(RuleBroken):
            actions.record_complaint(case.contact, "x", received_at=late, viewer=viewer, at=case.at)
        assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("ways", "said_now", "mailed"),
    [
        ([], False, False),
        ([], True, True),
        (["text"], True, False),
        (["never"], False, False),
        (["email"], False, True),
    ],
)
def test_feedback_is_mailed_only_where_email_is_safe(case: Case, ways: list[str], said_now: bool, mailed: bool) -> None:
    case.referrer = replace(case.referrer, safe_by=ways)
    case.ended()
    word = replace(MAIL, email_is_safe=said_now)
    if mailed:
        tell(case, word)
    else:
        with pytest.raises(RuleBroken, match=r"email is safe|not safe|nobody gets in touch"):
            tell(case, word)
    assert Notice.objects.filter(kind="feedback.sent").exists() == mailed


@pytest.mark.parametrize(("ways", "posted"), [([], True), (["post"], True), (["telephone"], False), (["never"], False)])
def test_a_letter_is_posted_only_where_post_is_safe(case: Case, ways: list[str], posted: bool) -> None:
    letter = letter_to(case, "Mira")
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        letter.subject.safe_by = ways
        letter.subject.save(update_fields=["safe_by"])
        letter = queries.get_letter(viewer, letter.reference)
        if posted:
            assert actions.send_letter(letter, viewer=viewer, at=case.at, version=1).state == "sent"
        else:
            with pytest.raises(RuleBroken, match="Hold the letter back"):
                actions.send_letter(letter, viewer=viewer, at=case.at, version=1)


def died(case: Case, name: str) -> Subject:
    """Record that an adult of a case that still runs has died."""
    with acting_as(case.who("fiona_front").viewer) as viewer:
        one = parent(case, name)
        return edit_person(one, replace(TOM, has_died=True), viewer=viewer, at=case.at)


def test_nobody_who_has_died_is_written_to_or_owed_a_letter(case: Case) -> None:
    case.in_mash()
    father = died(case, "Tom")
    case.told()
    case.recommended()
    case.decided()
    for summary in case.prepared():
        assert "Tom Sorrel, father, date of birth not known, has died" in summary.household
        case.released(case.with_manager(summary))
        with acting_as(case.who("asha_assessment").viewer) as viewer:
            actions.accept_summary(summary, viewer=viewer, at=case.at, version=3)
    with acting_as(case.who("fiona_front").viewer) as viewer:
        contact = Contact.objects.get(pk=case.contact.pk)
        with pytest.raises(RuleBroken, match="has died"):
            actions.begin_letter(contact, father.pk, viewer=viewer, at=case.at)
        letter = actions.begin_letter(contact, parent(case, "Mira").pk, viewer=viewer, at=case.at)
        actions.send_letter(letter, viewer=viewer, at=case.at, version=1)
    todo = [one.todo for one in items_of(case.who("fiona_front").viewer, "decisions", at=case.at)]
    assert todo == ["Tell the referrer"]


def test_letter_that_was_begun_before_somebody_died_is_not_sent(case: Case) -> None:
    letter = letter_to(case, "Tom")
    with acting_as(case.who("fiona_front").viewer) as viewer:
        letter.subject.has_died = True
        letter.subject.save(update_fields=["has_died"])
        found = queries.get_letter(viewer, letter.reference)
        with pytest.raises(RuleBroken, match="has died"):
            actions.send_letter(found, viewer=viewer, at=case.at, version=1)
        assert (
            actions.hold_letter_back(found, "He has died.", viewer=viewer, at=case.at, version=1).state == "held_back"
        )


def test_status_says_no_outcome_any_more_once_the_contact_is_open_again(case: Case) -> None:
    contact = case.ended()
    with acting_as(CLOCK):
        Receipt(contact=contact, secret_hash="0" * 64).save(force_insert=True)
    tell(case)
    with acting_as(case.manager.viewer) as viewer:
        reopen_enquiry(case.again(), "The mother rang: it has happened again.", viewer=viewer, at=case.at)
    with acting_as(CLOCK):
        assert Receipt.objects.values_list("stage", "outcome").get() == (ReceiptStage.CONSIDERED, "")
