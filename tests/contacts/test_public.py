"""The public form: from the first page to the receipt, and what a wrong code learns."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.pacing import may_go_on, network_of
from contacts.models import Contact, Receipt, Referrer, Report, Subject
from contacts.views.public import LOOKS_PER_HOUR, SENDINGS_PER_HOUR
from notices.models import Notice
from tests.drawn import plain
from tests.people import Person
from tests.sending import Browser

REPORT = "contacts:report"
WHO = {"who-referrer_kind": "neighbour", "who-danger": "no"}
CHILDREN = {
    "children-TOTAL_FORMS": "1",
    "children-INITIAL_FORMS": "0",
    "children-0-given_name": "Ada",
    "children-0-age_reported": "about 6",
}
WORRY = {"worry-report": "She cries every night. <b>Help</b> 😀", "worry-child_said": "I am scared."}
HOME = {"home-address": "14 Elm Road", "adults-TOTAL_FORMS": "0", "adults-INITIAL_FORMS": "0"}
KNOW = {"know-family_knows": "unsafe", "know-why": ""}
YOU = {"you-name": "Nora Nextdoor", "you-email": "nora@home.invalid", "you-safe_by": "email", "you-keep_private": "no"}
ALL = {**WHO, **CHILDREN, **WORRY, **HOME, **KNOW, **YOU}
STEPS = [("who", WHO), ("children", CHILDREN), ("worry", WORRY), ("home", HOME), ("know", KNOW), ("you", YOU)]


def heading(html: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert found
    return found[1].strip()


def key_in(html: str) -> str:
    found = re.search(r'name="submission_key" value="([^"]+)"', html)
    assert found
    return found[1]


def hidden_in(html: str) -> dict[str, str]:
    """Return the hidden answers of other pages, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([a-z]+-[^"]+)" value="([^"]*)">', html)
    unescaped = [
        (name, value.replace("&lt;", "<").replace("&gt;", ">").replace("&#x27;", "'")) for name, value in found
    ]
    return dict(unescaped)


def send(client: Client, answers: dict[str, str] = ALL, **extra: str) -> str:
    """Send the whole form and return the page it leads to."""
    page = client.post(reverse(REPORT), {**answers, "step": "check", "send": "1", **extra}, follow=True)
    return str(page.content.decode())


def look(client: Client, reference: str, code: str) -> str:
    """Return the page that the status page leads to."""
    page = client.post(reverse("contacts:status"), {"reference": reference, "code": code}, follow=True)
    return str(page.content.decode())


def code_in(html: str) -> tuple[str, str]:
    reference = re.search(r"R-\w{4}-\w{4}", html)
    secret = re.search(r'class="hub-secret">([^<]+)<', html)
    assert reference
    assert secret
    return reference[0], secret[1]


def test_page_by_page_to_the_receipt(client: Client, db: None) -> None:
    html = client.get(reverse(REPORT)).content.decode()
    headings = [heading(html)]
    for step, answers in STEPS:
        page = client.post(reverse(REPORT), {**hidden_in(html), **answers, "step": step, "next": "1"})
        html = page.content.decode()
        headings.append(heading(html))
    assert headings == [
        "About you and your worry",
        "Which children are you worried about?",
        "What are you worried about?",
        "Where they live, and who lives or stays there",
        "Does the family know?",
        "How we can reach you",
        "Check what you tell us",
    ]
    assert "about 6" in html
    assert "&lt;b&gt;Help&lt;/b&gt;" in html
    shown = client.post(reverse(REPORT), {**hidden_in(html), "step": "check", "send": "1"}, follow=True)
    assert heading(shown.content.decode()) == "We have received it"
    contact = Contact.objects.get()
    assert (contact.agreement, contact.may_tell, contact.channel) == ("not_sought", "no", "online")
    assert Report.objects.get().text == f"{WORRY['worry-report']}\n\nWhat the child has said:\nI am scared."
    assert (Referrer.objects.get().name, Referrer.objects.get().is_private) == ("Nora Nextdoor", True)


@pytest.mark.parametrize(("said", "danger"), [("yes", True), ("no", False), ("unknown", None)])
def test_whoever_does_not_know_of_a_danger_has_not_said_no(
    client: Client, db: None, said: str, danger: bool | None
) -> None:
    send(client, {**ALL, "who-danger": said})
    assert Contact.objects.get().immediate_danger is danger
    assert {(one.kind, one.lives_in_household) for one in Subject.objects.all() if one.kind == "child"} == {
        ("child", True)
    }


def test_the_receipt_is_shown_once_and_the_mail_says_nothing(client: Client, db: None) -> None:
    html = send(client)
    reference, secret = code_in(html)
    assert reference == Receipt.objects.get().reference
    again = client.get(reverse("contacts:report_received")).content.decode()
    assert (secret in again, heading(again)) == (False, "Your receipt was shown once")
    mail = Notice.objects.get(kind="receipt.sent")
    assert reference in mail.body
    assert not any(word in f"{mail.subject} {mail.body}" for word in (secret, "Ada", "Nora", "cries", "Elm"))


