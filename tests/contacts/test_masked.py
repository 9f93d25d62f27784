"""No text of a contact shows a protected place, on whatever page it stands: the texts come from the access table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from itertools import product

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from agencies.access.identity import acting_as
from agencies.access.table.whole import ADDRESSES, RECORDS
from agencies.access.viewer import Viewer
from common.errors import RuleBroken
from common.references import new_key
from contacts import actions
from contacts.forms.contact import REFERRER_FIELDS
from contacts.models import Contact, Protection, Referrer, Subject
from contacts.rules.intake import ReportedPerson
from information_sharing.actions import request_information
from screening.models import Enquiry
from tests.architecture.addresses import Route, routes
from tests.contacts.conftest import AT
from tests.contacts.hands import post
from tests.contacts.test_protection import LATER, SAID
from tests.drawn import text
from tests.people import ClientOf, Person, person
from tests.scenes.enquiries import ask_for
from tests.scenes.families import QUILL, worry_about
from tests.scenes.stages import assigned, brought_in, logged, rated

pytestmark = pytest.mark.django_db

HOME = "14 Elm Road, Fenby, AB1 2CD"
READERS = ("maeve_manager", "saira_worker", "sunita_screener")
OF_CONTACT = {
    "contacts.Contact": "pk",
    "contacts.Report": "contact_id",
    "contacts.Referrer": "contact_id",
    "contacts.Subject": "contact_id",
    "contacts.EarlierValue": "contact_id",
    "contacts.Correction": "contact_id",
    "contacts.Protection": "contact_id",
    "contacts.Whereabouts": "protection__contact_id",
    "contacts.FurtherReason": "protection__contact_id",
    "contacts.StrategyDiscussion": "protection__contact_id",
}
"""The records that hang on a contact, and the way to it."""

NAMES = {
    ("contacts.Subject", "given_name"),
    ("contacts.Subject", "family_name"),
    ("contacts.Referrer", "name"),
    ("contacts.Whereabouts", "child"),
}
"""Names of people, by which every page calls them: no place is looked for in them."""

WHOLE = {
    ("contacts.Contact", "open_to"),
    ("contacts.Referrer", "organisation"),
    ("contacts.Subject", "address"),
    ("contacts.Subject", "practice"),
    ("contacts.Subject", "school"),
    ("contacts.Whereabouts", "place"),
}
"""Places: the words of the shield stand there instead of them."""

IN_PASSING = ("contacts.Contact", "concern")
"""A line of an earlier contact shows it to whoever does not see that contact: none is written with a place in it."""

PLACES = {
    ("contacts.Contact", "address"),
    ("contacts.Referrer", "address"),
    ("contacts.Referrer", "email"),
}
"""The protected home itself, and what takes an email address alone."""


def texts() -> Iterator[tuple[str, str]]:
    """Return every text of the access table that hangs on a contact and may say where somebody is."""
    for label in OF_CONTACT:
        for name in RECORDS[label].texts:
            if (label, name) not in NAMES | PLACES:
                yield label, name


NEVER_CHANGED = {
    "contacts.EarlierValue",
    "contacts.Correction",
    "contacts.FurtherReason",
    "contacts.Whereabouts",
    "contacts.StrategyDiscussion",
}
"""Records of which a row never changes: a text stands in a row of its own."""

WRITTEN_AT_ONCE = {"contacts.Report", "contacts.Protection"}
"""Records whose texts are written by the actions below and stay as they are."""


def codes() -> dict[str, tuple[str, str]]:
    """Return the word by which each text is known."""
    return {f"k{number}k": place for number, place in enumerate(texts(), start=10)}


def said(place: tuple[str, str]) -> str:
    """Return a text that says the protected home."""
    return next(f"{word}, 14 Elm Road" for word, one in codes().items() if one == place)


def write(contact: Contact) -> None:
    """Write the protected home into every text of a contact that can still be written."""
    for label, name in codes().values():
        rows = list(apps.get_model(label)._default_manager.filter(**{OF_CONTACT[label]: contact.pk}))
        assert rows, label
        for row in rows if label not in WRITTEN_AT_ONCE else []:
            setattr(row, name, said((label, name)))
            if name == "protected_from" and label == "contacts.Whereabouts":
                row.is_protected = True
            if label in NEVER_CHANGED:
                row.pk, row._state.adding = new_key(), True
                row.save(force_insert=True)
            else:
                row.save(update_fields=[name])


def in_enquiry(at: datetime) -> Contact:
    """Return a contact in a MASH enquiry."""
    worry = worry_about(QUILL, at, report=said(("contacts.Report", "text")))
    contact = logged(worry, person("fiona_front"), at)
    enquiry = brought_in(contact, person("sunita_screener"), at)
    rated(enquiry, "amber", person("maeve_manager"), at)
    assigned(enquiry, person("saira_worker"), person("maeve_manager"), at)
    return Contact.objects.get(pk=contact.pk)


def with_all_that_hangs_on_one(contact: Contact, viewer: Viewer) -> None:
    """Raise the alarm, record what follows, correct it and change it."""
    why, ended = (said(("contacts.Protection", name)) for name in ("reason", "stood_down_reason"))
    raised = actions.protect_now(contact, why, viewer=viewer, at=LATER).protection
    actions.protect_now(contact, "He rang.", viewer=viewer, at=LATER)
    for child in Subject.objects.filter(contact=contact, kind="child"):
        actions.record_whereabouts(
            raised, child, place="School", with_whom="Aunt", safe_until=None, viewer=viewer, at=LATER
        )
    actions.hold_discussion(Protection.objects.get(pk=raised.pk), SAID, viewer=viewer, at=LATER)
    actions.end_protection(Protection.objects.get(pk=raised.pk), ended, viewer=viewer, at=LATER)
    actions.correct_contact(contact, "Not so.", viewer=viewer, at=LATER)
    changes = {"concern": "Another.", "agreement": "refused", "agreement_reason": "No.", "address": HOME}
    told = {"known": "open", "open_to": "Ms Field", "may_tell": "no", "may_tell_reason": "No.", "visit_hazard": True}
    amended = Contact.objects.get(pk=contact.pk)
    actions.amend_contact(amended, {**changes, **told, "hazards": "Dogs."}, viewer=viewer, at=LATER)


def protected_contact() -> Contact:
    """Return a contact in a MASH enquiry whose home is protected, with its address in every text."""
    contact = in_enquiry(AT)
    with acting_as(person("maeve_manager").viewer) as viewer:
        with_all_that_hangs_on_one(contact, viewer)
        write(contact)
        found = Contact.objects.get(pk=contact.pk)
        found.address_is_protected = True
        found.save(update_fields=["address_is_protected"])
    return found


def shown(route: Route, browser: Client, references: dict[str, list[str]], earlier: str) -> Iterator[str]:
    address = ADDRESSES[route.name]
    for reference in references.get(address.record, []) if "GET" in address.methods else []:
        given = {**route.sample(), "reference": reference}
        given |= {"earlier": earlier} if "earlier" in given else {}
        answer = browser.get(reverse(route.name, kwargs=given))
        if answer.status_code == 200:
            yield unescape(text(answer))


def test_no_text_of_a_contact_shows_a_protected_place_on_any_page(client_of: ClientOf) -> None:
    contact, later = protected_contact(), logged(worry_about(QUILL, LATER), person("fiona_front"), LATER)
    known = codes()
    references = {
        "contacts.Contact": [contact.reference, later.reference],
        "contacts.Protection": [contact.protections.get().reference],
        "screening.Enquiry": [contact.enquiry_reference],
    }
    leaks: set[tuple[str, ...]] = set()
    seen: set[tuple[str, str]] = set()
    for who, route in product(READERS, [one for one in routes() if one.name in ADDRESSES]):
        for page in shown(route, client_of(person(who)), references, contact.reference):
            seen |= {known[word] for word in re.findall(r"(k\d\dk), ", page)}
            leaks |= {(route.name, *known[word]) for word in re.findall(r"(k\d\dk), 14 Elm", page)}
            leaks |= {(route.name,)} if re.search(r"(?<!k\d\dk, 14 )Elm Road", page) else set()
    assert {one for one in leaks if one[1:] != IN_PASSING} == set()
    assert set(known.values()) - seen == WHOLE


def test_where_the_places_are_opened_every_text_stands_whole(client_of: ClientOf, mash_manager: Person) -> None:
    contact, client = protected_contact(), client_of(mash_manager)
    page = text(client.get(post(client, "open_places", contact.reference)["Location"]))
    found = set(re.findall(r"(k\d\dk), 14 Elm Road", page))
    assert {place for word, place in codes().items() if word not in found} == set()


def test_a_text_that_comes_back_as_the_form_showed_it_stays_as_it_was(
    client_of: ClientOf, mash_manager: Person
) -> None:
    contact, client = protected_contact(), client_of(mash_manager)
    known = {name: getattr(contact.referrer, name) for name in REFERRER_FIELDS}
    address = reverse("contacts:amend", args=[contact.reference])
    form = client.get(address).context["form"]
    asked = {name: form[name].value() for name in form.fields}
    answers = {name: value for name, value in asked.items() if isinstance(value, str | list | int) and value != ""}
    answers |= {"address_is_protected": "yes", "visit_hazard": "yes", "may_tell_reason": "Another reason."}
    assert client.post(address, answers).status_code == 302
    before, saved = contact, Contact.objects.get(pk=contact.pk)
    kept = ("systems_searched", "hazards", "agreement_reason", "protected_from", "address", "open_to")
    assert {name: getattr(saved, name) for name in kept} == {name: getattr(before, name) for name in kept}
    assert (saved.may_tell_reason, "14 Elm" in saved.concern) == ("Another reason.", False)
    told = Referrer.objects.get(contact=saved)
    assert {name: getattr(told, name) for name in REFERRER_FIELDS} == known


def test_words_that_agencies_read_say_no_protected_place(mash_manager: Person) -> None:
    contact = protected_contact()
    child = Subject.objects.filter(contact=contact).earliest("position")
    said = ReportedPerson(given_name=child.given_name, part="Mother, now at 14 Elm Road")
    with acting_as(mash_manager.viewer) as viewer:
        contact.concern, contact.agreement = "She is afraid.", "given"
        contact.save(update_fields=["concern", "agreement"])
        with pytest.raises(RuleBroken, match="take the protected place out"):
            actions.edit_person(child, said, viewer=viewer, at=LATER)
        asked = ask_for("police", child)
        with pytest.raises(RuleBroken, match="holds a protected place"):
            request_information(
                Enquiry.objects.get(reference=contact.enquiry_reference), [asked], viewer=viewer, at=LATER
            )
