"""Pages of those who ask: what they show, take and keep."""

from __future__ import annotations

import pytest

from agencies.access.identity import acting_as
from contacts.choices import FamilyAgreement
from information_sharing.choices import RequestState
from information_sharing.models import InformationRequest, Item, ItemText
from tests.drawn import text
from tests.information_sharing.web import item_fields, key, reload, url
from tests.people import ClientOf, Person, agency
from tests.scenes.enquiries import Case, answer, ask, new, open_case

pytestmark = pytest.mark.django_db


def ask_url(case: Case, *keys: str) -> str:
    return url("ask", case.enquiry.reference) + "?" + "&".join(f"agencies={agency(one).pk}" for one in keys)


def asking(case: Case, *keys: str, **changes: object) -> dict[str, object]:
    posted: dict[str, object] = {"submission_key": key(), "purpose": "To keep her safe.", "lawful_basis": "public_task"}
    for one in keys:
        start = f"to-{agency(one).pk}"
        posted |= {f"{start}-subjects": [str(case.mia.pk)], f"{start}-asks": f"For {one}.", f"{start}-concern": ""}
    return {**posted, **changes}


def test_the_choice_shows_why_an_agency_cannot_be_asked(
    case: Case, asked: InformationRequest, client_of: ClientOf, social_worker: Person
) -> None:
    page = text(client_of(social_worker).get(url("ask", case.enquiry.reference)))
    assert f"Asked already ({asked.reference}), not answered yet." in page
    assert "Harbour Families Together: Cannot be asked: its signature" in page
    assert str(agency("voluntary").pk) not in page
    assert str(agency("health").pk) in page


def test_each_agency_gets_its_own_wording_and_only_core_police_and_health_the_concern(
    case: Case, client_of: ClientOf, social_worker: Person
) -> None:
    response = client_of(social_worker).get(ask_url(case, "police", "education"))
    forms = {part.name: part.form for part in response.context["parts"]}
    police = forms["Wendshire Police Protecting Vulnerable People Unit"].initial
    school = forms["Aldermere Education Safeguarding"].initial
    assert (police["concern"], school["concern"]) == ("Marks on an arm that nobody explains.", "")
    assert police["asks"] != school["asks"]
    assert police["subjects"] == []


