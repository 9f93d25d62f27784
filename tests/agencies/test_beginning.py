"""From an empty hub to its first contact: two people by link, the set-up, an invitation, case roles by two."""

from __future__ import annotations

import re
from contextlib import closing
from datetime import timedelta
from io import StringIO
from typing import Any

import psycopg2
import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg2 import sql

from agencies import actions
from agencies.access.identity import acting_as
from agencies.access.viewer import BUILDER
from agencies.models import Agency, HubSettings, Membership, RoleProposal, Team, User
from audit.models import Event
from common.errors import NotPermitted, RuleBroken
from contacts.models import Contact
from tests.contacts.test_views_intake import blank_new
from tests.database import ADMIN_URL
from tests.factors import SET_UP, set_up_on
from tests.people import ClientOf, Person
from tests.sending import Browser
from tests.worker_environment import DATABASE, with_path

DIRECTORY = ("membership", "user", "team", "signature", "agreement", "agency", "hubsettings")
"""What the tests' directory consists of, without which a hub is as its migrations leave it."""
PASSWORD = "harbour-lantern-74"
ASKED = {
    "authority": "Northmere County Council",
    "administrator_name": "Ada First",
    "administrator_email": "ada@council.invalid",
    "manager_name": "Max First",
    "manager_email": "max@council.invalid",
}


@pytest.fixture
def empty_hub(transactional_db: None) -> None:
    """Take the directory away; after the test this database is replaced."""
    with closing(psycopg2.connect(with_path(ADMIN_URL, DATABASE))) as connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in DIRECTORY:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(f"agencies_{table}")))
        connection.commit()


def begun(**changes: Any) -> list[str]:
    """Begin a hub by its command and return the paths of the links that it prints."""
    out = StringIO()
    call_command("begin_hub", stdout=out, **{**ASKED, **changes})
    return re.findall(r"^http://localhost:8000(/account/password/reset/key/\S+)$", out.getvalue(), re.MULTILINE)


def opened(link: str, password: str = PASSWORD) -> tuple[Client, str]:
    """Set a password by a link; return the browser and the heading of the page that came."""
    client = Browser()
    page = client.get(link, follow=True)
    if page.redirect_chain:
        page = client.post(page.redirect_chain[-1][0], {"password1": password, "password2": password}, follow=True)
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)
    return client, found[1].strip() if found else ""


def signed_in(email: str, password: str = PASSWORD) -> Client:
    client = Browser()
    assert client.post("/account/login/", {"login": email, "password": password}).status_code == 302
    if client.get("/", follow=True).request["PATH_INFO"] == SET_UP:
        set_up_on(client)
    return client


def shown(client: Client) -> str:
    return client.get(reverse("agencies:set_up")).content.decode()


def test_two_people_get_a_link_each_and_sign_in_with_their_own_password(empty_hub: None) -> None:
    links = begun()
    assert len(links) == 2
    assert [one.has_usable_password() for one in User.objects.all()] == [False, False]
    roles = {one.user.name: one.roles for one in Membership.objects.select_related("user")}
    assert roles == {"Ada First": ["administrator"], "Max First": ["manager"]}
    assert HubSettings.objects.get().authority == "Northmere County Council"
    for link in links:
        opened(link)
    assert signed_in("ada@council.invalid").get(reverse("agencies:set_up")).status_code == 200
    assert signed_in("max@council.invalid").get("/work/").status_code == 200
    assert Event.objects.filter(verb="hub.begun").count() == 1


def test_a_link_that_is_spent_too_old_or_invented_gets_one_answer(empty_hub: None) -> None:
    used, old = begun()
    opened(used)
    answers = {opened(used)[1], opened(used[:-3] + "aaa")[1]}
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        answers.add(opened(old)[1])
    assert len(answers) == 1
    assert [one.has_usable_password() for one in User.objects.order_by("name")] == [True, False]


def test_who_missed_the_hour_gets_a_new_link_and_once_both_are_there_it_refuses(empty_hub: None) -> None:
    first, _second = begun()
    opened(first)
    again = begun()
    assert len(again) == 1
    opened(again[0])
    with pytest.raises(CommandError, match="This hub has begun"):
        begun()
    assert User.objects.count() == 2


def test_a_hub_in_which_people_work_does_not_begin_again(front_door: Person) -> None:
    with pytest.raises(CommandError, match="This hub has begun"):
        begun()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"authority": " "}, "what the authority is called"),
        ({"manager_name": ""}, "first manager is called"),
        ({"manager_email": "max"}, "no email address"),
        ({"manager_email": "ADA@council.invalid"}, "are two people"),
    ],
)
def test_what_is_missing_or_one_person_twice_is_refused(
    db: None, changes: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _question: "")
    with pytest.raises(CommandError, match=said):
        begun(**changes)
    assert User.objects.filter(email="ada@council.invalid").count() == 0


def test_nobody_else_begins_a_hub(administrator: Person) -> None:
    one, other = actions.Beginner("A", "a@council.invalid"), actions.Beginner("B", "b@council.invalid")
    at = timezone.now()
    with acting_as(administrator.viewer) as viewer, pytest.raises(NotPermitted):
        actions.begin_hub("X", administrator=one, manager=other, viewer=viewer, at=at)
    with acting_as(administrator.viewer) as viewer, pytest.raises(NotPermitted):
        actions.still_to_come(viewer)
    with acting_as(administrator.viewer) as viewer, pytest.raises(NotPermitted):
        actions.has_begun(viewer)
    with acting_as(BUILDER), pytest.raises(RuleBroken, match="has begun"):
        actions.begin_hub("X", administrator=one, manager=other, viewer=BUILDER, at=at)


