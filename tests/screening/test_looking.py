"""Reviewers and broken glass: what opens, for how long, what never, and that each page leaves its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.models import BrokenGlass, ConflictOfInterest, HubSettings, NeedReason, Review
from audit.models import Event
from common.errors import NotPermitted, NotVisible, RuleBroken
from common.moments import london_day
from contacts.models import Contact, Protection, Referrer
from contacts.rules.intake import ReportedReferrer
from information_sharing.models import HeldMarker, Item, SealedText
from notices.models import Notice
from screening import actions
from screening.models import Enquiry
from tests.architecture.addresses import routes
from tests.architecture.planting import KINDS
from tests.drawn import plain, text
from tests.information_sharing.signatures import now_of
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import MORNING, Case, answer, ask, new, open_case, seal
from tests.scenes.screening import REASON

ABSENT = "M-2222-2222"
FOUND = "The child was in no danger that night."
SHARED, INSIDE, SEALED = "Seen twice at the walk-in centre.", "Kept inside the hub.", "The sealed sentence."
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    """Return an Amber enquiry of another social worker, with an onward, an inside and a sealed item."""
    found = open_case(colour="amber", worker="sean_worker")
    request = ask(found, "police", by=person("sean_worker"))[0]
    answer(request, person("police_researcher"), new(SHARED), new(INSIDE, "hub_only"))
    request.refresh_from_db()
    seal(request, person("police_researcher"), SEALED)
    return found


@pytest.fixture
def readings(db: None) -> Iterator[list[dict[str, Any]]]:
    """Collect the lines of the read log: the web role writes them and cannot read them."""
    seen: list[dict[str, Any]] = []

    def keep(execute: Callable[..., object], sql: str, params: Any, many: bool, context: object) -> object:
        if sql.startswith('INSERT INTO "audit_reading"'):
            columns = [name.strip('" ') for name in sql.split("(")[1].split(")", maxsplit=1)[0].split(",")]
            seen.append(dict(zip(columns, params, strict=True)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield seen


def name_reviewer(case: Case, *, first: int = 0, last: int = 3, who: str = "rhona_reviewer") -> Review:
    """Name the reviewer from so many days on, to so many days on."""
    at, today = timezone.now(), london_day(timezone.now())
    days = {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}
    with acting_as(person("maeve_manager").viewer) as viewer:
        return actions.name_reviewer(
            case.enquiry, person(who).membership.pk, purpose="dip_sample", **days, viewer=viewer, at=at
        )


def break_glass(who: Person, reference: str, *, reason: str = REASON, at: Any = None) -> actions.EmergencyAccess | None:
    """Break the glass of an enquiry."""
    with acting_as(who.viewer) as viewer:
        return actions.break_glass(reference, reason, viewer=viewer, at=at or timezone.now())


def pages_of(case: Case) -> list[str]:
    """Return every address that names this case: enquiry, contact, request."""
    request = case.enquiry.requests.get()
    references = {
        "screening_enquiry": case.enquiry.reference,
        "contacts_contact": case.contact.reference,
        "information_sharing_informationrequest": request.reference,
    }
    found = []
    for route in routes():
        named = references.get(KINDS[route.pattern.partition("/")[0]]) if "<ref:" in route.pattern else None
        if named and re.findall(r"<(\w+):\w+>", route.pattern) == ["ref"]:
            found.append(re.sub(r"<ref:\w+>", named, f"/{route.pattern}"))
    return found


def is_declaration(page: str) -> bool:
    """Say whether this is the page "Declare a conflict of interest", the one form of those who look into a case."""
    return page.endswith("/interest/")


def opened(client: Client, case: Case) -> dict[str, str]:
    """Return the pages of a case that open to somebody."""
    answers = {page: client.get(page) for page in pages_of(case)}
    return {page: text(response) for page, response in answers.items() if response.status_code == 200}


def test_named_reviewer_reads_the_enquiry_and_nothing_sealed(
    case: Case, reviewer: Person, client_of: ClientOf, readings: list[dict[str, Any]]
) -> None:
    assert opened(client_of(reviewer), case) == {}
    name_reviewer(case)
    client = client_of(reviewer)
    assert case.enquiry.reference in text(client.get("/work/"))
    readings.clear()
    pages = opened(client, case)
    m, c, q = case.enquiry.reference, case.contact.reference, case.enquiry.requests.get().reference
    assert {page.removeprefix("/") for page in pages} >= {
        *(f"enquiries/{m}/{part}" for part in ("", "agencies/", "information/", "chronology/", "analysis/")),
        *(f"enquiries/{m}/{part}" for part in ("decision/", "release/", "clocks/")),
        f"contacts/{c}/",
        f"requests/{q}/",
    }
    whole = "".join(pages.values())
    assert (SHARED in whole, INSIDE in whole, SEALED in whole) == (True, True, False)
    assert "onfidential information is held" not in whole
    assert {one["purpose"] for one in readings if not one["item_ids"]} == {"dip_sample"}
    logged = [one["reference"] for one in readings if one["purpose"] == "dip_sample"]
    assert len(logged) == len(pages)
    assert {one["enquiry_id"] for one in readings} == {case.enquiry.pk}
    pages = {page: said for page, said in pages.items() if not is_declaration(page)}
    forms = {page: re.findall(r'<form method="post" action="([^"]*)"', said) for page, said in pages.items()}
    assert {one for some in forms.values() for one in some} == {"/account/logout/", "/initials/"}
    assert [page for page, said in pages.items() if '<form method="post" novalidate' in said] == []


def test_every_post_of_a_reviewer_is_refused(case: Case, reviewer: Person, client_of: ClientOf) -> None:
    name_reviewer(case)
    client, before = client_of(reviewer), Event.objects.count()
    sent = [page for page in pages_of(case) if not is_declaration(page)]
    assert {client.post(page, {"version": "1"}).status_code for page in sent} == {403, 404, 405}
    assert Event.objects.count() == before


@pytest.mark.parametrize(("first", "last", "is_open"), [(0, 0, True), (-3, 0, True), (1, 2, False), (0, 5, True)])
def test_review_holds_from_its_first_day_to_its_last(
    first: int, last: int, is_open: bool, case: Case, reviewer: Person, client_of: ClientOf
) -> None:
    name_reviewer(case, first=first, last=last)
    assert bool(opened(client_of(reviewer), case)) == is_open


def test_review_that_was_over_yesterday_is_closed(case: Case, reviewer: Person, client_of: ClientOf) -> None:
    review = name_reviewer(case)
    yesterday = london_day(timezone.now()) - timedelta(days=1)
    Review.objects.filter(pk=review.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert opened(client_of(reviewer), case) == {}


def test_ending_a_review_counts_on_the_next_request(
    case: Case, reviewer: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    review, page = name_reviewer(case), f"/enquiries/{case.enquiry.reference}/"
    client, manager = client_of(reviewer), client_of(mash_manager)
    assert client.get(page).status_code == 200
    assert reviewer.user.name in text(manager.get(f"{page}reviews/"))
    assert manager.post(f"{page}reviews/{review.pk}/end/").status_code == 302
    assert client.get(page).status_code == 404


def test_reviewer_is_named_by_the_manager_for_a_purpose_and_never_oneself(
    case: Case, mash_manager: Person, front_door: Person, reviewer: Person
) -> None:
    at, today = timezone.now(), london_day(timezone.now())
    days = {"starts_on": today, "ends_on": today}

    def name(who: Person, whom: Person, **changes: Any) -> None:
        with acting_as(who.viewer) as viewer:
            said = {"purpose": "inspection", **days, **changes}
            actions.name_reviewer(case.enquiry, whom.membership.pk, viewer=viewer, at=at, **said)

    with pytest.raises(NotPermitted):
        name(front_door, reviewer)
    with pytest.raises(NotVisible):
        name(mash_manager, front_door)
    for changes in (
        {"purpose": "curiosity"},
        {"ends_on": today - timedelta(days=1)},
        {"starts_on": today + timedelta(2)},
    ):
        with pytest.raises(RuleBroken):
            name(mash_manager, reviewer, **changes)
    mash_manager.membership.roles = ["manager", "reviewer"]
    mash_manager.membership.save(update_fields=["roles"])
    with pytest.raises(RuleBroken, match="Nobody reviews their own"):
        name(mash_manager, mash_manager)
    assert Review.objects.count() == 0


def test_glass_opens_for_twelve_hours_and_closes_by_itself(
    case: Case, social_worker: Person, client_of: ClientOf
) -> None:
    other, now = open_case(colour="amber", worker="sean_worker"), timezone.now()
    break_glass(social_worker, case.enquiry.reference, at=now - timedelta(hours=12))
    break_glass(social_worker, other.enquiry.reference, at=now - timedelta(hours=11, minutes=58))
    client = client_of(social_worker)
    pages = [f"/enquiries/{one.enquiry.reference}/" for one in (case, other)]
    assert [client.get(page).status_code for page in pages] == [404, 200]
    glass = BrokenGlass.objects.order_by("-broken_at")[0]
    assert glass.ends_at - glass.broken_at == timedelta(hours=12)


@pytest.mark.parametrize("name", ["social_worker", "out_of_hours", "front_door", "screener"])
def test_broken_glass_shows_what_is_needed_and_nothing_kept_inside(
    name: str, case: Case, client_of: ClientOf, readings: list[dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    who: Person = request.getfixturevalue(name)
    client = client_of(who)
    sent = {"reference": f" {case.enquiry.reference.lower()} ", "reason": REASON}
    assert client.post("/in-need/", sent).headers["Location"] == f"/enquiries/{case.enquiry.reference}/"
    readings.clear()
    pages = opened(client, case)
    whole = "".join(pages.values())
    assert (SHARED in whole, INSIDE in whole, SEALED in whole) == (True, False, False)
    assert "onfidential information is held" not in whole
    m = case.enquiry.reference
    assert f"/enquiries/{m}/information/" in pages
    assert not {f"/enquiries/{m}/{part}/" for part in ("analysis", "release", "sealed", "activity")} & set(pages)
    banner = [page for page, said in pages.items() if "You read and change nothing; each page" not in said]
    assert banner == []
    assert len([one for one in readings if one["purpose"] == "break glass" and not one["item_ids"]]) == len(pages)
    assert Event.objects.filter(verb="glass.broken").get().enquiry_id == case.enquiry.pk
    assert NeedReason.objects.get().text == REASON


def test_the_social_worker_of_an_enquiry_breaks_no_glass(client_of: ClientOf) -> None:
    case = open_case(colour="amber", worker="saira_worker")
    client = client_of(person("saira_worker"))
    answer = client.post("/in-need/", {"reference": case.enquiry.reference, "reason": REASON}, follow=True)
    assert answer.redirect_chain == [(f"/enquiries/{case.enquiry.reference}/", 302)]
    assert "You are its social worker" in text(answer)
    assert "Emergency access, read only" not in text(answer)
    assert (BrokenGlass.objects.count(), Event.objects.filter(verb__startswith="glass.").count()) == (0, 0)


def test_whoever_becomes_its_social_worker_no_longer_only_looks(
    case: Case, social_worker: Person, mash_manager: Person, client_of: ClientOf
) -> None:
    break_glass(social_worker, case.enquiry.reference)
    client, page = client_of(social_worker), f"/enquiries/{case.enquiry.reference}/"
    assert "Emergency access, read only" in text(client.get(page))
    with acting_as(mash_manager.viewer) as viewer:
        actions.assign_social_worker(case.enquiry, social_worker.membership.pk, viewer=viewer, at=timezone.now())
    assert "Emergency access, read only" not in text(client.get(page))


def test_private_referrer_and_marker_stay_closed_through_glass(social_worker: Person, reviewer: Person) -> None:
    hidden = ReportedReferrer(name="Ada Quill", is_private=True)
    case = open_case(colour="amber", worker="sean_worker", referrer=hidden)
    seal(ask(case, "police", by=person("sean_worker"))[0], person("police_researcher"))
    break_glass(social_worker, case.enquiry.reference)
    name_reviewer(case)
    for who in (social_worker, reviewer):
        viewer = now_of(who)
        with acting_as(viewer):
            assert Contact.objects.visible_to(viewer).filter(pk=case.contact.pk).exists()
            for model in (HeldMarker, SealedText):
                assert list(model.objects.visible_to(viewer)) == []
            assert list(Item.objects.visible_to(viewer).filter(handling="manager_only")) == []
            private = Referrer.objects.visible_to(viewer).filter(contact=case.contact, is_private=True)
            assert list(private) == []


def test_wrong_closed_and_absent_references_answer_alike(
    case: Case, social_worker: Person, mash_manager: Person, client_of: ClientOf, standing_clock: datetime
) -> None:
    ConflictOfInterest.objects.create(
        enquiry_id=case.enquiry.pk,
        user=social_worker.user,
        source="entered",
        entered_at=timezone.now(),
        entered_by=mash_manager.membership,
    )
    client = client_of(social_worker)
    answers = [
        client.post("/in-need/", {"reference": one, "reason": REASON})
        for one in (case.enquiry.reference, ABSENT, case.contact.reference, "not one")
    ]
    assert {response.status_code for response in answers} == {200}
    said = {re.sub(r'name="reference"[^>]*', "", plain(one)) for one in answers}
    assert len(said) == 1
    assert BrokenGlass.objects.count() == 0
    tries = Event.objects.filter(verb="glass.not_broken").values_list("reference", flat=True)
    assert sorted(tries) == sorted([case.enquiry.reference, ABSENT, case.contact.reference, ""])


@pytest.mark.parametrize("name", ["mash_manager", "reviewer", "auditor", "administrator", "police_officer"])
def test_glass_is_not_for_everybody(name: str, case: Case, client_of: ClientOf, request: pytest.FixtureRequest) -> None:
    who: Person = request.getfixturevalue(name)
    sent = {"reference": case.enquiry.reference, "reason": REASON}
    assert client_of(who).post("/in-need/", sent).status_code == 403
    with acting_as(who.viewer), connection.cursor() as cursor:
        cursor.execute(
            "SELECT enquiry FROM fw.break_glass(%s, 'Because I want to.', now(), now(), gen_random_uuid())",
            [case.enquiry.reference],
        )
        assert cursor.fetchone() == (None,)
    assert BrokenGlass.objects.count() == 0


def test_glass_breaks_for_a_reference_in_any_typing(case: Case, social_worker: Person) -> None:
    opened = break_glass(social_worker, case.enquiry.reference.replace("-", "").lower())
    assert opened == actions.EmergencyAccess(case.enquiry.reference)


def test_short_reason_breaks_no_glass(case: Case, social_worker: Person, client_of: ClientOf) -> None:
    page = client_of(social_worker).post("/in-need/", {"reference": case.enquiry.reference, "reason": "Because."})
    assert "at least 20 characters" in text(page)
    assert BrokenGlass.objects.count() == 0


def test_nothing_is_written_through_glass(case: Case, social_worker: Person, client_of: ClientOf) -> None:
    break_glass(social_worker, case.enquiry.reference)
    client, before = client_of(social_worker), Event.objects.count()
    assert client.get(f"/contacts/{case.contact.reference}/").status_code == 200
    sent = [page for page in pages_of(case) if not is_declaration(page) and not page.endswith("/protect/")]
    statuses = {client.post(page, {"version": "1", "reason": REASON}).status_code for page in sent}
    assert statuses == {403, 404, 405}
    assert Event.objects.count() == before


def test_whoever_broke_the_glass_may_raise_the_alarm_and_a_reviewer_may_not(
    case: Case, social_worker: Person, reviewer: Person, client_of: ClientOf
) -> None:
    break_glass(social_worker, case.enquiry.reference)
    name_reviewer(case)
    address = f"/contacts/{case.contact.reference}/protect/"
    assert f'href="{address}"' in text(client_of(social_worker).get(f"/enquiries/{case.enquiry.reference}/"))
    assert client_of(reviewer).post(address, {"reason": REASON}).status_code == 404
    assert client_of(social_worker).post(address, {"reason": REASON}).status_code == 302
    assert Protection.objects.get().raised_by_id == social_worker.membership.pk


def test_managers_and_auditors_are_told_at_once_and_warned_when_it_is_often(
    case: Case, social_worker: Person, mash_manager: Person
) -> None:
    HubSettings.objects.update(broken_glass_a_day=2)
    cases = [case, *(open_case(colour="amber", worker="sean_worker") for _ in range(2))]
    for number, one in enumerate(cases, 1):
        break_glass(social_worker, one.enquiry.reference)
        told = Notice.objects.filter(membership=mash_manager.membership)
        assert told.filter(kind="glass.broken").count() == number
        assert told.filter(kind="glass.broken_often", channel="in_app").count() == (number == 3)
    notices = Notice.objects.filter(kind__startswith="glass.")
    assert {one.membership.user.name for one in notices if one.membership} == {
        "Maeve Connolly",
        "Martin Ashby",
        "Audrey Flynn",
    }
    assert [one for one in notices if social_worker.user.name in one.body + one.subject or REASON in one.body] == []


def test_glass_counts_for_the_person_in_whatever_membership(case: Case, social_worker: Person) -> None:
    break_glass(social_worker, case.enquiry.reference)
    assert break_glass(social_worker, case.enquiry.reference) == actions.EmergencyAccess(
        case.enquiry.reference, was_open=True
    )
    assert BrokenGlass.objects.count() == 1


def test_nobody_reviews_their_own_glass(case: Case, social_worker: Person, auditor: Person) -> None:
    break_glass(social_worker, case.enquiry.reference)
    glass = BrokenGlass.objects.get()
    social_worker.membership.roles = ["auditor", "social_worker"]
    social_worker.membership.save(update_fields=["roles"])
    own = person("saira_worker")
    with acting_as(own.viewer) as viewer, pytest.raises(NotPermitted):
        actions.review_use(glass.pk, "justified", FOUND, viewer=viewer, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        BrokenGlass.objects.update(reviewed_at=timezone.now(), reviewed_by=own.membership, finding="justified")
    with acting_as(auditor.viewer) as viewer:
        actions.review_use(glass.pk, "not_justified", FOUND, viewer=viewer, at=timezone.now())
    glass.refresh_from_db()
    assert (glass.finding, glass.reviewed_by_id) == ("not_justified", auditor.membership.pk)
    assert Notice.objects.filter(kind="exception.not_justified").count() == 2


def test_review_is_due_at_the_end_of_the_second_working_day(case: Case) -> None:
    tuesday = MORNING
    assert actions.review_due_at(tuesday) - tuesday == timedelta(days=2, hours=6, minutes=30)


def test_enquiry_keeps_its_own_people_without_a_line(
    case: Case, other_social_worker: Person, client_of: ClientOf, readings: list[dict[str, Any]]
) -> None:
    page = client_of(other_social_worker).get(f"/enquiries/{case.enquiry.reference}/")
    assert (page.status_code, [one for one in readings if one["purpose"]]) == (200, [])
    assert Enquiry.objects.get().social_worker_id == other_social_worker.membership.pk
