"""Whoever looks into a case says that they know the family: their look ends at once, and the case is gone for them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.access.viewer import Parts
from agencies.models import BrokenGlass, ConflictOfInterest, Review
from audit.models import Event
from common.errors import RuleBroken
from contacts.models import Contact
from notices.models import Notice
from screening import actions, queries
from screening.models import Enquiry
from screening.rules import Whom
from tests.drawn import plain, text
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import Case, ask, open_case
from tests.scenes.screening import REASON
from tests.screening.test_looking import in_need, name_reviewer

ABSENT = "M-2222-2222"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    """Return an Amber enquiry of another social worker, on which the police were asked."""
    found = open_case(colour="amber", worker="sean_worker")
    ask(found, "police", by=person("sean_worker"))
    return found


def let_look(who: Person, case: Case) -> None:
    """Name the reviewer, or let anybody else break the glass."""
    if who.viewer.has("reviewer"):
        name_reviewer(case)
    else:
        in_need(who, case.enquiry.reference)


def declaration(**changes: str) -> dict[str, Any]:
    return {"sure": "on", "reason": "My sister's children.", "submission_key": uuid.uuid4(), **changes}


def enquiries_in_the_database(who: Person) -> int:
    """Return how many enquiries the second wall alone lets somebody read."""
    with acting_as(who.viewer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM screening_enquiry")
        return int(cursor.fetchone()[0])


LOOKERS = ["reviewer", "social_worker", "out_of_hours", "front_door", "screener"]


@pytest.mark.parametrize("name", LOOKERS)
def test_whoever_looks_into_a_case_declares_and_loses_it_in_both_walls(
    name: str, case: Case, client_of: ClientOf, mash_manager: Person, request: pytest.FixtureRequest
) -> None:
    who: Person = request.getfixturevalue(name)
    let_look(who, case)
    client, m = client_of(who), case.enquiry.reference
    page = f"/enquiries/{m}/interest/"
    assert page in text(client.get(f"/enquiries/{m}/"))
    assert "Declare it and leave the case" in text(client.get(page))
    assert enquiries_in_the_database(who) == 1
    sent = client.post(page, declaration(), follow=True)
    assert sent.redirect_chain == [(reverse("work"), 302)]
    assert m not in text(sent)
    with acting_as(who.viewer) as viewer:
        assert list(Enquiry.objects.visible_to(viewer)) + list(Contact.objects.visible_to(viewer)) == []
        assert viewer.parts.reviewed | viewer.parts.broken == frozenset()
    assert enquiries_in_the_database(who) == 0
    event = Event.objects.get(verb="conflict.declared")
    assert (event.user_id, event.membership_id, event.reference) == (who.user.pk, who.membership.pk, m)
    notice = Notice.objects.get(kind="conflict.declared", membership=mash_manager.membership)
    assert (notice.channel, notice.reference, who.user.name in notice.subject + notice.body) == ("in_app", m, False)


@pytest.mark.parametrize("name", LOOKERS)
def test_afterwards_the_case_answers_as_what_is_not_there(
    name: str, case: Case, client_of: ClientOf, standing_clock: datetime, request: pytest.FixtureRequest
) -> None:
    who: Person = request.getfixturevalue(name)
    let_look(who, case)
    client, m = client_of(who), case.enquiry.reference
    assert client.post(f"/enquiries/{m}/interest/", declaration()).status_code == 302
    for part in ("", "interest/", "information/", "clocks/", "decision/"):
        gone, absent = (client.get(f"/enquiries/{one}/{part}") for one in (m, ABSENT))
        assert (gone.status_code, plain(gone)) == (404, plain(absent).replace(ABSENT, m))
    gone, absent = (client.post(f"/enquiries/{one}/interest/", declaration()) for one in (m, ABSENT))
    assert (gone.status_code, absent.status_code) == (404, 404)
    assert ConflictOfInterest.objects.count() == 1


@pytest.mark.parametrize("name", ["reviewer", "social_worker"])
@pytest.mark.parametrize("record", ["contact", "enquiry"])
def test_it_is_said_on_the_contact_as_well(
    name: str, record: str, case: Case, client_of: ClientOf, request: pytest.FixtureRequest
) -> None:
    who: Person = request.getfixturevalue(name)
    let_look(who, case)
    client = client_of(who)
    pages = {
        "contact": f"/contacts/{case.contact.reference}/interest/",
        "enquiry": f"/enquiries/{case.enquiry.reference}/interest/",
    }
    assert client.post(pages[record], declaration(reason="")).status_code == 302
    assert [client.get(page).status_code for page in pages.values()] == [404, 404]


def test_every_page_of_the_case_links_to_it_once(case: Case, reviewer: Person, client_of: ClientOf) -> None:
    name_reviewer(case)
    client, m = client_of(reviewer), case.enquiry.reference
    request = case.enquiry.requests.get().reference
    for page in (f"/enquiries/{m}/", f"/contacts/{case.contact.reference}/", f"/requests/{request}/"):
        said = text(client.get(page))
        assert (said.count(f'href="/enquiries/{m}/interest/"'), said.count("Declare a conflict of interest")) == (1, 1)


def test_declaring_ends_review_and_glass_and_lifting_does_not_bring_them_back(
    case: Case, reviewer: Person, social_worker: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    for who in (reviewer, social_worker):
        let_look(who, case)
        client_of(who).post(f"/enquiries/{case.enquiry.reference}/interest/", declaration())
    said = list(Event.objects.filter(verb="conflict.declared").order_by("at").values_list("at", flat=True))
    review, glass = Review.objects.get(), BrokenGlass.objects.get()
    assert review.ended_at is not None
    # The database ends them by its own clock, in the moment in which it writes what was declared.
    ended = [review.ended_at - said[0], glass.ends_at - said[1]]
    assert [abs(apart) < timedelta(minutes=1) for apart in ended] == [True, True]
    assert glass.ends_at <= timezone.now()
    ConflictOfInterest.objects.update(lifted_at=timezone.now(), lifted_by=mash_manager.membership)
    for who in (reviewer, social_worker):
        with acting_as(who.viewer) as viewer:
            assert viewer.parts == Parts()
        assert client_of(who).get(f"/enquiries/{case.enquiry.reference}/").status_code == 404


def test_whoever_declared_is_neither_offered_nor_named_again(
    case: Case, reviewer: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    name_reviewer(case)
    page, manager = f"/enquiries/{case.enquiry.reference}/reviews/", client_of(mash_manager)
    offered = f'value="{reviewer.membership.pk}"'
    assert offered in text(manager.get(page))
    client_of(reviewer).post(f"/enquiries/{case.enquiry.reference}/interest/", declaration())
    assert offered not in text(manager.get(page))
    with pytest.raises(RuleBroken, match="excludes them from this enquiry"):
        name_reviewer(case)


def test_a_conflict_that_a_manager_enters_ends_the_look_too(
    case: Case, reviewer: Person, social_worker: Person, mash_manager: Person
) -> None:
    other = open_case(colour="amber", worker="sean_worker")
    for one in (case, other):
        name_reviewer(one)
        in_need(social_worker, one.enquiry.reference)
    for who in (reviewer, social_worker):
        with acting_as(mash_manager.viewer) as viewer:
            closed = queries.case_of_enquiry(case.enquiry)
            actions.close_to(closed, Whom("user", who.user.pk), reason=REASON, viewer=viewer, at=timezone.now())
    assert set(Review.objects.filter(ended_at__isnull=True).values_list("enquiry_id", flat=True)) == {other.enquiry.pk}
    open_still = BrokenGlass.objects.filter(ends_at__gt=timezone.now() + timedelta(hours=11))
    assert set(open_still.values_list("enquiry_id", flat=True)) == {other.enquiry.pk}


def test_an_unsure_declaration_changes_nothing(case: Case, reviewer: Person, client_of: ClientOf) -> None:
    name_reviewer(case)
    client, page = client_of(reviewer), f"/enquiries/{case.enquiry.reference}/interest/"
    answer = client.post(page, {"submission_key": uuid.uuid4()})
    assert (answer.status_code, "Select this if you have a conflict of interest" in text(answer)) == (200, True)
    assert (client.get(page).status_code, ConflictOfInterest.objects.count()) == (200, 0)


def test_a_look_that_is_over_declares_nothing(case: Case, reviewer: Person, client_of: ClientOf) -> None:
    review = name_reviewer(case)
    Review.objects.filter(pk=review.pk).update(ended_at=timezone.now())
    sent = client_of(reviewer).post(f"/enquiries/{case.enquiry.reference}/interest/", declaration())
    assert (sent.status_code, ConflictOfInterest.objects.count()) == (404, 0)
