"""Whoever ends, changes or suspends a membership sees first what it holds, and the hub keeps a manager."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import screening.actions
from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Agency, Membership, RoleProposal, User
from agencies.reads.holding import held_by
from audit.models import Event
from clock.models import Deadline
from common.errors import RuleBroken
from common.moments import london_day
from notices.models import Notice
from screening.models import Enquiry
from tests.drawn import text
from tests.people import ClientOf, Person, agency
from tests.scenes.enquiries import ask, open_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """Return a moment of today: what is held is counted as of the database's own clock."""
    return timezone.now()


def end(member: Membership, *, by: Person, at: datetime, successor: Person | None = None) -> Membership:
    with acting_as(by.viewer) as viewer:
        key = successor.user.pk if successor else None
        return actions.end_membership(member, successor_id=key, viewer=viewer, at=at)


def roles_now(who: Person, *, at: datetime) -> list[list[str]]:
    rows = Membership.objects.in_force(london_day(at)).filter(user=who.user).order_by("roles")
    return list(rows.values_list("roles", flat=True))


def test_the_page_says_what_is_held_by_number_and_names_no_case(
    client_of: ClientOf, administrator: Person, social_worker: Person
) -> None:
    red, amber = open_case(), open_case(colour="amber")
    page = text(client_of(administrator).get(reverse("agencies:end_membership", args=[social_worker.membership.pk])))
    assert "2 MASH enquiries assigned to them, 1 of them Red" in page
    assert [one.enquiry.reference in page for one in (red, amber)] == [False, False]


def test_the_page_of_somebody_who_holds_nothing_says_so(
    client_of: ClientOf, administrator: Person, auditor: Person
) -> None:
    page = text(client_of(administrator).get(reverse("agencies:end_membership", args=[auditor.membership.pk])))
    assert "Nothing waits for them." in page


def test_requests_are_held_by_the_last_who_can_answer(
    administrator: Person, social_worker: Person, police_officer: Person, probation_officer: Person
) -> None:
    case = open_case()
    ask(case, "police", "probation")
    with acting_as(administrator.viewer):
        held = {
            who.user.name: [(one.kind, one.count, one.red) for one in held_by([who.membership.pk])]
            for who in (police_officer, probation_officer)
        }
    assert held == {police_officer.user.name: [], probation_officer.user.name: [("request", 1, 1)]}


@pytest.mark.parametrize("version", [None, "9"])
def test_ending_needs_the_version_that_the_page_showed(
    version: str | None, client_of: ClientOf, administrator: Person, auditor: Person
) -> None:
    url = reverse("agencies:end_membership", args=[auditor.membership.pk])
    client_of(administrator).post(url, {} if version is None else {"version": version})
    auditor.membership.refresh_from_db()
    assert auditor.membership.ended_at is None


def test_the_last_manager_goes_only_with_a_successor(
    at: datetime, administrator: Person, mash_manager: Person, other_manager: Person, social_worker: Person
) -> None:
    end(other_manager.membership, by=administrator, at=at)
    with pytest.raises(RuleBroken, match="Nobody else is a MASH manager"):
        end(mash_manager.membership, by=administrator, at=at)
    assert roles_now(mash_manager, at=at) == [["manager"]]
    end(mash_manager.membership, by=administrator, at=at, successor=social_worker)
    assert (roles_now(mash_manager, at=at), roles_now(social_worker, at=at)) == ([], [["manager"], ["social_worker"]])


def test_a_successor_is_a_colleague_who_neither_audits_nor_administers(
    at: datetime, administrator: Person, mash_manager: Person, other_manager: Person, police_officer: Person
) -> None:
    end(other_manager.membership, by=administrator, at=at)
    with pytest.raises(RuleBroken, match="Nobody else is a MASH manager"):
        end(mash_manager.membership, by=administrator, at=at, successor=police_officer)


def test_the_page_of_the_last_manager_warns_and_asks_who_follows(
    at: datetime, client_of: ClientOf, administrator: Person, mash_manager: Person, other_manager: Person
) -> None:
    url = reverse("agencies:end_membership", args=[mash_manager.membership.pk])
    before = text(client_of(administrator).get(url))
    end(other_manager.membership, by=administrator, at=at)
    after = text(client_of(administrator).get(url))
    sentence = "This is the last MASH manager."
    assert [(sentence in page, "Who is MASH manager from now on?" in page) for page in (before, after)] == [
        (False, False),
        (True, True),
    ]
    refused = client_of(administrator).post(url, {"version": str(mash_manager.membership.version)})
    assert "Choose who follows" in text(refused)


def test_suspending_asks_the_same_and_reinstating_gives_back(
    at: datetime, administrator: Person, mash_manager: Person, other_manager: Person, social_worker: Person
) -> None:
    case = open_case(colour="amber")
    with acting_as(administrator.viewer) as viewer:
        actions.suspend_account(social_worker.user, viewer=viewer, at=at)
    with acting_as(CLOCK):
        assert screening.actions.who_works_on(case.enquiry.pk, at=at) == []
    with acting_as(administrator.viewer) as viewer:
        actions.reinstate_account(social_worker.user, viewer=viewer, at=at)
        actions.suspend_account(other_manager.user, viewer=viewer, at=at)
    with acting_as(CLOCK):
        assert screening.actions.who_works_on(case.enquiry.pk, at=at) == [social_worker.membership.pk]
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken, match="Nobody else is a MASH manager"):
        actions.suspend_account(mash_manager.user, viewer=viewer, at=at)
    verbs = Event.objects.filter(record_id=social_worker.user.pk).order_by("at", "verb").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["account.reinstated", "account.suspended"]