def test_the_code_does_not_rest_in_the_session_in_clear(client: Client, db: None) -> None:
    client.post(reverse(REPORT), {**ALL, "step": "check", "send": "1"})
    kept = str(dict(client.session.items()))
    reference, secret = code_in(client.get(reverse("contacts:report_received")).content.decode())
    assert [word for word in (reference, secret) if word in kept] == []


def test_a_double_sending_gives_one_contact_and_one_receipt(client: Client, db: None) -> None:
    key = key_in(client.get(reverse(REPORT)).content.decode())
    first = client.post(reverse(REPORT), {**ALL, "step": "check", "send": "1", "submission_key": key})
    second = client.post(reverse(REPORT), {**ALL, "step": "check", "send": "1", "submission_key": key})
    assert (first["Location"], second["Location"]) == (reverse("contacts:report_received"),) * 2
    assert Contact.objects.count() == 1
    code_in(client.get(second["Location"]).content.decode())


def test_an_anonymous_referrer_is_not_asked_who_they_are(client: Client, db: None) -> None:
    answers = {**ALL, "who-referrer_kind": "anonymous"}
    html = client.post(reverse(REPORT), {**answers, "step": "know", "next": "1"}).content.decode()
    assert heading(html) == "Check what you tell us"
    assert "Nora" not in re.sub(r"<input[^>]*>", "", html)
    send(client, answers)
    assert Referrer.objects.get().name == ""


@pytest.mark.parametrize(
    ("step", "answers", "sentence"),
    [
        ("who", {"who-danger": "no"}, "Answer “Who are you?”"),
        ("children", {**CHILDREN, "children-0-given_name": "", "children-0-age_reported": ""}, "Give at least 1 child"),
        (
            "children",
            {
                **CHILDREN,
                "children-0-is_unborn": "on",
                "children-0-date_of_birth_day": "1",
                "children-0-date_of_birth_month": "2",
                "children-0-date_of_birth_year": "2020",
            },
            "has no date of birth",
        ),
        (
            "children",
            {
                **CHILDREN,
                "children-0-date_of_birth_day": "1",
                "children-0-date_of_birth_month": "2",
                "children-0-date_of_birth_year": "2999",
            },
            "The date of birth is in the future",
        ),
        ("worry", {"worry-report": "  "}, "Enter what you are worried about"),
        ("worry", {"worry-report": "x" * 15_001}, "must be 15,000 characters or fewer"),
        ("you", {**YOU, "you-email": "not an address"}, "Enter a valid email address"),
    ],
)
def test_an_answer_that_cannot_be_keeps_the_page_and_all_else(
    client: Client, db: None, step: str, answers: dict[str, str], sentence: str
) -> None:
    carried = {key: value for name, given in STEPS if name != step for key, value in given.items()}
    html = client.post(reverse(REPORT), {**carried, **answers, "step": step, "next": "1"}).content.decode()
    assert sentence in html
    assert set(carried) - set(hidden_in(html)) == set()
    assert Contact.objects.count() == 0


def test_a_faulty_answer_smuggled_to_the_end_leads_back_to_its_page(client: Client, db: None) -> None:
    html = send(client, {**ALL, "worry-report": ""})
    assert heading(html) == "What are you worried about?"
    assert Contact.objects.count() == 0


def test_back_and_change_lose_nothing(client: Client, db: None) -> None:
    back = client.post(reverse(REPORT), {**ALL, "step": "worry", "back": "1"}).content.decode()
    assert heading(back) == "Which children are you worried about?"
    assert 'value="Ada"' in back
    change = client.post(reverse(REPORT), {**ALL, "step": "check", "goto": "who"}).content.decode()
    assert hidden_in(change)["you-name"] == "Nora Nextdoor"


def test_another_child_can_be_added_without_a_script(client: Client, db: None) -> None:
    html = client.post(reverse(REPORT), {**ALL, "step": "children", "children-add": "1"}).content.decode()
    assert "Child 2" in html
    assert "There is a problem" not in html


def test_nonsense_steps_begin_at_the_beginning(client: Client, db: None) -> None:
    for posted in ({"step": "../../etc"}, {"goto": "<script>"}, {}):
        page = client.post(reverse(REPORT), posted)
        assert (page.status_code, heading(page.content.decode())) == (200, "About you and your worry")


def test_status_of_a_wrong_code_is_byte_for_byte_no_news(client: Client, db: None) -> None:
    reference, secret = code_in(send(client))
    pages = [
        client.post(reverse("contacts:status"), {"reference": ref, "code": code}, follow=True)
        for ref, code in (
            (reference, secret),
            (reference, "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE-FFFFF"),
            ("R-2345-6789", secret),
        )
    ]
    assert plain(pages[0]) == plain(pages[1]) == plain(pages[2])
    assert heading(pages[0].content.decode()) == "We cannot show an update yet"


