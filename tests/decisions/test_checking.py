"""What a text gives away that its writer may not know: a manager reads it first, and its writer learns no more."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection

import contacts.actions
import information_sharing.actions as sharing
from agencies.access import kept
from agencies.access.identity import acting_as
from agencies.access.kept import Author
from agencies.access.viewer import CHECKER
from clock.choices import Measure
from clock.models import Deadline
from common.errors import SentForChecking
from contacts.choices import LevelOfNeed, PersonKind, ReferrerKind
from contacts.models import Contact
from contacts.reads.unseen import unseen_referrers
from decisions import actions
from decisions.actions import HandedIn, Word
from decisions.choices import FeedbackState, SummaryState
from decisions.models import FamilyLetter, MashSummary, OutgoingText
from information_sharing.choices import LawfulBasis
from information_sharing.reads.unseen import unseen_items
from notices.models import Notice
from screening.models import Handover
from tests.decisions.pages import hidden, url
from tests.decisions.test_leaks import NEIGHBOUR, OLIVE
from tests.people import ClientOf, agency
from tests.scenes.case import Case
from tests.scenes.screening import handed_to
from tests.scenes.stages import screened
from tests.work import items_of

TOLD = "There were two calls to the home in May."
"""What the police told the hub, in somebody else's mouth: the front door reads no items."""
SAID = "Somebody lives three doors down and sees the lane from her desk."
"""What the police sealed: the social worker does not read it."""
CLEAN = "Please ring us when you have spoken to the school."


def with_something_sealed(case: Case) -> Case:
    """Go as far as a summary that is with its team, with something sealed on the way."""
    case.in_mash()
    case.sealed(case.asked(), text=NEIGHBOUR)
    case.recommended()
    case.decided()
    case.released(case.with_manager(case.prepared()[0]))
    return case


def gathering(case: Case) -> Case:
    """Go as far as something that the police sealed."""
    case.in_mash()
    case.sealed(case.asked(), text=NEIGHBOUR)
    return case


def ended(case: Case) -> Case:
    """Go the whole way to a referrer and parents who are owed a word."""
    case.ended()
    return case


def letter(case: Case, text: str) -> None:
    viewer = case.who("fiona_front").viewer
    adult = next(one for one in case.subjects() if one.given_name == "Mira")
    with acting_as(viewer):
        begun = actions.begin_letter(case.contact, adult.pk, viewer=viewer, at=case.at)
        draft = FamilyLetter.objects.get(pk=begun.pk)
        actions.save_letter(draft, address="", text=text, viewer=viewer, at=case.at, version=1)


def feedback(case: Case, text: str) -> None:
    viewer = case.who("fiona_front").viewer
    word = Word(FeedbackState.SPOKEN, "The hub, 01632 960100", text, "By telephone.")
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=0)


def complaint(case: Case, text: str) -> None:
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        made = actions.record_complaint(contact, "Why?", received_at=None, viewer=viewer, at=case.at)
        actions.answer_complaint(made, text, viewer=viewer, at=case.at, version=1)


def correction(case: Case, text: str) -> None:
    viewer = case.worker.viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        made = contacts.actions.correct_contact(contact, "The school is another one.", viewer=viewer, at=case.at)
        actions.pass_on_correction(made, text, viewer=viewer, at=case.at)


def request(case: Case, text: str) -> None:
    viewer = case.worker.viewer
    people = [one.pk for one in case.subjects()]
    why = "To decide what the children need."
    ask = sharing.Ask(agency("health").pk, people, text, why, LawfulBasis.PUBLIC_TASK)
    with acting_as(viewer):
        sharing.request_information(case.again(), [ask], viewer=viewer, at=case.at)


def answer_to_team(case: Case, text: str) -> None:
    team, worker = case.who("asha_assessment").viewer, case.worker.viewer
    with acting_as(team):
        asked = MashSummary.objects.get()
        if asked.state == SummaryState.SENT:
            asked = actions.query_summary(asked, "Who lives there?", viewer=team, at=case.at, version=asked.version)
    with acting_as(worker):
        actions.answer_query(asked, text, viewer=worker, at=case.at, version=asked.version)


KINDS: dict[str, tuple[Callable[[Case], Case], Callable[[Case, str], None], str]] = {
    "a letter to a parent": (ended, letter, TOLD),
    "the word to the referrer": (ended, feedback, TOLD),
    "the answer to a complaint": (ended, complaint, TOLD),
    "a correction that is passed on": (with_something_sealed, correction, SAID),
    "the wording of a request": (gathering, request, SAID),
    "the answer to a team": (with_something_sealed, answer_to_team, SAID),
}


