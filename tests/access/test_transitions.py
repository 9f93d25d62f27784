"""The one function that moves records: what it refuses, what it writes, who wins."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.access.transitions import apply, in_words, last_change, lock, moves, save_versioned
from agencies.access.viewer import CLOCK, NOBODY
from audit.actions import record
from audit.models import Event
from common.errors import Change, MoveNotAllowed, NotPermitted, NotVisible, StaleRecord
from common.transition import move
from contacts.models import Contact
from contacts.transitions import CONTACT
from screening.models import Enquiry
from screening.transitions import ENQUIRY
from tests.people import Person, person
from tests.scenes.rows import AT, new_contact, new_enquiry


def events_on(record: Contact | Enquiry) -> list[str]:
    return list(Event.objects.filter(record_id=record.pk).order_by("at").values_list("verb", flat=True))


def test_move_writes_row_and_event_together(screener: Person) -> None:
    contact = new_contact()
    with acting_as(screener.viewer):
        saved = apply(
            contact,
            "contact.sent_to_panel",
            table=CONTACT,
            viewer=screener.viewer.with_request("request-1"),
            at=AT,
            version=1,
            details={"exit": "panel"},
            panel_at=AT,
        )
    assert (saved.pk, saved.state, saved.version, saved.panel_at) == (contact.pk, "with_panel", 2, AT)
    assert (contact.state, contact.version, contact.panel_at) == ("with_panel", 2, AT)
    stored = Contact.objects.get(pk=contact.pk)
    assert (stored.state, stored.version, stored.panel_at) == ("with_panel", 2, AT)
    event = Event.objects.get(record_id=contact.pk)
    assert (event.verb, event.at, event.record_type, event.reference) == (
        "contact.sent_to_panel",
        AT,
        "contacts.contact",
        contact.reference,
    )
    assert (event.user_id, event.membership_id, event.agency_id, event.roles, event.request_id) == (
        screener.user.pk,
        screener.membership.pk,
        screener.membership.agency_id,
        ["screener"],
        "request-1",
    )
    assert (event.details, event.enquiry_id) == ({"exit": "panel"}, None)


def test_event_names_the_enquiry_it_belongs_to(social_worker: Person, mash_manager: Person) -> None:
    enquiry = new_enquiry(worker=social_worker)
    contact = new_contact(state="in_enquiry", enquiry_id=enquiry.pk)
    with acting_as(mash_manager.viewer):
        apply(contact, "contact.amended", table=CONTACT, viewer=mash_manager.viewer, at=AT)
        apply(enquiry, "enquiry.rerated", table=ENQUIRY, viewer=mash_manager.viewer, at=AT, enquiry_id=enquiry.pk)
    assert set(Event.objects.values_list("verb", "enquiry_id").filter(enquiry_id=enquiry.pk)) == {
        ("contact.amended", enquiry.pk),
        ("enquiry.rerated", enquiry.pk),
    }


def test_move_without_target_leaves_the_state(front_door: Person) -> None:
    contact = new_contact()
    apply(contact, "contact.claimed", table=CONTACT, viewer=front_door.viewer, at=AT, claimed_by=front_door.membership)
    stored = Contact.objects.get(pk=contact.pk)
    assert (stored.state, stored.version, stored.claimed_by_id) == ("received", 2, front_door.membership.pk)


def test_wrong_role_is_refused_and_nothing_is_written(front_door: Person) -> None:
    contact = new_contact()
    with pytest.raises(NotPermitted) as refusal:
        apply(contact, "contact.sent_to_panel", table=CONTACT, viewer=front_door.viewer, at=AT)
    assert refusal.value.sentence == "Your role cannot do this. Choose another membership if you hold the role too."
    assert (Contact.objects.get(pk=contact.pk).version, events_on(contact)) == (1, [])


def test_wrong_state_is_refused_and_says_who_was_first(screener: Person, mash_manager: Person) -> None:
    contact = new_contact()
    apply(contact, "contact.sent_to_panel", table=CONTACT, viewer=mash_manager.viewer, at=AT)
    with acting_as(screener.viewer), pytest.raises(MoveNotAllowed) as refusal:
        apply(contact, "contact.sent_to_panel", table=CONTACT, viewer=screener.viewer, at=AT)
    assert refusal.value.sentence == (
        f"This cannot be done now: {contact.reference} has the status “with the panel”. "
        "Nothing was changed; what you typed is below."
    )
    assert refusal.value.change == Change(who=mash_manager.user.name, when=AT, what="contact sent to panel")
    assert events_on(contact) == ["contact.sent_to_panel"]


def test_wrong_state_of_a_record_without_history_names_nobody(screener: Person) -> None:
    contact = new_contact(state="with_panel")
    with pytest.raises(MoveNotAllowed) as refusal:
        apply(contact, "contact.sent_to_panel", table=CONTACT, viewer=screener.viewer, at=AT)
    assert refusal.value.change is None


def test_old_version_is_refused_and_says_who_was_first(front_door: Person, other_front_door: Person) -> None:
    contact = new_contact()
    apply(contact, "contact.claimed", table=CONTACT, viewer=other_front_door.viewer, at=AT, version=1)
    with acting_as(front_door.viewer), pytest.raises(StaleRecord) as refusal:
        apply(contact, "contact.claimed", table=CONTACT, viewer=front_door.viewer, at=AT, version=1)
    assert refusal.value.change == Change(who=other_front_door.user.name, when=AT, what="contact claimed")
    assert other_front_door.user.name in refusal.value.sentence
    assert (Contact.objects.get(pk=contact.pk).version, events_on(contact)) == (2, ["contact.claimed"])


def test_old_version_of_a_record_without_history_names_somebody(front_door: Person) -> None:
    contact = new_contact(version=7)
    with pytest.raises(StaleRecord) as refusal:
        lock(contact, viewer=front_door.viewer, version=6)
    assert (refusal.value.change, "Somebody saved it before you" in refusal.value.sentence) == (None, True)
    assert lock(contact, viewer=front_door.viewer, version=7) == contact


def test_version_of_the_page_counts_and_not_that_of_the_copy(front_door: Person) -> None:
    contact = new_contact()
    copy = Contact.objects.get(pk=contact.pk)
    apply(contact, "contact.claimed", table=CONTACT, viewer=front_door.viewer, at=AT)
    apply(copy, "contact.amended", table=CONTACT, viewer=front_door.viewer, at=AT, version=2, known="closed")
    assert (copy.version, copy.known, Contact.objects.get(pk=contact.pk).claimed_by_id) == (3, "closed", None)


@pytest.mark.parametrize("who", ["police_officer", "stranger", "auditor", "administrator", "assessment_worker"])
def test_record_out_of_sight_is_not_found(who: str, request: pytest.FixtureRequest) -> None:
    viewer = request.getfixturevalue(who).viewer
    contact = new_contact()
    allowed = {**CONTACT, "contact.seen": move("received", None, tuple(viewer.roles))}
    with pytest.raises(NotVisible):
        apply(contact, "contact.seen", table=allowed, viewer=viewer, at=AT)
    with pytest.raises(NotVisible):
        lock(contact, viewer=viewer)
    assert events_on(contact) == []


def test_record_that_does_not_exist_is_not_found(front_door: Person) -> None:
    with pytest.raises(NotVisible):
        apply(Contact(), "contact.claimed", table=CONTACT, viewer=front_door.viewer, at=AT)


def test_nobody_moves_nothing(db: None) -> None:
    with pytest.raises(NotPermitted):
        apply(new_contact(), "contact.claimed", table=CONTACT, viewer=NOBODY, at=AT)


def test_part_in_the_record_counts_as_it_stands_now(social_worker: Person, other_social_worker: Person) -> None:
    """The copy in hand still says that the enquiry is theirs; a role of theirs would show it to them all the same."""
    enquiry = new_enquiry(worker=social_worker)
    copy = Enquiry.objects.get(pk=enquiry.pk)
    enquiry.social_worker = other_social_worker.membership
    enquiry.save()
    seeing = replace(social_worker.viewer, roles=frozenset({"social_worker", "screener"}))
    with pytest.raises(NotPermitted):
        apply(copy, "enquiry.recommended", table=ENQUIRY, viewer=seeing, at=AT)
    with pytest.raises(NotVisible):
        apply(copy, "enquiry.recommended", table=ENQUIRY, viewer=social_worker.viewer, at=AT)
    apply(enquiry, "enquiry.recommended", table=ENQUIRY, viewer=other_social_worker.viewer, at=AT)
    assert Enquiry.objects.get(pk=enquiry.pk).state == "deciding"


def test_unknown_event_is_a_mistake(front_door: Person) -> None:
    with pytest.raises(KeyError):
        apply(new_contact(), "contact.vanished", table=CONTACT, viewer=front_door.viewer, at=AT)


def test_rollback_leaves_neither_row_nor_event(front_door: Person) -> None:
    contact = new_contact()
    with acting_as(front_door.viewer), transaction.atomic():
        apply(contact, "contact.claimed", table=CONTACT, viewer=front_door.viewer, at=AT)
        written = last_change(contact)
        assert written == Change(who=front_door.user.name, when=AT, what="contact claimed")
        transaction.set_rollback(True)
    assert (Contact.objects.get(pk=contact.pk).version, events_on(contact)) == (1, [])


def test_event_that_cannot_be_written_takes_the_move_with_it(front_door: Person) -> None:
    contact = new_contact()
    with pytest.raises(TypeError):
        apply(
            contact,
            "contact.claimed",
            table=CONTACT,
            viewer=front_door.viewer,
            at=AT,
            details={"worker": front_door},  # type: ignore[dict-item]
        )
    assert (contact.version, Contact.objects.get(pk=contact.pk).version, events_on(contact)) == (1, 1, [])


def test_change_without_a_move_keeps_version_and_lock(front_door: Person, stranger: Person) -> None:
    contact = new_contact()
    saved = save_versioned(contact, viewer=front_door.viewer, version=1, open_to="Team North")
    assert (saved.version, contact.open_to, events_on(contact)) == (2, "Team North", [])
    with pytest.raises(StaleRecord):
        save_versioned(contact, viewer=front_door.viewer, version=1, open_to="Team South")
    with pytest.raises(NotVisible):
        save_versioned(contact, viewer=stranger.viewer, version=2, open_to="Team South")
    assert Contact.objects.get(pk=contact.pk).open_to == "Team North"


def test_moves_are_those_of_role_part_and_state(screener: Person, social_worker: Person) -> None:
    received, ended = new_contact(), new_contact(state="ended", ended_at=AT)
    assert [one.event for one in moves(received, CONTACT, screener.viewer)] == [
        event for event, row in CONTACT.items() if "received" in row.sources and "screener" in row.roles
    ]
    assert [one.event for one in moves(ended, CONTACT, social_worker.viewer)] == []
    mine = new_contact(state="in_enquiry", enquiry_id=new_enquiry(worker=social_worker).pk)
    mine.refresh_from_db()
    assert "contact.acknowledged" in [one.event for one in moves(mine, CONTACT, social_worker.viewer)]
    labels = {one.event: one.label for one in moves(received, CONTACT, screener.viewer)}
    assert labels["contact.claimed"] == "Claim this contact"


def test_last_change_of_the_system_is_the_systems(screener: Person) -> None:
    contact = new_contact()
    assert last_change(contact) is None
    with acting_as(CLOCK):
        record("contact.ended", actor=CLOCK, at=AT, record_type="contacts.contact", record_id=contact.pk)
    with acting_as(screener.viewer):
        assert last_change(contact) == Change(who="The system", when=AT, what="contact ended")
    assert in_words("contact.returned_from_panel") == "contact returned from panel"


def _race(*moves_: Callable[[], object]) -> list[object]:
    """Run the moves at once, each on a connection of its own, and return what each gave."""
    begin, outcomes = threading.Barrier(len(moves_)), dict.fromkeys(range(len(moves_)), object())

    def run(number: int, action: Callable[[], object]) -> None:
        begin.wait(timeout=10)
        try:
            outcomes[number] = action() or "done"
        except (MoveNotAllowed, StaleRecord, NotVisible) as refusal:
            outcomes[number] = refusal
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(moves_)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return list(outcomes.values())


def _deed(who: Person, contact: Contact, event: str, version: int | None) -> Callable[[], object]:
    def run() -> object:
        with acting_as(who.viewer):
            copy = Contact.objects.get(pk=contact.pk)
            apply(copy, event, table=CONTACT, viewer=who.viewer, at=timezone.now(), version=version)
        return who

    return run


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("event", "version", "refusal"),
    [("contact.sent_to_panel", None, MoveNotAllowed), ("contact.claimed", 1, StaleRecord)],
)
def test_of_two_at_once_one_wins_and_the_other_is_told(
    event: str, version: int | None, refusal: type[Exception]
) -> None:
    people = [person("sunita_screener"), person("maeve_manager")]
    contact = new_contact()
    outcomes = _race(*(_deed(who, contact, event, version) for who in people))
    won = [one for one in outcomes if isinstance(one, Person)]
    lost = [one for one in outcomes if isinstance(one, refusal)]
    assert (len(won), len(lost)) == (1, 1)
    change = lost[0].change  # type: ignore[attr-defined]
    assert (change.who, change.what) == (won[0].user.name, in_words(event))
    assert change.when == Event.objects.get(verb=event, record_id=contact.pk).at
    assert (Contact.objects.get(pk=contact.pk).version, events_on(contact)) == (2, [event])


@pytest.mark.django_db(transaction=True)
def test_sight_lost_while_waiting_for_the_lock_is_not_found() -> None:
    """The rule is asked again of the row as it stands once the lock is given."""
    worker, manager = person("saira_worker"), person("maeve_manager")
    enquiry = new_enquiry(worker=worker)
    waits, assigned = threading.Event(), threading.Event()

    def reassign() -> object:
        with acting_as(manager.viewer):
            locked = lock(enquiry, viewer=manager.viewer)
            locked.social_worker = person("sean_worker").membership
            locked.save()
            assigned.set()
            waits.wait(timeout=10)
            _until_somebody_waits()
        return manager

    def recommend() -> object:
        assigned.wait(timeout=10)
        with acting_as(worker.viewer):
            copy = Enquiry.objects.get(pk=enquiry.pk)
            waits.set()
            apply(copy, "enquiry.recommended", table=ENQUIRY, viewer=worker.viewer, at=AT)
        return worker

    outcomes = _race(reassign, recommend)
    assert [type(one) for one in outcomes] == [Person, NotVisible]


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
            cursor.execute("SELECT pg_sleep(0.02)")
