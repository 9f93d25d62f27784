"""The pages of the directory, and choosing a membership."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import actions
from agencies.access.identity import acting_as
from agencies.models import Agreement, Membership, RoleProposal, Signature, User
from audit.models import Event
from tests.people import ClientOf, Person, agency, person, team

DIRECTORY = ("directory", "people", "new_account", "agreements", "new_agreement", "sign", "settings")


def day(field: str, on: date) -> dict[str, str]:
    """Return the three boxes of a day."""
    return {f"{field}_day": str(on.day), f"{field}_month": str(on.month), f"{field}_year": str(on.year)}


@pytest.mark.parametrize("name", DIRECTORY)
def test_directory_page_is_for_the_administrator_alone(
    name: str, client_of: ClientOf, administrator: Person, mash_manager: Person, auditor: Person
) -> None:
    url = reverse(f"agencies:{name}")
    answers = [client_of(who).get(url).status_code for who in (administrator, mash_manager, auditor)]
    assert answers == [200, 403, 403]


def test_directory_shows_that_a_signature_lapsed(client_of: ClientOf, administrator: Person) -> None:
    page = client_of(administrator).get(reverse("agencies:directory")).content.decode()
    row = page.split("Harbour Families Together")[1].split("</tr>")[0]
    assert "Lapsed: cannot take part" in row
    assert page.count("Lapsed: cannot take part") == 1


def test_account_is_made_without_a_password_and_leads_to_its_membership(
    client_of: ClientOf, administrator: Person
) -> None:
    answers = {"name": "Nora Vale", "email": "Nora.Vale@demo.invalid", "registered": "on"}
    response = client_of(administrator).post(reverse("agencies:new_account"), answers)
    made = User.objects.get(email="nora.vale@demo.invalid")
    assert response.headers["Location"] == reverse("agencies:join", args=[made.pk])
    assert (made.name, made.has_usable_password(), made.is_registered_social_worker) == ("Nora Vale", False, True)


def test_account_with_a_known_address_stays_on_the_form(client_of: ClientOf, administrator: Person) -> None:
    answers = {"name": "Twice", "email": administrator.user.email.upper()}
    page = client_of(administrator).post(reverse("agencies:new_account"), answers).content.decode()
    assert "This address has an account: add a membership to it." in page
    assert 'value="Twice"' in page
    assert User.objects.filter(name="Twice").count() == 0


def test_membership_is_entered_and_ended(
    client_of: ClientOf, administrator: Person, mash_manager: Person, front_door: Person
) -> None:
    client = client_of(administrator)
    answers = {"agency": str(front_door.membership.agency_id), "roles": ["screener"]}
    starts = day("starts_on", timezone.localdate())
    response = client.post(reverse("agencies:join", args=[front_door.user.pk]), answers | starts)
    assert response.headers["Location"] == reverse("agencies:account", args=[front_door.user.pk])
    with acting_as(mash_manager.viewer) as viewer:
        actions.give_word(RoleProposal.objects.get(), viewer=viewer, at=timezone.now(), version=1)
    made = Membership.objects.get(user=front_door.user, roles=["screener"])
    assert client.get(reverse("agencies:end_membership", args=[made.pk])).status_code == 200
    client.post(reverse("agencies:end_membership", args=[made.pk]), {"version": "1"})
    made.refresh_from_db()
    assert made.ended_at is not None
    verbs = Event.objects.filter(record_id=made.pk).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["membership.ended"]


def test_page_of_ones_own_membership_says_who_must_end_it(
    client_of: ClientOf, administrator: Person, auditor: Person
) -> None:
    client, sentence = client_of(administrator), "ask another administrator"
    url, theirs = (reverse("agencies:end_membership", args=[who.membership.pk]) for who in (administrator, auditor))
    pages = [client.get(one).content.decode() for one in (url, theirs)]
    assert [(sentence in page, "govuk-button--warning" in page) for page in pages] == [(True, False), (False, True)]
    refused = client.post(url, {"version": "1"})
    assert (refused.status_code, sentence in refused.content.decode()) == (200, True)
    administrator.membership.refresh_from_db()
    assert administrator.membership.ended_at is None
    assert client.get(reverse("agencies:people")).status_code == 200


def test_nobody_gives_themself_a_role(client_of: ClientOf, administrator: Person) -> None:
    answers = {"agency": str(administrator.membership.agency_id), "roles": ["manager"]}
    url = reverse("agencies:join", args=[administrator.user.pk])
    page = client_of(administrator).post(url, answers | day("starts_on", timezone.localdate())).content.decode()
    assert "You cannot give yourself a role: ask another administrator." in page
    assert Membership.objects.filter(user=administrator.user).count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"roles": []}, "roles"),
        ({"roles": ["receiving_worker"]}, "A receiving worker needs a team: choose it."),
        ({"roles": ["public"]}, "public"),
        ({"agency": "00000000-0000-4000-8000-000000000000"}, "agency"),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "Enter a real date"),
    ],
)
def test_membership_that_breaks_a_rule_is_not_entered(
    change: dict[str, object], sentence: str, client_of: ClientOf, administrator: Person, auditor: Person
) -> None:
    answers = {"agency": str(auditor.membership.agency_id), "roles": ["screener"]} | day(
        "starts_on", timezone.localdate()
    )
    url = reverse("agencies:join", args=[auditor.user.pk])
    response = client_of(administrator).post(url, answers | change)
    assert response.status_code == 200
    assert "govuk-error-summary" in response.content.decode()
    assert sentence in response.content.decode()
    assert Membership.objects.filter(user=auditor.user).count() == 1


def test_team_of_another_agency_is_refused(client_of: ClientOf, administrator: Person, auditor: Person) -> None:
    answers = {
        "agency": str(agency("police").pk),
        "roles": ["receiving_worker"],
        "team": str(team("assessment").pk),
    } | day("starts_on", timezone.localdate())
    url = reverse("agencies:join", args=[auditor.user.pk])
    page = client_of(administrator).post(url, answers).content.decode()
    assert "belongs to another agency: choose one of" in page
    assert Membership.objects.filter(user=auditor.user).count() == 1


def test_agreement_is_entered_and_a_lapsed_agency_signs_again(
    client_of: ClientOf, administrator: Person, lapsed_agency: Person
) -> None:
    client, today = client_of(administrator), timezone.localdate()
    days = day("starts_on", today) | day("ends_on", today + timedelta(days=30))
    client.post(reverse("agencies:new_agreement"), {"title": "Version 2", "items_close_after_days": "5"} | days)
    version = Agreement.objects.get(title="Version 2")
    assert (version.starts_on, version.items_close_after_days) == (today, 5)
    earlier = Agreement.objects.exclude(pk=version.pk).get()
    answers = {"agreement": str(earlier.pk), "agency": str(lapsed_agency.membership.agency_id), "signatory": "Chair"}
    response = client.post(reverse("agencies:sign"), answers | day("signed_on", today))
    assert response.headers["Location"] == reverse("agencies:agreements")
    assert Signature.objects.filter(agency=lapsed_agency.membership.agency).count() == 2
    assert "Lapsed: cannot take part" not in client.get(reverse("agencies:directory")).content.decode()


def test_signature_that_still_holds_is_not_followed_by_another(client_of: ClientOf, administrator: Person) -> None:
    answers = {"agreement": str(Agreement.objects.get().pk), "agency": str(agency("police").pk)}
    page = client_of(administrator).post(reverse("agencies:sign"), answers | day("signed_on", timezone.localdate()))
    assert "This agency has signed this version, and its signature holds on that day." in page.content.decode()
    assert Signature.objects.filter(agency=agency("police")).count() == 1


def test_people_are_shown_of_one_agency(client_of: ClientOf, administrator: Person, police_officer: Person) -> None:
    client = client_of(administrator)
    url = reverse("agencies:people")
    police = client.get(url, {"agency": str(police_officer.membership.agency_id)}).content.decode()
    assert (police_officer.user.email in police, administrator.user.email in police) == (True, False)
    everybody = client.get(url, {"agency": "no such", "page": "999"}).content.decode()
    assert (police_officer.user.email in everybody, administrator.user.email in everybody) == (True, True)


def test_account_page_says_what_the_person_holds(client_of: ClientOf, administrator: Person) -> None:
    school = person("school_researcher")
    page = client_of(administrator).get(reverse("agencies:account", args=[school.user.pk])).content.decode()
    assert [
        page.count("End it now"),
        page.count('<p class="hub-card__role">Agency lead</p>'),
        school.user.name in page,
    ] == [2, 1, True]


@pytest.mark.parametrize("name", ["account", "join", "end_membership"])
def test_what_does_not_exist_is_not_found(name: str, client_of: ClientOf, administrator: Person) -> None:
    url = reverse(f"agencies:{name}", args=["00000000-0000-4000-8000-000000000009"])
    assert client_of(administrator).get(url).status_code == 404


def test_one_of_two_memberships_is_chosen(client_of: ClientOf) -> None:
    school = person("school_researcher")
    client = client_of(school)
    other = Membership.objects.filter(user=school.user).exclude(pk=school.membership.pk).get()
    page = client.get(reverse("agencies:choose_membership")).content.decode()
    assert [page.count(">Work here<"), page.count("You work here now")] == [1, 1]
    response = client.post(reverse("agencies:choose_membership"), {"membership": str(other.pk)})
    assert (response.status_code, client.session["membership"]) == (302, str(other.pk))


def test_membership_of_somebody_else_is_not_found(client_of: ClientOf, police_officer: Person) -> None:
    client = client_of(police_officer)
    for posted in (str(person("maeve_manager").membership.pk), "nonsense", ""):
        response = client.post(reverse("agencies:choose_membership"), {"membership": posted})
        assert (response.status_code, client.session["membership"]) == (404, str(police_officer.membership.pk))


def test_somebody_without_membership_is_told_what_to_do(client: Client, superuser: User) -> None:
    client.force_login(superuser)
    page = client.get(reverse("agencies:choose_membership")).content.decode()
    assert "You have no membership that is in force today." in page
