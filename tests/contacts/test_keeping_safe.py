"""What keeps people safe can be said after a contact is over: letters and feedback go out only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK
from audit.models import Event
from common.errors import MoveNotAllowed, NotPermitted, RuleBroken, StaleRecord
from contacts import actions
from contacts.actions import KEPT_SAFE, Protected, Reaching
from contacts.models import Contact, EarlierValue, Referrer, Subject
from contacts.rules.intake import ReportedReferrer
from notices.actions import Outcome, send_notice
from notices.models import Notice
from tests.contacts.conftest import AT, CHILD, MOTHER, LogContact
from tests.contacts.hands import post
from tests.drawn import text
from tests.people import ClientOf, Person
from tests.scenes.enquiries import MORNING

pytestmark = pytest.mark.django_db
NORA = ReportedReferrer(name="Nora Nextdoor", email="nora@home.invalid", safe_by=["email"], is_private=False)
LATER = MORNING


@pytest.fixture
def ended(log_contact: LogContact, screener: Person) -> Contact:
    contact = log_contact(people=(CHILD, MOTHER), referrer=NORA, address="14 Elm Road, Fenby, AB1 2CD")
    with acting_as(screener.viewer, as_of=AT) as viewer:
        actions.end_contact(contact, endings={}, viewer=viewer, at=AT)
    return Contact.objects.get(pk=contact.pk)


def test_whoever_rings_after_the_end_is_obeyed_from_then_on(
    ended: Contact, client_of: ClientOf, front_door: Person
) -> None:
    client = client_of(front_door)
    page = text(client.get(f"/contacts/{ended.reference}/"))
    assert page.count("Say what keeps them safe now") == 2
    assert page.count("Say how home and referrer are kept safe") == 1
    answer = post(
        client,
        "keep_person_safe",
        ended.reference,
        2,
        version=str(ended.version),
        safe_by="telephone",
        address_is_protected="yes",
        protected_from="Her husband",
    )
    assert answer.status_code == 302
    mother = Subject.objects.get(contact=ended, position=2)
    assert (mother.safe_by, mother.address_is_protected, mother.protected_from) == (["telephone"], True, "Her husband")
    said = {"safe_by": "never", "safe_ways": "", "address_is_protected": "yes", "protected_from": "Everybody"}
    version = str(Contact.objects.get(pk=ended.pk).version)
    assert post(client, "keep_home_safe", ended.reference, version=version, **said).status_code == 302
    shown = text(client.get(f"/contacts/{ended.reference}/"))
    assert "14 Elm Road" not in shown
    assert Referrer.objects.get(contact=ended).safe_by == ["never"]
    assert set(Event.objects.filter(verb=KEPT_SAFE).values_list("reference", flat=True)) == {ended.reference}
    assert Event.objects.filter(verb=KEPT_SAFE).count() == 2


def test_what_it_said_before_is_kept(ended: Contact, front_door: Person) -> None:
    with acting_as(front_door.viewer) as viewer:
        mother = ended.subjects.get(position=2)
        actions.keep_person_safe(mother, Protected(is_protected=None), ["post"], viewer=viewer, at=LATER, version=None)
        actions.keep_person_safe(mother, Protected(is_protected=None), ["text"], viewer=viewer, at=LATER, version=None)
    assert list(EarlierValue.objects.filter(column="safe_by").values_list("text", flat=True))[-1:] == ["Letter"]


def test_a_receipt_that_waits_is_taken_back(ended: Contact, front_door: Person) -> None:
    with acting_as(front_door.viewer) as viewer:
        actions.keep_home_safe(
            ended, Protected(is_protected=None), viewer=viewer, at=LATER, referrer=Reaching(["never"])
        )
    with acting_as(CLOCK):
        keys = list(Notice.objects.filter(kind="receipt.sent").values_list("pk", flat=True))
    assert keys
    assert [send_notice(key, viewer=CLOCK, at=LATER) for key in keys] == [Outcome.NOT_MINE] * len(keys)


def test_a_protected_home_is_not_found_by_its_address_any_more(ended: Contact, front_door: Person) -> None:
    assert ended.address_keys
    assert ended.place_keys
    with acting_as(front_door.viewer) as viewer:
        actions.keep_home_safe(ended, Protected(is_protected=True, from_whom="All"), viewer=viewer, at=LATER)
    found = Contact.objects.get(pk=ended.pk)
    assert (found.address_keys, found.place_keys) == ([], [])


def test_what_cannot_be_is_refused(ended: Contact, front_door: Person, screener: Person) -> None:
    with acting_as(front_door.viewer) as viewer:
        with pytest.raises(RuleBroken) as nobody:
            actions.keep_home_safe(ended, Protected(is_protected=True), viewer=viewer, at=LATER)
        assert nobody.value.field == "protected_from"
        with pytest.raises(RuleBroken) as both:
            actions.keep_person_safe(
                ended.subjects.get(position=2), Protected(is_protected=None), ["never", "post"], viewer=viewer, at=LATER
            )
        assert both.value.field == "safe_by"
        with pytest.raises(StaleRecord):
            actions.keep_home_safe(ended, Protected(is_protected=None), viewer=viewer, at=LATER, version=99)
    with acting_as(screener.viewer) as viewer, pytest.raises(NotPermitted):
        actions.keep_home_safe(ended, Protected(is_protected=None), viewer=viewer, at=LATER)


def test_while_a_contact_runs_it_is_completed_instead(log_contact: LogContact, front_door: Person) -> None:
    contact = log_contact(people=(CHILD, MOTHER), referrer=replace(NORA, safe_by=[]))
    with acting_as(front_door.viewer) as viewer, pytest.raises(MoveNotAllowed):
        actions.keep_home_safe(contact, Protected(is_protected=None), viewer=viewer, at=LATER)