def test_nobody_suspends_themself(at: datetime, administrator: Person) -> None:
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken, match="your own account"):
        actions.suspend_account(administrator.user, viewer=viewer, at=at)


def test_a_changed_membership_takes_along_what_its_roles_work_on(
    at: datetime, administrator: Person, mash_manager: Person, social_worker: Person
) -> None:
    case = open_case()
    with acting_as(administrator.viewer) as viewer:
        actions.change_membership(
            social_worker.membership, ["social_worker", "screener"], viewer=viewer, at=at, version=1
        )
    with acting_as(mash_manager.viewer) as viewer:
        new = actions.give_word(RoleProposal.objects.get(), viewer=viewer, at=at, version=1).membership
    assert new is not None
    with acting_as(CLOCK):
        assert screening.actions.who_works_on(case.enquiry.pk, at=at) == [new.pk]
        assert set(Deadline.objects.open().filter(enquiry_id=case.enquiry.pk).values_list("membership", flat=True)) == {
            new.pk
        }
    assert roles_now(social_worker, at=at) == [["screener", "social_worker"]]


def test_what_the_new_roles_do_not_work_on_is_left_behind(
    at: datetime, administrator: Person, mash_manager: Person, social_worker: Person
) -> None:
    case = open_case()
    with acting_as(administrator.viewer) as viewer:
        actions.change_membership(social_worker.membership, ["screener"], viewer=viewer, at=at, version=1)
    with acting_as(mash_manager.viewer) as viewer:
        assert Enquiry.objects.get(pk=case.enquiry.pk).social_worker_id == social_worker.membership.pk
    with acting_as(CLOCK):
        assert screening.actions.who_works_on(case.enquiry.pk, at=at) == []


def test_a_closed_agency_works_no_more_and_can_be_opened_again(
    at: datetime, client_of: ClientOf, administrator: Person, police_officer: Person
) -> None:
    client, police = client_of(administrator), agency("police")
    page = text(client.get(reverse("agencies:close_agency", args=[police.pk])))
    assert "Close this agency?" in page
    client.post(reverse("agencies:close_agency", args=[police.pk]))
    assert Membership.objects.in_force(london_day(at)).filter(agency=police).count() == 0
    assert "Closed agencies" in text(client.get(reverse("agencies:directory")))
    client.post(reverse("agencies:reopen_agency", args=[police.pk]))
    assert Agency.objects.get(pk=police.pk).is_active is True


def test_an_agency_with_the_last_manager_is_not_closed(
    at: datetime, administrator: Person, mash_manager: Person
) -> None:
    with acting_as(administrator.viewer) as viewer, pytest.raises(RuleBroken):
        actions.close_agency(mash_manager.membership.agency, viewer=viewer, at=at)


def without_managers(administrator: Person, *, at: datetime) -> None:
    """Let every manager's last day be yesterday."""
    with acting_as(administrator.viewer):
        rows = Membership.objects.filter(roles__contains=["manager"])
        rows.update(ends_on=london_day(at) - timedelta(days=1))


def test_a_hub_without_a_manager_shows_it_to_the_administrator_without_content(
    at: datetime, client_of: ClientOf, administrator: Person, caplog: pytest.LogCaptureFixture
) -> None:
    case = open_case()
    page = text(client_of(administrator).get(reverse("agencies:directory")))
    assert "No MASH manager is at work" not in page
    without_managers(administrator, at=at)
    page = text(client_of(administrator).get(reverse("agencies:directory")))
    assert "No MASH manager is at work since" in page
    assert "1 MASH enquiry waits, 1 of them Red." in page
    assert case.enquiry.reference not in page
    assert [screening.actions.tell_without_manager(viewer=CLOCK, at=at) for _ in range(2)] == [True, True]
    with acting_as(CLOCK):
        told = Notice.objects.filter(kind="hub.without_manager", channel="in_app")
        assert list(told.values_list("membership__user__name", flat=True)) == [administrator.user.name]
    assert "No MASH manager is at work: 1 enquiries wait, 1 of them Red." in caplog.text


def test_the_pages_of_leaving_are_for_the_administrator_alone(
    client_of: ClientOf, mash_manager: Person, auditor: Person
) -> None:
    urls = [
        reverse("agencies:end_membership", args=[auditor.membership.pk]),
        reverse("agencies:change_membership", args=[auditor.membership.pk]),
        reverse("agencies:suspend_account", args=[auditor.user.pk]),
        reverse("agencies:close_agency", args=[auditor.membership.agency_id]),
    ]
    assert [client_of(mash_manager).get(url).status_code for url in urls] == [403] * 4


def test_a_suspended_account_is_said_on_its_page(client_of: ClientOf, administrator: Person, auditor: Person) -> None:
    client = client_of(administrator)
    client.post(reverse("agencies:suspend_account", args=[auditor.user.pk]))
    assert User.objects.get(pk=auditor.user.pk).is_active is False
    assert "This account is suspended" in text(client.get(reverse("agencies:account", args=[auditor.user.pk])))
    client.post(reverse("agencies:reinstate_account", args=[auditor.user.pk]))
    assert User.objects.get(pk=auditor.user.pk).is_active is True
