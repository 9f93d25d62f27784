"""The edge of every request: one viewer, one transaction, one refusal in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from psycopg2.extensions import connection as Connection

from agencies.actions import end_membership
from agencies.models import Membership, User
from common.moments import london_day
from contacts.models import Contact
from tests.access.pages import REFUSALS
from tests.people import ClientOf, Person, person
from tests.scenes.rows import new_contact
from tests.sending import Browser

Refusals = list[dict[str, Any]]
pytestmark = [pytest.mark.urls("tests.access.pages"), pytest.mark.django_db]
ABSENT = "C-2222-2222"


@pytest.fixture
def refusals(db: None) -> Iterator[Refusals]:
    """Collect the refusals that are logged: the web role writes them and cannot read them."""
    seen: Refusals = []

    def keep(execute: Callable[..., object], sql: str, params: Any, many: bool, context: object) -> object:
        if sql.startswith('INSERT INTO "audit_refusal"'):
            columns = [name.strip('" ') for name in sql.split("(")[1].split(")", maxsplit=1)[0].split(",")]
            seen.append(dict(zip(columns, params, strict=True)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield seen


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("rule", 400),
        ("role", 403),
        ("absent", 404),
        ("conflict", 409),
        ("django-404", 404),
        ("django-403", 403),
        ("django-400", 400),
        ("410", 410),
        ("422", 422),
    ],
)
def test_refusal_rolls_back_and_is_logged_once(
    kind: str, status: int, client_of: ClientOf, front_door: Person, refusals: Refusals
) -> None:
    assert client_of(front_door).post(f"/try/{kind}/").status_code == status
    assert Contact.objects.count() == 0
    assert [(one["status"], one["method"], one["route"], one["reference"]) for one in refusals] == [
        (status, "POST", "write_and_refuse", "")
    ]


def test_fault_rolls_back_and_is_no_refusal(client_of: ClientOf, front_door: Person, refusals: Refusals) -> None:
    client = client_of(front_door)
    client.raise_request_exception = False
    response = client.post("/try/fault/")
    assert (response.status_code, Contact.objects.count(), refusals) == (500, 0, [])
    assert str(REFUSALS["fault"]) not in response.content.decode()


@pytest.mark.parametrize("status", [200, 204])
def test_success_commits_and_logs_no_refusal(
    status: int, client_of: ClientOf, front_door: Person, refusals: Refusals
) -> None:
    assert client_of(front_door).post(f"/try/{status}/").status_code == status
    assert (Contact.objects.count(), refusals) == (1, [])


def test_absent_and_forbidden_are_one_answer_and_one_entry(
    client_of: ClientOf, stranger: Person, refusals: Refusals
) -> None:
    forbidden = new_contact().reference
    client = client_of(stranger)
    answers = [client.get(f"/see/{reference}/") for reference in (forbidden, ABSENT)]
    assert [one.status_code for one in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)
    own = ("id", "at", "request_id", "reference")
    assert [one["reference"] for one in refusals] == [forbidden, ABSENT]
    assert [{name: value for name, value in one.items() if name not in own} for one in refusals] == [
        {
            "user_id": stranger.user.pk,
            "membership_id": stranger.membership.pk,
            "agency_id": stranger.membership.agency_id,
            "roles": ["researcher"],
            "method": "GET",
            "route": "show",
            "status": 404,
        }
    ] * 2


def test_not_found_page_is_the_same_for_everybody(client_of: ClientOf, stranger: Person, front_door: Person) -> None:
    reference = new_contact().reference
    pages = [
        client_of(stranger).get(f"/see/{reference}/"),
        client_of(front_door).get(f"/see/{ABSENT}/"),
        client_of(front_door).get("/no/such/page/"),
        Client().get("/no/such/page/"),
        client_of(front_door).post("/try/absent/"),
        client_of(front_door).post("/try/django-404/"),
    ]
    assert {one.status_code for one in pages} == {404}
    assert len({one.content for one in pages}) == 1


def test_right_person_is_shown_what_another_is_not(client_of: ClientOf, front_door: Person) -> None:
    reference = new_contact().reference
    assert client_of(front_door).get(f"/see/{reference}/").content.decode() == reference


def test_addresses_that_do_not_exist_are_logged_for_people_only(
    client: Client, client_of: ClientOf, front_door: Person, refusals: Refusals
) -> None:
    client.get("/wp-login.php")
    assert refusals == []
    client_of(front_door).get("/contacts/next-one/")
    assert [(one["status"], one["route"], one["user_id"]) for one in refusals] == [(404, "", front_door.user.pk)]


def test_conflict_gives_back_all_that_was_typed_but_secrets(client_of: ClientOf, front_door: Person) -> None:
    typed = {
        "concern": "She <b>said</b>\nso",
        "children-0-given_name": "Ada",
        "children-TOTAL_FORMS": "1",
        "csrfmiddlewaretoken": "token-token",
        "submission_key": "key-key",
        "version": "4711",
        "oldpassword": "secret-one",
        "password2": "secret-two",
    }
    page = client_of(front_door).post("/try/conflict/", typed, HTTP_REFERER="http://testserver/work/?colour=red")
    text = page.content.decode()
    assert (page.status_code, "She &lt;b&gt;said&lt;/b&gt;" in text, "Ada" in text) == (409, True, True)
    assert [word for word in ("TOTAL", "token-token", "key-key", "4711", "secret-") if word in text] == []
    assert 'href="/work/"' in text


@pytest.mark.parametrize(
    "before", ["", "http://elsewhere.invalid/work/", "javascript:alert(1)", "//elsewhere.invalid/"]
)
def test_page_before_is_one_of_ours(before: str, client_of: ClientOf, front_door: Person) -> None:
    text = client_of(front_door).post("/try/conflict/", HTTP_REFERER=before).content.decode()
    assert ('href="/try/conflict/"' in text, "elsewhere" in text, "javascript:" in text) == (True, False, False)


def test_anonymous_is_the_public_form(client: Client) -> None:
    response = client.get(reverse("account_login"))
    viewer = response.wsgi_request.viewer  # type: ignore[attr-defined]
    assert (viewer.roles, viewer.user_id, str(viewer.membership_id)) == (
        frozenset({"public"}),
        None,
        "00000000-0000-4000-8000-000000000001",
    )
    assert viewer.request_id != ""


def test_anonymous_is_led_to_the_sign_in_page(client: Client) -> None:
    for method in (client.get, client.post):
        response = method(f"/see/{ABSENT}/")
        assert (response.status_code, response.headers["Location"]) == (302, f"/account/login/?next=/see/{ABSENT}/")
    assert client.post("/try/200/").status_code == 302
    assert Contact.objects.count() == 0


def test_one_membership_is_taken_without_asking(client: Client, front_door: Person) -> None:
    client.force_login(front_door.user)
    response = client.get("/membership/choose/")
    assert response.wsgi_request.viewer.membership_id == front_door.membership.pk  # type: ignore[attr-defined]
    assert client.session["membership"] == str(front_door.membership.pk)


def test_of_two_memberships_one_must_be_chosen(client: Client) -> None:
    school = person("school_researcher")
    client.force_login(school.user)
    response = client.get(f"/see/{ABSENT}/")
    assert (response.status_code, response.headers["Location"]) == (302, "/membership/choose/")
    assert response.headers["Cache-Control"] == "no-store"
    client.post("/membership/choose/", {"membership": str(school.membership.pk)})
    assert client.get(f"/see/{ABSENT}/").status_code == 404


def test_without_membership_nothing_opens(client: Client, superuser: User) -> None:
    new_contact()
    client.force_login(superuser)
    for path in ("/", "/work/", f"/see/{Contact.objects.get().reference}/", "/contacts/", "/directory/"):
        assert client.get(path).headers["Location"] == "/membership/choose/"
    assert client.post("/try/200/").headers["Location"] == "/membership/choose/"
    assert Contact.objects.count() == 1


def test_membership_ended_between_requests_opens_nothing_more(
    client_of: ClientOf, front_door: Person, administrator: Person
) -> None:
    reference, client = new_contact().reference, client_of(front_door)
    assert client.get(f"/see/{reference}/").status_code == 200
    end_membership(front_door.membership, viewer=administrator.viewer, at=timezone.now())
    assert client.get(f"/see/{reference}/").headers["Location"] == "/membership/choose/"
    assert client.post("/try/200/").headers["Location"] == "/membership/choose/"
    page = client.get("/membership/choose/").content.decode()
    assert "The membership in which you worked has ended." in page
    assert Contact.objects.count() == 1


def test_what_was_sent_in_an_ended_membership_is_not_done_in_the_other(client_of: ClientOf) -> None:
    school = person("school_researcher")
    client = client_of(school)
    Membership.objects.filter(pk=school.membership.pk).update(ends_on=london_day(timezone.now()) - timedelta(days=1))
    assert client.post("/try/200/").headers["Location"] == "/membership/choose/"
    assert Contact.objects.count() == 0


def test_closed_account_is_signed_out(client_of: ClientOf, front_door: Person) -> None:
    client = client_of(front_door)
    User.objects.filter(pk=front_door.user.pk).update(is_active=False)
    assert client.get("/work/").headers["Location"] == "/account/login/?next=/work/"


@pytest.mark.parametrize(
    "path", ["/account/login/", "/report/start/", "/membership/choose/", "/no/such/", "/work/", "/readyz"]
)
@pytest.mark.parametrize("signed_in", [True, False])
def test_no_answer_is_kept_by_a_cache_and_none_runs_foreign_scripts(
    path: str, signed_in: bool, client: Client, front_door: Person
) -> None:
    if signed_in:
        client.force_login(front_door.user)
    headers = client.get(path).headers
    assert "no-store" in headers["Cache-Control"]
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == (
        "DENY",
        "nosniff",
        "same-origin",
    )


def test_process_answers_without_asking_the_database(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(0):
        assert client.get("/livez").content == b"ok"
    assert client.get("/readyz?for=pages").content == b"ok"


def test_forged_session_membership_is_nobody(client: Client, front_door: Person, mash_manager: Person) -> None:
    client.force_login(front_door.user)
    session = client.session
    session["membership"] = str(mash_manager.membership.pk)
    session.save()
    assert client.get("/work/").headers["Location"] == "/membership/choose/"


@pytest.mark.django_db(transaction=True)
def test_refusal_stays_when_the_deed_is_rolled_back(superuser_connection: Connection) -> None:
    """With real transactions: what the view wrote is gone, what the log says is not."""
    who = person("yos_researcher")
    client = Browser()
    client.force_login(who.user)
    reference = new_contact().reference
    for path in (f"/see/{reference}/", f"/see/{ABSENT}/", "/try/role/"):
        client.post(path) if path.startswith("/try") else client.get(path)
    with superuser_connection.cursor() as cursor:
        cursor.execute("SELECT status, route, reference, user_id::text FROM audit_refusal ORDER BY at")
        me = str(who.user.pk)
        assert cursor.fetchall() == [
            (404, "show", reference, me),
            (404, "show", ABSENT, me),
            (403, "write_and_refuse", "", me),
        ]
        cursor.execute("SELECT count(*) FROM contacts_contact")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT count(*) FROM audit_event WHERE verb = 'contact.made'")
        assert cursor.fetchone() == (0,)
