"""Nothing goes out against what was said about reaching somebody: receipt, feedback and letter alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, PUBLIC
from common.errors import RuleBroken
from contacts.actions import amend_contact, receive_public_contact
from contacts.choices import Channel, SafeWay
from contacts.rules.intake import ReportedPerson, ReportedReferrer, safe_way_problems
from contacts.rules.reaching import ASK_ABOUT_EMAIL, NOBODY, in_words, why_not_by_email, why_not_by_post
from notices.actions import Outcome, send_notice
from notices.models import Notice
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact, intake_of
from tests.drawn import text
from tests.people import ClientOf, Person

pytestmark = pytest.mark.django_db
NORA = ReportedReferrer(name="Nora Nextdoor", email="nora@home.invalid")

ONLY_TEXT = "That is not safe for them. Safe is only: text message."
ANSWERS = [
    ([], False, ASK_ABOUT_EMAIL, ""),
    (["email"], True, "", "That is not safe for them. Safe is only: email."),
    (["post", "email"], True, "", ""),
    (["text"], False, ONLY_TEXT, ONLY_TEXT),
    (["never"], False, NOBODY, NOBODY),
]


@pytest.mark.parametrize(("ways", "_mailed", "no_email", "no_letter"), ANSWERS)
def test_what_was_said_rules_what_goes_out(ways: list[str], _mailed: bool, no_email: str, no_letter: str) -> None:
    assert (why_not_by_email(ways), why_not_by_post(ways)) == (no_email, no_letter)


@pytest.mark.parametrize(("ways", "mailed", "_no_email", "_no_letter"), ANSWERS)
def test_a_receipt_leaves_only_where_email_was_said_to_be_safe(
    log_contact: LogContact, ways: list[str], mailed: bool, _no_email: str, _no_letter: str
) -> None:
    log_contact(referrer=replace(NORA, safe_by=ways))
    assert Notice.objects.filter(kind="receipt.sent").exists() == mailed


@pytest.mark.parametrize(("ways", "mailed"), [([], False), (["telephone"], False), (["email"], True)])
def test_the_public_form_mails_only_whom_it_is_safe_to_mail(db: None, ways: list[str], mailed: bool) -> None:
    intake = intake_of(channel=Channel.ONLINE, referrer=replace(NORA, safe_by=ways))
    with acting_as(PUBLIC) as public:
        received = receive_public_contact(intake, viewer=public, at=AT)
    assert (received.mailed, Notice.objects.filter(kind="receipt.sent").exists()) == (mailed, mailed)


@pytest.mark.parametrize(
    ("ways", "problem"),
    [
        ([], []),
        (["never"], []),
        (["post", "text"], []),
        (["never", "text"], ["Tick the ways that are safe, or that nobody may get in touch; not both"]),
        (["pigeon"], ["Choose the ways from the list"]),
    ],
)
def test_an_answer_that_contradicts_itself_is_refused(ways: list[str], problem: list[str]) -> None:
    assert [one.sentence for one in safe_way_problems(ways)] == problem


def test_a_contradiction_about_a_person_stops_the_contact(log_contact: LogContact) -> None:
    with pytest.raises(RuleBroken) as broken:
        log_contact(people=(CHILD, ReportedPerson(kind="adult", given_name="Lena", safe_by=["never", "post"])))
    assert broken.value.field == "safe_by"


def test_the_page_says_how_each_may_be_reached(
    log_contact: LogContact, front_door: Person, client_of: ClientOf
) -> None:
    contact = log_contact(people=(CHILD, MOTHER), referrer=replace(NORA, safe_by=["text"], is_private=False))
    page = text(client_of(front_door).get(f"/contacts/{contact.reference}/"))
    assert page.count("Safe to reach by") == 2
    assert ("Text message" in page, "Not asked" in page) == (True, True)


def test_every_way_has_its_word() -> None:
    assert in_words([SafeWay.EMAIL, SafeWay.POST]) == "Letter, Email"
    assert in_words([]) == "Not asked"


@pytest.mark.parametrize(
    ("later", "leaves"),
    [
        (replace(NORA, safe_by=["email"], telephone="01632 960 123"), [Outcome.SENT]),
        (replace(NORA, safe_by=["never"]), []),
        (replace(NORA, safe_by=["post"]), []),
        (replace(NORA, safe_by=["email"], email="new@home.invalid"), []),
    ],
    ids=["still safe", "never", "by post", "another address"],
)
def test_a_receipt_that_waits_obeys_what_is_said_meanwhile(
    log_contact: LogContact, front_door: Person, later: ReportedReferrer, leaves: list[Outcome]
) -> None:
    contact = log_contact(referrer=replace(NORA, safe_by=["email"]))
    with acting_as(front_door.viewer) as viewer:
        amend_contact(contact, {}, viewer=viewer, at=AT, referrer=later)
    with acting_as(CLOCK):
        keys = Notice.objects.filter(kind="receipt.sent").values_list("pk", flat=True)
    assert [came for key in keys if (came := send_notice(key, viewer=CLOCK, at=AT)) != Outcome.NOT_MINE] == leaves