def test_several_requests_are_sent_once(case: Case, client_of: ClientOf, social_worker: Person) -> None:
    client, posted = client_of(social_worker), asking(case, "police", "health")
    posted["confirm"] = "1"
    first = client.post(ask_url(case, "police", "health"), posted)
    second = client.post(ask_url(case, "police", "health"), posted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == url("agencies", case.enquiry.reference)
    with acting_as(social_worker.viewer):
        rows = list(InformationRequest.objects.order_by("asks").values_list("asks", flat=True))
    assert rows == ["For health.", "For police."]


def test_a_form_with_gaps_keeps_what_was_typed(case: Case, client_of: ClientOf, social_worker: Person) -> None:
    start = f"to-{agency('police').pk}"
    posted = asking(case, "police", **{f"{start}-subjects": [], f"{start}-asks": "Keep <this> 😀"})
    response = client_of(social_worker).post(ask_url(case, "police"), posted)
    assert response.status_code == 200
    page = text(response)
    assert "There is a problem" in page
    assert "Keep &lt;this&gt; 😀" in page
    with acting_as(social_worker.viewer):
        assert not InformationRequest.objects.exists()


def test_a_rule_of_the_hub_stands_on_the_form(client_of: ClientOf, social_worker: Person) -> None:
    case = open_case(agreement=FamilyAgreement.NOT_RECORDED)
    response = client_of(social_worker).post(ask_url(case, "police"), asking(case, "police"))
    assert response.status_code == 200
    assert "Have it recorded on the contact first" in text(response)


def test_a_foreign_childs_key_is_no_choice(case: Case, client_of: ClientOf, social_worker: Person) -> None:
    other = open_case(worker="sean_worker")
    start = f"to-{agency('police').pk}"
    posted = asking(case, "police", **{f"{start}-subjects": [str(other.mia.pk)]})
    assert client_of(social_worker).post(ask_url(case, "police"), posted).status_code == 200
    with acting_as(social_worker.viewer):
        assert not InformationRequest.objects.exists()


def test_the_manager_authorises(client_of: ClientOf, mash_manager: Person, social_worker: Person) -> None:
    case = open_case(agreement=FamilyAgreement.REFUSED, agreement_reason="He said no.")
    page = text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert "the MASH manager says why" in page
    assert url("authorise", case.enquiry.reference) not in page
    client = client_of(mash_manager)
    assert client.get(url("authorise", case.enquiry.reference)).status_code == 200
    assert client.post(url("authorise", case.enquiry.reference), {"reason": ""}).status_code == 200
    done = client.post(
        url("authorise", case.enquiry.reference), {"reason": "She may be hurt.", "submission_key": key()}
    )
    assert done.status_code == 302
    assert "She may be hurt." in text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert client_of(social_worker).get(url("authorise", case.enquiry.reference)).status_code == 403


def test_the_agencies_page_says_how_each_stands(
    case: Case, client_of: ClientOf, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    police, health, _education = ask(case, "police", "health", "education")
    answer(police, police_officer)
    answer(health, health_visitor, new("Sealed.", "manager_only"))
    page = text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert page.count("Nothing to share") == 2
    assert "Overdue" in page
    assert page.count("Confidential information is held for the MASH manager.") == 1
    assert page.index("Confidential information is held") < page.index("Agencies asked on this enquiry")


def test_the_marker_is_not_shown_without_anything_sealed(
    case: Case, asked: InformationRequest, client_of: ClientOf, social_worker: Person
) -> None:
    page = text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert ("Agencies asked on this enquiry" in page, "Confidential information is held" in page) == (True, False)


def test_withdrawing_a_request(
    case: Case, asked: InformationRequest, client_of: ClientOf, social_worker: Person
) -> None:
    client = client_of(social_worker)
    done = client.post(url("withdraw", asked.reference), {"version": "1", "submission_key": key()})
    assert done.status_code == 302
    assert reload(asked, social_worker).state == RequestState.WITHDRAWN
    again = client.post(url("withdraw", asked.reference), {"version": "2", "submission_key": key()})
    assert again.status_code == 409


def test_a_spoken_answer_is_taken_down_and_confirmed(
    case: Case, asked: InformationRequest, client_of: ClientOf, social_worker: Person, police_officer: Person
) -> None:
    client = client_of(social_worker)
    assert client.get(url("spoken", asked.reference)).status_code == 200
    gaps = client.post(url("spoken", asked.reference), {"version": "1", "said": "shared", **item_fields("")})
    assert "Answer “Who gave the answer?”" in text(gaps)
    posted = {
        "version": "1",
        "spoken_by": "Sergeant",
        "said": "shared",
        "submission_key": key(),
        **item_fields("Two calls."),
    }
    assert client.post(url("spoken", asked.reference), posted).status_code == 302
    assert "not confirmed yet" in text(client.get(url("agencies", case.enquiry.reference)))
    owner = client_of(police_officer)
    assert "Read and confirm it" in text(owner.get(url("request", asked.reference)))
    with acting_as(police_officer.viewer):
        item = Item.objects.get()
    start = f"item-{item.pk}"
    empty = owner.post(url("confirm", asked.reference), {"version": "2", f"{start}-text": "Two calls."})
    assert "How far may this answer be shared" in text(empty)
    posted = {"version": "2", "handling": "onward", f"{start}-text": "Three calls.", "submission_key": key()}
    assert owner.post(url("confirm", asked.reference), posted).status_code == 302
    with acting_as(police_officer.viewer):
        assert Item.objects.get().handling == "onward"
        assert ItemText.objects.order_by("-version")[0].text == "Three calls."


def test_a_spoken_nothing_needs_no_item(
    asked: InformationRequest, client_of: ClientOf, social_worker: Person, police_officer: Person
) -> None:
    posted = {
        "version": "1",
        "spoken_by": "Sergeant",
        "said": "nothing_to_share",
        "submission_key": key(),
        **item_fields(""),
    }
    assert client_of(social_worker).post(url("spoken", asked.reference), posted).status_code == 302
    done = client_of(police_officer).post(url("confirm", asked.reference), {"version": "2", "submission_key": key()})
    assert done.status_code == 302


def test_what_was_written_of_a_spoken_answer_is_not_dropped_for_nothing(
    asked: InformationRequest, client_of: ClientOf, social_worker: Person
) -> None:
    posted = {
        "version": "1",
        "spoken_by": "Sergeant",
        "said": "nothing_to_share",
        "submission_key": key(),
        **item_fields("Two calls to the address."),
    }
    page = text(client_of(social_worker).post(url("spoken", asked.reference), posted))
    assert "You wrote down what they know: say that they gave information, or empty the boxes below" in page
    assert "Two calls to the address." in page
    assert reload(asked, social_worker).state == RequestState.SENT


def test_an_agency_that_was_asked_meanwhile_is_refused_with_all_that_was_typed(
    case: Case, client_of: ClientOf, social_worker: Person
) -> None:
    client = client_of(social_worker)
    ask(case, "police")
    start = f"to-{agency('police').pk}"
    posted = asking(case, "police", **{f"{start}-asks": "Worded with care."})
    page = text(client.post(ask_url(case, "police"), posted))
    assert "has been asked already and has not answered" in page
    assert "Worded with care." in page
    again = text(client.get(ask_url(case, "police")))
    assert "An agency that you chose cannot be asked now" in again
    assert "is not one of the available choices" not in again
