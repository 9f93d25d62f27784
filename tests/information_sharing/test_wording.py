"""What an agency is told is chosen for each request, read back before it is sent, and holds no protected place."""

from __future__ import annotations

from typing import Any

import pytest

from agencies.access.identity import acting_as
from common.errors import RuleBroken
from contacts.choices import ReferrerKind
from contacts.models import Contact, Subject
from contacts.rules.intake import ReportedReferrer
from information_sharing import actions, queries
from information_sharing.models import InformationRequest, RequestSubject
from tests.drawn import text
from tests.information_sharing.test_views_asking import ask_url, asking
from tests.information_sharing.web import key, url
from tests.people import ClientOf, Person, agency, person
from tests.scenes.enquiries import MORNING, Case, ask, ask_for, open_case

HOME = "Larkspur House, 12 Mill Lane, Aldermere, AB1 2CD"
EVERY_PART: dict[str, Any] = {"with_school": True, "with_practice": True, "with_address": True}
pytestmark = pytest.mark.django_db


def put(record: Contact | Subject, **columns: object) -> None:
    with acting_as(person("maeve_manager").viewer):
        found = type(record).objects.get(pk=record.pk)
        for name, value in columns.items():
            setattr(found, name, value)
        found.save()


def fill_in(case: Case, **columns: str) -> None:
    put(case.mia, **columns)


def told(request: InformationRequest) -> list[tuple[str, str]]:
    with acting_as(person("saira_worker").viewer):
        rows = RequestSubject.objects.filter(request=request, by_person=False)
        return list(rows.values_list("school", "practice"))


def refuge(**changes: Any) -> Case:
    """Return an enquiry that a refuge asked for, with its address protected from the father."""
    case = open_case(
        referrer_kind=ReferrerKind.PROFESSIONAL,
        referrer=ReportedReferrer(name="Ines Marlowe", organisation="Larkspur House"),
        address=HOME,
        address_is_protected=True,
        protected_from="Marcus Okafor-Lane",
        **changes,
    )
    fill_in(case, school="Quayside Primary", practice="Harbour Surgery")
    return case


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("left_out", ""), ("professional", "A professional"), ("organisation", "Quayside Primary")],
)
def test_the_asker_chooses_what_is_told_of_who_was_worried(case: Case, wanted: str, said: str) -> None:
    (request,) = ask(case, "police", referrer=wanted)
    assert request.referrer_organisation == said


def test_schools_and_practices_are_told_where_the_asker_says_so(case: Case) -> None:
    fill_in(case, school="Quayside Primary", practice="Harbour Surgery")
    (police,) = ask(case, "police")
    (health,) = ask(case, "health", with_practice=True)
    (education,) = ask(case, "education", with_school=True, with_practice=True)
    assert told(police) == [("", "")]
    assert told(health) == [("", "Harbour Surgery")]
    assert told(education) == [("Quayside Primary", "Harbour Surgery")]


def test_an_agency_reads_the_places_it_was_told_and_no_others(
    case: Case, client_of: ClientOf, police_officer: Person, health_visitor: Person
) -> None:
    fill_in(case, school="Quayside Primary", practice="Harbour Surgery")
    (police,) = ask(case, "police", referrer="left_out")
    (health,) = ask(case, "health", with_practice=True, referrer="professional")
    page = text(client_of(police_officer).get(url("request", police.reference)))
    assert ("Quayside" in page, "Harbour Surgery" in page, "Referred by" in page) == (False, False, False)
    page = text(client_of(health_visitor).get(url("request", health.reference)))
    assert ("Quayside" in page, "Harbour Surgery" in page, "A professional" in page) == (False, True, True)
    overview = text(client_of(police_officer).get(f"/enquiries/{case.enquiry.reference}/"))
    assert ("Mia" in overview, "Quayside" in overview) == (True, False)


def test_nothing_of_a_protected_place_is_in_a_request(social_worker: Person) -> None:
    case = refuge()
    (request,) = ask(case, "education", referrer="organisation", **EVERY_PART)
    assert (request.referrer_organisation, request.address, told(request)) == ("A professional", "", [("", "")])
    assert (request.protected_address, request.protected_from) == ("", "")
    with acting_as(social_worker.viewer) as viewer:
        draft = queries.draft_of(viewer, case.enquiry)
    assert (draft.referrer, [value for value, _ in draft.referrers]) == ("left_out", ["left_out", "professional"])


def test_an_address_that_one_contact_protects_is_not_told_from_another() -> None:
    """The father's contact writes the refuge down as if it were any address."""
    case = refuge()
    put(case.contact, address_is_protected=None)
    put(case.dad, address="12 Mill Lane, AB1 2CD")
    put(case.leo, address_is_protected=True, address=HOME)
    (request,) = ask(case, "police", **EVERY_PART)
    assert "Mill" not in request.address


