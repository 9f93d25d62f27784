"""Who reads what was corrected, and what was said before it was changed: what was taken out on purpose stays out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.actions import record_birth_and_home
from contacts import actions, queries
from contacts.models import Contact, Correction, EarlierValue, PersonLink
from contacts.models import Person as OnRecord
from contacts.rules.intake import ReportedReferrer
from screening.actions import close_to
from screening.rules import Case, Whom
from tests.contacts.conftest import AT, CHILD, LogContact
from tests.contacts.test_protection import LATER
from tests.people import ClientOf, Person, person

pytestmark = pytest.mark.django_db
HOME = "14 Elm Road, Fenby, AB1 2CD"
NORA = ReportedReferrer(name="Nora Zebedee", telephone="07700 900313", is_private=False)


def amended(contact: Contact, changes: dict[str, object], who: Person, **more: object) -> Contact:
    with acting_as(who.viewer) as viewer:
        return actions.amend_contact(Contact.objects.get(pk=contact.pk), changes, viewer=viewer, at=LATER, **more)  # type: ignore[arg-type]


def test_an_earlier_concern_is_masked_where_it_says_a_protected_place(
    log_contact: LogContact, front_door: Person, client_of: ClientOf
) -> None:
    contact = log_contact(address=HOME, concern="She hides at 14 Elm Road, Fenby.", report="She hides.")
    amended(contact, {"concern": "She hides."}, front_door)
    amended(contact, {"address_is_protected": True, "protected_from": "Her uncle"}, front_door)
    page = client_of(front_door).get(reverse("contacts:contact", args=[contact.reference])).content.decode()
    assert "She hides at" in page.partition("What it said before")[2]
    assert "Elm Road" not in page


@pytest.mark.parametrize(
    ("who", "reads"),
    [("fiona_front", True), ("maeve_manager", True), ("sunita_screener", False), ("omar_nights", False)],
)
def test_what_was_said_before_is_read_by_who_knows_a_private_referrer(
    who: str, reads: bool, log_contact: LogContact, front_door: Person, client_of: ClientOf
) -> None:
    danger = {"concern": "Nora Zebedee heard it.", "immediate_danger": True}
    contact = log_contact(report="He shouts.", referrer=NORA, referrer_kind="neighbour", **danger)
    amended(contact, {"concern": "He shouts."}, front_door, referrer=replace(NORA, is_private=True))
    page = client_of(person(who)).get(reverse("contacts:contact", args=[contact.reference])).content.decode()
    assert ("Zebedee heard it" in page, "He shouts." in page) == (reads, True)
    with acting_as(person(who).viewer) as viewer:
        assert EarlierValue.objects.visible_to(viewer).exists() == reads
        assert EarlierValue.objects.exists() == reads


@pytest.mark.parametrize("who", ["fiona_front", "maeve_manager", "sunita_screener", "omar_nights"])
def test_whoever_reads_the_report_reads_what_was_corrected_in_it(
    who: str, log_contact: LogContact, front_door: Person, client_of: ClientOf
) -> None:
    contact = log_contact(immediate_danger=True)
    with acting_as(front_door.viewer) as viewer:
        actions.correct_contact(contact, "It was the other school.", viewer=viewer, at=LATER)
    page = client_of(person(who)).get(reverse("contacts:contact", args=[contact.reference])).content.decode()
    assert "It was the other school." in page


def test_a_correction_of_an_undone_link_names_nobody_closed_to_its_reader(
    log_contact: LogContact, screener: Person, front_door: Person, mash_manager: Person
) -> None:
    kept, other = log_contact(), log_contact(at=LATER)
    with acting_as(front_door.viewer) as viewer:
        one, two = (each.subjects.get(position=1) for each in (other, kept))
        link = actions.link_person(one, two, matched_on=(), viewer=viewer, at=LATER)
        actions.undo_link(PersonLink.objects.get(pk=link.pk), viewer=viewer, at=LATER)
    with acting_as(screener.viewer) as viewer:
        assert Correction.objects.visible_to(viewer).filter(contact=other).exists()
    with acting_as(mash_manager.viewer) as viewer:
        who, known = Whom("user", screener.user.pk), OnRecord.objects.get()
        close_to(Case(kept.reference, contact_id=kept.pk), who, reason="A neighbour.", viewer=viewer, at=LATER)
    with acting_as(screener.viewer) as viewer:
        assert (list(Contact.objects.visible_to(viewer)), list(OnRecord.objects.all())) == ([other], [])
        assert queries.contact_page(viewer, queries.get_contact(viewer, other.reference), at=LATER).corrections == []
        assert not Correction.objects.filter(person_id=known.pk).exists()
        assert not Correction.objects.visible_to(viewer).exists()


def test_nobody_is_told_that_a_contact_which_they_do_not_see_stands_alone(
    log_contact: LogContact, mash_manager: Person, administrator: Person
) -> None:
    with acting_as(administrator.viewer) as viewer:
        record_birth_and_home(mash_manager.user, born=None, home=HOME, viewer=viewer, at=AT)
    contact = log_contact(people=(replace(CHILD, school=""),), address=HOME)
    told = {}
    for who in ("fiona_front", "saira_worker", "police_researcher", "omar_nights", "sunita_screener"):
        with acting_as(person(who).viewer) as viewer, connection.cursor() as cursor:
            sees = Contact.objects.visible_to(viewer).exists()
            cursor.execute("SELECT fw.by_reference_alone(%s::uuid[])", [[contact.pk]])
            told[who] = (sees, cursor.fetchone() == ([contact.pk],))
    assert [who for who, (sees, says) in told.items() if sees != says] == []
    assert told["saira_worker"] == (False, False)
