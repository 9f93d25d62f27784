"""What is masked in the texts of some contacts: every protected place of theirs, as far as the viewer sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from common.leaks import Secret
from contacts.models import Contact, Referrer, Subject, Whereabouts
from contacts.reads.places import shield_said
from contacts.rules.protected import Place, masked_text, place_of_child, places_in, protected_secrets

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


@dataclass(frozen=True)
class Mask:
    """Takes the protected places out of a text, in whichever form they were written."""

    secrets: list[Secret] = field(default_factory=list)

    do_not_call_in_templates = True

    def __call__(self, words: str) -> str:
        """Return a text without them."""
        return masked_text(words, self.secrets)


def mask_of(viewer: Viewer, contacts: Iterable[Contact]) -> Mask:
    """Return what is masked in texts about some contacts that the viewer sees: the places of each, in every text."""
    held = list(contacts)
    people = list(Subject.objects.visible_to(viewer).filter(contact__in=held)) if held else []
    if not held or not _may_protect(held, people, where := _whereabouts(viewer, people)):
        return Mask()
    told = {one.contact_id: one for one in Referrer.objects.visible_to(viewer).filter(contact__in=held)}
    places: list[Place] = []
    for contact in held:
        of_contact = [one for one in people if one.contact_id == contact.pk]
        places += places_in(contact, of_contact, told.get(contact.pk))
        places += _now(contact, of_contact, where)
    return Mask(protected_secrets(places))


def mask_with(viewer: Viewer, contact: Contact, people: list[Subject], referrer: Referrer | None) -> Mask:
    """Return what is masked in texts about one contact whose people are at hand; one query."""
    places = [*places_in(contact, people, referrer), *where_children_are(viewer, contact, people)]
    return Mask(protected_secrets(places))


def _may_protect(contacts: list[Contact], people: list[Subject], where: list[Whereabouts]) -> bool:
    said = [*(one.address_is_protected for one in contacts), *(one.address_is_protected for one in people)]
    return any(said) or any(one.is_protected for one in where)


def where_children_are(viewer: Viewer, contact: Contact, people: list[Subject]) -> list[Place]:
    """Return where the children of a contact are, and were, by its protective work."""
    return _now(contact, people, _whereabouts(viewer, people))


def _whereabouts(viewer: Viewer, people: list[Subject]) -> list[Whereabouts]:
    rows = Whereabouts.objects.visible_to(viewer).filter(subject_id__in=[one.pk for one in people])
    return list(rows.order_by("-recorded_at", "id"))


def _now(contact: Contact, people: list[Subject], rows: list[Whereabouts]) -> list[Place]:
    known = {one.pk: one for one in people}
    return [
        place_of_child(known[row.subject_id], contact, row.place, shield_said(row))
        for row in rows
        if row.place and row.subject_id in known
    ]