def test_what_is_protected_of_a_parent_who_lives_apart_stays_out() -> None:
    case = open_case(address="3 Harbour Row, Aldermere")
    put(case.dad, address=HOME, lives_in_household=False, address_is_protected=True, protected_from="Ann Lane")
    asked = ask_for("police", case.mia, case.dad, with_address=True)
    with acting_as(person("saira_worker").viewer) as viewer:
        (request,) = actions.request_information(case.enquiry, [asked], viewer=viewer, at=MORNING)
    assert request.address == "3 Harbour Row, Aldermere"


@pytest.mark.parametrize(
    "words", ["Larkspur House rang us.", "They are at 12 Mill Ln.", "He attends Quayside Primary."]
)
def test_a_concern_that_gives_a_protected_place_away_is_not_drafted(words: str, social_worker: Person) -> None:
    case = refuge()
    put(case.contact, concern=words)
    with acting_as(social_worker.viewer) as viewer:
        draft = queries.draft_of(viewer, case.enquiry)
        assert (draft.concern, draft.left_out) == ("", 1)
        with pytest.raises(RuleBroken, match="a protected address"):
            ask(case, "police", concern=words)


def test_police_health_and_housing_may_be_given_a_protected_address_as_a_field_of_its_own() -> None:
    case = refuge()
    (request,) = ask(case, "police", with_protected=True)
    assert (request.address, request.protected_address, request.protected_from) == ("", HOME, "Marcus Okafor-Lane")
    with pytest.raises(RuleBroken, match="gets no protected address"):
        ask(case, "education", with_protected=True)


def test_what_each_agency_will_read_is_shown_before_anything_is_sent(
    case: Case, client_of: ClientOf, social_worker: Person
) -> None:
    fill_in(case, school="Quayside Primary", practice="Harbour Surgery")
    start, other = f"to-{agency('police').pk}", f"to-{agency('education').pk}"
    posted = asking(case, "police", "education")
    posted |= {f"{start}-referrer": "left_out", f"{other}-referrer": "organisation", f"{other}-with_school": "on"}
    client, where = client_of(social_worker), ask_url(case, "police", "education")
    page = text(client.post(where, posted))
    assert "nothing is sent yet" in page
    education, police = page.split("Wendshire Police Protecting Vulnerable People Unit will read")
    assert ("For police." in police, "Referred by" in police, "Quayside" in police) == (True, False, False)
    assert ("Quayside Primary" in education, "Harbour Surgery" in education) == (True, False)
    with acting_as(social_worker.viewer):
        assert not InformationRequest.objects.exists()
    again = client.post(where, {**posted, "edit": "1"})
    assert ("What each agency is asked" in text(again), "For police." in text(again)) == (True, True)
    assert client.post(where, {**posted, "confirm": "1"}).status_code == 302
    with acting_as(social_worker.viewer):
        rows = {one.asks: one for one in InformationRequest.objects.all()}
    assert rows["For police."].referrer_organisation == ""
    assert rows["For education."].referrer_organisation == "Quayside Primary"
    assert told(rows["For education."]) == [("Quayside Primary", "")]


def test_the_choice_of_a_protected_address_is_offered_to_those_alone_who_may_have_it(
    client_of: ClientOf, social_worker: Person
) -> None:
    case = refuge()
    response = client_of(social_worker).get(ask_url(case, "police", "education"))
    offered = {part.name: "with_protected" in part.form.fields for part in response.context["parts"]}
    assert offered == {
        "Wendshire Police Protecting Vulnerable People Unit": True,
        "Aldermere Education Safeguarding": False,
    }
    page = text(response)
    assert ("An address is protected" in page, "Larkspur" in page, "Mill Lane" in page) == (True, False, False)


def test_an_agency_opens_the_protected_address_for_a_purpose_and_in_a_click_that_is_logged(
    client_of: ClientOf, police_officer: Person, health_visitor: Person, social_worker: Person
) -> None:
    case = refuge()
    (request,) = ask(case, "police", with_protected=True)
    client, where = client_of(police_officer), url("request", request.reference)
    page = text(client.get(where))
    assert ("Mill Lane" in page, "protected from <bdi>Marcus Okafor-Lane</bdi>" in page) == (False, True)
    refused = client.post(url("open_address", request.reference), {"submission_key": key()})
    assert "Mill Lane" not in text(refused)
    led = client.post(url("open_address", request.reference), {"submission_key": key(), "purpose": "search"})
    assert (led.status_code, "Mill" in led["Location"]) == (302, False)
    assert "12 Mill Lane" in text(client.get(led["Location"]))
    assert "12 Mill Lane" not in text(client.get(where))
    assert "12 Mill Lane" not in text(client_of(social_worker).get(led["Location"]))
    own = client_of(social_worker).post(url("open_address", request.reference), {"submission_key": key()})
    assert "12 Mill Lane" in text(client_of(social_worker).get(own["Location"]))
    stranger = client_of(health_visitor).post(url("open_address", request.reference), {"submission_key": key()})
    assert stranger.status_code == 404
