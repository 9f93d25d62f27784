"""Changing the directory: who may, what is refused, what the evidence says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from agencies import actions, queries
from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_for
from agencies.access.viewer import BUILDER, CLOCK, PUBLIC, Viewer
from agencies.choices import Role
from agencies.models import Agency, Agreement, HubSettings, Membership, Signature, Team, User
from audit.models import Event
from common.errors import NotPermitted, NotVisible, RuleBroken
from common.moments import london_day
from tests.people import Person, agency, person, team

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = london_day(NOW)
YESTERDAY = TODAY - timedelta(days=1)
Act = Callable[[Viewer], object]

ACTIONS: dict[str, Act] = {
    "create_agency": lambda v: actions.create_agency(
        "Aldermere Libraries", short_name="Libraries", kind="voluntary", is_core=False, viewer=v, at=NOW
    ),
    "create_team": lambda v: actions.create_team(agency("csc"), "Night team", kind="assessment", viewer=v, at=NOW),
    "create_account": lambda v: actions.create_account("n@demo.invalid", "Nora", password=None, viewer=v, at=NOW),
    "record_birth_and_home": lambda v: actions.record_birth_and_home(
        person("fiona_front").user, born=date(1980, 5, 4), home="", viewer=v, at=NOW
    ),
    "add_membership": lambda v: actions.add_membership(
        person("audrey_auditor").user, agency("csc"), ["administrator"], starts_on=TODAY, viewer=v, at=NOW
    ),
    "propose_membership": lambda v: actions.propose_membership(
        person("fiona_front").user, agency("csc"), ["screener"], starts_on=TODAY, viewer=v, at=NOW
    ),
    "end_membership": lambda v: actions.end_membership(person("fiona_front").membership, viewer=v, at=NOW),
    "change_membership": lambda v: actions.change_membership(
        person("fiona_front").membership, ["front_door"], ends_on=TODAY, viewer=v, at=NOW
    ),
    "suspend_account": lambda v: actions.suspend_account(person("fiona_front").user, viewer=v, at=NOW),
    "reinstate_account": lambda v: actions.reinstate_account(_suspended("fiona_front"), viewer=v, at=NOW),
    "close_agency": lambda v: actions.close_agency(agency("housing"), viewer=v, at=NOW),
    "reopen_agency": lambda v: actions.reopen_agency(_closed("housing"), viewer=v, at=NOW),
    "correct_account": lambda v: actions.correct_account(
        person("fiona_front").user, actions.Particulars("Nora", "fiona.front@demo.invalid"), viewer=v, at=NOW, version=1
    ),
    "correct_agency": lambda v: actions.correct_agency(
        agency("housing"), name="Libraries", short_name="Libraries", viewer=v, at=NOW, version=1
    ),
    "correct_team": lambda v: actions.correct_team(team("lado"), name="Night", viewer=v, at=NOW, version=1),
    "close_team": lambda v: actions.close_team(team("lado"), viewer=v, at=NOW),
    "reopen_team": lambda v: actions.reopen_team(_closed_team("lado"), viewer=v, at=NOW),
    "make_agreement": lambda v: actions.make_agreement("Two", starts_on=TODAY, ends_on=TODAY, viewer=v, at=NOW),
    "sign_agreement": lambda v: actions.sign_agreement(
        Agreement.objects.get(), agency("voluntary"), signed_on=TODAY, viewer=v, at=NOW
    ),
    "save_hub_settings": lambda v: actions.save_hub_settings(name="Hub", viewer=v, at=NOW),
    "limit_broken_glass": lambda v: actions.limit_broken_glass(5, viewer=v, at=NOW),
}
OF_PROPOSALS = {"give_word", "refuse_roles", "withdraw_proposal"}
"""Tried in `tests/agencies/test_proposals.py`."""
OF_BEGINNING = {"begin_hub", "has_begun", "still_to_come", "invite", "send_trial", "open_public_form"}
"""Tried in `tests/agencies/test_beginning.py` and `tests/agencies/test_public_form.py`."""
OF_FILES = {"try_people", "take_people"}
"""Tried in `tests/agencies/test_people_file.py`."""
OF_SECOND_FACTORS = {
    "end_other_sessions",
    "end_own_session",
    "ask_second_factor_of",
    "give_second_factor",
    "replace_recovery_codes",
    "reset_second_factor",
    "set_up_second_factor",
    "warn_of_tries",
}
"""Tried in `tests/agencies/test_second_factor.py`, `tests/access/test_second_factor.py` and `test_own_sessions.py`."""
VERBS = {
    "create_agency": "agency.created",
    "create_team": "team.created",
    "create_account": "account.created",
    "record_birth_and_home": "account.birth_and_home_recorded",
    "add_membership": "membership.begun",
    "propose_membership": "roles.proposed",
    "end_membership": "membership.ended",
    "change_membership": "membership.changed",
    "suspend_account": "account.suspended",
    "reinstate_account": "account.reinstated",
    "close_agency": "agency.closed",
    "reopen_agency": "agency.reopened",
    "correct_account": "account.corrected",
    "correct_agency": "agency.corrected",
    "correct_team": "team.corrected",
    "close_team": "team.closed",
    "reopen_team": "team.reopened",
    "make_agreement": "agreement.made",
    "sign_agreement": "agreement.signed",
    "save_hub_settings": "hub.settings_saved",
    "limit_broken_glass": "hub.glass_limited",
}


def _suspended(key: str) -> User:
    """Return an account that was suspended before."""
    user = person(key).user
    User.objects.filter(pk=user.pk).update(is_active=False)
    return user


def _closed(key: str) -> Agency:
    """Return an agency that was closed before."""
    closed = agency(key)
    Agency.objects.filter(pk=closed.pk).update(is_active=False)
    return closed


def _closed_team(key: str) -> Team:
    """Return a team that was closed before."""
    closed = team(key)
    Team.objects.filter(pk=closed.pk).update(is_active=False)
    return closed


def _agency_called(name: str, viewer: Viewer) -> Agency:
    return actions.create_agency(name, short_name="P", kind="police", is_core=True, viewer=viewer, at=NOW)


def _team_called(name: str, viewer: Viewer) -> Team:
    return actions.create_team(agency("csc"), name, kind="lado", viewer=viewer, at=NOW)


def counts() -> list[int]:
    tables = (Agency, Team, User, Membership, Agreement, Signature, Group, Event)
    return [table._default_manager.count() for table in tables]


def test_every_action_is_tried_here() -> None:
    assert {name for name in actions.__all__ if name.islower()} == (
        set(ACTIONS) | OF_PROPOSALS | OF_BEGINNING | OF_FILES | OF_SECOND_FACTORS
    )


@pytest.mark.parametrize("name", list(ACTIONS))
@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_action_is_the_administrators_alone(name: str, role: str, administrator: Person) -> None:
    before = counts()
    viewer = Viewer(administrator.user.pk, administrator.membership.pk, None, frozenset({role}))
    with pytest.raises(NotPermitted):
        ACTIONS[name](viewer)
    assert counts() == before


@pytest.mark.parametrize("name", list(ACTIONS))
def test_action_is_not_the_systems_but_the_builders(name: str) -> None:
    for viewer in (PUBLIC, CLOCK):
        with pytest.raises(NotPermitted):
            ACTIONS[name](viewer)
    ACTIONS[name](BUILDER)


@pytest.mark.parametrize("name", list(ACTIONS))
def test_action_writes_one_event_without_a_word_of_content(name: str, administrator: Person) -> None:
    known = set(Event.objects.values_list("pk", flat=True))
    with acting_as(administrator.viewer) as viewer:
        ACTIONS[name](viewer)
    event = Event.objects.exclude(pk__in=known).get()
    assert (event.verb, event.at, event.membership_id) == (VERBS[name], NOW, administrator.membership.pk)
    assert [word for word in ("Libraries", "Night", "Nora", "demo.invalid") if word in str(event.details)] == []


def test_agency_and_team_have_groups_of_their_own(administrator: Person) -> None:
    made = [ACTIONS[name](administrator.viewer) for name in ("create_agency", "create_team")]
    groups = [one.group for one in made]  # type: ignore[attr-defined]
    assert len({group.pk for group in groups}) == 2
    assert not any(str(word) in group.name for group in groups for word in ("Libraries", "Night"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held": []}, "roles"),
        ({"held": ["public"]}, "roles"),
        ({"held": ["builder", "manager"]}, "roles"),
        ({"held": ["receiving_worker"]}, "team"),
        ({"team": "early_help_team"}, "team"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"user": "anton_admin"}, None),
    ],
    ids=str,
)
def test_membership_that_breaks_a_rule(change: dict[str, Any], field: str | None, administrator: Person) -> None:
    before = counts()
    with pytest.raises(RuleBroken) as refusal:
        actions.add_membership(
            person(change.pop("user", "audrey_auditor")).user,
            agency("csc"),
            change.pop("held", ["screener"]),
            team=team(change.pop("team")) if "team" in change else None,
            starts_on=TODAY,
            **change,
            viewer=administrator.viewer,
            at=NOW,
        )
    assert (refusal.value.field, counts()) == (field, before)


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda v: _agency_called(agency("police").name.upper(), v), "name"),
        (lambda v: _team_called(team("lado").name.upper(), v), "name"),
        (lambda v: actions.create_account("FIONA.FRONT@demo.invalid", "F", password=None, viewer=v, at=NOW), "email"),
        (lambda v: actions.make_agreement("T", starts_on=TODAY, ends_on=YESTERDAY, viewer=v, at=NOW), "ends_on"),
    ],
)
def test_directory_holds_nothing_twice_or_backwards(act: Act, field: str, administrator: Person) -> None:
    before = counts()
    with pytest.raises(RuleBroken) as refusal:
        act(administrator.viewer)
    assert (refusal.value.field, counts()) == (field, before)


@pytest.mark.parametrize(
    ("key", "signed_on", "ends_on", "field"),
    [
        ("voluntary", TODAY, None, None),
        ("voluntary", TODAY, TODAY, None),
        ("voluntary", TODAY + timedelta(days=1), None, "signed_on"),
        ("voluntary", TODAY, TODAY - timedelta(days=1), "ends_on"),
        ("voluntary", TODAY - timedelta(days=100), None, "agency"),
        ("police", TODAY, None, "agency"),
    ],
)
def test_signature(key: str, signed_on: date, ends_on: date | None, field: str | None, administrator: Person) -> None:
    def sign() -> Signature:
        return actions.sign_agreement(
            Agreement.objects.get(),
            agency(key),
            signed_on=signed_on,
            ends_on=ends_on,
            viewer=administrator.viewer,
            at=NOW,
        )

    if field is None:
        sign()
        assert queries.is_signed(agency(key).pk, at=NOW)
        assert not queries.is_signed(agency(key).pk, at=NOW - timedelta(days=3))
        return
    with pytest.raises(RuleBroken) as refusal:
        sign()
    assert (refusal.value.field, Signature.objects.filter(agency=agency(key)).count()) == (field, 1)


def test_signature_counts_from_its_first_to_its_last_day() -> None:
    voluntary = agency("voluntary")
    last = Signature.objects.get(agency=voluntary).ends_on
    assert last is not None
    noon = NOW.replace(hour=12)
    days = [(last - TODAY).days + offset for offset in (0, 1)]
    assert [queries.is_signed(voluntary.pk, at=noon + timedelta(days=day)) for day in days] == [True, False]


def test_inactive_agency_and_lapsed_agreement_are_not_signed() -> None:
    police = agency("police")
    assert not queries.is_signed(police.pk, at=NOW + timedelta(days=366))
    assert queries.is_signed(police.pk, at=NOW)
    Agency.objects.filter(pk=police.pk).update(is_active=False)
    assert not queries.is_signed(police.pk, at=NOW)
    assert police.pk not in [one.pk for one, _ in queries.partner_agencies(at=NOW)]


def test_ended_membership_is_ended_once_and_counts_no_more(front_door: Person, administrator: Person) -> None:
    for _ in range(2):
        ended = actions.end_membership(front_door.membership, viewer=administrator.viewer, at=NOW)
    assert (ended.ended_at, ended.version) == (NOW, 2)
    assert Event.objects.filter(record_id=ended.pk, verb="membership.ended").count() == 1
    assert viewer_for(front_door.user.pk, ended.pk, at=NOW).membership_id is None
    assert front_door.membership.pk not in [one.pk for one in queries.members_holding("front_door", at=NOW)]
    with pytest.raises(NotVisible):
        queries.membership(administrator.viewer, ended.pk)


@pytest.mark.parametrize("held", [["administrator"], ["screener"]])
def test_nobody_ends_a_membership_of_their_own(held: list[str], administrator: Person, auditor: Person) -> None:
    """Neither the one in which they work nor another one; of somebody else, an administrator ends the same."""
    own = [administrator.membership]
    for user in (administrator.user, auditor.user):
        further = Membership(user=user, agency=agency("csc"), roles=held, starts_on=TODAY)
        further.save(force_insert=True)
        own.append(further)
    theirs = own.pop()
    before = Event.objects.count()
    for one in own:
        with pytest.raises(RuleBroken, match="ask another administrator"):
            actions.end_membership(one, viewer=administrator.viewer, at=NOW)
    assert {Membership.objects.get(pk=one.pk).ended_at for one in own} == {None}
    assert Event.objects.count() == before
    assert actions.end_membership(theirs, viewer=administrator.viewer, at=NOW).ended_at == NOW


def test_database_keeps_what_must_always_hold(administrator: Person) -> None:
    member = administrator.membership
    broken: list[Callable[[], object]] = [
        lambda: Membership.objects.filter(pk=member.pk).update(roles=[]),
        lambda: Membership.objects.filter(pk=member.pk).update(roles=["receiving_worker"]),
        lambda: Membership.objects.filter(pk=member.pk).update(ends_on=member.starts_on - timedelta(days=1)),
        lambda: User.objects.create_user("ANTON.ADMIN@demo.invalid", None, name="Other"),
        lambda: HubSettings(pk=2).save(force_insert=True),
        lambda: Signature.objects.update(ends_on=date(1990, 1, 1)),
        lambda: Agreement.objects.update(ends_on=date(1990, 1, 1)),
    ]
    for write in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_settings_are_the_saved_ones(administrator: Person) -> None:
    assert queries.hub_settings() == HubSettings.objects.get()
    actions.save_hub_settings(decision_by="joint", viewer=administrator.viewer, at=NOW)
    assert queries.hub_settings().decision_by == "joint"


def test_reads_of_the_directory() -> None:
    assert {one.kind for one in queries.teams("lado", "assessment")} == {"lado", "assessment"}
    assert len(queries.teams()) == Team.objects.count()
    assert {str(one.user.email) for one in queries.social_workers(at=NOW)} == {
        "saira.worker@demo.invalid",
        "sean.worker@demo.invalid",
    }
    police = agency("police")
    found = queries.members_holding("researcher", "lead", at=NOW, agency_id=police.pk)
    assert [one.user.name for one in found] == ["Paul Kerr", "Petra Lind"]
    assert queries.names_of({one.pk for one in found}) == {one.pk: one.user.name for one in found}
    core = [agency.is_core for agency, _ in queries.partner_agencies(at=NOW)]
    assert core == sorted(core, reverse=True)


def test_people_are_read_in_constant_queries(
    administrator: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for name in ("a", "b"):
        with django_assert_num_queries(4):
            queries.people(administrator.viewer, agency=None, page=None, at=NOW)
        for number in range(40):
            User.objects.create_user(f"{name}{number}@demo.invalid", None, name=f"{name}{number}")
    page, accounts = queries.people(administrator.viewer, agency=None, page="2", at=NOW)
    assert (page.number, len(accounts), queries.PEOPLE_PER_PAGE) == (2, 50, 50)


def test_person_without_account_name_is_the_key() -> None:
    one = person("fiona_front")
    assert [str(one.user), str(one.membership), str(Signature.objects.first())] == [
        str(one.user.pk),
        str(one.membership.pk),
        str(Signature.objects.first().pk),  # type: ignore[union-attr]
    ]
    assert (str(agency("police")), str(team("lado")), str(HubSettings())) == ("Police", team("lado").name, "hub")
    assert (one.membership.role_names, str(Agreement.objects.get())) == (
        "Front door",
        "Aldermere information sharing agreement",
    )


@pytest.mark.parametrize(
    ("held", "wanted", "refused"),
    [
        ([Role.AUDITOR], [Role.MANAGER], True),
        ([Role.SOCIAL_WORKER], [Role.ADMINISTRATOR], True),
        ([Role.AUDITOR], [Role.ADMINISTRATOR], False),
        ([Role.SCREENER], [Role.MANAGER], False),
        ([], [Role.AUDITOR, Role.FRONT_DOOR], True),
    ],
)
def test_nobody_who_audits_or_administers_works_on_cases(
    administrator: Person, held: list[Role], wanted: list[Role], refused: bool
) -> None:
    with acting_as(BUILDER):
        somebody = User.objects.create_user("new.person@hub.invalid", "a long enough password 1", name="New Person")
        home, day = agency("csc"), TODAY
        if held:
            actions.add_membership(somebody, home, held, starts_on=day, viewer=BUILDER, at=NOW)
    with acting_as(administrator.viewer) as viewer:
        if refused:
            with pytest.raises(RuleBroken, match="works on cases too"):
                actions.propose_membership(somebody, home, wanted, starts_on=day, viewer=viewer, at=NOW)
            with pytest.raises(DatabaseError, match="works on cases too"), transaction.atomic():
                Membership(user=somebody, agency=home, roles=wanted, starts_on=day).save(force_insert=True)
        else:
            actions.propose_membership(somebody, home, wanted, starts_on=day, viewer=viewer, at=NOW)
