"""What each person is shown at this stage, and what they are not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from audit.actions import record
from clock.actions import start_deadline
from clock.choices import Measure, Start
from clock.models import Deadline
from clock.rules.subject import Subject as About
from common.errors import NotPermitted, NotVisible
from contacts.actions import amend_contact, protect_now, record_whereabouts
from contacts.models import Contact, Person, PersonLink, Subject
from contacts.queries import enquiries_of_same_people
from notices.models import Notice
from screening import actions, queries
from screening.models import Enquiry, Handover, Rating, Screening, ScreeningReasons
from screening.queries import EnquiryFilter
from screening.queries.activity import actor_name, sentence
from tests import work
from tests.people import Person as Somebody
from tests.scenes import screening as cases
from tests.scenes.stages import screened

pytestmark = pytest.mark.django_db


def todos(who: Somebody, at: datetime) -> list[tuple[str, str]]:
    return work.todos(who.viewer, "screening", "sharing", at=at)


def offered(who: Somebody, contact: Contact) -> list[Enquiry]:
    with acting_as(who.viewer):
        return queries.joinable_enquiries(who.viewer, contact)


def test_nothing_waits_for_those_who_do_not_screen(
    contact: Contact, enquiry: Enquiry, handover: Handover, police_officer: Somebody, auditor: Somebody, at: datetime
) -> None:
    for who in (police_officer, auditor):
        assert todos(who, at) == []


def test_the_screener_screens(contact: Contact, enquiry: Enquiry, screener: Somebody, at: datetime) -> None:
    assert todos(screener, at) == [(contact.reference, "Screen")]


def test_the_manager_rates_then_assigns(
    enquiry: Enquiry, mash_manager: Somebody, social_worker: Somebody, at: datetime
) -> None:
    viewer = mash_manager.viewer
    assert todos(mash_manager, at) == [(enquiry.reference, "Rate")]
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "amber", viewer=viewer, at=at)
    record = (enquiry.reference, "Record whether the family agrees: no agency may be asked before")
    assert todos(mash_manager, at) == [(enquiry.reference, "Assign a social worker"), record]
    with acting_as(viewer):
        actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=at)
    assert todos(mash_manager, at) == [record]
    assert todos(social_worker, at) == [(enquiry.reference, "Gather information, then recommend")]


def test_the_team_accepts(
    handover: Handover, early_help_worker: Somebody, assessment_worker: Somebody, at: datetime
) -> None:
    assert todos(early_help_worker, at) == [(handover.reference, "Accept, ask or decline a handover")]
    assert todos(assessment_worker, at) == []


def test_the_panels_todo_follows_the_views(
    contact: Contact,
    screener: Somebody,
    panel_police: Somebody,
    mash_manager: Somebody,
    administrator: Somebody,
    at: datetime,
) -> None:
    cases.with_panel_of_several(administrator)
    with acting_as(screener.viewer):
        actions.send_to_panel(contact, viewer=screener.viewer, at=at)
    assert todos(panel_police, at) == [(contact.reference, "Give your agency's view")]
    assert todos(mash_manager, at) == []
    for who, exit_ in ((panel_police, "mash"), (screener, "mash")):
        with acting_as(who.viewer):
            actions.give_view(contact, exit_, "More than one of us knows them.", viewer=who.viewer, at=at)
    assert todos(panel_police, at) == []
    assert todos(screener, at) == [(contact.reference, "Record the joint decision")]
    with acting_as(panel_police.viewer):
        actions.give_view(contact, "advice", "It was explained to us today.", viewer=panel_police.viewer, at=at)
    assert todos(screener, at) == [(contact.reference, "The views differ: put it to the manager")]
    with acting_as(screener.viewer):
        actions.put_to_manager(contact, viewer=screener.viewer, at=at)
    assert todos(mash_manager, at) == [(contact.reference, "Decide: the panel has put it to you")]
    assert todos(screener, at) == []


# Who sees which row


def test_reasons_and_ratings_are_not_the_front_doors(
    enquiry: Enquiry, front_door: Somebody, screener: Somebody, mash_manager: Somebody, at: datetime
) -> None:
    with acting_as(mash_manager.viewer):
        actions.rate_enquiry(enquiry, "red", reason="As said by telephone.", viewer=mash_manager.viewer, at=at)
    seen = {
        who.viewer.name: (
            ScreeningReasons.objects.visible_to(who.viewer).count(),
            Rating.objects.visible_to(who.viewer).count(),
            Enquiry.objects.visible_to(who.viewer).count(),
        )
        for who in (front_door, screener, mash_manager)
    }
    assert seen == {
        front_door.viewer.name: (0, 0, 1),
        screener.viewer.name: (1, 0, 1),
        mash_manager.viewer.name: (1, 1, 1),
    }


def test_a_screener_keeps_sight_to_the_next_working_day(
    contact: Contact, screener: Somebody, panel_police: Somebody, at: datetime
) -> None:
    screened(contact, screener, cases.decision("mash"), at)
    assert Screening.objects.visible_to(screener.viewer).count() == 1
    assert not Screening.objects.visible_to(panel_police.viewer).exists()
    contact.refresh_from_db()
    contact.screeners_see_until = at - timedelta(minutes=1)
    contact.save(update_fields=["screeners_see_until"])
    assert not Screening.objects.visible_to(screener.viewer).exists()
    with acting_as(screener.viewer), pytest.raises(NotVisible):
        queries.screening_page(screener.viewer, contact.reference, at=at)


def test_nobody_elses_list(enquiry: Enquiry, police_officer: Somebody, administrator: Somebody) -> None:
    for who in (police_officer, administrator):
        assert queries.enquiry_list(who.viewer, EnquiryFilter()).object_list == []


# A second contact of the same people


def _linked(first: Contact, second: Contact, who: Somebody, at: datetime) -> None:
    person = Person.objects.create(given_name="Tamsin")
    for contact in (first, second):
        child = Subject.objects.get(contact=contact, position=1)
        child.person = person
        child.save(update_fields=["person"])
        PersonLink.objects.create(subject=child, person=person, linked_at=at, linked_by=who.membership)


def test_a_running_enquiry_of_the_same_child_is_offered(
    contact: Contact, enquiry: Enquiry, front_door: Somebody, screener: Somebody, at: datetime
) -> None:
    assert offered(screener, contact) == []
    _linked(Contact.objects.get(enquiry_id=enquiry.pk), contact, front_door, at)
    assert offered(screener, contact) == [enquiry]
    for who in (front_door, screener):
        with acting_as(who.viewer):
            assert queries.waiting_contacts(who.viewer, enquiry) == [contact]


@pytest.mark.parametrize("who", ["social_worker", "police_officer", "panel_police", "assessment_worker", "auditor"])
def test_whoever_does_not_screen_the_contact_learns_of_no_enquiry(
    contact: Contact,
    enquiry: Enquiry,
    front_door: Somebody,
    at: datetime,
    who: str,
    request: pytest.FixtureRequest,
) -> None:
    _linked(Contact.objects.get(enquiry_id=enquiry.pk), contact, front_door, at)
    somebody: Somebody = request.getfixturevalue(who)
    assert offered(somebody, contact) == []
    with acting_as(somebody.viewer):
        assert enquiries_of_same_people(contact) == []


def test_the_clock_knows_each_child_of_the_enquiry_whoever_joins_a_contact(
    contact: Contact, enquiry: Enquiry, front_door: Somebody, mash_manager: Somebody, screener: Somebody, at: datetime
) -> None:
    first = Contact.objects.get(enquiry_id=enquiry.pk)
    _linked(first, contact, front_door, at)
    safe_until = at + timedelta(hours=3)
    with acting_as(mash_manager.viewer) as viewer:
        protection = protect_now(first, "He is at the door.", viewer=viewer, at=at).protection
        child = Subject.objects.get(contact=first, position=1)
        record_whereabouts(
            protection, child, place="Her aunt's", with_whom="Jo", safe_until=safe_until, viewer=viewer, at=at
        )
        actions.rate_enquiry(enquiry, "amber", viewer=viewer, at=at)
        bounded = Deadline.objects.get(subject_id=enquiry.pk, measure="decision", met_at=None, cancelled_at=None)
    screened(contact, screener, cases.decision("mash", joins=enquiry), at)
    with acting_as(mash_manager.viewer):
        after = Deadline.objects.get(subject_id=enquiry.pk, measure="decision", met_at=None, cancelled_at=None)
    assert (bounded.safe_until, after.safe_until) == (safe_until, safe_until)


def test_the_form_joins_what_it_offered(
    contact: Contact, enquiry: Enquiry, front_door: Somebody, screener: Somebody, at: datetime
) -> None:
    _linked(Contact.objects.get(enquiry_id=enquiry.pk), contact, front_door, at)
    assert offered(screener, contact) == [enquiry]
    screened(contact, screener, cases.decision("mash", joins=enquiry), at)
    contact.refresh_from_db()
    assert (contact.enquiry_id, Enquiry.objects.count()) == (enquiry.pk, 1)


# Columns that the database copies


def test_a_crime_that_turns_up_reaches_the_enquiry(enquiry: Enquiry, front_door: Somebody, at: datetime) -> None:
    contact = Contact.objects.get(enquiry_id=enquiry.pk)
    for possible in (True, None, False):
        with acting_as(front_door.viewer):
            amend_contact(contact, {"crime_possible": possible}, viewer=front_door.viewer, at=at)
        enquiry.refresh_from_db()
        assert enquiry.crime_possible is possible


def test_what_is_due_next_is_carried(enquiry: Enquiry, mash_manager: Somebody, at: datetime) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "red", viewer=viewer, at=at)
        actions.mark_decided(enquiry, viewer=viewer, at=at)
        enquiry.refresh_from_db()
        assert enquiry.due_at is None
        about = About("release", enquiry.pk, "Y-2222-2222", enquiry.pk, enquiry.reference, case_id=enquiry.pk)
        accept = start_deadline(about, Measure.ACCEPTANCE, colour="red", moments={Start.SENDING: at}, at=at)
    enquiry.refresh_from_db()
    assert enquiry.due_at == accept.due_at


# Activity


def test_activity_says_who_and_what_and_nothing_else(
    enquiry: Enquiry, mash_manager: Somebody, social_worker: Somebody, front_door: Somebody, at: datetime
) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "red", reason="Only in the reasons.", viewer=viewer, at=at)
        actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=at)
        rows = queries.enquiry_activity(viewer, enquiry, page=1).rows
    said = {(row.what, row.who) for row in rows}
    assert ("Enquiry rated", mash_manager.user.name) in said
    assert ("Enquiry assigned", mash_manager.user.name) in said
    assert "Only in the reasons." not in repr(rows)
    with pytest.raises(NotPermitted):
        queries.enquiry_activity(front_door.viewer, enquiry, page=1)


SEALED_EVENTS = [
    ("item.sealed", "information_sharing.item", {}),
    ("request.item_added", "information_sharing.informationrequest", {}),
    ("instruction.agreed", "information_sharing.safetyinstruction", {}),
    ("request.answer_confirmed", "information_sharing.informationrequest", {"handling": "manager_only"}),
]


@pytest.mark.parametrize(("verb", "kind", "details"), SEALED_EVENTS)
def test_deposits_of_confidential_information_are_the_managers_alone(
    enquiry: Enquiry,
    mash_manager: Somebody,
    social_worker: Somebody,
    police_officer: Somebody,
    at: datetime,
    verb: str,
    kind: str,
    details: dict[str, str],
) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.rate_enquiry(enquiry, "red", viewer=viewer, at=at)
        actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=at)
    record(
        verb,
        actor=police_officer.viewer,
        at=at,
        record_type=kind,
        record_id=enquiry.pk,
        enquiry_id=enquiry.pk,
        details=details,
    )
    enquiry.refresh_from_db()
    shown = {}
    for who in (mash_manager, social_worker):
        with acting_as(who.viewer):
            rows = queries.enquiry_activity(who.viewer, enquiry, page=1).rows
        shown[who.viewer.name] = [row.what for row in rows]
    assert sentence(verb) in shown[mash_manager.viewer.name]
    assert sentence(verb) not in shown[social_worker.viewer.name]
    assert "Enquiry rated" in shown[social_worker.viewer.name]


def test_pages_of_activity(enquiry: Enquiry, mash_manager: Somebody, at: datetime) -> None:
    for _ in range(60):
        record(
            "enquiry.looked_at",
            actor=mash_manager.viewer,
            at=at,
            record_type="screening.enquiry",
            record_id=enquiry.pk,
            enquiry_id=enquiry.pk,
        )
    with acting_as(mash_manager.viewer):
        first = queries.enquiry_activity(mash_manager.viewer, enquiry, page=1)
        second = queries.enquiry_activity(mash_manager.viewer, enquiry, page=2)
    assert (len(first.rows), first.has_next, first.has_previous) == (50, True, False)
    assert (second.has_next, second.has_previous) == (False, True)


def test_the_social_worker_is_told_what_changes(
    enquiry: Enquiry, contact: Contact, mash_manager: Somebody, social_worker: Somebody, at: datetime
) -> None:
    viewer = mash_manager.viewer
    with acting_as(viewer):
        actions.assign_social_worker(enquiry, social_worker.membership.pk, viewer=viewer, at=at)
        actions.rate_enquiry(enquiry, "green", viewer=viewer, at=at)
        actions.rerate_enquiry(enquiry, "red", reason="The police know more now.", viewer=viewer, at=at)
        own = at + timedelta(minutes=45)
        actions.set_own_deadline(enquiry, own, reason="Court sits this noon.", viewer=viewer, at=at)
        actions.join_enquiry(enquiry, contact, viewer=viewer, at=at)
    told = Notice.objects.filter(membership_id=social_worker.membership.pk).values_list("kind", flat=True)
    assert {kind for kind in told if kind.startswith("enquiry.")} == {
        "enquiry.assigned",
        "enquiry.rerated",
        "enquiry.deadline_set",
        "enquiry.contact_joined",
    }
    bodies = " ".join(Notice.objects.values_list("body", flat=True))
    assert not any(word in bodies for word in ("Tamsin", "Orlebar", "Court", "police"))


def test_who_did_it_when_nobody_did() -> None:
    assert actor_name(None, CLOCK.membership_id, "") == "The clock"
    assert actor_name(None, None, "") == "The system"
    assert actor_name(CLOCK.membership_id, None, "") == "An account that no longer exists"
