"""A conflict of interest: for whoever is closed out the case does not exist, in both walls; everybody else works on."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from agencies.access.closed import excluded_memberships
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Agency, ConflictOfInterest, Membership
from audit.models import Event
from clock.models import Deadline
from common.errors import NotPermitted, NotVisible, RuleBroken
from contacts.actions import claim_contact, link_person
from contacts.models import Contact
from contacts.models import Person as OnRecord
from decisions.actions import hand_in_text, record_complaint
from decisions.actions.checking import HandedIn
from information_sharing import actions as sharing
from information_sharing.actions import Ask
from notices.actions import notify, send_notice
from notices.models import Notice
from notices.rules import Message
from screening import actions, queries
from screening.models import Enquiry, Handover
from screening.rules import Case, Whom
from tests.drawn import text
from tests.people import ClientOf, Person, agency, team
from tests.scenes import screening as cases
from tests.scenes.screening import url
from tests.scenes.stages import screened

pytestmark = pytest.mark.django_db
WHY = "The worker lives next door to this family."


def case(enquiry: Enquiry) -> Case:
    return Case(enquiry.reference, enquiry_id=enquiry.pk)


def close(one: Case, whom: Whom, by: Person, at: datetime) -> ConflictOfInterest:
    with acting_as(by.viewer) as viewer:
        return actions.close_to(one, whom, reason=WHY, viewer=viewer, at=at)


def user(who: Person) -> Whom:
    return Whom("user", who.user.pk)


@pytest.fixture
def assigned(enquiry: Enquiry, mash_manager: Person, social_worker: Person, at: datetime) -> Enquiry:
    """Return an enquiry that is rated and has its social worker."""
    with acting_as(mash_manager.viewer) as viewer:
        rated = actions.rate_enquiry(enquiry, "amber", viewer=viewer, at=at)
        return actions.assign_social_worker(rated, social_worker.membership.pk, viewer=viewer, at=at)


def test_declaring_takes_everything_away_at_once_and_leaves_the_work(
    client_of: ClientOf, assigned: Enquiry, social_worker: Person, other_manager: Person
) -> None:
    client = client_of(social_worker)
    assert client.get(url("enquiry", assigned.reference)).status_code == 200
    answer = client.post(
        reverse("screening:interest", args=[assigned.reference]),
        {"sure": "on", "reason": "", "submission_key": uuid.uuid4()},
        follow=True,
    )
    assert answer.redirect_chain == [(reverse("work"), 302)]
    assert "Your declaration is recorded. Below is the work that waits for you." in text(answer)
    for page in ("enquiry", "clocks", "activity", "interest"):
        assert client.get(url(page, assigned.reference)).status_code == 404
    assert client.get(reverse("decisions:analysis", args=[assigned.reference])).status_code == 404
    for page in ("work", "screening:enquiries", "notices:list", "contacts:list"):
        assert assigned.reference not in text(client.get(reverse(page)))
    assigned.refresh_from_db()
    assert (assigned.social_worker_id, assigned.assigned_at) == (None, None)
    assert set(Contact.objects.filter(enquiry_id=assigned.pk).values_list("social_worker_id", flat=True)) == {None}
    assert set(Deadline.objects.open().filter(enquiry_id=assigned.pk).values_list("membership_id", flat=True)) == {None}
    work = text(client_of(other_manager).get(reverse("work")))
    assert assigned.reference in work
    assert "Assign a social worker" in work
    notice = Notice.objects.get(kind="enquiry.unassigned", channel="in_app", membership=other_manager.membership)
    assert social_worker.user.name not in notice.subject + notice.body
    event = Event.objects.get(verb="conflict.declared")
    assert (event.user_id, event.reference, event.details) == (
        social_worker.user.pk,
        assigned.reference,
        {"to": "user", "unassigned": 1},
    )


def test_a_claimed_contact_is_free_again(contact: Contact, screener: Person, at: datetime) -> None:
    with acting_as(screener.viewer) as viewer:
        claim_contact(contact, viewer=viewer, at=at)
        actions.declare_interest(Case(contact.reference, contact_id=contact.pk), viewer=viewer, at=at)
    contact.refresh_from_db()
    assert contact.claimed_by_id is None
    with acting_as(screener.viewer) as viewer:
        assert (Contact.objects.visible_to(viewer).count(), Contact.objects.count()) == (0, 0)


def test_clocks_of_what_hangs_on_a_contact_close_with_it(
    front_door: Person, screener: Person, mash_manager: Person, other_manager: Person, at: datetime
) -> None:
    handover = cases.handed_over(front_door, screener, at)
    contact = handover.contact
    with acting_as(mash_manager.viewer) as viewer:
        record_complaint(contact, "Nobody rang back.", received_at=at, viewer=viewer, at=at)
        hand_in_text(contact.pk, HandedIn("/contacts/", "/contacts/", (("text", "Said."),)), viewer=viewer, at=at)
    kinds = {"handover", "complaint", "text"}
    with acting_as(other_manager.viewer) as viewer:
        assert set(Deadline.objects.open().visible_to(viewer).values_list("subject_kind", flat=True)) >= kinds
    close(Case(contact.reference, contact_id=contact.pk), user(other_manager), mash_manager, at)
    with acting_as(other_manager.viewer) as viewer:
        assert [list(Deadline.objects.all()), list(Deadline.objects.visible_to(viewer))] == [[], []]
    assert set(Deadline.objects.values_list("case_id", flat=True)) == {contact.pk}


WHOM: list[Callable[[Person], Whom]] = [
    user,
    lambda who: Whom("membership", who.membership.pk),
    lambda who: Whom("agency", who.membership.agency_id),
]


@pytest.mark.parametrize("whom", WHOM)
@pytest.mark.parametrize("kind", ["contact", "enquiry"])
def test_each_kind_of_conflict_closes_contact_and_enquiry(
    assigned: Enquiry, mash_manager: Person, panel_police: Person, whom: Any, kind: str, at: datetime
) -> None:
    contact = Contact.objects.get(enquiry_id=assigned.pk)
    with acting_as(panel_police.viewer) as viewer:
        assert list(Enquiry.objects.visible_to(viewer)) == [assigned]
    one = case(assigned) if kind == "enquiry" else Case(contact.reference, contact_id=contact.pk)
    close(one, whom(panel_police), mash_manager, at)
    with acting_as(panel_police.viewer) as viewer:
        assert not Enquiry.objects.visible_to(viewer).exists()
        assert not Contact.objects.visible_to(viewer).exists()


def test_a_manager_is_closed_out_too_and_does_not_see_the_conflict(
    client_of: ClientOf, assigned: Enquiry, mash_manager: Person, other_manager: Person, at: datetime
) -> None:
    conflict = close(case(assigned), user(other_manager), mash_manager, at)
    out = client_of(other_manager)
    contact = Contact.objects.get(enquiry_id=assigned.pk)
    assert out.get(url("closed_out", assigned.reference)).status_code == 404
    lift = reverse("screening:lift_conflict", args=[contact.reference])
    assert out.post(lift, {"conflict": str(conflict.pk), "submission_key": uuid.uuid4()}).status_code == 404
    assert assigned.reference not in text(out.get(reverse("work")))
    page = text(client_of(mash_manager).get(url("closed_out", assigned.reference)))
    assert other_manager.user.name in page
    assert WHY in page
    conflict.refresh_from_db()
    assert conflict.lifted_at is None


def test_lifting_gives_back_what_roles_open(
    client_of: ClientOf, assigned: Enquiry, mash_manager: Person, front_door: Person, at: datetime
) -> None:
    conflict = close(case(assigned), user(front_door), mash_manager, at)
    contact = Contact.objects.get(enquiry_id=assigned.pk)
    address = reverse("contacts:contact", args=[contact.reference])
    assert client_of(front_door).get(address).status_code == 404
    lift = reverse("screening:lift_conflict", args=[contact.reference])
    client_of(mash_manager).post(lift, {"conflict": str(conflict.pk), "submission_key": uuid.uuid4()})
    assert client_of(front_door).get(address).status_code == 200
    page = text(client_of(mash_manager).get(reverse("screening:contact_closed_out", args=[contact.reference])))
    assert "lifted" in page


def test_nobody_lifts_a_conflict_of_their_own_from_another_membership(
    assigned: Enquiry, mash_manager: Person, other_manager: Person, at: datetime
) -> None:
    """Closed out in one membership, a person works on as manager in another, and cannot open the first."""
    second = Membership(
        user=other_manager.user,
        agency=agency("police"),
        roles=["screener"],
        starts_on=other_manager.membership.starts_on,
    )
    second.save(force_insert=True)
    conflict = close(case(assigned), Whom("membership", second.pk), mash_manager, at)
    with acting_as(other_manager.viewer) as viewer, pytest.raises(NotVisible):
        actions.lift_conflict(conflict, case(assigned), viewer=viewer, at=at)


def test_one_manager_must_remain(assigned: Enquiry, mash_manager: Person, other_manager: Person, at: datetime) -> None:
    close(case(assigned), user(other_manager), mash_manager, at)
    before = ConflictOfInterest.objects.count()
    with acting_as(mash_manager.viewer) as viewer:
        with pytest.raises(RuleBroken, match="without a MASH manager"):
            actions.declare_interest(case(assigned), viewer=viewer, at=at)
        with pytest.raises(RuleBroken, match="exclude you too"):
            actions.close_to(case(assigned), user(mash_manager), reason=WHY, viewer=viewer, at=at)
    assert ConflictOfInterest.objects.count() == before


@pytest.mark.parametrize("who", ["front_door", "screener", "social_worker", "police_officer", "administrator"])
def test_only_a_manager_closes_to_others(
    request: pytest.FixtureRequest, assigned: Enquiry, panel_police: Person, who: str, at: datetime
) -> None:
    one: Person = request.getfixturevalue(who)
    with acting_as(one.viewer) as viewer, pytest.raises(NotPermitted):
        actions.close_to(case(assigned), user(panel_police), reason=WHY, viewer=viewer, at=at)


def test_a_closed_worker_is_neither_offered_nor_accepted(
    assigned: Enquiry, mash_manager: Person, other_social_worker: Person, at: datetime
) -> None:
    close(case(assigned), user(other_social_worker), mash_manager, at)
    with acting_as(mash_manager.viewer) as viewer:
        offered = [one.pk for one in queries.assignable(assigned, at=at)]
        assert other_social_worker.membership.pk not in offered
        with pytest.raises(RuleBroken, match="excludes them from this enquiry"):
            actions.assign_social_worker(assigned, other_social_worker.membership.pk, viewer=viewer, at=at)


def test_a_closed_agency_is_not_asked(
    assigned: Enquiry, mash_manager: Person, social_worker: Person, at: datetime
) -> None:
    asked: Agency = agency("health")
    close(case(assigned), Whom("agency", asked.pk), mash_manager, at)
    child = Contact.objects.get(enquiry_id=assigned.pk).subjects.order_by("position").first()
    assert child is not None
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_contact SET agreement = 'given'")
    ask = Ask(
        agency_id=asked.pk,
        subject_ids=(child.pk,),
        asks="What do you know of this child since the summer?",
        purpose="To decide whether the child is at risk of harm.",
        concern="",
        lawful_basis="public_task",
    )
    with acting_as(social_worker.viewer) as viewer, pytest.raises(RuleBroken, match="cannot be asked on this enquiry"):
        sharing.request_information(assigned, [ask], viewer=viewer, at=at)


def test_a_closed_team_is_handed_nothing(
    contact: Contact, screener: Person, mash_manager: Person, at: datetime
) -> None:
    out = team("early_help_team")
    close(Case(contact.reference, contact_id=contact.pk), Whom("team", out.pk), mash_manager, at)
    with pytest.raises(RuleBroken, match="can go to that team"):
        screened(contact, screener, cases.handed_to("early_help_team", "early_help"), at)


def test_a_person_closes_all_their_contacts_and_those_linked_later(
    front_door: Person, screener: Person, mash_manager: Person, at: datetime
) -> None:
    first, second, third = (cases.received(front_door, at) for _ in range(3))
    children = [one.subjects.get(position=1) for one in (first, second, third)]
    with acting_as(front_door.viewer) as viewer:
        link_person(children[1], children[0], matched_on=["name"], viewer=viewer, at=at)
    person = OnRecord.objects.get()
    close(Case(person.reference, person_id=person.pk), user(screener), mash_manager, at)
    with acting_as(screener.viewer) as viewer:
        assert [one.pk for one in Contact.objects.visible_to(viewer)] == [third.pk]
        claim_contact(third, viewer=viewer, at=at)
    children[0].refresh_from_db()
    with acting_as(front_door.viewer) as viewer:
        link_person(children[2], children[0], matched_on=["name"], viewer=viewer, at=at)
    third.refresh_from_db()
    assert third.claimed_by_id is None
    with acting_as(screener.viewer) as viewer:
        assert not Contact.objects.visible_to(viewer).exists()


def test_mail_on_its_way_and_mail_to_come_is_withdrawn(
    assigned: Enquiry, mash_manager: Person, social_worker: Person, at: datetime
) -> None:
    Notice.objects.filter(channel="mail").update(sent_at=at)
    told = Message("enquiry.note", "About an enquiry", "Open it.", reference=assigned.reference)
    with acting_as(mash_manager.viewer):
        notify(told, memberships=[social_worker.membership.pk, mash_manager.membership.pk], at=at)
    close(case(assigned), user(social_worker), mash_manager, at)
    with acting_as(mash_manager.viewer):
        notify(told, memberships=[social_worker.membership.pk], at=at)
    for key in Notice.objects.filter(kind="enquiry.note", channel="mail").values_list("pk", flat=True):
        send_notice(key, viewer=CLOCK, at=at)
    mine = Notice.objects.filter(kind="enquiry.note", channel="mail", membership=social_worker.membership)
    assert [(one.sent_at, one.withdrawn_at) for one in mine] == [(None, at), (None, at)]
    assert social_worker.user.email not in [to for message in mail.outbox for to in message.to]
    assert mash_manager.user.email in [to for message in mail.outbox for to in message.to]


def test_who_is_closed_out_is_told_to_nobody_else(
    assigned: Enquiry, mash_manager: Person, social_worker: Person, panel_police: Person, at: datetime
) -> None:
    close(case(assigned), user(panel_police), mash_manager, at)
    for who, told in ((mash_manager, True), (social_worker, False), (panel_police, False)):
        with acting_as(who.viewer):
            assert (panel_police.membership.pk in excluded_memberships(assigned.reference)) is told


def test_activity_names_conflicts_to_managers_alone(
    client_of: ClientOf,
    assigned: Enquiry,
    mash_manager: Person,
    social_worker: Person,
    panel_police: Person,
    at: datetime,
) -> None:
    close(case(assigned), user(panel_police), mash_manager, at)
    assert "Conflict entered" in text(client_of(mash_manager).get(url("activity", assigned.reference)))
    assert "onflict declared" not in text(client_of(social_worker).get(url("activity", assigned.reference)))


def test_a_stranger_to_the_case_cannot_declare(client_of: ClientOf, assigned: Enquiry, stranger: Person) -> None:
    answer = client_of(stranger).post(
        reverse("screening:interest", args=[assigned.reference]), {"sure": "on", "submission_key": uuid.uuid4()}
    )
    assert answer.status_code == 404
    assert not ConflictOfInterest.objects.exists()


def test_only_what_is_visible_is_closed(
    assigned: Enquiry, mash_manager: Person, panel_police: Person, at: datetime
) -> None:
    with acting_as(mash_manager.viewer) as viewer, pytest.raises(NotVisible):
        actions.close_to(
            Case("M-2222-2222", enquiry_id=uuid.uuid4()), user(panel_police), reason=WHY, viewer=viewer, at=at
        )


def test_a_receiving_worker_declares_on_what_their_team_got(
    client_of: ClientOf, handover: Handover, early_help_worker: Person
) -> None:
    client = client_of(early_help_worker)
    page = url("handover", handover.reference)
    assert reverse("screening:handover_interest", args=[handover.reference]) in text(client.get(page))
    answer = client.post(
        reverse("screening:handover_interest", args=[handover.reference]),
        {"sure": "on", "reason": "My sister.", "submission_key": uuid.uuid4()},
    )
    assert answer.status_code == 302
    assert client.get(page).status_code == 404
    assert handover.reference not in text(client.get(reverse("work")))
    conflict = ConflictOfInterest.objects.get()
    assert (conflict.source, conflict.user_id, conflict.contact_id, conflict.reason) == (
        "declared",
        early_help_worker.user.pk,
        handover.contact_id,
        "My sister.",
    )


def test_a_declaration_needs_its_tick(client_of: ClientOf, assigned: Enquiry, social_worker: Person) -> None:
    page = reverse("screening:interest", args=[assigned.reference])
    answer = client_of(social_worker).post(page, {"submission_key": uuid.uuid4()})
    assert answer.status_code == 200
    assert "Select this if you have a conflict of interest" in text(answer)
    assert not ConflictOfInterest.objects.exists()


def test_the_page_closes_to_whom_it_offers(
    client_of: ClientOf, contact: Contact, mash_manager: Person, screener: Person
) -> None:
    client = client_of(mash_manager)
    page = reverse("screening:contact_closed_out", args=[contact.reference])
    said = {"what": "case", "whom": f"user:{screener.user.pk}", "reason": WHY, "submission_key": uuid.uuid4()}
    assert client.post(page, said).status_code == 302
    assert client_of(screener).get(reverse("screening:screen", args=[contact.reference])).status_code == 404
    for wrong in ({"whom": f"user:{uuid.uuid4()}"}, {"what": "P-2222-2222"}, {"reason": ""}, {}):
        answer = client.post(page, said | {"submission_key": uuid.uuid4()} | wrong)
        assert answer.status_code == 200
        assert ConflictOfInterest.objects.count() == 1