@pytest.mark.parametrize(("scene", "write", "says"), KINDS.values(), ids=KINDS)
def test_what_the_writer_may_not_know_goes_to_the_manager_and_the_rest_goes_out(
    case: Case, scene: Callable[[Case], Case], write: Callable[[Case, str], None], says: str
) -> None:
    scene(case)
    with pytest.raises(SentForChecking) as told:
        write(case, says)
    assert told.value.contact_id == case.contact.pk
    assert told.value.sentence == "Sent for checking: a MASH manager reads this before it goes out. You will be told."
    write(case, CLEAN)


def test_nobody_but_the_leak_check_is_given_what_it_compares(case: Case) -> None:
    case.kind, case.referrer = ReferrerKind.NEIGHBOUR, OLIVE
    gathering(case)
    for who in ("sunita_screener", "saira_worker", "fiona_front", "maeve_manager", "police_researcher"):
        with acting_as(case.who(who).viewer), connection.cursor() as cursor:
            for question, key in (("referrers", [case.contact.pk]), ("items", case.enquiry.pk)):
                cursor.execute(f"SELECT count(*) FROM fw.{question}_to_compare(%s)", [key])
                assert cursor.fetchone() == (0,), f"{who}, {question}"
    with acting_as(CHECKER):
        assert not Contact.objects.exists()


def writer_of(case: Case) -> Author:
    """Return the front door as the author of what they typed."""
    viewer = case.who("fiona_front").viewer
    assert viewer.user_id is not None
    return Author(viewer.user_id, viewer.membership_id)


@pytest.fixture
def held(case: Case, client_of: ClientOf) -> OutgoingText:
    """Return a word to the referrer that holds what only the items say, sent by the front door from its page."""
    ended(case)
    client, where = client_of(case.who("fiona_front")), url("feedback", case.contact.reference)
    page = client.get(where).content
    typed = {"state": "spoken", "whom_to_ring": "The hub", "meanwhile": TOLD, "reason": "By telephone."}
    typed |= {"told_before": hidden(page, "told_before"), "submission_key": hidden(page, "submission_key")}
    answer = client.post(where, typed, headers={"Referer": f"http://testserver{where}"})
    assert (answer.status_code, answer["Location"]) == (302, where)
    after = client.get(where).content.decode()
    assert "Sent for checking: a MASH manager reads this before it goes out." in after
    assert "calls to the home" not in after
    with acting_as(case.manager.viewer):
        return OutgoingText.objects.get()


def test_its_writer_learns_that_it_is_being_checked_and_nothing_has_gone_out(
    case: Case, held: OutgoingText, client_of: ClientOf
) -> None:
    writer = case.who("fiona_front")
    with acting_as(writer.viewer):
        assert (OutgoingText.objects.count(), OutgoingText.objects.visible_to(writer.viewer).count()) == (0, 0)
        assert not case.contact.feedback.exists()
        told = Notice.objects.visible_to(writer.viewer).get(kind="text.being_checked")
        assert (told.subject, told.reference) == (
            f"Sent for checking: your text about {case.contact.reference}",
            case.contact.reference,
        )
    assert kept.kept_by(writer_of(case)) == []
    assert client_of(writer).get(url("text_check", held.reference)).status_code == 404


def test_the_manager_has_two_hours_and_sees_what_it_gives_away(
    case: Case, held: OutgoingText, client_of: ClientOf
) -> None:
    manager = case.manager
    [line] = [one for one in items_of(manager.viewer, at=case.at) if one.section == "decisions.to_check"]
    assert (line.reference, line.url) == (held.reference, url("text_check", held.reference))
    with acting_as(manager.viewer):
        clock = Deadline.objects.get(measure=Measure.CHECKING)
        assert (clock.subject_id, clock.enquiry_id, line.due_at) == (held.pk, None, clock.due_at)
    page = unescape(client_of(manager).get(url("text_check", held.reference)).content.decode())
    assert "what an agency told the hub and did not clear for this: “There were two calls" in page
    assert TOLD in page


def test_put_into_its_form_and_sent_by_the_manager_it_has_gone_out(
    case: Case, held: OutgoingText, client_of: ClientOf
) -> None:
    client, where = client_of(case.manager), url("feedback", case.contact.reference)
    form = client.get(url("text_check", held.reference)).content
    typed = {name: hidden(form, name) for name in ("put_back", "checking", "typed_by", *(key for key, _ in held.pairs))}
    shown = client.post(where, typed).content
    assert "two calls" in shown.decode()
    sent = dict(held.pairs) | {"meanwhile": CLEAN, "told_before": hidden(shown, "told_before")}
    sent |= {"submission_key": hidden(shown, "submission_key"), "typed_by": hidden(shown, "typed_by")}
    assert client.post(where, sent).status_code == 302
    with acting_as(case.manager.viewer):
        held.refresh_from_db()
        assert (held.state, held.settled_by_id) == ("passed", case.manager.membership.pk)
        assert Deadline.objects.get(measure=Measure.CHECKING).met_at is not None
        assert case.contact.feedback.get().meanwhile == CLEAN
    with acting_as(case.who("fiona_front").viewer) as writer:
        assert Notice.objects.visible_to(writer).filter(kind="text.passed", channel="in_app").count() == 1


