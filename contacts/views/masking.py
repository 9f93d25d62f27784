"""How a page speaks of the places of a contact: the words of a shield instead of the place, with the way to open it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse

from agencies.access.opened import OWN_ACCESS, opened_word
from agencies.access.roles import looks_into
from common.views import Row
from contacts import queries
from contacts.reads.masking import Mask
from contacts.rules.protected import Home, Shield, shield_of_base, shield_of_home

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer
    from contacts.models import Contact, Subject


@dataclass(frozen=True)
class Masks:
    """What is masked on a page of one contact, and how this viewer opens it.

    Attributes:
        url: the page that shows the places; empty where the viewer has no way to it.
        opens: the address that a press of a button goes to; empty where a purpose is to be named first.
    """

    contact: Contact | Home
    home: Shield | None = None
    url: str = ""
    opens: str = ""
    mask: Mask = field(default_factory=Mask)

    def row(self, label: str, value: str, shield: Shield | None, what: str = "") -> Row:
        """Return a place as a row; masked where it is protected."""
        if shield is None or not value:
            return Row(label, value)
        way = {"opens": self.opens} if self.opens else {"url": self.url, "action": "Show"}
        return Row(label, shield.words(what or label), **way)

    def said(self, label: str, words: str) -> Row:
        """Return what somebody typed as a row, with each protected place in it taken out."""
        return Row(label, self.text(words))

    def base(self, label: str, value: str) -> Row:
        """Return the base of a worker as a row."""
        return self.row(label, value, shield_of_base(value, self.contact))

    def text(self, words: str) -> str:
        """Return a text with each protected place in it taken out."""
        return self.mask(words)


def masks_of(viewer: Viewer, contact: Contact, people: list[Subject], mask: Mask) -> Masks:
    """Return what is masked for somebody who sees a contact.

    Whoever looks into a case that is not theirs sends no form in it: their link opens the places, for the purpose with
    which the case was opened to them.
    """
    url = reverse("contacts:places", args=[contact.reference])
    freely = queries.opens_freely(viewer, contact)
    if looks_into(contact.enquiry_id, viewer):
        purpose = viewer.case_access.why(contact.enquiry_id) or OWN_ACCESS
        url, freely = f"{url}?opened={opened_word(viewer, contact.pk, purpose=purpose)}", False
    return Masks(
        contact=contact,
        home=shield_of_home(contact, people),
        url=url,
        opens=reverse("contacts:open_places", args=[contact.reference]) if freely else "",
        mask=mask,
    )


def masks_without_way(viewer: Viewer, contact: Contact, people: list[Subject]) -> Masks:
    """Return what is masked of a contact that the viewer reads past its own rule: they open nothing in it."""
    return Masks(
        contact=contact,
        home=shield_of_home(contact, people),
        mask=queries.mask_with(viewer, contact, people, None),
    )
