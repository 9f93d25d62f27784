"""Case roles are given by two people: an administrator proposes, a manager gives their word; nothing opens before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

import screening.actions
from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.lookup import memberships_of
from agencies.access.viewer import BUILDER
from agencies.models import Agency, Membership, RoleProposal, User
from audit.models import Event
from common.errors import MoveNotAllowed, NotPermitted, NotVisible, RuleBroken, StaleRecord
from common.moments import london_day
from mash.worklist import work_of
from notices.models import Notice
from tests.drawn import text
from tests.people import ClientOf, Person, agency

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """Return a moment of today: the wall knows no other."""
    return timezone.now()


@pytest.fixture
def newcomer(at: datetime) -> User:
    """Return somebody with an account and no membership."""
    with acting_as(BUILDER):
        return actions.create_account("new@hub.invalid", "Nadia New", password=None, viewer=BUILDER, at=at)


def propose(
    user: User, *in_roles: str, by: Person, at: datetime, agency_key: str = "csc", ends_on: timedelta | None = None
) -> RoleProposal:
    with acting_as(by.viewer) as viewer:
        made = actions.propose_membership(
            user,
            agency(agency_key),
            in_roles,
            starts_on=london_day(at),
            ends_on=london_day(at) + ends_on if ends_on else None,
            viewer=viewer,
            at=at,
        )
    assert isinstance(made, RoleProposal)
    return made


def answer(proposal: RoleProposal, *, by: Person, at: datetime, yes: bool = True, reason: str = "") -> RoleProposal:
    with acting_as(by.viewer) as viewer:
        return screening.actions.answer_proposed_roles(
            proposal, yes=yes, reason=reason, viewer=viewer, at=at, version=proposal.version
        )


def change(member: Membership, *in_roles: str, by: Person, at: datetime, ends_on: timedelta | None = None) -> None:
    with acting_as(by.viewer) as viewer:
        day = london_day(at) + ends_on if ends_on else None
        actions.change_membership(member, in_roles, ends_on=day, viewer=viewer, at=at)


def roles_now(user: User, *, at: datetime) -> list[list[str]]:
    rows = Membership.objects.in_force(london_day(at)).filter(user=user).order_by("roles")
    return list(rows.values_list("roles", flat=True))


def waiting_for(who: Person, *, at: datetime) -> list[str]:
    with acting_as(who.viewer) as viewer:
        items = work_of(viewer, at=at).items
    return [one.note for one in items if one.section == "screening.to_confirm"]


def test_nothing_opens_before_the_word_and_all_after(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "social_worker", by=administrator, at=at)
    before = (roles_now(newcomer, at=at), memberships_of(newcomer.pk, at=at))
    given = answer(proposal, by=mash_manager, at=at)
    held = [one.pk for one in memberships_of(newcomer.pk, at=at)]
    assert (before, roles_now(newcomer, at=at), held) == (([], []), [["social_worker"]], [given.membership_id])
    verbs = Event.objects.filter(record_id=proposal.pk).order_by("at", "pk").values_list("verb", flat=True)
    assert sorted(verbs) == ["roles.given", "roles.proposed"]


def test_whoever_proposed_it_is_told_the_answer_with_no_name_in_it(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    answer(proposal, by=mash_manager, at=at, yes=False, reason="Not yet trained.")
    told = Notice.objects.filter(kind="roles.answered", channel="in_app")
    words = [(one.membership_id, "Nadia" in one.subject + one.body, "trained" in one.body) for one in told]
    assert words == [(administrator.membership.pk, False, False)]
    assert roles_now(newcomer, at=at) == []


def test_no_needs_a_reason(at: datetime, newcomer: User, administrator: Person, mash_manager: Person) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    with pytest.raises(RuleBroken, match="Say why not"):
        answer(proposal, by=mash_manager, at=at, yes=False)


@pytest.mark.parametrize(
    "who", ["administrator", "auditor", "front_door", "social_worker", "out_of_hours", "police_officer", "screener"]
)
def test_only_a_manager_gives_the_word(
    who: str, at: datetime, newcomer: User, administrator: Person, request: pytest.FixtureRequest
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    with pytest.raises(NotPermitted):
        answer(proposal, by=request.getfixturevalue(who), at=at)
    assert roles_now(newcomer, at=at) == []


@pytest.mark.parametrize("who", ["mash_manager", "auditor", "front_door", "social_worker", "out_of_hours"])
def test_only_an_administrator_proposes(who: str, at: datetime, newcomer: User, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotPermitted):
        propose(newcomer, "screener", by=request.getfixturevalue(who), at=at)
    assert RoleProposal.objects.count() == 0


def test_a_manager_has_no_word_about_themself(
    at: datetime, administrator: Person, mash_manager: Person, other_manager: Person, client_of: ClientOf
) -> None:
    proposal = propose(mash_manager.user, "social_worker", by=administrator, at=at)
    whose = f"{mash_manager.user.name}, {agency('csc').name}: Social worker"
    line = [f"{whose}. Proposed by {administrator.user.name}"]
    assert (waiting_for(mash_manager, at=at), waiting_for(other_manager, at=at)) == ([], line)
    url = reverse("screening:proposed_roles", args=[proposal.pk])
    pages = [client_of(one).get(url).status_code for one in (mash_manager, other_manager)]
    assert pages == [404, 200]
    with pytest.raises(NotVisible):
        answer(proposal, by=mash_manager, at=at)
    answer(proposal, by=other_manager, at=at)
    assert roles_now(mash_manager.user, at=at) == [["manager"], ["social_worker"]]


def test_whoever_proposed_it_gives_no_word_as_manager_later(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    RoleProposal.objects.filter(pk=proposal.pk).update(proposed_by=mash_manager.membership)
    with pytest.raises(NotVisible):
        answer(proposal, by=mash_manager, at=at)


def test_of_two_answers_the_second_is_too_late(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person, other_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    answer(proposal, by=mash_manager, at=at)
    with pytest.raises(MoveNotAllowed):
        answer(proposal, by=other_manager, at=at, yes=False, reason="No.")
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.answered_by_id) == ("given", mash_manager.membership.pk)
    assert roles_now(newcomer, at=at) == [["screener"]]


def test_a_version_from_before_is_refused(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    proposal.version = 7
    with pytest.raises(StaleRecord):
        answer(proposal, by=mash_manager, at=at)


def test_what_is_withdrawn_is_answered_no_more(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    with acting_as(administrator.viewer) as viewer:
        withdrawn = actions.withdraw_proposal(proposal, viewer=viewer, at=at, version=1)
    with pytest.raises(MoveNotAllowed):
        answer(proposal, by=mash_manager, at=at)
    assert (withdrawn.answer, waiting_for(mash_manager, at=at)) == ("withdrawn", [])


def test_taking_away_works_at_once_and_what_is_added_waits(
    at: datetime, administrator: Person, mash_manager: Person, social_worker: Person
) -> None:
    change(social_worker.membership, "social_worker", "screener", by=administrator, at=at)
    first = roles_now(social_worker.user, at=at)
    answer(RoleProposal.objects.get(), by=mash_manager, at=at)
    both = roles_now(social_worker.user, at=at)
    change(Membership.objects.get(user=social_worker.user, ended_at=None), "screener", by=administrator, at=at)
    assert (first, both) == ([["social_worker"]], [["screener", "social_worker"]])
    assert (roles_now(social_worker.user, at=at), RoleProposal.objects.count()) == ([["screener"]], 1)


def test_other_roles_leave_nothing_until_the_word(
    at: datetime, administrator: Person, mash_manager: Person, social_worker: Person
) -> None:
    change(social_worker.membership, "screener", by=administrator, at=at)
    before = roles_now(social_worker.user, at=at)
    answer(RoleProposal.objects.get(), by=mash_manager, at=at)
    assert (before, roles_now(social_worker.user, at=at)) == ([], [["screener"]])


def test_a_later_last_day_waits_too(
    at: datetime, administrator: Person, mash_manager: Person, social_worker: Person
) -> None:
    week, year = timedelta(days=7), timedelta(days=365)
    change(social_worker.membership, "social_worker", by=administrator, at=at, ends_on=week)
    assert RoleProposal.objects.count() == 0
    change(
        Membership.objects.get(user=social_worker.user, ended_at=None),
        "social_worker",
        by=administrator,
        at=at,
        ends_on=year,
    )
    last = Membership.objects.filter(user=social_worker.user, ended_at=None).values_list("ends_on", flat=True)
    assert list(last) == [london_day(at) + week]
    answer(RoleProposal.objects.get(), by=mash_manager, at=at)
    assert list(last.all()) == [london_day(at) + year]


def test_what_would_change_an_ended_membership_is_withdrawn(
    at: datetime, administrator: Person, social_worker: Person
) -> None:
    change(social_worker.membership, "social_worker", "screener", by=administrator, at=at)
    with acting_as(administrator.viewer) as viewer:
        actions.end_membership(social_worker.membership, viewer=viewer, at=at)
    assert [one.answer for one in RoleProposal.objects.all()] == ["withdrawn"]


def test_roles_of_the_hub_need_no_word(at: datetime, newcomer: User, administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer:
        made = actions.propose_membership(
            newcomer, agency("csc"), ["auditor"], starts_on=london_day(at), viewer=viewer, at=at
        )
    assert (type(made), roles_now(newcomer, at=at)) == (Membership, [["auditor"]])


def test_nobody_gets_a_case_role_who_audits_by_now(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    with acting_as(administrator.viewer) as viewer:
        actions.add_membership(newcomer, agency("csc"), ["auditor"], starts_on=london_day(at), viewer=viewer, at=at)
    with pytest.raises(RuleBroken, match="Nobody is auditor or administrator"):
        answer(proposal, by=mash_manager, at=at)


def test_the_builder_gives_alone_and_the_log_says_so(at: datetime, newcomer: User) -> None:
    with acting_as(BUILDER):
        made = actions.propose_membership(
            newcomer, agency("csc"), ["screener"], starts_on=london_day(at), viewer=BUILDER, at=at
        )
    event = Event.objects.get(verb="membership.begun", record_id=made.pk)
    assert event.details == {"roles": "screener", "alone": True}


def test_it_is_late_after_a_working_day(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    due = []
    for day in ("2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"):  # Thursday to Sunday
        RoleProposal.objects.filter(pk=proposal.pk).update(proposed_at=datetime.fromisoformat(f"{day}T10:00:00Z"))
        with acting_as(mash_manager.viewer) as viewer:
            items = work_of(viewer, at=at).items
        due += [one.due_at for one in items if one.section == "screening.to_confirm"]
    assert [f"{one:%a %H:%M}" for one in due if one] == ["Fri 10:00", "Mon 10:00", "Mon 10:00", "Mon 10:00"]


def test_the_pages_lead_from_proposal_to_answer(
    at: datetime, newcomer: User, administrator: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    account = reverse("agencies:account", args=[newcomer.pk])
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    assert "It opens nothing until a MASH manager says yes." in text(client_of(administrator).get(account))
    manager = client_of(mash_manager)
    url = reverse("screening:proposed_roles", args=[proposal.pk])
    refused = text(manager.post(url, {"version": "1", "word": "no"}))
    assert "Say why not" in refused
    manager.post(url, {"version": "1", "word": "no", "reason": "Ask again in May."})
    shown = text(client_of(administrator).get(account))
    assert ("The manager said no" in shown, "Ask again in May." in shown) == (True, True)


def test_the_administrator_withdraws_with_the_version_of_the_page(
    at: datetime, newcomer: User, administrator: Person, client_of: ClientOf
) -> None:
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    browser, url = client_of(administrator), reverse("agencies:withdraw_roles", args=[proposal.pk])
    answers = []
    for said in ({}, {"version": "9"}, {"version": "1"}):
        browser.post(url, said)
        proposal.refresh_from_db()
        answers.append(proposal.answer)
    assert answers == ["", "", "withdrawn"]


ATTACKS = {
    "a membership written by hand": (
        "administrator",
        (
            "INSERT INTO agencies_membership (id, user_id, agency_id, roles, starts_on, version)"
            " VALUES (gen_random_uuid(), %(newcomer)s, %(agency)s, '{screener}', current_date, 1)"
        ),
    ),
    "manager while there are managers": (
        "administrator",
        (
            "INSERT INTO agencies_membership (id, user_id, agency_id, roles, starts_on, version)"
            " VALUES (gen_random_uuid(), %(newcomer)s, %(agency)s, '{manager}', current_date, 1)"
        ),
    ),
    "an administrator's own word": (
        "administrator",
        "UPDATE agencies_roleproposal SET answer = 'given', answered_at = now(), answered_by_id = %(me)s",
    ),
    "other roles than were proposed": ("administrator", "UPDATE agencies_roleproposal SET roles = '{manager}'"),
    "a word in another's name": (
        "mash_manager",
        "UPDATE agencies_roleproposal SET answer = 'given', answered_at = now(), answered_by_id = %(other)s",
    ),
    "roles without a word": ("mash_manager", "SELECT fw.give_roles(%(proposal)s)"),
    "roles by the administrator": ("administrator", "SELECT fw.give_roles(%(proposal)s)"),
    "keeping what was not held": (
        "administrator",
        "SELECT fw.keep_roles(%(worker)s, '{manager}', NULL, now())",
    ),
    "a proposal by the front door": (
        "front_door",
        (
            "INSERT INTO agencies_roleproposal (id, reference, user_id, agency_id, roles, starts_on, proposed_at,"
            " proposed_by_id, answer, reason, version) VALUES (gen_random_uuid(), 'W-2222-2222', %(newcomer)s,"
            " %(agency)s, '{screener}', current_date, now(), %(me)s, '', '', 1)"
        ),
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_gives_nobody_a_case_role(
    attack: str,
    at: datetime,
    newcomer: User,
    administrator: Person,
    social_worker: Person,
    other_manager: Person,
    request: pytest.FixtureRequest,
) -> None:
    name, statement = ATTACKS[attack]
    who: Person = request.getfixturevalue(name)
    proposal = propose(newcomer, "screener", by=administrator, at=at)
    keys = {
        "newcomer": newcomer.pk,
        "agency": agency("csc").pk,
        "me": who.membership.pk,
        "other": other_manager.membership.pk,
        "proposal": proposal.pk,
        "worker": social_worker.membership.pk,
    }
    with acting_as(who.viewer), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, keys)
    proposal.refresh_from_db()
    assert (proposal.answer, proposal.roles, roles_now(newcomer, at=at)) == ("", ["screener"], [])


def test_raw_sql_confirms_no_role_of_ones_own(at: datetime, administrator: Person, mash_manager: Person) -> None:
    proposal = propose(mash_manager.user, "social_worker", by=administrator, at=at)
    with acting_as(mash_manager.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_roleproposal")
        seen = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE agencies_roleproposal SET answer = 'given', answered_at = now(), answered_by_id = %s",
            [mash_manager.membership.pk],
        )
        changed = cursor.rowcount
    proposal.refresh_from_db()
    assert (seen, changed, proposal.answer) == (0, 0, "")


@pytest.mark.parametrize("closed", [User, Agency])
def test_no_word_is_taken_for_what_was_closed_since(
    closed: type[User | Agency], newcomer: User, at: datetime, administrator: Person, mash_manager: Person
) -> None:
    proposal = propose(newcomer, "researcher", by=administrator, at=at, agency_key="housing")
    gone = newcomer if closed is User else proposal.agency
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    with pytest.raises(RuleBroken, match="closed since"):
        answer(proposal, by=mash_manager, at=at)
    assert answer(proposal, by=mash_manager, at=at, yes=False, reason="Closed.").answer == "refused"
    assert roles_now(newcomer, at=at) == []