HUB = {
    "name": "Northmere hub",
    "authority": "Northmere County Council",
    "telephone": "01632 960100",
    "out_of_hours_telephone": "01632 960101",
    "disagree_with": "Head of service, 01632 960102",
    "opens_at": "09:00",
    "closes_at": "17:00",
    "screening_by": "decision_maker",
    "decision_by": "manager",
}


def set_up_as(ada: Client) -> Agency:
    """Set the hub up through its pages and return the authority's own agency."""
    assert "1. The hub: 3 missing" in shown(ada)
    hub = HUB | {"nation": HubSettings.objects.get().nation}
    assert "closes before it opens" in ada.post(reverse("agencies:hub"), hub | {"closes_at": "08:00"}).content.decode()
    assert ada.post(reverse("agencies:hub"), hub).status_code == 302
    for name, kind in (("Northmere Police", "police"), ("Northmere Health", "health"), ("Our schools", "education")):
        form = {"name": name, "short_name": name, "kind": kind, "is_core": "on"}
        assert ada.post(reverse("agencies:new_agency"), form).status_code == 302
    care = Agency.objects.get(kind="social_care")
    team = {"name": "Assessment north", "agency": str(care.pk), "kind": "assessment"}
    assert ada.post(reverse("agencies:new_team"), team).status_code == 302
    return care


def invited_as(ada: Client, care: Agency, mailoutbox: list[EmailMessage]) -> User:
    """Make an account, propose its membership, and send its invitation; the person sets a password by its link."""
    fay = {"name": "Fay Front", "email": "fay@council.invalid"}
    joining = ada.post(reverse("agencies:new_account"), fay).headers["Location"]
    today = timezone.localdate()
    when = {"starts_on_day": today.day, "starts_on_month": today.month, "starts_on_year": today.year}
    ada.post(joining, {"agency": str(care.pk), "roles": ["front_door"], **when})
    person = User.objects.get(email="fay@council.invalid")
    page = ada.post(reverse("agencies:invite", args=[person.pk]), follow=True).content.decode()
    assert "The invitation is on its way" in page
    (mail,) = [one for one in mailoutbox if one.to == ["fay@council.invalid"]]
    (link,) = re.findall(r"http://localhost:8000(/account/password/reset/key/\S+)", str(mail.body))
    assert ("Northmere hub" in mail.subject, "Fay" in str(mail.body)) == (True, False)
    opened(link)
    return person


def test_the_two_set_the_hub_up_and_the_first_contact_is_logged(
    empty_hub: None, mailoutbox: list[EmailMessage]
) -> None:
    for link in begun():
        opened(link)
    ada, max_ = signed_in("ada@council.invalid"), signed_in("max@council.invalid")
    care = set_up_as(ada)
    done = re.findall(r"\d\. (.*?): done", shown(ada))
    assert (done, Team.objects.get().agency) == (["The hub", "Agencies", "Receiving teams"], care)

    person = invited_as(ada, care, mailoutbox)
    fay = signed_in("fay@council.invalid")
    assert fay.get(reverse("contacts:new")).headers["Location"] == reverse("agencies:choose_membership")
    proposal = RoleProposal.objects.get()
    page = reverse("screening:proposed_roles", args=[proposal.pk])
    assert page in max_.get("/work/").content.decode()
    word = max_.post(page, {"word": "yes", "reason": "", "version": str(proposal.version)})
    assert word.headers["Location"] == "/work/"
    assert fay.post(reverse("contacts:new"), blank_new()).status_code == 302
    contact = Contact.objects.get(logged_by__user=person)
    assert contact.reference in fay.get("/work/").content.decode()

    assert "Start now" not in Browser().get(reverse("contacts:report"), follow=True).content.decode()
    ada.post(reverse("agencies:open_form"))
    assert "Start now" in Browser().get(reverse("contacts:start")).content.decode()


def test_an_invitation_goes_only_to_who_has_no_password(
    client_of: ClientOf, administrator: Person, front_door: Person, mailoutbox: list[EmailMessage]
) -> None:
    page = client_of(administrator).post(reverse("agencies:invite", args=[front_door.user.pk]), follow=True)
    assert "has set a password" in page.content.decode()
    assert mailoutbox == []


def test_a_mail_server_that_does_not_answer_is_said(
    client_of: ClientOf, administrator: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(administrator)
    assert "took a mail to" in client.post(reverse("agencies:try_mail"), follow=True).content.decode()

    def gone(*_args: object, **_named: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("agencies.actions.inviting.send_mail", gone)
    page = client.post(reverse("agencies:try_mail"), follow=True).content.decode()
    assert "ConnectionRefusedError" in page
    assert Event.objects.filter(verb="hub.mail_tried").count() == 1


@pytest.mark.parametrize("name", ["set_up", "hub", "new_agency", "new_team"])
def test_the_set_up_is_the_administrators_alone(
    name: str, client_of: ClientOf, administrator: Person, mash_manager: Person, front_door: Person
) -> None:
    people = (administrator, mash_manager, front_door)
    assert [client_of(who).get(reverse(f"agencies:{name}")).status_code for who in people] == [200, 403, 403]