def test_sent_back_its_writer_finds_it_with_what_to_change(case: Case, held: OutgoingText, client_of: ClientOf) -> None:
    client, where = client_of(case.manager), url("text_sent_back", held.reference)
    assert "There is a problem" in client.post(where, {"version": "1", "text": " "}).content.decode()
    key = hidden(client.get(url("text_check", held.reference)).content, "submission_key")
    said = {"version": "1", "text": "Leave out the police.", "submission_key": key}
    assert client.post(where, said).status_code == 302
    [back] = kept.kept_by(writer_of(case))
    assert back.title == "Sent back by Maeve Connolly: Leave out the police."
    assert (back.action, dict(back.pairs)["meanwhile"]) == (url("feedback", case.contact.reference), TOLD)
    with acting_as(case.manager.viewer):
        assert OutgoingText.objects.get().state == "sent_back"
        assert Deadline.objects.get(measure=Measure.CHECKING).met_at is not None


def test_what_was_typed_since_into_the_same_form_stays_beside_it(case: Case, held: OutgoingText) -> None:
    author = writer_of(case)
    said = {"page": held.path, "action": held.action, "title": "", "membership": ""}
    kept.keep(author, **said, pairs=(("meanwhile", "Something newer."),), at=case.at)
    with acting_as(case.manager.viewer) as manager:
        actions.send_text_back(held, "Leave out the police.", viewer=manager, at=case.at, version=1)
    assert {dict(one.pairs)["meanwhile"] for one in kept.kept_by(author)} == {TOLD, "Something newer."}


def test_a_screener_hands_over_what_names_nobody_whom_they_are_not_shown(case: Case) -> None:
    case.kind, case.referrer = ReferrerKind.NEIGHBOUR, OLIVE
    case.received()
    screener = case.who("sunita_screener").viewer
    with acting_as(screener):
        contact = Contact.objects.get(pk=case.contact.pk)
        found = {one.value for one in unseen_referrers(screener, [contact])}
        assert {"Olive Brandt", "07700 900313"} <= found
    with acting_as(case.manager.viewer) as manager:
        assert unseen_referrers(manager, [contact]) == []


def test_an_agency_may_be_told_of_its_own_and_a_manager_asks_for_nothing(case: Case) -> None:
    gathering(case)
    with acting_as(case.worker.viewer) as worker:
        assert [one.value for one in unseen_items(worker, case.enquiry.pk)] == [NEIGHBOUR]
        assert unseen_items(worker, case.enquiry.pk, agency("police").pk) == []
    with acting_as(case.manager.viewer) as manager:
        assert unseen_items(manager, case.enquiry.pk) == []


@pytest.mark.parametrize(
    ("team", "exit_", "waits"), [("early_help_team", "early_help", True), ("assessment", "strategy", False)]
)
def test_a_handover_waits_for_the_manager_and_a_red_one_goes_and_the_manager_is_told(
    case: Case, team: str, exit_: str, waits: bool
) -> None:
    case.kind, case.referrer = ReferrerKind.NEIGHBOUR, OLIVE
    case.received()
    levels = {one.position: LevelOfNeed.TARGETED for one in case.subjects() if one.kind == PersonKind.CHILD}
    text = "Olive Brandt next door heard the children cry at night. Please assess."
    said = handed_to(team, exit_, handover_text=text, levels=levels)
    with contextlib.nullcontext() if not waits else pytest.raises(SentForChecking):
        screened(case.contact, case.who("sunita_screener"), said, case.at)
    with acting_as(case.manager.viewer) as manager:
        assert Handover.objects.visible_to(manager).count() == (0 if waits else 1)
        told = Notice.objects.visible_to(manager).filter(kind="handover.gone_unchecked", channel="in_app")
        assert told.count() == (0 if waits else 1)


def test_a_text_of_a_red_enquiry_is_checked_within_half_an_hour(case: Case) -> None:
    case.in_mash("red")
    form = HandedIn("/", "/", (("asks", "What?"),))
    with acting_as(case.worker.viewer) as worker:
        actions.hand_in_text(case.contact.pk, form, viewer=worker, at=case.at)
    with acting_as(case.manager.viewer):
        assert Deadline.objects.get(measure=Measure.CHECKING).due_at == case.at + timedelta(minutes=30)
