"""The protected places of a contact: who opens them how, and what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from agencies.access import transitions
from agencies.access.roles import ASSIGNED
from agencies.access.viewer import Viewer
from agencies.choices import Role
from audit.actions import record_reading
from contacts.models import Contact, Referrer, Subject
from contacts.queries.written import texts_of
from contacts.reads.whereabouts import where_children_are
from contacts.rules.protected import (
    Place,
    masked_text,
    places_in,
    protected_secrets,
    shield_of,
    shield_of_base,
    shield_of_home,
    shield_of_own,
)

WITHOUT_PURPOSE = frozenset({Role.MANAGER, Role.OUT_OF_HOURS, ASSIGNED})
"""Who opens a protected place of a case of theirs without saying what for; a visitor must find the door at once."""


@dataclass(frozen=True)
class OpenedPlaces:
    """What stands on the page that shows the protected places of a contact.

    Attributes:
        places: protected ones alone.
        texts: what was written with a protected place in it, by its heading.
    """

    places: list[Place]
    texts: list[tuple[str, str]]


def opens_freely(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer opens protected places of this contact without naming a purpose.

    Source: product.md, rule 11.
    """
    return bool(transitions.roles_on(contact, viewer) & WITHOUT_PURPOSE)


def protected_of(viewer: Viewer, contact: Contact) -> OpenedPlaces:
    """Return the protected places of a contact that the viewer sees, and the texts that hold one."""
    people = list(Subject.objects.visible_to(viewer).filter(contact_id=contact.pk))
    referrer = Referrer.objects.visible_to(viewer).filter(contact_id=contact.pk).first()
    every = [*places_in(contact, people, referrer), *where_children_are(viewer, [contact], people)]
    held = [one for one in every if one.shield is not None]
    secrets = protected_secrets(held)
    texts = [
        (name, text) for name, text in texts_of(viewer, contact, people, referrer) if masked_text(text, secrets) != text
    ]
    return OpenedPlaces(held, texts)


def held_back(contact: Contact, people: list[Subject], referrer: Referrer | None) -> dict[str, str]:
    """Return what the form of a contact does not show: protected places, by the name of their answer."""
    held = {"address": contact.address} if shield_of_home(contact, people) else {}
    if shield_of_base(contact.open_to, contact):
        held["open_to"] = contact.open_to
    if referrer is not None and shield_of_base(referrer.organisation, contact):
        held["organisation"] = referrer.organisation
    return held


def held_back_of(viewer: Viewer, subject: Subject, contact: Contact) -> dict[str, str]:
    """Return what the form of a person does not show, likewise: also the protected home, written out again."""
    if shield_of(subject, contact) is not None:
        return {"address": subject.address, "school": subject.school, "practice": subject.practice}
    home = shield_of_home(contact, Subject.objects.visible_to(viewer).filter(contact_id=contact.pk))
    return {"address": subject.address} if shield_of_own(subject, contact, home) is not None else {}


def record_opening(viewer: Viewer, contact: Contact, *, purpose: str, at: datetime) -> None:
    """Write down that somebody was shown the protected places of a contact, and what for."""
    record_reading(
        "protected_places",
        actor=viewer,
        at=at,
        item_ids=[contact.pk],
        reference=contact.reference,
        enquiry_id=contact.enquiry_id,
        purpose=purpose,
    )
