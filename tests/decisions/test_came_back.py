"""A letter or an email that came back is somebody's task with a clock, and ends only when they are told, or why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from audit.models import Event
from clock.choices import Measure
from clock.models import Deadline
from common.errors import NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.models import Contact, Subject
from decisions import actions
from decisions.actions import Remedy, Returned, Word
from decisions.models import CameBack, FamilyLetter, Feedback
from notices.models import Notice
from tests.decisions.pages import hidden, url
from tests.people import ClientOf, Person, person
from tests.scenes.case import Case
from tests.work import items_of

SECTION = "A letter or an email came back: send it again, or tell them in another way"
TODAY = date(2026, 11, 18)
TOLD = Remedy("told", how="in_person", informed_by="Saira Worker", reason="At her door.")


def parent(case: Case, name: str = "Mira") -> Subject:
    return next(one for one in case.subjects() if one.given_name == name)


def posted(case: Case, *, name: str = "Mira", address: str = "") -> FamilyLetter:
    """Post the letter to a parent of an ended contact; a second time, write it again first."""
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        letter = actions.begin_letter(contact, parent(case, name).pk, viewer=viewer, at=case.at)
        to = address or letter.address
        saved = actions.save_letter(
            letter, address=to, text=letter.text, viewer=viewer, at=case.at, version=letter.version
        )
        return actions.send_letter(saved, viewer=viewer, at=case.at, version=saved.version)


def returned(case: Case, letter: FamilyLetter, *, key: str = "fiona_front", stands: str = "gone_away") -> CameBack:
    viewer = case.who(key).viewer
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        what = Returned("letter", TODAY, stands, key=letter.pk)
        return actions.record_return(contact, what, viewer=viewer, at=case.at)


def mail_returned(case: Case, stands: str = "no_such_place") -> CameBack:
    """Tell the referrer by mail, and have it come back."""
    viewer = case.who("fiona_front").viewer
    word = Word("sent", "The hub, 01632 960100", "Go on as you do.")
    with acting_as(viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
        told = actions.give_feedback(contact, word, viewer=viewer, at=case.at, told_before=0)
    with acting_as(CLOCK):
        Notice.objects.filter(kind="feedback.sent").update(sent_at=case.at)
    with acting_as(viewer):
        what = Returned("feedback", TODAY, stands, key=told.pk)
        return actions.record_return(contact, what, viewer=viewer, at=case.at)


def settle(case: Case, row: CameBack, remedy: Remedy, *, key: str = "fiona_front") -> CameBack:
    viewer = case.who(key).viewer
    with acting_as(viewer):
        return actions.settle_return(row, remedy, viewer=viewer, at=case.at)


def waits_for(who: Person, case: Case) -> list[tuple[str, str]]:
    return [(one.reference, one.note) for one in items_of(who.viewer, "decisions", at=case.at) if one.todo == SECTION]


def open_clocks(case: Case) -> list[UUID]:
    with acting_as(CLOCK):
        rows = Deadline.objects.open().filter(measure=Measure.CAME_BACK, subject_id=case.contact.pk)
        return list(rows.values_list("subject_id", flat=True))


def seen_by(who: Person) -> int:
    with acting_as(who.viewer) as viewer:
        assert CameBack.objects.visible_to(viewer).count() == CameBack.objects.count()
        return CameBack.objects.count()


def told_now(case: Case) -> Remedy:
    return replace(TOLD, informed_at=case.at - timedelta(hours=1))


def test_it_waits_for_worker_manager_and_front_door_with_a_clock_and_for_nobody_else(case: Case) -> None:
    case.ended()
    returned(case, posted(case))
    line = [(case.contact.reference, "The letter to a parent")]
    holders = (case.worker, case.manager, case.who("fiona_front"))
    assert [waits_for(who, case) for who in holders] == [line] * 3
    assert open_clocks(case) == [case.contact.pk]
    keys = ("sunita_screener", "police_researcher", "asha_assessment", "omar_nights", "sean_worker", "anton_admin")
    assert {key: seen_by(person(key)) for key in keys} == dict.fromkeys(keys, 0)


def test_those_who_see_to_it_are_told_without_a_name(case: Case) -> None:
    case.ended()
    returned(case, posted(case))
    found = Notice.objects.filter(kind="came_back.recorded")
    told = {(row.membership_id, row.subject, row.path) for row in found}
    path = url("came_back", case.contact.reference)
    holders = {case.worker.membership.pk, case.manager.membership.pk, case.who("fiona_front").membership.pk}
    assert {(row.kind, row.channel) for row in found} == {("came_back.recorded", "in_app")}
    assert {row[1:] for row in told} == {(f"A letter or an email came back: {case.contact.reference}", path)}
    assert holders <= {row[0] for row in told}


def test_the_worker_too_writes_down_that_it_came_back(case: Case) -> None:
    case.ended()
    row = returned(case, posted(case), key="saira_worker", stands="not_fetched")
    event = Event.objects.get(verb="came_back.recorded")
    assert (row.recorded_by_id, event.reference, event.details) == (
        case.worker.membership.pk,
        case.contact.reference,
        {"kind": "letter"},
    )


def test_one_return_is_written_down_once(case: Case) -> None:
    case.ended()
    letter = posted(case)
    returned(case, letter)
    with pytest.raises(StaleRecord):
        returned(case, letter, key="saira_worker")
    assert seen_by(case.manager) == 1


@pytest.mark.parametrize(
    ("day", "stands", "words", "field"),
    [
        (TODAY + timedelta(days=1), "gone_away", "", "came_back_on"),
        (TODAY - timedelta(days=1), "gone_away", "", "came_back_on"),
        (TODAY, "eaten", "", "stands_on_it"),
        (TODAY, "other", " ", "words"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(case: Case, day: date, stands: str, words: str, field: str) -> None:
    case.ended()
    letter = posted(case)
    viewer = case.who("fiona_front").viewer
    what = Returned("letter", day, stands, words, key=letter.pk)
    with acting_as(viewer), pytest.raises(RuleBroken) as broken:
        actions.record_return(case.contact, what, viewer=viewer, at=case.at)
    assert broken.value.field == field


def test_only_what_was_posted_comes_back(case: Case) -> None:
    case.ended()
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        draft = actions.begin_letter(case.contact, parent(case).pk, viewer=viewer, at=case.at)
    with pytest.raises(NotVisible):
        returned(case, draft)


@pytest.mark.parametrize(("key", "error"), [("sunita_screener", NotPermitted), ("sean_worker", NotVisible)])
def test_who_does_not_see_the_letter_neither_records_nor_settles(case: Case, key: str, error: type[Exception]) -> None:
    case.ended()
    letter = posted(case)
    with acting_as(case.who("fiona_front").viewer):
        contact = Contact.objects.get(pk=case.contact.pk)
    viewer = case.who(key).viewer
    what = Returned("letter", TODAY, "gone_away", key=letter.pk)
    with acting_as(viewer), pytest.raises(error):
        actions.record_return(contact, what, viewer=viewer, at=case.at)
    row = returned(case, letter)
    with pytest.raises(error):
        settle(case, row, told_now(case), key=key)


def test_written_again_to_another_address_it_is_settled_with_the_posting(case: Case) -> None:
    case.ended()
    first = posted(case)
    row = returned(case, first)
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        draft = actions.begin_letter(case.contact, parent(case).pk, viewer=viewer, at=case.at)
        assert (draft.pk != first.pk, draft.state, draft.text) == (True, "draft", first.text)
        with pytest.raises(RuleBroken, match="came back: moved away") as broken:
            actions.send_letter(draft, viewer=viewer, at=case.at, version=1)
        assert broken.value.field == "address"
    assert waits_for(case.worker, case) != []
    posted(case, address="2 Hill Road, Aldermere")
    with acting_as(viewer):
        row.refresh_from_db()
        first.refresh_from_db()
    assert (row.way, row.settled_at, row.settled_by_id) == ("tried_again", case.at, viewer.membership_id)
    assert (first.state, first.sent_at) == ("sent", case.at)
    assert (waits_for(case.worker, case), open_clocks(case)) == ([], [])


def test_what_was_not_called_for_may_go_to_the_same_address_and_may_come_back_again(case: Case) -> None:
    case.ended()
    returned(case, posted(case), stands="not_fetched")
    second = posted(case)
    returned(case, second, stands="not_fetched")
    assert (seen_by(case.manager), len(waits_for(case.manager, case)), open_clocks(case)) == (
        2,
        1,
        [case.contact.pk],
    )


def test_held_back_instead_it_says_why(case: Case) -> None:
    case.ended()
    row = returned(case, posted(case))
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        draft = actions.begin_letter(case.contact, parent(case).pk, viewer=viewer, at=case.at)
        actions.hold_letter_back(draft, "He opens her post.", viewer=viewer, at=case.at, version=1)
        row.refresh_from_db()
    assert (row.way, row.reason, open_clocks(case)) == ("not_needed", "He opens her post.", [])


def test_a_letter_is_not_sent_again_where_post_is_not_safe(case: Case) -> None:
    case.ended()
    row = returned(case, posted(case), stands="not_fetched")
    with acting_as(case.who("fiona_front").viewer):
        mother = parent(case)
        mother.safe_by = ["telephone"]
        mother.save(update_fields=["safe_by"])
    with pytest.raises(RuleBroken, match="not safe"):
        posted(case)
    unsafe = replace(told_now(case), how="text")
    with pytest.raises(RuleBroken, match="not safe") as broken:
        settle(case, row, unsafe)
    assert broken.value.field == "how"
    assert settle(case, row, replace(unsafe, how="telephone")).way == "told"


def test_told_in_person_by_the_worker_it_is_settled(case: Case) -> None:
    case.ended()
    row = settle(case, returned(case, posted(case)), told_now(case), key="saira_worker")
    assert (row.way, row.how, row.informed_by, row.reason) == ("told", "in_person", "Saira Worker", "At her door.")
    assert (waits_for(case.manager, case), open_clocks(case)) == ([], [])
    with pytest.raises(StaleRecord):
        settle(case, row, told_now(case))


@pytest.mark.parametrize(
    ("remedy", "field"),
    [
        (Remedy(""), "way"),
        (Remedy("tried_again"), "way"),
        (TOLD, "informed_at"),
        (replace(TOLD, how=""), "how"),
        (Remedy("not_needed"), "reason"),
    ],
)
def test_what_is_missing_of_the_remedy_is_said(case: Case, remedy: Remedy, field: str) -> None:
    case.ended()
    row = returned(case, posted(case))
    with pytest.raises(RuleBroken) as broken:
        settle(case, row, remedy)
    assert broken.value.field == field


def test_two_returns_of_a_contact_keep_one_clock_until_both_are_seen_to(case: Case) -> None:
    case.ended()
    first, second = returned(case, posted(case)), returned(case, posted(case, name="Tom"))
    settle(case, first, told_now(case))
    assert open_clocks(case) == [case.contact.pk]
    settle(case, second, Remedy("not_needed", reason="He has died."))
    assert open_clocks(case) == []


def test_a_mail_to_the_referrer_is_sent_once_more_to_another_address(case: Case) -> None:
    case.ended()
    row = mail_returned(case)
    with pytest.raises(RuleBroken) as broken:
        settle(case, row, Remedy("tried_again"))
    assert broken.value.field == "address"
    settle(case, row, Remedy("tried_again", address="office@hill.invalid"))
    mail = Notice.objects.get(kind="feedback.sent")
    assert (mail.to_address, mail.sent_at, mail.attempts) == ("office@hill.invalid", None, 0)
    assert open_clocks(case) == []


def test_a_mail_is_not_sent_once_more_where_email_is_not_safe(case: Case) -> None:
    case.ended()
    row = mail_returned(case, "not_fetched")
    with acting_as(case.who("fiona_front").viewer):
        case.contact.referrer.safe_by = ["telephone"]
        case.contact.referrer.save(update_fields=["safe_by"])
    with pytest.raises(RuleBroken, match="not safe"):
        settle(case, row, Remedy("tried_again"))
    assert Notice.objects.get(kind="feedback.sent").sent_at == case.at


@pytest.mark.parametrize(
    ("word", "way"),
    [
        (Word("spoken", "The hub", "Go on.", "Rang at ten."), "told"),
        (Word("held_back", reason="It would raise the risk."), "not_needed"),
        (Word("sent", "The hub", "Go on."), "tried_again"),
    ],
)
def test_telling_the_referrer_anew_settles_what_came_back(case: Case, word: Word, way: str) -> None:
    case.ended()
    row = mail_returned(case)
    viewer = case.who("fiona_front").viewer
    with acting_as(viewer):
        actions.give_feedback(case.contact, word, viewer=viewer, at=case.at, told_before=1)
        row.refresh_from_db()
        assert Feedback.objects.count() == 2
    assert (row.way, open_clocks(case)) == (way, [])


# As the recipient: the page, from the list.


def test_front_door_records_it_and_the_worker_settles_it_on_the_page(case: Case, client_of: ClientOf) -> None:
    case.ended()
    letter = posted(case)
    page, record = url("came_back", case.contact.reference), url("record_came_back", case.contact.reference)
    front: Client = client_of(case.who("fiona_front"))
    assert page in front.get(url("letters", case.contact.reference)).content.decode()
    form = front.get(record).content
    said = {
        "submission_key": hidden(form, "submission_key"),
        "what": f"letter:{letter.pk}",
        "came_back_on_day": "18",
        "came_back_on_month": "11",
        "came_back_on_year": "2026",
        "stands_on_it": "gone_away",
    }
    answer = front.post(record, said)
    assert (answer.status_code, answer.headers.get("Location")) == (302, page)
    worker: Client = client_of(case.worker)
    assert page in worker.get("/work/").content.decode()
    shown = worker.get(page).content
    assert f"Letter {letter.reference} to Mira Quill" in shown.decode()
    assert "Moved away" in shown.decode()
    assert "Write the letter again" not in shown.decode()
    assert "Write the letter again" in front.get(page).content.decode()
    done = {
        "row": hidden(shown, "row"),
        "submission_key": hidden(shown, "submission_key"),
        "way": "not_needed",
        "reason": "She was in the room when it was decided.",
    }
    assert worker.post(page, done).status_code == 302
    assert "She was in the room when it was decided." in front.get(page).content.decode()
    assert page not in worker.get("/work/").content.decode()


def test_the_page_is_for_those_alone_who_may_see_the_letter(case: Case, client_of: ClientOf) -> None:
    case.ended()
    returned(case, posted(case))
    for key in ("police_researcher", "sunita_screener", "sean_worker", "asha_assessment", "omar_nights", "anton_admin"):
        for name in ("came_back", "record_came_back"):
            assert client_of(person(key)).get(url(name, case.contact.reference)).status_code == 404, key
