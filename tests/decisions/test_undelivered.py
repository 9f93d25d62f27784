"""A message about a child that did not arrive is a task of those who answer for the child, with ways to end it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

import contacts.actions
import notices.actions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from audit.models import Event
from clock.choices import Measure
from clock.models import Deadline
from common.errors import NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts.rules.intake import ReportedReferrer
from decisions import actions
from decisions.actions import Remedy
from decisions.models import Undelivered
from notices.actions import Message
from notices.choices import Channel
from notices.models import DeadLetter, Notice
from tests.decisions.pages import hidden, url
from tests.logins import logged_in_as
from tests.notices.conftest import Postbox, postbox
from tests.people import ClientOf, Person, person
from tests.scenes.case import Case
from tests.scenes.stages import assigned
from tests.work import items_of, todos

__all__ = ["postbox"]

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = "head@school.invalid"
SECTION = "A message did not arrive: see that they are told"
TOLD = Remedy("told", how="telephone", informed_by="Fiona Front", reason="The head knows.")


@pytest.fixture
def case(at: datetime) -> Case:
    """Return a case before nobody; its rows are written for good, so that the sender of mail sees them."""
    return Case(at)


def fails(postbox: Postbox, address: str, at: datetime) -> None:
    """Have all mail to an address refused for good, and whoever answers for the child told of it."""
    postbox.refusals[address] = "550 no such mailbox"
    with logged_in_as("mash_sweep"):
        notices.actions.send_waiting(viewer=CLOCK, at=at)
        actions.tell_undelivered(viewer=CLOCK, at=at)


def receipt_fails(case: Case, postbox: Postbox, reference: str = "") -> None:
    message = Message("receipt.sent", "S", "B", reference=reference or case.contact.reference, staff_path="/")
    with acting_as(CLOCK):
        notices.actions.notify_address(message, HEAD, at=case.at)
    fails(postbox, HEAD, case.at)


def mail_fails(case: Case, postbox: Postbox, who: Person, kind: str, reference: str) -> None:
    message = Message(kind, "S", "B", reference=reference)
    with acting_as(CLOCK):
        to = [who.membership.pk]
        notices.actions.notify(message, memberships=to, at=case.at, channels=[Channel.MAIL])
    fails(postbox, who.user.email, case.at)


def seen_by(who: Person) -> list[str]:
    with acting_as(who.viewer) as viewer:
        return list(Undelivered.objects.visible_to(viewer).values_list("reference", flat=True))


def waits_for(who: Person, case: Case) -> list[str]:
    return [reference for reference, todo in todos(who.viewer, "decisions", at=case.at) if todo == SECTION]


def open_clocks() -> list[tuple[str, str]]:
    with acting_as(CLOCK):
        rows = Deadline.objects.open().filter(measure=Measure.UNDELIVERED)
        return list(rows.values_list("subject_reference", "colour"))


def see_to(case: Case, who: Person, remedy: Remedy) -> Undelivered:
    with acting_as(who.viewer):
        message = Undelivered.objects.get()
        return actions.see_to(message, remedy, viewer=who.viewer, at=case.at)


def test_a_receipt_that_failed_waits_for_worker_manager_and_front_door_with_a_clock(
    case: Case, postbox: Postbox
) -> None:
    case.in_mash("red")
    receipt_fails(case, postbox)
    enquiry = case.enquiry.reference
    front_door = person("fiona_front")
    assert [waits_for(who, case) for who in (case.worker, case.manager, front_door)] == [[enquiry]] * 3
    assert open_clocks() == [(enquiry, "red")]
    others = [person(key) for key in ("sunita_screener", "police_researcher", "police_lead", "anton_admin")]
    assert [seen_by(who) for who in others] == [[], [], [], []]


def test_before_an_enquiry_it_is_the_front_doors_and_the_managers(case: Case, postbox: Postbox) -> None:
    case.received()
    receipt_fails(case, postbox)
    reference = case.contact.reference
    assert [waits_for(who, case) for who in (person("fiona_front"), case.manager)] == [[reference], [reference]]
    assert seen_by(case.worker) == []


def test_a_missed_deadline_of_which_a_colleague_was_not_told_is_not_the_administrators_alone(
    case: Case, postbox: Postbox
) -> None:
    case.in_mash()
    request = case.asked()
    researcher = person("police_researcher")
    mail_fails(case, postbox, researcher, "deadline.missed", request.reference)
    enquiry = case.enquiry.reference
    assert [waits_for(who, case) for who in (case.worker, case.manager)] == [[enquiry], [enquiry]]
    assert [seen_by(who) for who in (person("fiona_front"), researcher)] == [[], []]
    with acting_as(person("anton_admin").viewer) as viewer:
        assert set(DeadLetter.objects.visible_to(viewer).values_list("reference", flat=True)) == {""}
    with acting_as(case.worker.viewer):
        told = Notice.objects.filter(kind="undelivered.noted").values_list("subject", "channel")
        assert list(told) == [(f"A message did not arrive: {enquiry}", "in_app")]


def test_a_message_of_an_enquiry_is_about_its_children_and_their_danger(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    mail_fails(case, postbox, person("police_researcher"), "deadline.missed", case.asked().reference)
    front_door = person("fiona_front").viewer
    with acting_as(front_door):
        contacts.actions.amend_contact(case.contact, {"immediate_danger": True}, viewer=front_door, at=case.at)
    (line,) = [one for one in items_of(case.worker.viewer, "decisions", at=case.at) if one.todo == SECTION]
    assert (line.reference, line.people.first, line.people.danger_words) == (
        case.enquiry.reference,
        "Ana Quill, 9",
        "Somebody said that a child is in danger now",
    )


def test_of_one_colleague_and_case_there_is_one_task_however_many_mails_fail(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    for kind in ("deadline.missed", "enquiry.rerated"):
        mail_fails(case, postbox, case.worker, kind, case.enquiry.reference)
    assert seen_by(case.manager) == [case.enquiry.reference]


@pytest.mark.parametrize(
    "kind", ["enquiry.confidential", "instruction.waits", "staff_match.found", "conflict.declared", "deadline.near"]
)
def test_what_only_some_may_know_and_what_merely_warns_is_nobodys_task(case: Case, postbox: Postbox, kind: str) -> None:
    case.in_mash()
    mail_fails(case, postbox, person("gp_researcher"), kind, case.enquiry.reference)
    assert (DeadLetter.objects.get().kind, seen_by(case.manager), open_clocks()) == (kind, [], [])


def test_lateness_in_this_makes_no_further_task(case: Case, postbox: Postbox) -> None:
    case.in_mash("red")
    receipt_fails(case, postbox)
    later = case.at + timedelta(hours=2)
    with logged_in_as("mash_sweep"):
        notices.actions.sweep(viewer=CLOCK, at=later)
    fails(postbox, case.manager.user.email, later)
    with acting_as(CLOCK):
        late = Deadline.objects.get(measure=Measure.UNDELIVERED)
        letters = [row.notice.dedupe.split(":")[1] for row in DeadLetter.objects.select_related("notice")]
        assert {str(key) for key in late.escalations.values_list("pk", flat=True)} & set(letters) != set()
        assert [row.kind for row in Undelivered.objects.all()] == ["receipt.sent"]


def test_it_is_sent_again_with_the_right_address(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    see_to(case, case.worker, Remedy("tried_again", address="office@school.invalid"))
    with logged_in_as("mash_sweep"):
        notices.actions.send_waiting(viewer=CLOCK, at=case.at)
    assert ("office@school.invalid" in postbox.recipients, HEAD in postbox.recipients) == (True, False)
    assert (waits_for(case.manager, case), open_clocks()) == ([], [])
    event = Event.objects.get(verb="undelivered.seen_to")
    assert (event.reference, event.details, event.membership_id) == (
        case.enquiry.reference,
        {"way": "tried_again"},
        case.worker.membership.pk,
    )


def test_told_in_another_way_it_says_when_how_and_by_whom(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    said = Remedy(**{**TOLD.__dict__, "informed_at": case.at - timedelta(minutes=5)})
    see_to(case, person("fiona_front"), said)
    with acting_as(case.manager.viewer):
        row = Undelivered.objects.get()
    assert (row.way, row.how, row.informed_at, row.informed_by, row.reason) == (
        "told",
        "telephone",
        case.at - timedelta(minutes=5),
        "Fiona Front",
        "The head knows.",
    )
    with acting_as(person("fiona_front").viewer) as viewer:
        assert DeadLetter.objects.visible_to(viewer).open().count() == 0
    with pytest.raises(StaleRecord):
        see_to(case, case.manager, said)


@pytest.mark.parametrize(
    ("remedy", "field"),
    [
        (Remedy(""), "way"),
        (TOLD, "informed_at"),
        (Remedy("told", informed_by="F"), "how"),
        (Remedy("not_needed"), "reason"),
        (Remedy("tried_again", address="head at school"), "address"),
    ],
)
def test_what_is_missing_is_said(case: Case, postbox: Postbox, remedy: Remedy, field: str) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    with pytest.raises(RuleBroken) as refused:
        see_to(case, case.manager, remedy)
    assert refused.value.field == field


def test_tried_again_on_the_page_of_notices_it_ends_here_too(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    viewer = person("fiona_front").viewer
    with acting_as(viewer):
        notices.actions.retry_mail(DeadLetter.objects.get().pk, viewer=viewer, at=case.at)
    with acting_as(case.manager.viewer):
        row = Undelivered.objects.get()
    assert (row.way, row.settled_at, row.settled_by_id) == ("tried_again", case.at, viewer.membership_id)
    actions.tell_undelivered(viewer=CLOCK, at=case.at)
    assert (waits_for(case.worker, case), open_clocks()) == ([], [])


def test_it_passes_on_with_the_enquiry(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    other = person("sean_worker")
    assigned(case.again(), other, case.manager, case.at)
    assert (seen_by(case.worker), seen_by(other)) == ([], [case.enquiry.reference])


def test_who_does_not_answer_for_the_child_settles_nothing(case: Case, postbox: Postbox) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    with acting_as(CLOCK):
        message = Undelivered.objects.get()
    for key, error in (("police_lead", NotPermitted), ("sean_worker", NotVisible)):
        viewer = person(key).viewer
        with acting_as(viewer), pytest.raises(error):
            actions.see_to(message, Remedy("not_needed", reason="x"), viewer=viewer, at=case.at)


def test_the_page_says_to_whom_what_and_why_and_takes_the_answer(
    case: Case, postbox: Postbox, client_of: ClientOf
) -> None:
    case.in_mash()
    receipt_fails(case, postbox)
    page = url("undelivered", case.enquiry.reference)
    for key in ("police_researcher", "sunita_screener", "sean_worker", "anton_admin"):
        assert client_of(person(key)).get(page).status_code == 404, key
    client: Client = client_of(case.worker)
    shown = client.get(page).content.decode()
    assert "The receipt: that what they told us has arrived" in shown
    assert "The email server refused it for good" in shown
    assert HEAD not in shown
    answer = {
        "row": hidden(shown.encode(), "row"),
        "submission_key": hidden(shown.encode(), "submission_key"),
        "way": "not_needed",
        "reason": "The head was in the room.",
    }
    assert client.post(page, answer).status_code == 302
    assert "The head was in the room." in client.get(page).content.decode()


def test_the_page_of_a_colleagues_message_offers_no_address(case: Case, postbox: Postbox, client_of: ClientOf) -> None:
    case.in_mash()
    researcher = person("police_researcher")
    mail_fails(case, postbox, researcher, "deadline.missed", case.asked().reference)
    shown = client_of(case.manager).get(url("undelivered", case.enquiry.reference)).content.decode()
    assert f"{researcher.user.name}, " in shown
    assert ("_address" in shown, "_informed_at" in shown, researcher.user.email in shown) == (False, True, False)


def test_a_receipt_is_not_tried_again_once_email_is_not_safe(
    case: Case, postbox: Postbox, administrator: Person
) -> None:
    case.received()
    receipt_fails(case, postbox)
    letter = DeadLetter.objects.get()
    never = ReportedReferrer(name="Head", email=HEAD, safe_by=["never"])
    with acting_as(case.who("fiona_front").viewer) as viewer:
        contacts.actions.amend_contact(case.contact, {}, viewer=viewer, at=case.at, referrer=never)
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken, match="taken back"):
        notices.actions.retry_mail(letter.pk, viewer=viewer, at=case.at)
