"""The emergency route: one agency, one enquiry, a limited time; judged by the auditor, never by whoever opened it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.models import EmergencyUse, NeedReason
from common.errors import NotPermitted, RuleBroken
from contacts.models import Subject
from information_sharing import actions
from information_sharing.models import Answer, InformationRequest, Item, ItemText
from notices.models import Notice
from screening.models import Enquiry
from tests.drawn import text
from tests.information_sharing.signatures import WHY, lapse, let_in, now_of
from tests.information_sharing.web import item_fields, key, url
from tests.people import ClientOf, Person, agency, person
from tests.scenes.enquiries import Case, ask, ids, new, open_case

FOUND = "A child was to be seen that night."


def requests_in_the_database(who: Person) -> int:
    """Return how many requests raw SQL shows to somebody as the web role."""
    with acting_as(now_of(who)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_sharing_informationrequest")
        return int(cursor.fetchone()[0])


@pytest.fixture
def opened(case: Case) -> InformationRequest:
    """Return a request to the lapsed voluntary group, sent by the emergency route."""
    let_in(case.enquiry, "voluntary")
    return ask(case, "voluntary", at=timezone.now())[0]


def test_agency_is_asked_only_after_the_route_was_opened(case: Case) -> None:
    with pytest.raises(RuleBroken, match="the MASH manager may open the emergency route"):
        ask(case, "voluntary", at=timezone.now())
    use = let_in(case.enquiry, "voluntary")
    assert ask(case, "voluntary", at=timezone.now())[0].agency_id == use.agency_id
    other = open_case()
    with pytest.raises(RuleBroken, match="signature"):
        ask(other, "voluntary", at=timezone.now())


def test_route_ends_by_itself_for_asking_too(case: Case) -> None:
    use = let_in(case.enquiry, "voluntary")
    with pytest.raises(RuleBroken, match="signature"):
        ask(case, "voluntary", at=use.ends_at)
    ask(case, "voluntary", at=use.ends_at - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("key_of", "reason", "hours", "words"),
    [
        ("police", WHY, 4, "has signed"),
        ("voluntary", "Too short.", 4, "at least 20"),
        ("voluntary", WHY, 100, "how long"),
    ],
)
def test_route_is_refused_with_what_to_do(
    key_of: str, reason: str, hours: int, words: str, case: Case, mash_manager: Person
) -> None:
    with acting_as(mash_manager.viewer) as viewer, pytest.raises(RuleBroken, match=words):
        actions.open_emergency(case.enquiry, agency(key_of).pk, reason, hours=hours, viewer=viewer, at=timezone.now())
    assert EmergencyUse.objects.count() == 0


def test_route_is_the_managers_to_open(case: Case, social_worker: Person) -> None:
    with acting_as(social_worker.viewer) as viewer, pytest.raises(NotPermitted):
        actions.open_emergency(case.enquiry, agency("voluntary").pk, WHY, hours=4, viewer=viewer, at=timezone.now())


def test_route_is_open_once_at_a_time(case: Case) -> None:
    let_in(case.enquiry, "voluntary")
    with pytest.raises(RuleBroken, match="already"):
        let_in(case.enquiry, "voluntary")


def test_agency_reads_and_answers_that_request_and_nothing_else(
    case: Case, opened: InformationRequest, lapsed_agency: Person, client_of: ClientOf
) -> None:
    other = open_case()
    earlier = timezone.now() - timedelta(hours=5)
    let_in(other.enquiry, "voluntary", at=earlier)
    elsewhere = ask(other, "voluntary", at=earlier)[0]
    viewer = now_of(lapsed_agency)
    assert (viewer.roles, viewer.case_access.emergency_route) == (frozenset(), frozenset({opened.pk}))
    with acting_as(viewer):
        seen = {
            InformationRequest: {opened.pk},
            Enquiry: {case.enquiry.pk},
            Subject: {case.mia.pk},
            Answer: set(),
            Item: set(),
        }
        assert {model: ids(list(model._default_manager.all().visible_to(viewer))) for model in seen} == seen  # type: ignore[attr-defined]
    assert requests_in_the_database(lapsed_agency) == 1
    client = client_of(lapsed_agency)
    assert client.get(url("request", elsewhere.reference)).status_code == 403
    page = text(client.get(url("request", opened.reference)))
    assert ("Mia Okafor-Lane" in page, "Leo" in page) == (True, False)
    assert opened.reference in text(client.get("/work/"))


@pytest.mark.parametrize("name", ["nothing", "answer"])
def test_agency_answers_in_the_emergency(
    name: str, opened: InformationRequest, lapsed_agency: Person, client_of: ClientOf
) -> None:
    said = {"systems": "Main system", "identifiers": "Names", "version": str(opened.version), "handling": "onward"}
    sent = said if name == "nothing" else {**said, **item_fields("She came to the group twice.")}
    response = client_of(lapsed_agency).post(url(name, opened.reference), {**sent, "submission_key": key()})
    assert response.status_code == 302
    opened.refresh_from_db()
    assert opened.state == "answered"
    viewer = now_of(lapsed_agency)
    with acting_as(viewer):
        texts = list(ItemText.objects.visible_to(viewer).values_list("text", flat=True))
    assert texts == ([] if name == "nothing" else ["She came to the group twice."])


def test_sight_ends_with_the_route(case: Case, lapsed_agency: Person, client_of: ClientOf) -> None:
    begun = timezone.now() - timedelta(hours=4)
    let_in(case.enquiry, "voluntary", at=begun)
    page = url("request", ask(case, "voluntary", at=begun)[0].reference)
    client = client_of(lapsed_agency)
    assert (client.get(page).status_code, requests_in_the_database(lapsed_agency)) == (403, 0)
    let_in(case.enquiry, "voluntary", at=timezone.now())
    assert (client.get(page).status_code, requests_in_the_database(lapsed_agency)) == (200, 1)


def test_sealed_item_of_another_researcher_stays_closed_in_the_emergency(
    case: Case, opened: InformationRequest, lapsed_agency: Person
) -> None:
    viewer = now_of(lapsed_agency)
    with acting_as(viewer):
        actions.answer_with_items(
            opened,
            [new("Known to us."), new("Sealed words.", "manager_only")],
            actions.Search("S", "N"),
            viewer=viewer,
            at=timezone.now(),
        )
    sealed = Item.objects.get(handling="manager_only")
    with acting_as(viewer):
        assert sealed in Item.objects.visible_to(viewer)
    with connection.cursor() as cursor:
        other = person("police_researcher").membership.pk
        cursor.execute("UPDATE information_sharing_item SET author_id = %s WHERE id = %s", [other, sealed.pk])
    with acting_as(viewer):
        assert [one.handling for one in Item.objects.visible_to(viewer)] == ["onward"]


def test_request_under_way_at_the_lapse_can_be_let_in(
    case: Case, asked: InformationRequest, police_officer: Person
) -> None:
    lapse("police")
    assert requests_in_the_database(police_officer) == 0
    let_in(case.enquiry, "police")
    assert now_of(police_officer).case_access.emergency_route == {asked.pk}
    assert requests_in_the_database(police_officer) == 1


def test_reason_is_the_managers_to_read_and_the_auditor_judges_without(
    case: Case, mash_manager: Person, auditor: Person, social_worker: Person, client_of: ClientOf
) -> None:
    use = let_in(case.enquiry, "voluntary")
    pages = {who.user.name: client_of(who).get("/exceptions/") for who in (mash_manager, auditor, social_worker)}
    assert [one.status_code for one in pages.values()] == [200, 200, 403]
    shown = {name: WHY in text(page) for name, page in pages.items()}
    assert shown == {mash_manager.user.name: True, auditor.user.name: False, social_worker.user.name: False}
    assert all(use.enquiry_reference in text(pages[who.user.name]) for who in (mash_manager, auditor))
    with acting_as(now_of(auditor)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_needreason")
        assert cursor.fetchone() == (0,)
    assert NeedReason.objects.get().text == WHY
    told = Notice.objects.filter(kind="emergency.opened").values_list("membership__user__name", flat=True)
    assert sorted(told) == sorted({"Maeve Connolly", "Martin Ashby", "Audrey Flynn"})


def test_auditor_reviews_once(case: Case, auditor: Person, mash_manager: Person, client_of: ClientOf) -> None:
    use = let_in(case.enquiry, "voluntary")
    address = f"/exceptions/{use.pk}/finding/"
    assert client_of(mash_manager).post(address, {"finding": "justified", "words": FOUND}).status_code == 403
    client = client_of(auditor)
    findings = ("", "justified", "not_justified")
    statuses = [client.post(address, {"finding": said, "words": FOUND}).status_code for said in findings]
    assert statuses == [200, 302, 409]
    use.refresh_from_db()
    assert (use.finding, use.reviewed_by_id) == ("justified", auditor.membership.pk)


def test_nobody_reviews_their_own(case: Case, mash_manager: Person, client_of: ClientOf) -> None:
    use = let_in(case.enquiry, "voluntary")
    member = mash_manager.membership
    member.roles = ["auditor", "manager"]
    member.save(update_fields=["roles"])
    client = client_of(mash_manager)
    assert client.post(f"/exceptions/{use.pk}/finding/", {"finding": "justified", "words": FOUND}).status_code == 403
    assert f"/exceptions/{use.pk}/finding/" not in text(client.get("/exceptions/"))
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyUse.objects.update(reviewed_at=timezone.now(), reviewed_by=member, finding="justified")


def test_overdue_review_stands_on_the_managers_list(case: Case, mash_manager: Person, client_of: ClientOf) -> None:
    client = client_of(mash_manager)
    let_in(case.enquiry, "voluntary")
    assert "Ring the auditor" not in text(client.get("/work/"))
    assert case.enquiry.reference in text(client.get("/morning/"))
    lapse("voluntary", days_ago=60)
    let_in(case.enquiry, "voluntary", at=timezone.now() - timedelta(days=12))
    assert "Ring the auditor" in text(client.get("/work/"))
    assert text(client.get("/exceptions/")).count("Review overdue") == 1
