"""What is masked in the texts of some contacts: every protected place of theirs, as far as the viewer sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from common.leaks import Secret
from contacts.models import Contact, Referrer, Subject
from contacts.reads.whereabouts import hidden_children
from contacts.rules.protected import Place, masked_text, places_in, protected_secrets

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
    hidden = hidden_children(viewer, held, people) if people else []
    said = [*(one.address_is_protected for one in held), *(one.address_is_protected for one in people)]
    if not any(said):
        return Mask(protected_secrets(hidden))
    told = {one.contact_id: one for one in Referrer.objects.visible_to(viewer).filter(contact__in=held)}
    places: list[Place] = []
    for contact in held:
        of_contact = [one for one in people if one.contact_id == contact.pk]
        places += places_in(contact, of_contact, told.get(contact.pk))
    return Mask(protected_secrets([*places, *hidden]))


def mask_with(viewer: Viewer, contact: Contact, people: list[Subject], referrer: Referrer | None) -> Mask:
    """Return what is masked in texts about one contact whose people are at hand; one query."""
    places = [*places_in(contact, people, referrer), *hidden_children(viewer, [contact], people)]
    return Mask(protected_secrets(places))
