"""No signature in force: nobody is asked, nobody reads, and work under way ends with a clear word."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.queries import ending_soon
from common.moments import london_day
from information_sharing import queries
from information_sharing.choices import RequestState
from information_sharing.models import InformationRequest, Item
from information_sharing.rules import words_without_signature
from notices.models import Notice
from tests.drawn import plain, text
from tests.information_sharing.signatures import WHY, lapse, now_of, sign_again
from tests.information_sharing.web import key, url
from tests.people import ClientOf, Person, agency, person
from tests.scenes.enquiries import Case

ABSENT = "Q-2222-2222"
SENTENCE = "signature on the information sharing agreement has ended on"
TYPED = "Two calls to the address in May, both at night."


def test_unsigned_people_read_why_and_nothing_of_any_record(
    asked: InformationRequest, police_officer: Person, client_of: ClientOf, standing_clock: datetime
) -> None:
    assert "Mia Okafor-Lane" in text(client_of(police_officer).get(url("request", asked.reference)))
    lapse("police", days_ago=3)
    client = client_of(police_officer)
    there, absent = (client.get(url("request", one)) for one in (asked.reference, ABSENT))
    assert (there.status_code, absent.status_code) == (403, 403)
    assert plain(there) == plain(absent)
    day = london_day(timezone.now()) - timedelta(days=3)
    assert f"{SENTENCE} {day.day} {day:%B %Y}" in text(there).replace("&#x27;", "'")
    assert "Okafor" not in text(there)
    assert asked.reference not in text(there)


def test_worklist_of_unsigned_people_says_why_it_is_empty(
    asked: InformationRequest, police_officer: Person, client_of: ClientOf
) -> None:
    page = text(client_of(police_officer).get("/work/"))
    assert (asked.reference in page, SENTENCE in page) == (True, False)
    lapse("police")
    page = text(client_of(police_officer).get("/work/"))
    assert (asked.reference in page, SENTENCE in page) == (False, True)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("nothing", {"systems": TYPED, "identifiers": "Names", "version": "1"}),
        ("cannot_search", {"until_0": TYPED, "version": "1"}),
        ("answer", {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "items-0-text": TYPED, "handling": "onward"}),
        ("heard", {"note": TYPED, "version": "1"}),
    ],
)
def test_form_sent_after_the_lapse_saves_nothing_and_gives_back_what_was_typed(
    name: str,
    typed: dict[str, str],
    asked: InformationRequest,
    police_officer: Person,
    client_of: ClientOf,
    standing_clock: datetime,
) -> None:
    client = client_of(police_officer)
    lapse("police")
    answers = [client.post(url(name, one), {**typed, "submission_key": key()}) for one in (asked.reference, ABSENT)]
    assert [response.status_code for response in answers] == [403, 403]
    assert plain(answers[0]) == plain(answers[1])
    assert all(part in text(answers[0]) for part in ("Nothing was saved.", TYPED, "has ended on"))
    assert InformationRequest.objects.get().state == RequestState.SENT
    assert Item.objects.count() == 0


def test_after_a_new_signature_the_request_goes_on(
    asked: InformationRequest, police_officer: Person, client_of: ClientOf
) -> None:
    lapse("police")
    client = client_of(police_officer)
    said = {"systems": "Main system", "identifiers": "Names", "version": str(asked.version)}
    assert client.post(url("nothing", asked.reference), {**said, "submission_key": key()}).status_code == 403
    sign_again("police")
    assert client.post(url("nothing", asked.reference), {**said, "submission_key": key()}).status_code == 302
    assert InformationRequest.objects.get().state == RequestState.ANSWERED


def test_hub_sees_that_the_agency_cannot_take_part(
    case: Case, asked: InformationRequest, social_worker: Person, client_of: ClientOf
) -> None:
    client, page = client_of(social_worker), url("agencies", case.enquiry.reference)
    assert "Cannot take part" not in text(client.get(page))
    lapse("police", days_ago=300)
    assert "It is late for want of a signature, not of an answer." in text(client.get(page))
    viewer = now_of(social_worker)
    with acting_as(viewer):
        missing = queries.missing_answers(viewer, case.enquiry, at=timezone.now())
    assert [one.words for one in missing] == ["Cannot take part: it has not signed the agreement"]


def test_lateness_is_owed_to_what_caused_it() -> None:
    ended = date(2026, 3, 10)
    start = "Cannot take part until it signs: its signature ended on 10 March 2026. The clock runs on."
    table = {
        (ended, date(2026, 3, 12), False): start,
        (ended, date(2026, 3, 12), True): f"{start} It is late for want of a signature, not of an answer.",
        (ended, date(2026, 3, 10), True): f"{start} It was late before that.",
        (None, date(2026, 3, 10), True): (
            "Cannot take part until it signs: it has not signed the agreement. The clock runs on. "
            "It is late for want of a signature, not of an answer."
        ),
    }
    for (last, due, late), words in table.items():
        assert words_without_signature(ended_on=last, due_on=due, is_late=late) == words


def test_signatures_that_end_within_thirty_days_are_listed(administrator: Person, client_of: ClientOf) -> None:
    lapse("police", days_ago=-30)
    lapse("health", days_ago=-31)
    lapse("education", days_ago=0)
    lapse("gp", days_ago=1)
    with acting_as(administrator.viewer) as viewer:
        found = ending_soon(viewer, at=timezone.now())
    assert [one.agency.pk for one in found] == [agency("education").pk, agency("police").pk]
    assert "Ends within 30 days" in text(client_of(administrator).get("/directory/agreements/"))


def test_page_says_who_cannot_be_asked_before_anything_is_typed(
    case: Case, mash_manager: Person, social_worker: Person, client_of: ClientOf
) -> None:
    page = url("ask", case.enquiry.reference)
    for who, may_open in ((mash_manager, True), (social_worker, False)):
        shown = text(client_of(who).get(page))
        assert "Harbour Families Together: Cannot be asked" in shown
        assert ("open the emergency route" in shown) == may_open


def test_emergency_route_stands_beside_a_request_whose_agency_lost_its_signature(
    case: Case, asked: InformationRequest, mash_manager: Person, social_worker: Person, client_of: ClientOf
) -> None:
    page, route = url("agencies", case.enquiry.reference), url("emergency", case.enquiry.reference)
    ask_them = "the emergency route is the manager’s to open"
    assert route not in text(client_of(mash_manager).get(page))
    lapse("police")
    shown = {who.user.name: text(client_of(who).get(page)) for who in (mash_manager, social_worker)}
    found = {name: (route in one, ask_them in one) for name, one in shown.items()}
    assert found == {mash_manager.user.name: (True, False), social_worker.user.name: (False, True)}


def test_agency_that_was_asked_before_is_told_that_it_can_answer(
    case: Case, asked: InformationRequest, mash_manager: Person, police_officer: Person, client_of: ClientOf
) -> None:
    lapse("police")
    said = {"agency": str(agency("police").pk), "hours": "4", "reason": WHY, "submission_key": key()}
    answered = client_of(mash_manager).post(url("emergency", case.enquiry.reference), said)
    assert (answered.status_code, answered["Location"]) == (302, url("agencies", case.enquiry.reference))
    told = Notice.objects.filter(kind="request.reopened", reference=asked.reference)
    assert police_officer.membership.pk in set(told.values_list("membership_id", flat=True))
    assert set(told.values_list("membership__agency_id", flat=True)) == {agency("police").pk}
    assert client_of(police_officer).get(url("request", asked.reference)).status_code == 200


def test_person_with_another_role_too_gets_the_usual_page_elsewhere(
    case: Case, asked: InformationRequest, client_of: ClientOf
) -> None:
    member = person("police_researcher")
    member.membership.roles = ["researcher", "screener"]
    member.membership.save(update_fields=["roles"])
    lapse("police")
    client = client_of(member)
    assert client.get("/contacts/C-2222-2222/").status_code == 404
    assert client.get(url("request", asked.reference)).status_code == 403
