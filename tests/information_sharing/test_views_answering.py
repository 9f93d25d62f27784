"""Pages of the agency that was asked: what they show, take and keep."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from agencies.access.identity import acting_as
from common.moments import london_day
from information_sharing.models import Answer, InformationRequest, Item
from tests.drawn import plain, text
from tests.information_sharing.web import item_fields, key, url
from tests.people import ClientOf, Person, agency
from tests.scenes.enquiries import Case, answer, ask, new, open_case, other_core, seal

pytestmark = pytest.mark.django_db


def test_the_request_page_is_one_page_with_nothing_about_others(
    case: Case, client_of: ClientOf, police_officer: Person, health_visitor: Person
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
    case: Case, asked: InformationRequest, client_of: ClientOf, police_officer: Person
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


def test_answering_twice_keeps_what_was_typed(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    client = client_of(police_officer)
    posted = {"version": "1", "systems": "Niche", "identifiers": "Names"}
    assert client.post(url("nothing", asked.reference), {**posted, "submission_key": key()}).status_code == 302
    late = client.post(url("nothing", asked.reference), {**posted, "systems": "My long list", "submission_key": key()})
    assert late.status_code == 409
    assert "My long list" in text(late)


def test_item_by_item(case: Case, asked: InformationRequest, client_of: ClientOf, police_officer: Person) -> None:
    client = client_of(police_officer)
    page = text(client.get(url("answer", asked.reference)))
    assert "checked" not in page
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


def test_no_handling_is_an_error_and_nothing_is_lost(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    posted = {"version": "1", "systems": "Niche", "identifiers": "Names", **item_fields("Typed with care.")}
    page = text(client_of(police_officer).post(url("answer", asked.reference), posted))
    assert "Answer “How far may this answer be shared?”" in page
    assert "Typed with care." in page


def test_a_block_is_split_behind_what_was_written(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    client = client_of(police_officer)
    posted = {"version": "1", "split": "1", "block": "One.\n\nTwo.", **item_fields("Written before.")}
    response = client.post(url("answer", asked.reference), posted)
    assert [form["text"].value() for form in response.context["items"].forms] == ["Written before.", "One.", "Two."]
    assert "There is a problem" not in text(response)
    empty = client.post(url("answer", asked.reference), {**posted, "block": "", **item_fields("")})
    assert [form["text"].value() for form in empty.context["items"].forms] == [""]
    many = client.post(
        url("answer", asked.reference), {**posted, "block": "\n\n".join(map(str, range(30))), **item_fields("")}
    )
    texts = [form["text"].value() for form in many.context["items"].forms]
    assert (len(texts), texts[-1].split("\n\n")) == (20, [str(one) for one in range(19, 30)])


def test_a_block_that_was_not_split_is_not_lost(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    posted = {
        "version": "1", "handling": "onward", "systems": "Niche", "identifiers": "Names", "block": "Forgotten.",
        **item_fields("Item."),
    }  # fmt: skip
    page = text(client_of(police_officer).post(url("answer", asked.reference), posted))
    assert "Press “Split into items”" in page
    assert "Forgotten." in page


def test_a_childs_key_from_elsewhere_is_no_choice(
    case: Case, asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    posted = {
        "version": "1", "handling": "onward", "systems": "Niche", "identifiers": "Names",
        **item_fields("Item.", subject=str(case.leo.pk)),
    }  # fmt: skip
    assert client_of(police_officer).post(url("answer", asked.reference), posted).status_code == 200
    with acting_as(police_officer.viewer):
        assert not Item.objects.exists()


def test_first_word_not_yet_and_withheld(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    client = client_of(police_officer)
    assert client.post(url("heard", asked.reference), {"version": "1", "submission_key": key()}).status_code == 302
    assert client.get(url("cannot_search", asked.reference)).status_code == 200
    moment = {"until_day": "1", "until_month": "2", "until_year": "2020", "until_time": "10:00"}
    past = client.post(url("cannot_search", asked.reference), {"version": "2", **moment})
    assert "still to come" in text(past)
    day = london_day(timezone.now()) + timedelta(days=3)
    moment |= {"until_day": str(day.day), "until_month": str(day.month), "until_year": str(day.year)}
    done = client.post(url("cannot_search", asked.reference), {"version": "2", "submission_key": key(), **moment})
    assert done.status_code == 302
    assert client.get(url("withheld", asked.reference)).status_code == 200
    posted = {"version": "3", "systems": "Niche", "identifiers": "Names", "reason": "", "submission_key": key()}
    assert "Answer “Why is it not shared?”" in text(client.post(url("withheld", asked.reference), posted))
    posted |= {"reason": "legal_bar", "submission_key": key()}
    assert client.post(url("withheld", asked.reference), posted).status_code == 302
    assert "Held and not shared: A legal bar" in text(client.get(url("request", asked.reference)))


def test_sealing_reads_the_same_to_everyone_below_the_manager(
    case: Case,
    asked: InformationRequest,
    client_of: ClientOf,
    police_officer: Person,
    police_lead: Person,
    social_worker: Person,
    standing_clock: datetime,
) -> None:
    readers = [client_of(police_lead), client_of(social_worker)]

    def pages() -> list[str]:
        return [plain(reader.get(url("request", asked.reference))) for reader in readers]

    before = pages()
    client = client_of(police_officer)
    assert client.get(url("seal", asked.reference)).status_code == 200
    assert "There is a problem" in text(client.post(url("seal", asked.reference), {"text": ""}))
    done = client.post(url("seal", asked.reference), {"text": "The informant.", "door": "no", "submission_key": key()})
    assert done.status_code == 302
    assert "The informant." in text(client.get(url("request", asked.reference)))
    assert pages() == before


def test_an_item_is_changed_and_taken_back(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    (item,) = answer(asked, police_officer, new("First.", named=other_core("health")))
    client = client_of(police_officer)
    form = client.get(url("edit_item", asked.reference, item.pk)).context["form"]
    assert (form.initial["text"], form.initial["named"]) == ("First.", [str(agency("health").pk)])
    posted = {"version": "1", "text": "", "handling": "onward"}
    assert "There is a problem" in text(client.post(url("edit_item", asked.reference, item.pk), posted))
    posted |= {"text": "Second.", "submission_key": key()}
    assert client.post(url("edit_item", asked.reference, item.pk), posted).status_code == 302
    stale = client.post(
        url("edit_item", asked.reference, item.pk), {**posted, "text": "My words.", "submission_key": key()}
    )
    assert stale.status_code == 409
    assert "My words." in text(stale)
    done = client.post(url("withdraw_item", asked.reference, item.pk), {"version": "2", "submission_key": key()})
    assert done.status_code == 302
    assert "Withdrawn" in text(client.get(url("request", asked.reference)))


def test_new_information_after_the_answer(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person
) -> None:
    answer(asked, police_officer)
    client = client_of(police_officer)
    assert "manager_only" not in text(client.get(url("add_item", asked.reference)))
    posted = {"version": "2", "handling": "onward", "submission_key": key(), **item_fields("Found after all.")}
    assert client.post(url("add_item", asked.reference), posted).status_code == 302
    with acting_as(police_officer.viewer):
        assert Answer.objects.get().kind == "shared"


def test_a_lead_names_a_reader(
    asked: InformationRequest, client_of: ClientOf, police_officer: Person, police_lead: Person
) -> None:
    seal(asked, police_lead)
    client = client_of(police_lead)
    assert "Paul Kerr" in text(client.get(url("readers", asked.reference)))
    assert "There is a problem" in text(client.post(url("readers", asked.reference), {}))
    posted = {"membership": str(police_officer.membership.pk), "submission_key": key()}
    assert client.post(url("readers", asked.reference), posted).status_code == 302
    assert "There is nobody else to name" in text(client.get(url("readers", asked.reference)))
    assert "A sealed sentence." in text(client_of(police_officer).get(url("request", asked.reference)))
    assert client_of(police_officer).get(url("readers", asked.reference)).status_code == 403
