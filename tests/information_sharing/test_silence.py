"""A request that nobody can answer says so when it is asked, and the managers have it at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

import agencies.actions
import screening.actions
import screening.rules
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from agencies.models import Signature
from common.moments import london_day
from information_sharing import actions
from information_sharing.reads.silence import nobody_answers_for
from notices.models import Notice
from tests.drawn import text
from tests.information_sharing.web import url
from tests.people import ClientOf, Person, agency, person
from tests.scenes.enquiries import Case, answer, ask, open_case
from tests.work import todos

pytestmark = pytest.mark.django_db

RING = "Ring the agency: nobody there can answer now"
WARNING = "Nobody there who could answer is at work in the hub: ring it, and record what it says."


@pytest.fixture
def at() -> datetime:
    """Return a moment of today: who is at work is asked of the database, which goes by its own clock."""
    return timezone.now()


def leaves(who: Person, *, by: Person, at: datetime) -> None:
    with acting_as(by.viewer) as viewer:
        agencies.actions.end_membership(who.membership, viewer=viewer, at=at)


def told(reference: str) -> list[str]:
    with acting_as(CLOCK):
        rows = Notice.objects.filter(kind="request.nobody_answers", channel="in_app", reference=reference)
        return sorted(rows.values_list("membership__user__name", flat=True))


def to_ring(manager: Person, *, at: datetime) -> list[str]:
    return [reference for reference, todo in todos(manager.viewer, "sharing", at=at) if todo == RING]


def test_the_forms_say_it_before_it_is_sent(
    at: datetime, client_of: ClientOf, social_worker: Person, probation_officer: Person, administrator: Person
) -> None:
    case, client = open_case(), client_of(social_worker)
    choose = url("ask", case.enquiry.reference)
    word = f"{choose}?agencies={agency('probation').pk}"
    before = [text(client.get(page)).count(WARNING) for page in (choose, word)]
    leaves(probation_officer, by=administrator, at=at)
    after = [text(client.get(page)).count(WARNING) for page in (choose, word)]
    assert [now - then for then, now in zip(before, after, strict=True)] == [1, 1]


def test_the_managers_have_it_at_once(
    at: datetime, social_worker: Person, probation_officer: Person, administrator: Person, mash_manager: Person
) -> None:
    case = open_case()
    leaves(probation_officer, by=administrator, at=at)
    silent, heard = ask(case, "probation", "police", at=at)
    assert to_ring(mash_manager, at=at) == [silent.reference]
    assert told(silent.reference) == ["Maeve Connolly", "Martin Ashby"]
    assert told(heard.reference) == []


def agency_without_its_last(administrator: Person, case: Case, who: Person, at: datetime) -> None:
    leaves(who, by=administrator, at=at)


def the_signature_lapses(administrator: Person, case: Case, who: Person, at: datetime) -> None:
    with acting_as(administrator.viewer):
        rows = Signature.objects.filter(agency_id=who.membership.agency_id)
        rows.update(ends_on=london_day(at) - timedelta(days=1))


def the_only_one_is_excluded(administrator: Person, case: Case, who: Person, at: datetime) -> None:
    with acting_as(person("maeve_manager").viewer) as manager:
        of_case = screening.rules.case_with(
            contact_id=case.contact.pk,
            reference=case.contact.reference,
            enquiry_id=case.enquiry.pk,
            enquiry_reference=case.enquiry.reference,
        )
        whom = screening.rules.Whom("user", who.user.pk)
        screening.actions.close_to(of_case, whom, reason="She is their neighbour.", viewer=manager, at=at)


def the_only_one_is_away(administrator: Person, case: Case, who: Person, at: datetime) -> None:
    with acting_as(person("maeve_manager").viewer) as manager:
        day = london_day(at)
        screening.actions.mark_absent(who.membership.pk, starts_on=day, ends_on=day, viewer=manager, at=at)


Mishap = Callable[[Person, Case, Person, datetime], None]


@pytest.mark.parametrize(
    "mishap", [agency_without_its_last, the_signature_lapses, the_only_one_is_excluded, the_only_one_is_away]
)
def test_it_comes_to_the_managers_when_it_comes_so_later(
    mishap: Mishap, at: datetime, probation_officer: Person, administrator: Person, mash_manager: Person
) -> None:
    case = open_case()
    [request] = ask(case, "probation", at=at)
    assert to_ring(mash_manager, at=at) == []
    mishap(administrator, case, probation_officer, at)
    assert to_ring(mash_manager, at=at) == [request.reference]
    assert [actions.tell_of_silence(viewer=CLOCK, at=at) for _ in range(2)] == [1, 1]
    assert told(request.reference) == ["Maeve Connolly", "Martin Ashby"]


def test_what_is_answered_is_nobodys_to_ring(
    at: datetime, probation_officer: Person, administrator: Person, mash_manager: Person
) -> None:
    case = open_case()
    [request] = ask(case, "probation", at=at)
    answer(request, probation_officer, at=at)
    leaves(probation_officer, by=administrator, at=at)
    assert to_ring(mash_manager, at=at) == []


def test_the_page_of_agencies_says_it(
    at: datetime, client_of: ClientOf, social_worker: Person, probation_officer: Person, administrator: Person
) -> None:
    case = open_case()
    ask(case, "probation", "police", at=at)
    leaves(probation_officer, by=administrator, at=at)
    assert text(client_of(social_worker).get(url("agencies", case.enquiry.reference))).count(WARNING) == 1


def test_whoever_neither_asks_nor_manages_learns_nothing(at: datetime, police_officer: Person) -> None:
    case = open_case()
    with acting_as(police_officer.viewer):
        assert nobody_answers_for(case.enquiry.pk) == frozenset()
