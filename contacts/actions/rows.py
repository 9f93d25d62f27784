"""Rows of a contact made from what was reported; shared by the actions that write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime

from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from common.blind_index import blind_index
from common.errors import NotPermitted, RuleBroken
from common.normal import finding
from common.normal.addresses import address_keys as normal_keys
from common.normal.sounds import sound_of
from common.staff_keys import subject_keys
from contacts.models import Contact, EarlierValue, Receipt, Referrer, Subject
from contacts.rules.earlier_values import OF_CONTACT, OF_PERSON, worded
from contacts.rules.intake import Problem, ReportedPerson, ReportedReferrer, is_private_by_default
from contacts.rules.protected import Housed, Shield, shield_of, shield_of_own

ADDRESS_PLACE = "contacts_contact.address"
REFERRER_PLACE = "contacts_referrer.found_by"
SECRET_PLACE = "contacts_receipt.secret"  # noqa: S105  # the name of a column


def refuse(problems: list[Problem]) -> None:
    """Stop at the first problem.

    Raises:
        RuleBroken: there is one.
    """
    if problems:
        raise RuleBroken(problems[0].sentence, field=problems[0].field)


def address_keys(address: str, *, is_protected: bool) -> list[str]:
    """Return the keyed hashes by which the same home is found again; a protected one is never found by its address."""
    texts = [] if is_protected else normal_keys(address)
    return sorted(blind_index(text, place=ADDRESS_PLACE) for text in texts)


def person_columns(person: ReportedPerson, contact: Contact, home: Shield | None) -> dict[str, object]:
    """Return the columns of a child or an adult, with the sounds and keys by which they are found.

    Args:
        contact: theirs; its address is their home where they may live in the household and have none of their own.
        home: how that address is protected.
    """
    return asdict(person) | {
        "name_key": sound_of(person.family_name),
        "given_key": sound_of(person.given_name),
        "staff_keys": keys_against_staff(person, contact),
        "find_keys": person_find_keys(person, contact, home),
    }


def place_keys(address: str, *, is_protected: bool) -> list[str]:
    """Return the keyed hashes by which a part of an address finds a home; a protected one is never found by it."""
    texts = set() if is_protected else finding.place_texts(address)
    return sorted(blind_index(text, place=ADDRESS_PLACE) for text in texts)


def person_find_keys(person: ReportedPerson | Subject, contact: Housed, home: Shield | None) -> list[str]:
    """Return what a search compares of a child or an adult: name by ear, school, a home of their own.

    No place finds anybody that a page would not show of them.

    Args:
        home: how the address of the household is protected.
    """
    names = finding.name_texts(person.given_name, person.family_name, person.other_names)
    school = set() if shield_of(person, contact) else {finding.school_text(person.school)} - {""}
    is_protected = shield_of_own(person, contact, home) is not None
    return sorted(names | school | set(place_keys(person.address, is_protected=is_protected)))


def renew_keys(contact: Contact, people: Iterable[Subject], home: Shield | None) -> None:
    """Make the keys of a home and of everybody in its contact anew, and write each that is another than before.

    A place may be protected, or no longer, by what was said of somebody else.

    Args:
        home: how the address of the household is protected.
    """
    is_protected = home is not None
    of_home = {
        "address_keys": address_keys(contact.address, is_protected=is_protected),
        "place_keys": place_keys(contact.address, is_protected=is_protected),
    }
    _write_changed(contact, of_home)
    for one in people:
        of_person = {
            "staff_keys": keys_against_staff(one, contact),
            "find_keys": person_find_keys(one, contact, home),
        }
        _write_changed(one, of_person)


def _write_changed(record: Contact | Subject, columns: Mapping[str, list[str]]) -> None:
    changed = [name for name, value in columns.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, columns[name])
    if changed:
        record.save(update_fields=changed)


def referrer_find_keys(telephone: str, own_reference: str) -> list[str]:
    """Return the keyed hashes by which a referrer's telephone number and own reference find their contact."""
    texts = finding.telephone_texts(telephone) | finding.own_reference_texts(own_reference)
    return sorted(blind_index(text, place=REFERRER_PLACE) for text in texts)


def keys_against_staff(person: ReportedPerson | Subject, contact: Contact) -> list[str]:
    """Return the keys that are held against the staff list; a protected home is held too, and stands nowhere."""
    home = person.address or (contact.address if person.lives_in_household is not False else "")
    given, family = person.given_name, person.family_name
    return subject_keys(given, family, person.date_of_birth, home, others=person.other_names)


def write_person(contact: Contact, person: ReportedPerson, *, position: int, home: Shield | None) -> Subject:
    """Write one child or adult.

    Args:
        home: how the address of the household is protected.
    """
    subject = Subject(contact=contact, position=position, **person_columns(person, contact, home))
    subject.save(force_insert=True)
    return subject


def keep_earlier(record: Contact | Subject, changes: Mapping[str, object], *, viewer: Viewer, at: datetime) -> None:
    """Write down what a contact or a person in it says, before it says something else: nothing typed is overwritten.

    Args:
        record: as it still stands.
        changes: columns and what they will hold.
    """
    if isinstance(record, Subject):
        names, of = OF_PERSON, {"contact_id": record.contact_id, "subject_id": record.pk}
    else:
        names, of = OF_CONTACT, {"contact_id": record.pk}
    for name in names:
        before = getattr(record, name)
        if name in changes and changes[name] != before and (text := worded(name, before)):
            earlier = EarlierValue(column=name, text=text, changed_at=at, changed_by_id=viewer.member, **of)
            earlier.save(force_insert=True)


def referrer_columns(referrer: ReportedReferrer, *, kind: str) -> dict[str, object]:
    """Return the columns of a referrer; private as they said, or as their kind asks."""
    columns = asdict(referrer)
    if referrer.is_private is None:
        columns["is_private"] = is_private_by_default(kind)
    columns["find_keys"] = referrer_find_keys(referrer.telephone, referrer.own_reference)
    return columns


def write_referrer(contact: Contact, referrer: ReportedReferrer) -> None:
    """Write who was worried."""
    Referrer(contact=contact, **referrer_columns(referrer, kind=contact.referrer_kind)).save(force_insert=True)


def move_receipt(contact: Contact, **columns: str) -> None:
    """Let the referrer's receipt, if there is one, say where things stand. Bookkeeping: the clock's viewer keeps it."""
    with acting_as(CLOCK):
        receipt = Receipt.objects.filter(contact_id=contact.pk).first()
        if receipt is None:
            return
        for name, value in columns.items():
            setattr(receipt, name, value)
        receipt.save(update_fields=list(columns))


def require_social_worker(viewer: Viewer, what: str) -> None:
    """Let only a registered social worker go on.

    Raises:
        NotPermitted: the viewer is not on the register.
    """
    if not viewer.is_registered_social_worker:
        raise NotPermitted(f"Only a registered social worker {what}. Ask one to open this contact.")
