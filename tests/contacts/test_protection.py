"""Protect now is never refused to the right person: not by a state, not by an agreement, not by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client

from agencies.access.identity import acting_as
from audit.models import Event
from clock.choices import Measure
from clock.models import Deadline
from common.errors import NotPermitted, NotVisible, RuleBroken
from contacts import actions, queries
from contacts.choices import ContactState, ProtectState
from contacts.models import Contact, FurtherReason, Protection, StrategyDiscussion, Subject, Whereabouts
from contacts.rules.discussion import Discussion
from notices.models import Notice
from screening.actions import open_enquiry, rate_enquiry
from tests.contacts.conftest import AT, LogContact
from tests.people import Person

LATER = AT + timedelta(minutes=10)
SAID = Discussion(held_at=LATER, present="Police, health", agreed="Joint visit today", section_47="yes")


def raise_alarm(contact: Contact, who: Person, *, at: datetime = LATER) -> actions.Raised:
    with acting_as(who.viewer) as viewer:
        return actions.protect_now(contact, "He is outside the school.", viewer=viewer, at=at)


@pytest.mark.parametrize("agreement", ["refused", "not_recorded", "given"])
def test_the_front_door_raises_whatever_the_family_said(
    log_contact: LogContact, front_door: Person, agreement: str
) -> None:
    raised = raise_alarm(log_contact(agreement=agreement, agreement_reason="They said no"), front_door)
    assert (raised.joined, raised.protection.state) == (False, ProtectState.RAISED)


@pytest.mark.parametrize("state", [ContactState.WITH_PANEL, ContactState.ENDED, ContactState.PASSED_ON])
def test_it_is_raised_in_every_state(
    log_contact: LogContact, front_door: Person, screener: Person, state: ContactState
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        if state == ContactState.WITH_PANEL:
            actions.send_to_panel(contact, viewer=viewer, at=AT)
        elif state == ContactState.ENDED:
            actions.end_contact(contact, endings={}, viewer=viewer, at=AT)
        else:
            actions.pass_on(contact, endings={}, viewer=viewer, at=AT)
    assert (contact.state, raise_alarm(contact, front_door).joined) == (state, False)


def test_a_second_alarm_joins_the_first_and_keeps_its_words(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    first = raise_alarm(contact, front_door)
    second = raise_alarm(contact, mash_manager)
    assert (second.joined, second.protection) == (True, first.protection)
    assert FurtherReason.objects.get().given_by == mash_manager.membership
    assert list(
        Event.objects.filter(record_id=first.protection.pk).values_list("verb", flat=True).order_by("verb")
    ) == [
        "protection.joined",
        "protection.raised",
    ]


def test_managers_social_workers_and_nights_are_told_each_time(
    log_contact: LogContact, front_door: Person, mash_manager: Person, social_worker: Person, out_of_hours: Person
) -> None:
    contact = log_contact()
    for _ in range(2):
        raise_alarm(contact, front_door)
    rows = Notice.objects.filter(kind="protection.raised", channel="in_app")
    for person in (mash_manager, social_worker, out_of_hours):
        assert rows.filter(membership=person.membership).count() == 2
    assert [one.kind for one in Notice.objects.all() if "outside the school" in f"{one.subject}{one.body}"] == []


@pytest.mark.parametrize("who", ["screener", "police_officer", "assessment_worker", "auditor", "administrator"])
def test_who_does_not_raise_it(log_contact: LogContact, request: pytest.FixtureRequest, who: str) -> None:
    contact = log_contact()
    with pytest.raises(NotPermitted):
        raise_alarm(contact, request.getfixturevalue(who))


def test_an_alarm_says_what_the_danger_is(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer, pytest.raises(RuleBroken) as refused:
        actions.protect_now(contact, "  ", viewer=viewer, at=LATER)
    assert refused.value.field == "reason"


def test_any_social_worker_sees_the_contact_while_it_is_under_way(
    log_contact: LogContact, front_door: Person, social_worker: Person, other_social_worker: Person
) -> None:
    contact = log_contact()
    assert not Contact.objects.visible_to(social_worker.viewer).exists()
    protection = raise_alarm(contact, front_door).protection
    assert Contact.objects.visible_to(social_worker.viewer).get() == contact
    with acting_as(social_worker.viewer) as viewer:
        actions.hold_discussion(protection, SAID, viewer=viewer, at=LATER)
    assert Contact.objects.visible_to(social_worker.viewer).get() == contact
    assert not Contact.objects.visible_to(other_social_worker.viewer).exists()


def test_convening_twice_is_no_error(log_contact: LogContact, front_door: Person, social_worker: Person) -> None:
    protection = raise_alarm(log_contact(), front_door).protection
    with acting_as(social_worker.viewer) as viewer:
        first = actions.convene(protection, viewer=viewer, at=LATER)
        second = actions.convene(protection, viewer=viewer, at=LATER + timedelta(minutes=1))
    assert (first.state, second.convened_at) == (ProtectState.CONVENED, LATER)


def test_the_front_door_does_not_convene(log_contact: LogContact, front_door: Person) -> None:
    protection = raise_alarm(log_contact(), front_door).protection
    with acting_as(front_door.viewer) as viewer, pytest.raises(NotPermitted):
        actions.convene(protection, viewer=viewer, at=LATER)


def test_a_second_strategy_discussion_is_a_second_row(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    protection = raise_alarm(log_contact(), front_door).protection
    with acting_as(mash_manager.viewer) as viewer:
        actions.hold_discussion(protection, SAID, viewer=viewer, at=LATER)
        actions.hold_discussion(protection, replace(SAID, section_47="no"), viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.hold_discussion(protection, replace(SAID, present=""), viewer=viewer, at=LATER)
    assert StrategyDiscussion.objects.count() == 2
    assert (Protection.objects.get().state, Protection.objects.get().section_47) == ("held", "no")


def test_standing_down_what_is_over_keeps_the_words(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    protection = raise_alarm(log_contact(), front_door).protection
    with acting_as(mash_manager.viewer) as viewer:
        actions.stand_down(protection, "The police found him at work.", viewer=viewer, at=LATER)
        again = actions.stand_down(protection, "Also seen by the school.", viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.stand_down(protection, "", viewer=viewer, at=LATER)
    assert (again.state, again.stood_down_reason) == ("stood_down", "The police found him at work.")
    assert FurtherReason.objects.get().text == "Also seen by the school."


@pytest.mark.parametrize("is_held", [False, True])
def test_work_is_ended_by_whom_only_this_work_shows_the_contact(
    log_contact: LogContact, front_door: Person, screener: Person, social_worker: Person, *, is_held: bool
) -> None:
    contact = log_contact()
    protection = raise_alarm(contact, front_door).protection
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=AT)
    with acting_as(social_worker.viewer) as viewer:
        seen = queries.get_protection_to_change(viewer, protection.reference)
        if is_held:
            actions.hold_discussion(seen, SAID, viewer=viewer, at=LATER)
            ended = actions.end_protection(seen, "He is in custody.", viewer=viewer, at=LATER)
        else:
            ended = actions.stand_down(seen, "He is in custody.", viewer=viewer, at=LATER)
    assert (ended.state, ended.stood_down_reason) == ("stood_down", "He is in custody.")


def test_after_standing_down_a_new_alarm_is_new_work(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    protection = raise_alarm(contact, front_door).protection
    with acting_as(mash_manager.viewer) as viewer:
        actions.stand_down(protection, "Not needed.", viewer=viewer, at=LATER)
    assert raise_alarm(contact, front_door).joined is False
    assert Protection.objects.count() == 2


def test_where_a_child_is_can_always_be_recorded(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    contact, other = log_contact(), log_contact()
    protection = raise_alarm(contact, front_door).protection
    ada, foreign = contact.subjects.get(position=1), other.subjects.get(position=1)
    with acting_as(mash_manager.viewer) as viewer:
        actions.stand_down(protection, "Not needed.", viewer=viewer, at=LATER)
        said: dict[str, Any] = {
            "place": "At her aunt's",
            "with_whom": "Aunt May",
            "safe_until": LATER + timedelta(hours=3),
        }
        recorded = actions.record_whereabouts(protection, ada, **said, viewer=viewer, at=LATER)
        with pytest.raises(NotVisible):
            actions.record_whereabouts(protection, foreign, **said, viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.record_whereabouts(
                protection, ada, place=" ", with_whom="", safe_until=None, viewer=viewer, at=LATER
            )
    page = queries.protection_page(mash_manager.viewer, recorded.protection)
    assert [(child.name, child.now.place if child.now else "") for child in page.children] == [
        (ada.name, "At her aunt's")
    ]
    assert Whereabouts.objects.count() == 1


def test_safe_until_hurries_the_decision_of_an_enquiry(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    with acting_as(mash_manager.viewer) as viewer:
        enquiry = open_enquiry(contact, viewer=viewer, at=AT)
        rate_enquiry(enquiry, "amber", reason="", viewer=viewer, at=AT)
    contact = Contact.objects.get()
    protection = raise_alarm(contact, front_door).protection
    safe_until = AT + timedelta(hours=2)
    with acting_as(mash_manager.viewer) as viewer:
        actions.record_whereabouts(
            protection,
            contact.subjects.get(position=1),
            place="At school",
            with_whom="Her teacher",
            safe_until=safe_until,
            viewer=viewer,
            at=LATER,
        )
    due = Deadline.objects.get(
        subject_id=enquiry.pk, measure=Measure.DECISION, met_at__isnull=True, cancelled_at__isnull=True
    )
    assert due.due_at == safe_until - timedelta(hours=1)


def test_out_of_hours_keep_what_they_held_when_the_contact_has_ended(
    log_contact: LogContact,
    out_of_hours: Person,
    front_door: Person,
    mash_manager: Person,
    client_of: Callable[[Person], Client],
) -> None:
    contact = log_contact()
    ada = Subject.objects.get(contact=contact, position=1)
    protection = raise_alarm(contact, front_door).protection
    with acting_as(out_of_hours.viewer) as viewer:
        actions.record_whereabouts(
            protection, ada, place="At her aunt's", with_whom="Ruth", safe_until=None, viewer=viewer, at=LATER
        )
        actions.convene(protection, viewer=viewer, at=LATER)
        actions.hold_discussion(protection, SAID, viewer=viewer, at=LATER)
    with acting_as(mash_manager.viewer) as viewer:
        actions.end_contact(contact, endings={ada.pk: ("no_further_action", "level_1")}, viewer=viewer, at=LATER)
    night, page = client_of(out_of_hours), f"/protection/{protection.reference}/"
    shown = night.get(page).content.decode()
    kept = ("Ada Thornbury", "At her aunt", "Ruth", SAID.present, "Its contact has ended")
    assert [words for words in kept if words not in shown] == []
    assert contact.reference not in shown
    for address in (f"{page}hold/", f"{page}stand-down/", f"/contacts/{contact.reference}/"):
        assert night.get(address).status_code == 404


def test_who_looks_again_opens_what_was_held_after_an_alarm_since_the_contact_ended(
    log_contact: LogContact,
    out_of_hours: Person,
    social_worker: Person,
    front_door: Person,
    mash_manager: Person,
    client_of: Callable[[Person], Client],
) -> None:
    contact = log_contact()
    ada, ended = contact.subjects.get(position=1), LATER + timedelta(hours=1)
    outcome = {ada.pk: ("no_further_action", "level_1")}
    with acting_as(mash_manager.viewer) as viewer:
        actions.end_contact(contact, endings=outcome, viewer=viewer, at=LATER)
    alarm = raise_alarm(Contact.objects.get(), front_door, at=ended).protection
    with acting_as(social_worker.viewer) as viewer:
        actions.hold_discussion(alarm, SAID, viewer=viewer, at=ended)
    pages = (f"/protection/{alarm.reference}/", f"/contacts/{contact.reference}/")
    for person in (out_of_hours, social_worker):
        opened = [client_of(person).get(page).status_code for page in (*pages, f"{pages[0]}hold/")]
        assert opened == [200, 200, 200], person
    with acting_as(mash_manager.viewer) as viewer:
        actions.end_protection(Protection.objects.get(), "Safe.", viewer=viewer, at=ended)
    for person in (out_of_hours, social_worker):
        assert client_of(person).get(pages[1]).status_code == 404, person


def clocks_of(contact: Contact) -> list[tuple[str, str]]:
    """Return the open clocks of protective work, each with what the work is called."""
    rows = Deadline.objects.open().filter(subject_kind="protection", subject_id=contact.pk)
    return sorted(rows.values_list("measure", "subject_reference"))


@pytest.mark.parametrize("holder", ["social_worker", "mash_manager"])
@pytest.mark.parametrize("before", ["nothing", "under way", "joined"])
def test_what_is_held_since_the_end_is_looked_at_again_whenever_it_was_raised(
    before: str,
    holder: str,
    log_contact: LogContact,
    out_of_hours: Person,
    front_door: Person,
    mash_manager: Person,
    request: pytest.FixtureRequest,
    client_of: Callable[[Person], Client],
) -> None:
    contact, ended = log_contact(), LATER + timedelta(hours=1)
    outcome = {contact.subjects.get(position=1).pk: ("no_further_action", "level_1")}
    if before != "nothing":
        raise_alarm(contact, front_door)
    with acting_as(mash_manager.viewer) as viewer:
        actions.end_contact(contact, endings=outcome, viewer=viewer, at=LATER)
    if before != "under way":
        assert raise_alarm(Contact.objects.get(), front_door, at=ended).joined == (before == "joined")
    work = Protection.objects.get()
    with acting_as(request.getfixturevalue(holder).viewer) as viewer:
        actions.hold_discussion(work, SAID, viewer=viewer, at=ended)
    assert clocks_of(contact) == [(Measure.SAFE_UNTIL, work.reference)]
    assert client_of(out_of_hours).get(f"/protection/{work.reference}/").status_code == 200


@pytest.mark.parametrize("goes_on", ["ends", "is held again"])
def test_an_alarm_keeps_its_clock_whatever_becomes_of_earlier_work(
    log_contact: LogContact, front_door: Person, mash_manager: Person, goes_on: str
) -> None:
    contact = log_contact()
    earlier = raise_alarm(contact, front_door).protection
    with acting_as(mash_manager.viewer) as viewer:
        actions.hold_discussion(earlier, SAID, viewer=viewer, at=LATER)
    alarm = raise_alarm(contact, front_door).protection
    both = [(Measure.CONVENING, alarm.reference), (Measure.SAFE_UNTIL, earlier.reference)]
    assert clocks_of(contact) == both
    with acting_as(mash_manager.viewer) as viewer:
        if goes_on == "ends":
            actions.end_protection(Protection.objects.get(pk=earlier.pk), "Safe.", viewer=viewer, at=LATER)
        else:
            actions.hold_discussion(earlier, SAID, viewer=viewer, at=LATER)
    assert clocks_of(contact) == (both[:1] if goes_on == "ends" else both)


def test_what_was_held_is_looked_at_again_whatever_becomes_of_a_later_alarm(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    """Of two pieces of work that were held the one counts whose time is up first."""
    contact = log_contact()
    ada = contact.subjects.get(position=1)
    earlier = raise_alarm(contact, front_door).protection
    safe_until = LATER + timedelta(hours=3)
    with acting_as(mash_manager.viewer) as viewer:
        actions.record_whereabouts(
            earlier, ada, place="At school", with_whom="", safe_until=safe_until, viewer=viewer, at=LATER
        )
        actions.hold_discussion(earlier, SAID, viewer=viewer, at=LATER)
    later = raise_alarm(contact, front_door).protection
    with acting_as(mash_manager.viewer) as viewer:
        actions.hold_discussion(later, SAID, viewer=viewer, at=LATER)
        assert clocks_of(contact) == [(Measure.SAFE_UNTIL, earlier.reference)]
        actions.end_protection(Protection.objects.get(pk=later.pk), "A false alarm.", viewer=viewer, at=LATER)
        look = Deadline.objects.open().get(subject_kind="protection", subject_id=contact.pk)
        assert (look.subject_reference, look.safe_until) == (earlier.reference, safe_until)
        actions.end_protection(Protection.objects.get(pk=earlier.pk), "Safe.", viewer=viewer, at=LATER)
    assert clocks_of(contact) == []


@pytest.mark.parametrize("ending", ["stood down", "ended after its discussion", "taken up by the contact's end"])
def test_safe_until_after_the_work_has_ended_raises_it_again(
    log_contact: LogContact, mash_manager: Person, screener: Person, ending: str
) -> None:
    """Nobody looks after work that has ended: the time would pass on nobody's list."""
    contact = log_contact()
    ended = raise_alarm(contact, mash_manager).protection
    with acting_as(mash_manager.viewer) as viewer:
        if ending == "stood down":
            actions.stand_down(ended, "A mistake.", viewer=viewer, at=LATER)
        else:
            actions.hold_discussion(ended, SAID, viewer=viewer, at=LATER)
        if ending == "ended after its discussion":
            actions.end_protection(Protection.objects.get(), "Out of danger.", viewer=viewer, at=LATER)
    if ending == "taken up by the contact's end":
        with acting_as(screener.viewer, as_of=LATER) as viewer:
            actions.end_contact(Contact.objects.get(), endings={}, viewer=viewer, at=LATER)
    until, now = LATER + timedelta(hours=4), LATER + timedelta(hours=1)
    with acting_as(mash_manager.viewer) as viewer:
        work, child = Protection.objects.get(), Subject.objects.get(kind="child")
        record = partial(actions.record_whereabouts, work, child, with_whom="An aunt", viewer=viewer, at=now)
        record(place="At home", safe_until=None)
        assert Protection.objects.get() == work
        recorded = record(place="Her aunt's", safe_until=until)
        raised = Protection.objects.exclude(pk=work.pk).get()
    assert (recorded.protection, raised.state) == (raised, ProtectState.RAISED)
    running = Deadline.objects.filter(subject_reference=raised.reference, met_at=None, cancelled_at=None)
    assert [one.measure for one in running] == [Measure.CONVENING]
