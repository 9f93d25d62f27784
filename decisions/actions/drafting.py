"""The first wording of a MASH summary, drawn from the record as the viewer sees it."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from agencies.access.viewer import Viewer
from contacts.models import Contact, Referrer, Subject
from contacts.queries.people import contacts_of_enquiry, people_of_enquiry
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
    """Return each part of a summary as the record words it; the social worker goes over all of them."""
    contacts = contacts_of_enquiry(viewer, enquiry.pk)
    secrets = protected_secrets(places_of_contacts(viewer, contacts))
    basis = DecisionBasis.objects.visible_to(viewer).filter(decision_id=summary.decision_id).first()
    return {
        "hazards": hazards_of_several(hazards_of(viewer, contacts)),
        "household": _household(summary, contacts, people_of_enquiry(viewer, enquiry.pk)),
        "concern": "\n\n".join(masked_text(contact.concern, secrets) for contact in contacts if contact.concern),
        "reasons": reasons_of(summary, viewer, set(summary.children.values_list("subject_id", flat=True))),
        "agreement": _agreement(enquiry, contacts, viewer),
        "referrer": _referrer(enquiry, viewer),
        "missing": basis.missing if basis else "",
    }


def _household(summary: MashSummary, contacts: list[Contact], subjects: list[Subject]) -> str:
    own = set(summary.children.values_list("subject_id", flat=True))
    people = [
        wording.Somebody(subject.name, subject.part, born_in_words(subject), subject.lives_in_household)
        for subject in subjects
        if subject.pk not in own
    ]
    first = contacts[0] if contacts else None
    return wording.household_text(
        people,
        address=first.address if first else "",
        is_protected=any(
            shield_of_home(contact, [one for one in subjects if one.contact_id == contact.pk]) for contact in contacts
        ),
    )


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


def _referrer(enquiry: Enquiry, viewer: Viewer) -> str:
    rows = Referrer.objects.visible_to(viewer).filter(contact__enquiry_id=enquiry.pk, is_private=False)
    known = {one.pk: one for one in contacts_of_enquiry(viewer, enquiry.pk)}
    said = [
        wording.referrer_text(row.name, row.post, _organisation(row, known.get(row.contact_id)))
        for row in rows.order_by("contact__arrived_at", "contact_id")
    ]
    return "\n".join(line for line in said if line)
