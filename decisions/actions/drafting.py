"""The first wording of a MASH summary, drawn from the record as the viewer sees it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from agencies.access.viewer import Viewer
from common.leaks import Secret, find_leaks
from common.normal.addresses import same_address
from contacts.choices import PersonKind
from contacts.models import Contact, Referrer, Relation, Subject
from contacts.queries.people import contacts_of_enquiry, each_person_once, people_of_enquiry
from contacts.reads.leaks import places_of_contacts
from contacts.reads.places import hazards_of
from contacts.rules.hazards import hazards_of_several
from contacts.rules.protected import masked_text, protected_secrets, shield_of_base, shield_of_home
from decisions.mail import summary as wording
from decisions.models import ChildReasons, DecisionBasis, MashSummary
from decisions.reads.enquiry import born_in_words
from information_sharing.models import SharingAuthority
from screening.models import Enquiry


def draft_of(summary: MashSummary, enquiry: Enquiry, viewer: Viewer) -> dict[str, str]:
    """Return each part of a summary as the record words it; the social worker goes over all of them.

    An enquiry may hold contacts about other families: what is drafted comes from those about the summary's children.
    """
    record = _record_of(summary, enquiry, viewer)
    basis = DecisionBasis.objects.visible_to(viewer).filter(decision_id=summary.decision_id).first()
    return {
        "hazards": hazards_of_several(hazards_of(viewer, record.near)),
        "household": _household(record),
        "concern": "\n\n".join(masked_text(one.concern, record.secrets) for one in record.own if one.concern),
        "reasons": reasons_of(summary, viewer, set(summary.children.values_list("subject_id", flat=True))),
        "agreement": _agreement(enquiry, record.own, viewer),
        "referrer": _referrer(record.own, viewer),
        "missing": basis.missing if basis else "",
    }


@dataclass(frozen=True)
class _Record:
    """What an enquiry says of the children of one summary.

    Attributes:
        own: the contacts about them, the first to arrive first.
        near: these, and further ones about the same people or the same home: who visits meets the same dog.
        people: everybody in the contacts about them; `children`: their rows in any contact.
        related: to which children each adult belongs, as far as anybody said so.
        secrets: the protected places of every contact.
    """

    own: list[Contact]
    near: list[Contact]
    people: list[Subject]
    children: frozenset[uuid.UUID]
    related: Mapping[uuid.UUID, set[uuid.UUID]]
    secrets: list[Secret]


def _record_of(summary: MashSummary, enquiry: Enquiry, viewer: Viewer) -> _Record:
    contacts = contacts_of_enquiry(viewer, enquiry.pk)
    people = people_of_enquiry(viewer, enquiry.pk)
    first = set(summary.children.values_list("subject_id", flat=True))
    persons = {one.person_id or one.pk for one in people if one.pk in first}
    children = frozenset(one.pk for one in people if (one.person_id or one.pk) in persons)
    about = {one.contact_id for one in people if one.pk in children}
    own = [one for one in contacts if one.pk in about]
    of_them = [one for one in people if one.contact_id in about]
    related: dict[uuid.UUID, set[uuid.UUID]] = {}
    for adult, child in Relation.objects.visible_to(viewer).filter(contact__in=own).values_list("subject_id", "to_id"):
        related.setdefault(adult, set()).add(child)
    secrets = protected_secrets(places_of_contacts(viewer, contacts))
    return _Record(own, _near(own, contacts, people), of_them, children, related, secrets)


def _near(own: list[Contact], contacts: list[Contact], people: list[Subject]) -> list[Contact]:
    keys = {one.pk for one in own}
    known = {one.person_id for one in people if one.contact_id in keys and one.person_id}
    sharing = {one.contact_id for one in people if one.person_id in known}
    homes = [one.address for one in own if one.address]
    return [
        one
        for one in contacts
        if one.pk in keys | sharing or any(same_address(one.address, home) for home in homes if one.address)
    ]


def _household(record: _Record) -> str:
    others = [one for one in record.people if one.pk not in record.children]
    people = [
        wording.Somebody(one.name, one.part, born_in_words(one), one.lives_in_household, one.has_died)
        for one in each_person_once(others)
        if one.kind == PersonKind.ADULT and _is_theirs(one, record)
    ]
    homes = [one.address for one in record.own if one.address]
    shields = (shield_of_home(one, [each for each in record.people if each.contact_id == one.pk]) for one in record.own)
    return wording.household_text(
        people,
        addresses=[
            home for place, home in enumerate(homes) if not any(same_address(home, one) for one in homes[:place])
        ],
        is_protected=any(shields) or any(find_leaks(home, record.secrets) for home in homes),
        others=len(each_person_once(one for one in others if one.kind == PersonKind.CHILD)),
    )


def _is_theirs(adult: Subject, record: _Record) -> bool:
    """Say whether an adult belongs to the children: not one who lives elsewhere and is said to be another child's."""
    of = record.related.get(adult.pk, set())
    return adult.lives_in_household is True or not of or not of.isdisjoint(record.children)


def reasons_of(summary: MashSummary, viewer: Viewer, children: Collection[uuid.UUID]) -> str:
    """Return level of need and reasons of some of a summary's children, each under its name."""
    rows = ChildReasons.objects.visible_to(viewer).filter(
        child__decision_id=summary.decision_id, child__subject_id__in=children
    )
    rows = rows.select_related("child__subject").order_by("child__subject__position", "child_id")
    return wording.reasons_text(
        (row.child.subject.name, f"{row.get_level_of_need_display()}. {row.text}") for row in rows
    )


def _agreement(enquiry: Enquiry, contacts: list[Contact], viewer: Viewer) -> str:
    authority = SharingAuthority.objects.visible_to(viewer).filter(enquiry=enquiry).order_by("-given_at").first()
    return wording.agreement_text((contact.agreement for contact in contacts), authority.reason if authority else "")


def _organisation(referrer: Referrer, contact: Contact | None) -> str:
    """Return for whom a referrer told the hub; not where that is a place which the contact protects."""
    is_told = contact is not None and shield_of_base(referrer.organisation, contact) is None
    return referrer.organisation if is_told else ""


def _referrer(contacts: list[Contact], viewer: Viewer) -> str:
    known = {one.pk: one for one in contacts}
    rows = Referrer.objects.visible_to(viewer).filter(contact_id__in=list(known), is_private=False)
    said = [
        wording.referrer_text(row.name, row.post, _organisation(row, known.get(row.contact_id)))
        for row in rows.order_by("contact__arrived_at", "contact_id")
    ]
    return "\n".join(line for line in said if line)
