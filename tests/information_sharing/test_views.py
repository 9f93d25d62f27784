"""Pages of asking and answering: what they show, what they take, what they keep when something is wrong."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.access.identity import acting_as
from contacts.choices import FamilyAgreement
from information_sharing.choices import RequestState
from information_sharing.models import Answer, InformationRequest, Item, ItemText, SafetyInstruction
from tests.information_sharing.hub import Case, answer, ask, new, open_case, other_core, seal
from tests.people import Person, agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def url(name: str, *args: object) -> str:
    return reverse(f"information_sharing:{name}", args=args)


def key() -> str:
    return str(uuid.uuid4())


def text(response: object) -> str:
    return getattr(response, "content").decode()


def written(table: str, caught: CaptureQueriesContext) -> list[str]:
    """Return what was written into evidence that the web role may not read again."""
    return [query["sql"] for query in caught.captured_queries if f'INSERT INTO "{table}"' in query["sql"]]


def reload(request: InformationRequest, who: Person) -> InformationRequest:
    with acting_as(who.viewer):
        return InformationRequest.objects.get(pk=request.pk)


def item_fields(*texts: str, **first: str) -> dict[str, str]:
    posted = {"items-TOTAL_FORMS": str(len(texts)), "items-INITIAL_FORMS": "0"}
    for place, said in enumerate(texts):
        posted[f"items-{place}-text"] = said
    return {**posted, **{f"items-0-{name}": value for name, value in first.items()}}


@pytest.fixture
def case() -> Case:
    return open_case()


@pytest.fixture
def asked(case: Case) -> InformationRequest:
    return ask(case, "police")[0]


# Asking


def ask_url(case: Case, *keys: str) -> str:
    return url("ask", case.enquiry.reference) + "?" + "&".join(f"agencies={agency(one).pk}" for one in keys)


def asking(case: Case, *keys: str, **changes: object) -> dict[str, object]:
    posted: dict[str, object] = {"submission_key": key(), "purpose": "To keep her safe.", "lawful_basis": "public_task"}
    for one in keys:
        start = f"to-{agency(one).pk}"
        posted |= {f"{start}-subjects": [str(case.mia.pk)], f"{start}-asks": f"For {one}.", f"{start}-concern": ""}
    return {**posted, **changes}


def test_the_choice_shows_why_an_agency_cannot_be_asked(case: Case, asked: InformationRequest, client_of: SignIn, social_worker: Person) -> None:
    page = text(client_of(social_worker).get(url("ask", case.enquiry.reference)))
    assert f"Asked already ({asked.reference}), not answered yet." in page
    assert "Harbour Families Together: Cannot be asked: its signature" in page
    assert str(agency("voluntary").pk) not in page
    assert str(agency("health").pk) in page


def test_each_agency_gets_its_own_wording_and_only_core_police_and_health_the_concern(
    case: Case, client_of: SignIn, social_worker: Person
) -> None:
    response = client_of(social_worker).get(ask_url(case, "police", "education"))
    forms = {part.name: part.form for part in response.context["parts"]}
    police = forms["Wendshire Police Protecting Vulnerable People Unit"].initial
    school = forms["Aldermere Education Safeguarding"].initial
    assert (police["concern"], school["concern"]) == ("Marks on an arm that nobody explains.", "")
    assert police["asks"] != school["asks"]
    assert police["subjects"] == []


def test_several_requests_are_sent_once(case: Case, client_of: SignIn, social_worker: Person) -> None:
    client, posted = client_of(social_worker), asking(case, "police", "health")
    first = client.post(ask_url(case, "police", "health"), posted)
    second = client.post(ask_url(case, "police", "health"), posted)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == url("agencies", case.enquiry.reference)
    with acting_as(social_worker.viewer):
        rows = list(InformationRequest.objects.order_by("asks").values_list("asks", flat=True))
    assert rows == ["For health.", "For police."]


def test_a_form_with_gaps_keeps_what_was_typed(case: Case, client_of: SignIn, social_worker: Person) -> None:
    start = f"to-{agency('police').pk}"
    posted = asking(case, "police", **{f"{start}-subjects": [], f"{start}-asks": "Keep <this> 😀"})
    response = client_of(social_worker).post(ask_url(case, "police"), posted)
    assert response.status_code == 200
    page = text(response)
    assert "There is a problem" in page
    assert "Keep &lt;this&gt; 😀" in page
    with acting_as(social_worker.viewer):
        assert not InformationRequest.objects.exists()


def test_a_rule_of_the_hub_stands_on_the_form(client_of: SignIn, social_worker: Person) -> None:
    case = open_case(agreement=FamilyAgreement.NOT_RECORDED)
    response = client_of(social_worker).post(ask_url(case, "police"), asking(case, "police"))
    assert response.status_code == 200
    assert "Have it recorded on the contact first" in text(response)


def test_a_foreign_childs_key_is_no_choice(case: Case, client_of: SignIn, social_worker: Person) -> None:
    other = open_case(worker="sean_worker")
    start = f"to-{agency('police').pk}"
    posted = asking(case, "police", **{f"{start}-subjects": [str(other.mia.pk)]})
    assert client_of(social_worker).post(ask_url(case, "police"), posted).status_code == 200
    with acting_as(social_worker.viewer):
        assert not InformationRequest.objects.exists()


def test_the_manager_authorises(client_of: SignIn, mash_manager: Person, social_worker: Person) -> None:
    case = open_case(agreement=FamilyAgreement.REFUSED, agreement_reason="He said no.")
    page = text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert "the MASH manager says why" in page
    assert url("authorise", case.enquiry.reference) not in page
    client = client_of(mash_manager)
    assert client.get(url("authorise", case.enquiry.reference)).status_code == 200
    assert client.post(url("authorise", case.enquiry.reference), {"reason": ""}).status_code == 200
    done = client.post(url("authorise", case.enquiry.reference), {"reason": "She may be hurt.", "submission_key": key()})
    assert done.status_code == 302
    assert "She may be hurt." in text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert client_of(social_worker).get(url("authorise", case.enquiry.reference)).status_code == 403


def test_the_agencies_page_says_how_each_stands(
    case: Case, client_of: SignIn, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    police, health, _education = ask(case, "police", "health", "education")
    answer(police, police_officer)
    answer(health, health_visitor, new("Sealed.", "manager_only"))
    page = text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))
    assert page.count("Nothing to share") == 2
    assert "Overdue" in page
    assert page.count("Confidential information is held for the MASH manager.") == 1
    assert page.index("Confidential information is held") < page.index("Agencies asked on this enquiry")


def test_the_marker_is_not_shown_without_anything_sealed(case: Case, asked: InformationRequest, client_of: SignIn, social_worker: Person) -> None:
    assert "Confidential information is held" not in text(client_of(social_worker).get(url("agencies", case.enquiry.reference)))


def test_withdrawing_a_request(case: Case, asked: InformationRequest, client_of: SignIn, social_worker: Person) -> None:
    client = client_of(social_worker)
    done = client.post(url("withdraw", asked.reference), {"version": "1", "submission_key": key()})
    assert done.status_code == 302
    assert reload(asked, social_worker).state == RequestState.WITHDRAWN
    again = client.post(url("withdraw", asked.reference), {"version": "2", "submission_key": key()})
    assert again.status_code == 409


def test_a_spoken_answer_is_taken_down_and_confirmed(
    case: Case, asked: InformationRequest, client_of: SignIn, social_worker: Person, police_officer: Person
) -> None:
    client = client_of(social_worker)
    assert client.get(url("spoken", asked.reference)).status_code == 200
    gaps = client.post(url("spoken", asked.reference), {"version": "1", "said": "shared", **item_fields("")})
    assert "Enter who spoke" in text(gaps) or "Answer “Who spoke?”" in text(gaps)
    posted = {"version": "1", "spoken_by": "Sergeant", "said": "shared", "submission_key": key(), **item_fields("Two calls.")}
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


def test_a_spoken_nothing_needs_no_item(asked: InformationRequest, client_of: SignIn, social_worker: Person, police_officer: Person) -> None:
    posted = {"version": "1", "spoken_by": "Sergeant", "said": "nothing_to_share", "submission_key": key(), **item_fields("")}
    assert client_of(social_worker).post(url("spoken", asked.reference), posted).status_code == 302
    done = client_of(police_officer).post(url("confirm", asked.reference), {"version": "2", "submission_key": key()})
    assert done.status_code == 302


# Answering


def test_the_request_page_is_one_page_with_nothing_about_others(
    case: Case, client_of: SignIn, police_officer: Person, health_visitor: Person
) -> None:
    police, health = ask(case, "police", "health")
    answer(health, health_visitor, new("What health said."))
    page = text(client_of(police_officer).get(url("request", police.reference)))
    assert "Search your records." in page
    assert "Mia Okafor-Lane" in page
    assert "9434765919" in page
    assert "Public task" in page
    assert "Quayside Primary" in page
    for hidden in ("Leo", "Marcus", "Community Health", health.reference, "What health said", "Ada Quill"):
        assert hidden not in page


def test_nothing_held_is_one_click_with_the_systems_of_last_time(
    case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person
) -> None:
    client = client_of(police_officer)
    form = client.get(url("request", asked.reference)).context["nothing"]
    assert (form.initial["systems"], form.initial["identifiers"]) == ("", "Names, dates of birth, NHS numbers")
    posted = {"version": "1", "systems": "Niche, PNC", "identifiers": "Names", "submission_key": key()}
    assert client.post(url("nothing", asked.reference), posted).status_code == 302
    (second,) = ask(open_case(), "police")
    form = client.get(url("request", second.reference)).context["nothing"]
    assert form.initial["systems"] == "Niche, PNC"
    page = client.post(url("nothing", second.reference), {"version": "1", "systems": "", "identifiers": ""})
    assert page.status_code == 200
    assert "Enter systems searched" in text(page)


def test_answering_twice_keeps_what_was_typed(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    client = client_of(police_officer)
    posted = {"version": "1", "systems": "Niche", "identifiers": "Names"}
    assert client.post(url("nothing", asked.reference), {**posted, "submission_key": key()}).status_code == 302
    late = client.post(url("nothing", asked.reference), {**posted, "systems": "My long list", "submission_key": key()})
    assert late.status_code == 409
    assert "My long list" in text(late)


def test_item_by_item(case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    client = client_of(police_officer)
    page = text(client.get(url("answer", asked.reference)))
    assert 'checked' not in page
    posted = {
        "version": "1", "handling": "hub_only", "systems": "Niche", "identifiers": "Names", "submission_key": key(),
        **item_fields("First.", "Second.", subject=str(case.mia.pk), theme="home", handling="onward"),
        "items-0-occurred_on_day": "3", "items-0-occurred_on_month": "5", "items-0-occurred_on_year": "2024",
        "items-0-named": [str(agency("health").pk)],
    }  # fmt: skip
    assert client.post(url("answer", asked.reference), posted).status_code == 302
    with acting_as(police_officer.viewer):
        rows = set(Item.objects.values_list("handling", "theme", "occurred_on__year"))
    assert rows == {("onward", "home", 2024), ("hub_only", "other", None)}


def test_no_handling_is_an_error_and_nothing_is_lost(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    posted = {"version": "1", "systems": "Niche", "identifiers": "Names", **item_fields("Typed with care.")}
    page = text(client_of(police_officer).post(url("answer", asked.reference), posted))
    assert "Answer “How far may this answer be shared?”" in page
    assert "Typed with care." in page


def test_a_block_is_split_behind_what_was_written(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    client = client_of(police_officer)
    posted = {"version": "1", "split": "1", "block": "One.\n\nTwo.", **item_fields("Written before.")}
    response = client.post(url("answer", asked.reference), posted)
    assert [form["text"].value() for form in response.context["items"].forms] == ["Written before.", "One.", "Two."]
    assert "There is a problem" not in text(response)
    empty = client.post(url("answer", asked.reference), {**posted, "block": "", **item_fields("")})
    assert [form["text"].value() for form in empty.context["items"].forms] == [""]
    many = client.post(url("answer", asked.reference), {**posted, "block": "\n\n".join(map(str, range(30))), **item_fields("")})
    texts = [form["text"].value() for form in many.context["items"].forms]
    assert (len(texts), texts[-1].split("\n\n")) == (20, [str(one) for one in range(19, 30)])


def test_a_block_that_was_not_split_is_not_lost(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    posted = {
        "version": "1", "handling": "onward", "systems": "Niche", "identifiers": "Names", "block": "Forgotten.",
        **item_fields("Item."),
    }  # fmt: skip
    page = text(client_of(police_officer).post(url("answer", asked.reference), posted))
    assert "Press “Split into items”" in page
    assert "Forgotten." in page


def test_a_childs_key_from_elsewhere_is_no_choice(case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    posted = {
        "version": "1", "handling": "onward", "systems": "Niche", "identifiers": "Names",
        **item_fields("Item.", subject=str(case.leo.pk)),
    }  # fmt: skip
    assert client_of(police_officer).post(url("answer", asked.reference), posted).status_code == 200
    with acting_as(police_officer.viewer):
        assert not Item.objects.exists()


def test_first_word_not_yet_and_withheld(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    client = client_of(police_officer)
    assert client.post(url("heard", asked.reference), {"version": "1", "submission_key": key()}).status_code == 302
    assert client.get(url("cannot_search", asked.reference)).status_code == 200
    moment = {"until_day": "1", "until_month": "2", "until_year": "2020", "until_time": "10:00"}
    past = client.post(url("cannot_search", asked.reference), {"version": "2", **moment})
    assert "still to come" in text(past)
    moment["until_year"] = "2090"
    done = client.post(url("cannot_search", asked.reference), {"version": "2", "submission_key": key(), **moment})
    assert done.status_code == 302
    assert client.get(url("withheld", asked.reference)).status_code == 200
    posted = {"version": "3", "systems": "Niche", "identifiers": "Names", "reason": "", "submission_key": key()}
    assert "Answer “Why is it not shared?”" in text(client.post(url("withheld", asked.reference), posted))
    posted |= {"reason": "legal_bar", "submission_key": key()}
    assert client.post(url("withheld", asked.reference), posted).status_code == 302
    assert "Held and not shared: A legal bar" in text(client.get(url("request", asked.reference)))


def test_sealing_reads_the_same_to_everyone_below_the_manager(
    case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person, police_lead: Person, social_worker: Person
) -> None:
    lead, worker = client_of(police_lead), client_of(social_worker)

    def pages() -> list[str]:
        shown = [lead.get(url("request", asked.reference)), worker.get(url("request", asked.reference))]
        return [re.sub(r'value="[^"]{30,}"|data-now="[^"]*"|\d+ (minute|hour|second)s?', "", text(page)) for page in shown]

    before = pages()
    client = client_of(police_officer)
    assert client.get(url("seal", asked.reference)).status_code == 200
    assert "There is a problem" in text(client.post(url("seal", asked.reference), {"text": ""}))
    done = client.post(url("seal", asked.reference), {"text": "The informant.", "submission_key": key()})
    assert done.status_code == 302
    assert "The informant." in text(client.get(url("request", asked.reference)))
    assert pages() == before


def test_an_item_is_changed_and_taken_back(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    (item,) = answer(asked, police_officer, new("First.", named=other_core("health")))
    client = client_of(police_officer)
    form = client.get(url("edit_item", asked.reference, item.pk)).context["form"]
    assert (form.initial["text"], form.initial["named"]) == ("First.", [str(agency("health").pk)])
    posted = {"version": "1", "text": "", "handling": "onward"}
    assert "There is a problem" in text(client.post(url("edit_item", asked.reference, item.pk), posted))
    posted |= {"text": "Second.", "submission_key": key()}
    assert client.post(url("edit_item", asked.reference, item.pk), posted).status_code == 302
    stale = client.post(url("edit_item", asked.reference, item.pk), {**posted, "text": "My words.", "submission_key": key()})
    assert stale.status_code == 409
    assert "My words." in text(stale)
    done = client.post(url("withdraw_item", asked.reference, item.pk), {"version": "2", "submission_key": key()})
    assert done.status_code == 302
    assert "Taken back" in text(client.get(url("request", asked.reference)))


def test_new_information_after_the_answer(asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    answer(asked, police_officer)
    client = client_of(police_officer)
    assert "manager_only" not in text(client.get(url("add_item", asked.reference)))
    posted = {"version": "2", "handling": "onward", "submission_key": key(), **item_fields("Found after all.")}
    assert client.post(url("add_item", asked.reference), posted).status_code == 302
    with acting_as(police_officer.viewer):
        assert Answer.objects.get().kind == "shared"


def test_a_lead_names_a_reader(asked: InformationRequest, client_of: SignIn, police_officer: Person, police_lead: Person) -> None:
    seal(asked, police_lead)
    client = client_of(police_lead)
    assert "Paul Kerr" in text(client.get(url("readers", asked.reference)))
    assert "There is a problem" in text(client.post(url("readers", asked.reference), {}))
    posted = {"membership": str(police_officer.membership.pk), "submission_key": key()}
    assert client.post(url("readers", asked.reference), posted).status_code == 302
    assert "There is nobody else to name" in text(client.get(url("readers", asked.reference)))
    assert "A sealed sentence." in text(client_of(police_officer).get(url("request", asked.reference)))
    assert client_of(police_officer).get(url("readers", asked.reference)).status_code == 403


# Reading


def test_shared_with_you(case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person, health_visitor: Person) -> None:
    client = client_of(health_visitor)
    assert "Nothing is shared with your agency now" in text(client.get(url("shared")))
    (health,) = ask(case, "health")
    answer(health, health_visitor)
    (item, *_rest) = answer(asked, police_officer, new("For health too.", named=other_core("health")), new("Not named."))
    with CaptureQueriesContext(connection) as caught:
        page = text(client.get(url("shared")))
    (reading,) = written("audit_reading", caught)
    assert str(item.pk) in reading or str(_rest[0].pk) in reading
    assert "For health too." in page
    assert "Not named." not in page
    assert asked.reference not in page


def test_side_by_side_and_chronology_record_the_reading(
    case: Case, client_of: SignIn, social_worker: Person, police_officer: Person, health_visitor: Person
) -> None:
    from datetime import date

    police, health, education = ask(case, "police", "health", "education")
    answer(police, police_officer, new("From the police.", occurred_on=date(2024, 5, 3)), new("Sealed.", "manager_only"))
    answer(health, health_visitor, new("<b>From health</b>", occurred_on=date(2023, 1, 1), precision="year"))
    client = client_of(social_worker)
    with CaptureQueriesContext(connection) as caught:
        page = text(client.get(url("information", case.enquiry.reference)))
    (reading,) = written("audit_reading", caught)
    with acting_as(police_officer.viewer):
        (mine,) = Item.objects.filter(agency_id=police.agency_id).exclude(handling="manager_only")
        (secret,) = Item.objects.filter(handling="manager_only")
    assert str(mine.pk) in reading
    assert str(secret.pk) not in reading
    assert "'information'" in reading
    assert "From the police." in page
    assert "&lt;b&gt;From health&lt;/b&gt;" in page
    assert "Sealed." not in page
    assert "Aldermere Education Safeguarding: No answer" in page
    page = text(client.get(url("chronology", case.enquiry.reference)))
    assert page.index("2023") < page.index("About 2023") < page.index("3 May 2024")
    assert education


def test_an_asked_agency_reads_its_own_chronology(case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    (health,) = ask(case, "health")
    from tests.people import person

    answer(health, person("health_researcher"), new("Not for the police."))
    answer(asked, police_officer, new("Our own."))
    page = text(client_of(police_officer).get(url("chronology", case.enquiry.reference)))
    assert "Our own." in page
    assert "Not for the police." not in page
    assert client_of(police_officer).get(url("information", case.enquiry.reference)).status_code == 403


def test_the_manager_opens_what_is_sealed_for_a_purpose(
    case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person, mash_manager: Person, social_worker: Person
) -> None:
    client = client_of(mash_manager)
    assert "Nothing confidential is held" in text(client.get(url("sealed", case.enquiry.reference)))
    seal(asked, police_officer, "The informant.")
    with CaptureQueriesContext(connection) as caught:
        page = text(client.get(url("sealed", case.enquiry.reference)))
    assert not written("audit_reading", caught)
    assert "1 item is held for you alone" in page
    assert "The informant." not in page
    assert "The informant." not in text(client.get(url("sealed", case.enquiry.reference) + "?purpose=curiosity"))
    with CaptureQueriesContext(connection) as caught:
        page = text(client.get(url("sealed", case.enquiry.reference) + "?purpose=decision"))
    assert "The informant." in page
    (reading,) = written("audit_reading", caught)
    assert "'decision'" in reading
    assert str(mash_manager.membership.pk) in reading
    assert client_of(social_worker).get(url("sealed", case.enquiry.reference)).status_code == 403


def test_a_safety_instruction_from_proposal_to_the_leads_word(
    case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    item = seal(asked, police_officer)
    manager, owner, lead = client_of(mash_manager), client_of(police_officer), client_of(police_lead)
    propose = url("propose_instruction", case.enquiry.reference, item.pk)
    assert manager.get(propose).status_code == 200
    assert "There is a problem" in text(manager.post(propose, {"words": ""}))
    assert manager.post(propose, {"words": "Go in twos.", "submission_key": key()}).status_code == 302
    with acting_as(mash_manager.viewer):
        reference = SafetyInstruction.objects.get().reference
    page = url("instruction", reference)
    assert lead.get(page).status_code == 404
    assert "Agree these words" not in text(manager.get(page))
    assert "Go in twos." in text(owner.get(page))
    assert owner.post(url("refuse_instruction", reference), {"version": "1", "submission_key": key()}).status_code == 302
    shown = text(lead.get(page))
    assert "Refuse for our agency" in shown
    assert "A sealed sentence." not in shown
    assert lead.post(page, {"version": "2", "words": "Ring first.", "submission_key": key()}).status_code == 302
    assert "Ring first." in text(manager.get(page))
    refused = lead.post(url("refuse_for_agency", reference), {"version": "3", "submission_key": key()})
    assert refused.status_code == 409


def test_the_lead_refuses_for_the_agency(
    case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person, police_lead: Person, mash_manager: Person
) -> None:
    item = seal(asked, police_officer)
    client_of(mash_manager).post(
        url("propose_instruction", case.enquiry.reference, item.pk), {"words": "Go in twos.", "submission_key": key()}
    )
    with acting_as(mash_manager.viewer):
        reference = SafetyInstruction.objects.get().reference
    client_of(police_officer).post(url("refuse_instruction", reference), {"version": "1", "submission_key": key()})
    lead = client_of(police_lead)
    done = lead.post(url("refuse_for_agency", reference), {"version": "2", "submission_key": key()})
    assert done["Location"] == url("instruction", reference)
    assert "has refused. Nothing of it goes out." in text(lead.get(url("instruction", reference)))


# The same page for absent and forbidden, and constant query counts

REQUEST_PAGES = ("request", "answer", "cannot_search", "withheld", "seal", "add_item", "confirm", "spoken", "readers")
ENQUIRY_PAGES = ("agencies", "ask", "authorise", "information", "chronology", "sealed")


@pytest.mark.parametrize("name", REQUEST_PAGES)
def test_a_request_of_another_agency_is_not_there(asked: InformationRequest, client_of: SignIn, stranger: Person, name: str) -> None:
    client = client_of(stranger)
    with CaptureQueriesContext(connection) as caught:
        foreign, absent = client.get(url(name, asked.reference)), client.get(url(name, "Q-2222-2222"))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    strip = re.compile(r'value="[^"]*"|data-now="[^"]*"|printed by.*?\n|\d\d:\d\d')
    assert strip.sub("", text(foreign)) == strip.sub("", text(absent))
    assert len(written("audit_refusal", caught)) == 2


@pytest.mark.parametrize("name", ENQUIRY_PAGES)
def test_an_enquiry_without_a_part_in_it_is_not_there(case: Case, client_of: SignIn, stranger: Person, name: str) -> None:
    assert client_of(stranger).get(url(name, case.enquiry.reference)).status_code == 404


def test_an_item_of_another_request_is_not_there(case: Case, asked: InformationRequest, client_of: SignIn, police_officer: Person) -> None:
    (other,) = ask(open_case(), "police")
    (item,) = answer(other, police_officer, new())
    client = client_of(police_officer)
    assert client.get(url("edit_item", asked.reference, item.pk)).status_code == 404
    assert client.post(url("withdraw_item", asked.reference, item.pk), {"submission_key": key()}).status_code == 404


@pytest.mark.parametrize("name", ["answer", "cannot_search", "withheld", "seal", "add_item", "confirm"])
def test_the_decision_team_does_not_answer_for_an_agency(asked: InformationRequest, client_of: SignIn, social_worker: Person, name: str) -> None:
    client = client_of(social_worker)
    assert client.get(url("request", asked.reference)).status_code == 200
    assert client.get(url(name, asked.reference)).status_code == 403


def test_a_front_door_worker_has_no_part_in_requests(case: Case, asked: InformationRequest, client_of: SignIn, front_door: Person) -> None:
    client = client_of(front_door)
    assert client.get(url("request", asked.reference)).status_code == 404
    assert client.get(url("agencies", case.enquiry.reference)).status_code == 403
    assert client.get(url("requests")).status_code == 403


@pytest.mark.parametrize("count", [2, 6])
def test_the_list_takes_the_same_number_of_queries(
    client_of: SignIn, police_officer: Person, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for _ in range(count):
        ask(open_case(), "police")
    client = client_of(police_officer)
    client.get(url("requests"))
    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[attr-defined]
        page = client.get(url("requests"))
    assert len(page.context["page"].object_list) == count
    assert "Your agency has answered nothing yet" in text(client.get(url("requests") + "?done"))


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("name", ["request", "agencies", "information", "chronology", "shared"])
def test_pages_take_the_same_number_of_queries(
    case: Case,
    client_of: SignIn,
    social_worker: Person,
    police_officer: Person,
    health_visitor: Person,
    name: str,
    count: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    police, health, *_rest = ask(case, "police", "health", *(("education", "gp", "probation", "housing")[: count - 1]))
    answer(health, health_visitor)
    answer(police, police_officer, *(new(f"Item {one}.", subject_id=case.mia.pk, named=other_core("health")) for one in range(count)))
    who, args = {
        "request": (police_officer, (police.reference,)),
        "shared": (health_visitor, ()),
    }.get(name, (social_worker, (case.enquiry.reference,)))
    client = client_of(who)
    client.get(url(name, *args))
    with django_assert_num_queries(PAGE_QUERIES[name]):  # type: ignore[attr-defined]
        assert client.get(url(name, *args)).status_code == 200


LIST_QUERIES = 11
PAGE_QUERIES = {"request": 19, "agencies": 19, "information": 20, "chronology": 17, "shared": 14}
"""Seven of them are session, user, membership, savepoint and identity; two come with the base page."""