def test_status_says_more_to_the_holder_of_the_code(client: Client, db: None) -> None:
    reference, secret = code_in(send(client))
    receipt = Receipt.objects.get()
    receipt.stage, receipt.outcome = "finished", "early_help"
    receipt.save()
    page = client.post(
        reverse("contacts:status"), {"reference": reference, "code": secret}, follow=True
    ).content.decode()
    assert (heading(page), "Early help" in page, "Ada" in page) == ("We have decided what to do", True, False)


@pytest.mark.parametrize(
    "typing",
    [
        lambda said: said.replace("-", ""),
        lambda said: said.replace("-", " ").lower(),
        lambda said: said.replace("-", "–"),
        lambda said: f"ref: {said}.",
    ],
)
def test_status_is_told_in_any_typing(typing: Callable[[str], str], client: Client, db: None) -> None:
    reference, secret = code_in(send(client))
    receipt = Receipt.objects.get()
    receipt.stage = "finished"
    receipt.save()
    page = client.post(
        reverse("contacts:status"), {"reference": typing(reference), "code": secret.replace("-", "–")}, follow=True
    )
    assert heading(page.content.decode()) == "We have decided what to do"


def test_a_right_code_answers_right_after_many_wrong_ones(client: Client, db: None) -> None:
    reference, secret = code_in(send(client))
    receipt = Receipt.objects.get()
    receipt.stage = "finished"
    receipt.save()
    for _number in range(25):
        client.post(reverse("contacts:status"), {"reference": reference, "code": "wrong"}, follow=True)
    page = client.post(reverse("contacts:status"), {"reference": reference, "code": secret}, follow=True)
    assert heading(page.content.decode()) == "We have decided what to do"


def test_beyond_the_limit_no_code_is_compared_and_the_page_says_so(client: Client, db: None) -> None:
    reference, secret = code_in(send(client))
    for _number in range(LOOKS_PER_HOUR):
        assert may_go_on(RequestFactory().get("/"), "status", most=LOOKS_PER_HOUR)
    asked = {"reference": reference, "code": secret}
    with CaptureQueriesContext(connection) as queries:
        page = client.post(reverse("contacts:status"), asked, follow=True).content.decode()
    assert "yours was not compared" in page
    assert [query["sql"] for query in queries if "fw.receipt(" in query["sql"]] == []


def test_networks_are_counted_by_the_line_that_they_have() -> None:
    seen = {
        "198.51.100.7": "198.51.100.7",
        "::ffff:198.51.100.7": "198.51.100.7",
        "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::",
        "2001:db8:1:2:ffff::1": "2001:db8:1:2::",
        "": "nowhere",
    }
    got = {said: network_of(RequestFactory().get("/", REMOTE_ADDR=said)) for said in seen}
    assert got == seen


def test_a_flood_from_one_connection_is_taken_in_marked_and_stands_below(
    client: Client, front_door: Person, screener: Person, mailoutbox: list[EmailMessage]
) -> None:
    for _ in range(SENDINGS_PER_HOUR):
        assert may_go_on(RequestFactory().get("/"), "report", most=SENDINGS_PER_HOUR)
    code_in(send(client))
    elsewhere = Browser(REMOTE_ADDR="198.51.100.9")
    code_in(send(elsewhere))
    flooded, real = Contact.objects.order_by("logged_at")
    assert (flooded.came_in_flood, real.came_in_flood) == (True, False)
    assert [mail.subject for mail in mailoutbox if "nora@home.invalid" in mail.to] == []
    client.force_login(front_door.user)
    listed = client.get("/work/").content.decode()
    assert listed.index(real.reference) < listed.index(flooded.reference)
    assert listed.count("Sent among many from one connection") == 1
    page = client.get(reverse("contacts:contact", args=[flooded.reference])).content.decode()
    assert "no receipt was mailed" in page
    client.force_login(screener.user)
    queue = client.get("/screening/").content.decode()
    assert queue.index(real.reference) < queue.index(flooded.reference)


def test_public_pages_open_without_an_account(client: Client, db: None) -> None:
    names = ("start", "report", "report_received", "status")
    shown = {name: heading(client.get(reverse(f"contacts:{name}")).content.decode()) for name in names}
    assert shown == {
        "start": "Tell us you are worried about a child",
        "report": "About you and your worry",
        "report_received": "Your receipt was shown once",
        "status": "Where things stand",
    }


def test_answers_are_checked_in_the_words_of_the_page(client: Client, db: None) -> None:
    born = {
        f"children-0-date_of_birth_{part}": value for part, value in (("day", "4"), ("month", "3"), ("year", "2019"))
    }
    html = client.post(reverse(REPORT), {**ALL, **born, "step": "you", "next": "1"}).content.decode()
    shown = re.findall(r'summary-list__key">(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>', html, re.DOTALL)
    assert ("Ada&#x27;s date of birth", "4 Mar 2019") in shown
    assert ("Does the family know that you are telling us?", "No: telling them could put somebody at risk") in shown
    assert not [label for label, _ in shown if label.startswith("Sex")]
