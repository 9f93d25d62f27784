"""What happens to a contact, by whom, and what is left on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from agencies.access.identity import acting_as
from agencies.access.viewer import PUBLIC
from audit.models import Event
from clock.choices import Measure
from clock.models import Deadline
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from contacts import actions
from contacts.actions.rows import address_keys
from contacts.choices import Channel, ContactState
from contacts.models import Contact, Correction, Receipt, Referrer, Relation, Report, Subject
from contacts.rules.intake import ReportedPerson, ReportedReferrer
from notices.models import Notice
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact, intake_of
from tests.people import Person
from tests.written import open_measures, verbs

LATER = AT + timedelta(hours=1)


def test_receiving_writes_the_whole_contact(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    assert (contact.state, contact.logged_by_id) == (ContactState.RECEIVED, front_door.membership.pk)
    assert Report.objects.get(pk=contact.pk).text == intake_of().report
    assert [one.given_name for one in Subject.objects.filter(contact=contact)] == ["Ada", "Lena"]
    assert Referrer.objects.get(contact=contact).is_private is True
    assert verbs(contact) == ["contact.received"]
    assert open_measures(contact) == {Measure.FIRST_SIGHT, Measure.STATUTORY_STEP}


def test_clocks_count_from_arrival_not_from_typing(log_contact: LogContact) -> None:
    contact = log_contact(arrived_at=AT - timedelta(hours=20))
    starts = set(Deadline.objects.filter(subject_id=contact.pk).values_list("started_at", flat=True))
    assert starts == {AT - timedelta(hours=20)}


def test_screeners_of_social_care_are_told_and_nobody_elses(
    log_contact: LogContact, screener: Person, panel_police: Person
) -> None:
    log_contact()
    told = set(Notice.objects.filter(kind="contact.received").values_list("membership_id", flat=True))
    assert screener.membership.pk in told
    assert panel_police.membership.pk not in told


def test_a_notice_names_nobody(log_contact: LogContact) -> None:
    log_contact(immediate_danger=True)
    said = " ".join(f"{one.subject} {one.body} {one.path}" for one in Notice.objects.all())
    assert not any(word in said for word in ("Ada", "Thornbury", "Nora", "Elm Road", "shouts"))


def test_fourteen_children_emoji_and_long_texts(log_contact: LogContact) -> None:
    long = "ילד 😀 \u202eabc <script>alert(1)</script> " * 450
    contact = log_contact(report=long[:20_000], people=tuple(replace(CHILD, given_name=f"C{n}") for n in range(14)))
    assert Report.objects.get(pk=contact.pk).text == long[:20_000]
    assert list(contact.subjects.values_list("position", flat=True)) == list(range(1, 15))


def test_a_child_without_a_name(log_contact: LogContact) -> None:
    contact = log_contact(people=(ReportedPerson(age_reported="about 3"),))
    assert contact.subjects.get().name == "Unnamed child, about 3 (person 1)"


@pytest.mark.parametrize("who", ["screener", "social_worker", "police_officer", "assessment_worker", "auditor"])
def test_others_do_not_log(who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    with acting_as(person.viewer) as viewer, pytest.raises(NotPermitted):
        actions.receive_contact(intake_of(), viewer=viewer, at=AT)
    assert Contact.objects.count() == 0


def test_out_of_hours_logs_and_sees_its_own(log_contact: LogContact, front_door: Person, out_of_hours: Person) -> None:
    own = log_contact(by=out_of_hours)
    other = log_contact()
    with acting_as(front_door.viewer) as viewer:
        for contact in (own, other):
            actions.claim_contact(contact, viewer=viewer, at=AT)
    seen = set(Contact.objects.visible_to(out_of_hours.viewer))
    assert (own in seen, other in seen) == (True, False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"arrived_at": AT + timedelta(minutes=1)}, "arrived_at"),
        ({"people": (replace(CHILD, is_unborn=True, date_of_birth=date(2026, 1, 1)),)}, "date_of_birth"),
        ({"channel": "pigeon"}, "referrer_kind"),
        ({"referrer_kind": "martian"}, "referrer_kind"),
    ],
)
def test_what_cannot_be_leaves_nothing_behind(front_door: Person, changes: dict[str, object], field: str) -> None:
    with pytest.raises(RuleBroken) as refused, acting_as(front_door.viewer) as viewer:
        actions.receive_contact(intake_of(**changes), viewer=viewer, at=AT)
    logged = Event.objects.filter(verb="contact.received").count()
    assert (refused.value.field, Contact.objects.count(), logged) == (field, 0, 0)


def test_private_referrer_and_protected_address_rest_encrypted(log_contact: LogContact) -> None:
    contact = log_contact(address_is_protected=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.address, r.name, r.telephone FROM contacts_contact c, contacts_referrer r WHERE contact_id = c.id"
        )
        stored = " ".join(cursor.fetchone())
    assert not any(word in stored for word in ("Elm", "Nora", "01632"))
    assert (contact.address, contact.address_keys) == ("14 Elm Road, AB1 2CD", [])


def test_the_public_form_gets_a_receipt_of_which_only_a_hash_is_kept(db: None) -> None:
    with acting_as(PUBLIC):
        received = actions.receive_public_contact(intake_of(), viewer=PUBLIC, at=AT)
    receipt = Receipt.objects.get()
    assert (receipt.reference, receipt.stage) == (received.reference, "received")
    assert received.secret not in receipt.secret_hash
    contact = Contact.objects.get()
    assert (contact.channel, contact.logged_by_id, contact.concern) == (Channel.ONLINE, None, "")


def test_the_public_form_does_not_choose_when_and_how_it_arrived(db: None) -> None:
    worry = intake_of(arrived_at=AT - timedelta(days=9), known="open", open_to="x")
    with acting_as(PUBLIC):
        contact = actions.receive_public_contact(worry, viewer=PUBLIC, at=AT).contact
    assert (contact.arrived_at, contact.known) == (AT, "not_asked")


def test_staff_do_not_use_the_public_door(front_door: Person) -> None:
    with acting_as(front_door.viewer) as viewer, pytest.raises(NotPermitted):
        actions.receive_public_contact(intake_of(), viewer=viewer, at=AT)


def test_amending_changes_all_but_the_report(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer:
        actions.amend_contact(
            contact,
            {
                "concern": "A girl cries at night.",
                "known": "open",
                "open_to": "East team",
                "address": "3 Mill Lane, AB1 2CE",
            },
            viewer=viewer,
            at=LATER,
            version=1,
        )
    saved = Contact.objects.get()
    assert (saved.concern, saved.known, saved.version) == ("A girl cries at night.", "open", 2)
    assert saved.address_keys != []
    assert saved.address_keys != address_keys(intake_of().address, is_protected=False)
    assert Report.objects.get().text == intake_of().report
    assert Event.objects.get(verb="contact.amended").details == {"changed": "address concern known open_to"}


@pytest.mark.parametrize("column", ["report", "arrived_at", "state", "reference"])
def test_what_was_reported_and_when_cannot_be_amended(log_contact: LogContact, front_door: Person, column: str) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer, pytest.raises(ValueError, match="AMENDABLE"):
        actions.amend_contact(contact, {column: "x"}, viewer=viewer, at=LATER)


def test_a_later_concern_may_not_give_the_referrer_away(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer, pytest.raises(RuleBroken) as refused:
        actions.amend_contact(contact, {"concern": "Nora Nextdoor rang"}, viewer=viewer, at=LATER)
    assert refused.value.field == "concern"


def test_who_the_referrer_is_may_be_completed(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer:
        actions.amend_contact(
            contact, {}, viewer=viewer, at=LATER, referrer=ReportedReferrer(name="N. Nextdoor", is_private=False)
        )
    referrer = Referrer.objects.get()
    assert (referrer.name, referrer.is_private, referrer.telephone) == ("N. Nextdoor", False, "")


def test_the_second_of_two_amendments_is_told_who_was_first(
    log_contact: LogContact, front_door: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    with acting_as(mash_manager.viewer) as viewer:
        actions.amend_contact(contact, {"concern": "First"}, viewer=viewer, at=LATER, version=1)
    stale = Contact.objects.get()
    with pytest.raises(StaleRecord) as refused, acting_as(front_door.viewer) as viewer:
        actions.amend_contact(stale, {"concern": "Second"}, viewer=viewer, at=LATER, version=1)
    assert mash_manager.user.name in refused.value.sentence
    assert Contact.objects.get().concern == "First"


def test_claiming_and_the_one_who_was_slower(
    log_contact: LogContact, front_door: Person, other_front_door: Person
) -> None:
    contact = log_contact()
    slower = Contact.objects.get()
    with acting_as(front_door.viewer) as viewer:
        actions.claim_contact(contact, viewer=viewer, at=LATER, version=1)
    with pytest.raises(StaleRecord), acting_as(other_front_door.viewer) as viewer:
        actions.claim_contact(slower, viewer=viewer, at=LATER, version=1)
    assert Contact.objects.get().claimed_by_id == front_door.membership.pk


def test_corrections_stand_beside_even_an_ended_contact(
    log_contact: LogContact, front_door: Person, screener: Person
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)
    with acting_as(front_door.viewer) as viewer:
        actions.correct_contact(contact, "The girl is eight, not six.", viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.correct_contact(contact, " ", viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.correct_contact(contact, "x" * 20_001, viewer=viewer, at=LATER)
        with pytest.raises(MoveNotAllowed):
            actions.amend_contact(contact, {"concern": "New"}, viewer=viewer, at=LATER)
    assert [one.text for one in Correction.objects.all()] == ["The girl is eight, not six."]


def test_people_are_added_and_completed(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer:
        added = actions.add_person(contact, replace(CHILD, given_name="Ben"), viewer=viewer, at=LATER, version=1)
        actions.edit_person(added, replace(CHILD, given_name="Benedict"), viewer=viewer, at=LATER, version=2)
        with pytest.raises(StaleRecord):
            actions.edit_person(added, CHILD, viewer=viewer, at=LATER, version=2)
        with pytest.raises(RuleBroken):
            actions.add_person(contact, replace(CHILD, date_of_birth=date(2030, 1, 1)), viewer=viewer, at=LATER)
    assert [(one.position, one.given_name) for one in Subject.objects.filter(contact=contact)] == [
        (1, "Ada"),
        (2, "Lena"),
        (3, "Benedict"),
    ]


def test_relations(log_contact: LogContact, front_door: Person) -> None:
    contact, other = log_contact(), log_contact()
    ada, lena = contact.subjects.order_by("position")
    foreign = other.subjects.get(position=1)
    with acting_as(front_door.viewer) as viewer:
        actions.relate(contact, lena, ada, "carer", viewer=viewer, at=LATER)
        actions.relate(contact, lena, ada, "parent", viewer=viewer, at=LATER)
        with pytest.raises(NotVisible):
            actions.relate(contact, lena, foreign, "parent", viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.relate(contact, ada, ada, "parent", viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.relate(contact, ada, lena, "cousin thrice removed", viewer=viewer, at=LATER)
    assert Relation.objects.get().kind == "parent"


def test_acknowledging_meets_the_first_sight_and_waits_for_the_next_step(
    log_contact: LogContact, screener: Person
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.acknowledge_contact(contact, viewer=viewer, at=LATER)
        assert open_measures(contact) == {Measure.STATUTORY_STEP}
        with pytest.raises(MoveNotAllowed):
            actions.acknowledge_contact(contact, viewer=viewer, at=LATER)
        actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)
    assert open_measures(contact) == set()


def test_deciding_first_leaves_the_statutory_step_open_until_the_referrer_knows(
    log_contact: LogContact, screener: Person, mash_manager: Person
) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)
    assert open_measures(contact) == {Measure.STATUTORY_STEP}
    with acting_as(mash_manager.viewer) as viewer:
        actions.acknowledge_contact(contact, viewer=viewer, at=LATER)
    assert open_measures(contact) == set()


def test_an_anonymous_referrer_needs_no_acknowledgement(log_contact: LogContact, screener: Person) -> None:
    contact = log_contact(referrer_kind="anonymous", referrer=ReportedReferrer())
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)
    assert open_measures(contact) == set()


def test_only_a_registered_social_worker_acknowledges_and_ends(log_contact: LogContact, panel_police: Person) -> None:
    contact = log_contact()
    with acting_as(panel_police.viewer, as_of=AT) as viewer:
        with pytest.raises(NotPermitted):
            actions.acknowledge_contact(contact, viewer=viewer, at=LATER)
        with pytest.raises(NotPermitted):
            actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)


def test_endings_are_kept_per_child_and_only_of_this_contact(log_contact: LogContact, screener: Person) -> None:
    contact, other = log_contact(), log_contact()
    child, adult = contact.subjects.order_by("position")
    foreign = other.subjects.get(position=1)
    with acting_as(screener.viewer, as_of=AT) as viewer:
        for key in (foreign.pk, adult.pk):
            with pytest.raises(NotVisible):
                actions.end_contact(contact, endings={key: ("advice", "level_1")}, viewer=viewer, at=LATER)
        with pytest.raises(RuleBroken):
            actions.end_contact(contact, endings={child.pk: ("shrug", "")}, viewer=viewer, at=LATER)
        contact.refresh_from_db()
        actions.end_contact(contact, endings={child.pk: ("advice", "level_1")}, viewer=viewer, at=LATER)
    child.refresh_from_db()
    assert (child.ending, child.level_of_need) == ("advice", "level_1")
    assert Contact.objects.get(pk=contact.pk).ended_at == LATER


def test_screeners_keep_sight_to_the_end_of_the_next_working_day(log_contact: LogContact, screener: Person) -> None:
    contact = log_contact()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)
    assert contact.screeners_see_until == datetime(2026, 6, 4, 16, tzinfo=UTC)


def test_panel_and_back(log_contact: LogContact, screener: Person, panel_police: Person) -> None:
    contact = log_contact()
    assert not Contact.objects.visible_to(panel_police.viewer).exists()
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.send_to_panel(contact, viewer=viewer, at=LATER)
        assert Contact.objects.visible_to(panel_police.viewer).get() == contact
        actions.return_from_panel(contact, viewer=viewer, at=LATER)
    assert not Contact.objects.visible_to(panel_police.viewer).exists()
    assert (contact.state, contact.panel_at) == ("received", LATER)


def test_an_open_case_goes_to_its_worker_who_acknowledges(
    log_contact: LogContact, front_door: Person, screener: Person
) -> None:
    contact = log_contact()
    with acting_as(front_door.viewer) as viewer, pytest.raises(MoveNotAllowed):
        actions.acknowledge_by_worker(contact, viewer=viewer, at=LATER)
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.pass_on(contact, endings={}, viewer=viewer, at=LATER)
    assert Measure.ACKNOWLEDGEMENT in open_measures(contact)
    with acting_as(front_door.viewer) as viewer:
        actions.acknowledge_by_worker(contact, viewer=viewer, at=LATER)
        actions.acknowledge_by_worker(contact, viewer=viewer, at=LATER + timedelta(hours=1))
    assert Contact.objects.get().worker_acknowledged_at == LATER
    assert Measure.ACKNOWLEDGEMENT not in open_measures(contact)


def test_the_receipt_follows_the_contact_and_says_the_outcome_once_told(screener: Person) -> None:
    with acting_as(PUBLIC):
        contact = actions.receive_public_contact(intake_of(), viewer=PUBLIC, at=AT).contact
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=LATER)
    assert (Receipt.objects.get().stage, Receipt.objects.get().outcome) == ("finished", "")
    with acting_as(screener.viewer, as_of=AT):
        actions.referrer_told(contact, outcome="advice", at=LATER)
    assert Receipt.objects.get().outcome == "advice"
    assert open_measures(contact) == set()


def test_mother_and_child_are_found_by_their_sounds(log_contact: LogContact) -> None:
    contact = log_contact(people=(CHILD, MOTHER))
    assert list(contact.subjects.order_by("position").values_list("name_key", "given_key")) == [
        ("trnbr", "ad"),
        ("trnbr", "ln"),
    ]


def test_a_referrer_with_an_address_gets_a_receipt_that_names_nobody(log_contact: LogContact) -> None:
    nora = ReportedReferrer(name="Nora Nextdoor", email="nora@home.invalid", safe_by=["email"])
    contact = log_contact(referrer=nora)
    mail = Notice.objects.get(kind="receipt.sent")
    assert contact.reference in mail.body
    assert not any(word in f"{mail.subject} {mail.body}" for word in ("Nora", "Ada", "Thornbury", "Elm"))
