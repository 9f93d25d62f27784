"""What each role reads of a contact, what earlier contacts show, and how many queries it takes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC
from common.errors import NotPermitted, NotVisible, RuleBroken
from contacts import actions, queries
from contacts.actions import moving
from contacts.choices import MatchReason
from contacts.models import Contact, Report, Subject
from contacts.models import Person as OnRecord
from contacts.queries import ContactFilter, Sought
from contacts.rules.intake import ReportedPerson, ReportedReferrer
from contacts.rules.matching import Described
from mash.worklist import work_of
from screening.actions import assign_social_worker, open_enquiry
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact, intake_of
from tests.contacts.evidence import readings
from tests.people import Person
from tests.work import items_of, todos

LATER = AT + timedelta(hours=1)
BORN = replace(CHILD, date_of_birth=date(2015, 3, 4))

Parts = tuple[bool, bool, int, int]


def seen_by(who: Person, contact: Contact) -> Parts:
    """Return whether report and referrer are shown, and how many people and corrections."""
    with acting_as(who.viewer) as viewer:
        found = queries.get_contact(viewer, contact.reference)
        page = queries.contact_page(viewer, found, at=LATER)
    return page.report is not None, page.referrer is not None, len(page.people), len(page.corrections)


@pytest.mark.parametrize(
    ("who", "private", "parts"),
    [
        ("front_door", True, (True, True, 2, 1)),
        ("mash_manager", True, (True, True, 2, 1)),
        ("screener", True, (True, False, 2, 1)),
        ("screener", False, (True, True, 2, 1)),
    ],
)
def test_parts_of_a_waiting_contact(
    log_contact: LogContact, request: pytest.FixtureRequest, front_door: Person, who: str, private: bool, parts: Parts
) -> None:
    contact = log_contact(referrer=ReportedReferrer(name="Nora Nextdoor", is_private=private))
    with acting_as(front_door.viewer) as viewer:
        actions.correct_contact(contact, "She is eight.", viewer=viewer, at=LATER)
    assert seen_by(request.getfixturevalue(who), contact) == parts


@pytest.mark.parametrize(
    "who",
    [
        "panel_police",
        "social_worker",
        "police_officer",
        "police_lead",
        "health_visitor",
        "assessment_worker",
        "reviewer",
        "auditor",
        "administrator",
        "stranger",
    ],
)
def test_who_does_not_see_a_waiting_contact(log_contact: LogContact, request: pytest.FixtureRequest, who: str) -> None:
    contact = log_contact()
    person: Person = request.getfixturevalue(who)
    with acting_as(person.viewer) as viewer:
        with pytest.raises(NotVisible):
            queries.get_contact(viewer, contact.reference)
        assert not Subject.objects.visible_to(viewer).exists()
    assert items_of(person.viewer, at=AT) == []


@pytest.mark.parametrize(
    ("said", "sees"), [({}, [True, False, False]), ({"immediate_danger": True}, [True, True, False])]
)
def test_the_night_sees_an_arrival_until_the_hub_does_and_danger_until_it_ends(
    log_contact: LogContact,
    front_door: Person,
    mash_manager: Person,
    out_of_hours: Person,
    said: dict[str, bool],
    sees: list[bool],
) -> None:
    contact, seen = log_contact(**said), []

    def look() -> None:
        with acting_as(out_of_hours.viewer) as viewer:
            reports = Report.objects.visible_to(viewer).filter(contact=contact).exists()
            assert reports == Contact.objects.visible_to(viewer).filter(pk=contact.pk).exists()
            assert reports == Contact.objects.filter(pk=contact.pk).exists(), "wall 2"
            seen.append(reports)

    look()
    with acting_as(front_door.viewer) as viewer:
        actions.claim_contact(contact, viewer=viewer, at=AT)
    look()
    with acting_as(mash_manager.viewer) as viewer:
        moving.end_contact(contact, endings={}, viewer=viewer, at=AT)
    look()
    assert seen == sees


def test_the_assigned_social_worker_reads_all_and_another_nothing(
    log_contact: LogContact, mash_manager: Person, social_worker: Person, other_social_worker: Person
) -> None:
    contact = log_contact()
    with acting_as(mash_manager.viewer) as viewer:
        enquiry = open_enquiry(contact, viewer=viewer, at=AT)
        assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=AT)
    assert seen_by(social_worker, contact) == (True, True, 2, 0)
    with acting_as(other_social_worker.viewer) as viewer, pytest.raises(NotVisible):
        queries.get_contact(viewer, contact.reference)


def test_reading_a_report_is_written_down(log_contact: LogContact, front_door: Person, screener: Person) -> None:
    contact = log_contact()
    with readings() as written:
        seen_by(front_door, contact)
        seen_by(screener, contact)
    assert written == [("contact", contact.reference, "")] * 2


def test_an_earlier_contact_is_shown_with_its_reasons(log_contact: LogContact, front_door: Person) -> None:
    earlier = log_contact(people=(BORN, MOTHER), concern="Left alone at night.")
    contact = log_contact(people=(replace(BORN, given_name="Aida", date_of_birth=date(2015, 4, 3)),))
    with acting_as(front_door.viewer) as viewer:
        found = queries.earlier_contacts(viewer, contact)
    line = found.lines[0]
    assert (line.reference, line.concern, line.source) == (
        earlier.reference,
        "Left alone at night.",
        "A neighbour or member of the public",
    )
    assert line.matches[0].reasons == (MatchReason.SWAPPED, MatchReason.NAME, MatchReason.ADDRESS)
    assert found.at_address == []


def test_what_shares_only_the_address_shows_dates_and_no_more(log_contact: LogContact, front_door: Person) -> None:
    log_contact(people=(ReportedPerson(given_name="Zed", family_name="Other"),))
    contact = log_contact(people=(BORN,), at=LATER)
    with acting_as(front_door.viewer) as viewer:
        found = queries.earlier_contacts(viewer, contact)
    assert (found.lines, found.at_address) == ([], [AT])


def test_a_protected_address_is_found_by_nobody(log_contact: LogContact, front_door: Person) -> None:
    log_contact(people=(ReportedPerson(given_name="Zed"),), address_is_protected=True)
    contact = log_contact(people=(BORN,))
    with acting_as(front_door.viewer) as viewer:
        assert queries.earlier_contacts(viewer, contact) == queries.Earlier()


def test_the_full_text_opens_for_a_purpose_that_is_written_down(log_contact: LogContact, front_door: Person) -> None:
    earlier, contact = log_contact(people=(BORN,)), log_contact(people=(BORN,))
    with acting_as(front_door.viewer) as viewer, readings() as written:
        with pytest.raises(RuleBroken) as refused:
            queries.earlier_text(viewer, contact, earlier.reference, purpose="curiosity", at=LATER)
        text = queries.earlier_text(viewer, contact, earlier.reference, purpose="safety", at=LATER)
    assert (refused.value.field, text.report) == ("purpose", intake_of().report)
    assert written == [("earlier_contact", earlier.reference, "safety")]


def test_a_screener_reads_the_concern_of_an_earlier_contact_not_its_report(
    log_contact: LogContact, screener: Person
) -> None:
    earlier, contact = log_contact(people=(BORN,)), log_contact(people=(BORN,))
    with acting_as(screener.viewer, as_of=AT) as viewer:
        text = queries.earlier_text(viewer, contact, earlier.reference, purpose="new_contact", at=LATER)
    assert (text.report, text.contact.concern) == (None, intake_of().concern)


def test_a_contact_that_is_not_shown_does_not_open(log_contact: LogContact, front_door: Person) -> None:
    unlike = log_contact(people=(ReportedPerson(given_name="Zed"),))
    contact = log_contact(people=(BORN,))
    with acting_as(front_door.viewer) as viewer, pytest.raises(NotVisible):
        queries.earlier_text(viewer, contact, unlike.reference, purpose="safety", at=LATER)


def test_those_who_do_not_look_back(
    log_contact: LogContact, front_door: Person, social_worker: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer:
        actions.protect_now(contact, "He is outside.", viewer=viewer, at=AT)
    with acting_as(social_worker.viewer) as viewer:
        with pytest.raises(NotVisible):
            queries.earlier_contacts(viewer, contact)
        with pytest.raises(NotPermitted):
            queries.look_for(viewer, [], address="", at=AT)


def test_earlier_contacts_while_typing(log_contact: LogContact, front_door: Person) -> None:
    earlier = log_contact(people=(BORN,))
    typed = [Sought("Ada", Described("Ada", "Thornbery"))]
    with acting_as(front_door.viewer) as viewer, readings() as written:
        found = queries.look_for(viewer, typed, address="14 elm rd ab12cd", at=LATER)
        nothing = queries.look_for(viewer, [], address="", at=LATER)
    assert [line.reference for line in found.lines] == [earlier.reference]
    assert nothing == queries.Earlier()
    assert written == [("contacts_suggested", "", "new_contact")]


Todo = list[tuple[str, str]]


def todo(who: Person) -> Todo:
    return sorted(todos(who.viewer, "contacts", at=LATER))


def test_what_waits_for_the_front_door(
    log_contact: LogContact, front_door: Person, other_front_door: Person, screener: Person
) -> None:
    new, mine, open_case = log_contact(), log_contact(concern=""), log_contact()
    with acting_as(front_door.viewer) as viewer:
        actions.claim_contact(mine, viewer=viewer, at=AT)
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.pass_on(open_case, endings={}, viewer=viewer, at=AT)
    expected = [(new.reference, "Claim and complete"), (open_case.reference, "Ask the worker to acknowledge")]
    assert todo(other_front_door) == sorted(expected)
    assert todo(front_door) == sorted([*expected, (mine.reference, "Write the concern for sharing")])


def test_protective_work_waits_for_those_who_lead_it(
    log_contact: LogContact, front_door: Person, mash_manager: Person, social_worker: Person, out_of_hours: Person
) -> None:
    with acting_as(front_door.viewer) as viewer:
        protection = actions.protect_now(log_contact(), "He is outside.", viewer=viewer, at=AT).protection
    for person in (mash_manager, social_worker, out_of_hours):
        assert todo(person) == [(protection.reference, "Protect now: convene")]


def test_an_enquiry_whose_referrer_was_never_acknowledged_waits_for_its_social_worker(
    log_contact: LogContact, mash_manager: Person, social_worker: Person
) -> None:
    contact = log_contact()
    log_contact(referrer_kind="anonymous", referrer=ReportedReferrer())
    with acting_as(mash_manager.viewer) as viewer:
        for one in Contact.objects.all():
            enquiry = open_enquiry(one, viewer=viewer, at=AT)
            assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=AT)
    assert todo(social_worker) == [(contact.reference, "Acknowledge to the referrer")]


def test_a_status_tells_only_whoever_holds_the_code(screener: Person) -> None:
    with acting_as(PUBLIC):
        received = actions.receive_public_contact(intake_of(), viewer=PUBLIC, at=AT)
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(received.contact, endings={}, viewer=viewer, at=LATER)
    with acting_as(PUBLIC):
        right = queries.receipt_status(received.reference, received.secret.lower().replace("-", " "))
        wrong = queries.receipt_status(received.reference, "AAAAA-AAAAA")
        absent = queries.receipt_status("R-2222-2222", received.secret)
        nonsense = queries.receipt_status("😀", "")
    assert (right.stage, right.outcome) == ("We have decided what to do", "")
    assert wrong == absent == nonsense == queries.Status(stage="We cannot show an update yet")


Count = Callable[[int], AbstractContextManager[object]]


@pytest.mark.parametrize("count", [2, 10])
def test_query_count_of_the_list(
    log_contact: LogContact, front_door: Person, django_assert_num_queries: Count, count: int
) -> None:
    for _ in range(count):
        log_contact()
    with acting_as(front_door.viewer) as viewer, django_assert_num_queries(7):
        page = queries.contact_list(viewer, ContactFilter(), 1, at=LATER)
        queries.latest_clocks(page, at=AT)
        about = queries.lines_about(viewer, contacts=[one.pk for one in page], at=LATER)
        assert [about.contact(one.pk).first for one in page] == ["Ada Thornbury, age not known"] * count


@pytest.mark.parametrize("count", [2, 10])
def test_query_count_of_the_work(
    log_contact: LogContact, mash_manager: Person, front_door: Person, django_assert_num_queries: Count, count: int
) -> None:
    for _ in range(count):
        with acting_as(front_door.viewer) as viewer:
            actions.protect_now(log_contact(), "He is outside.", viewer=viewer, at=AT)
    for who, statements in ((mash_manager, 7), (front_door, 6)):
        with acting_as(who.viewer) as viewer, django_assert_num_queries(statements):
            assert work_of(viewer, at=AT).count == count


@pytest.mark.parametrize("count", [2, 10])
def test_query_count_of_earlier_contacts(
    log_contact: LogContact, front_door: Person, django_assert_num_queries: Count, count: int
) -> None:
    for _ in range(count):
        log_contact(people=(BORN, MOTHER))
    contact = log_contact(people=(BORN,))
    people = list(contact.subjects.all())
    with acting_as(front_door.viewer) as viewer, django_assert_num_queries(5):
        assert len(queries.earlier_contacts(viewer, contact, people).lines) == count


def test_a_person_on_record_is_seen_with_a_contact_that_is_linked_to_them(
    log_contact: LogContact, front_door: Person, screener: Person, panel_police: Person
) -> None:
    old, new = (log_contact().subjects.get(position=1) for _ in range(2))
    with acting_as(front_door.viewer) as viewer:
        actions.link_person(new, old, matched_on=["name"], viewer=viewer, at=AT)
    seen = {who: OnRecord.objects.visible_to(who.viewer).count() for who in (front_door, screener, panel_police)}
    assert seen == {front_door: 1, screener: 1, panel_police: 0}
