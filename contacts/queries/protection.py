"""Reads of protective work."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from agencies.access import firewall, transitions
from agencies.access.roles import ASSIGNED, EMERGENCY_ACCESS, REVIEWING
from agencies.access.viewer import Viewer
from agencies.choices import Role
from contacts.choices import PersonKind
from contacts.models import Contact, FurtherReason, Protection, StrategyDiscussion, Subject, Whereabouts
from contacts.reads.masking import Mask, mask_of
from contacts.reads.whereabouts import shield_said
from contacts.rules.protected import place_of_child

SEES_ALL = frozenset({Role.FRONT_DOOR, Role.MANAGER, ASSIGNED, REVIEWING, EMERGENCY_ACCESS})


@dataclass(frozen=True)
class Child:
    """A child and where they are, as it was said last; earlier words after it.

    Attributes:
        position: its place in the contact, by which a form names it; None where the contact is hidden from the viewer.
    """

    name: str
    position: int | None
    has_died: bool
    now: Whereabouts | None
    before: list[Whereabouts]


@dataclass(frozen=True)
class ProtectionPage:
    """Protective work with all that was recorded.

    Attributes:
        contact: None where the viewer kept their protective work and sees the contact no more.
        mask: takes the protected places out of what was written.
    """

    protection: Protection
    contact: Contact | None
    children: list[Child]
    further_reasons: list[FurtherReason]
    discussions: list[StrategyDiscussion]
    mask: Mask


def get_protection(viewer: Viewer, reference: str) -> Protection:
    """Return protective work by its reference, to be read; its contact may be hidden from the viewer.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Protection.objects.select_related(
        "raised_by__user", "convened_by__user", "held_by__user", "stood_down_by__user"
    )
    return firewall.fetch(rows, viewer, reference=reference)


def get_protection_to_change(viewer: Viewer, reference: str) -> Protection:
    """Return protective work with its contact, to be carried on.

    Raises:
        NotVisible: there is none for this viewer, or they see its contact no more.
    """
    found = get_protection(viewer, reference)
    found.contact = firewall.fetch(Contact.objects.all(), viewer, pk=found.contact_id)
    return found


def sees_protection(viewer: Viewer, contact: Contact) -> bool:
    """Say whether the viewer would see all protective work of a contact, ended or not."""
    return bool(transitions.roles_on(contact, viewer) & SEES_ALL)


def protections_of(viewer: Viewer, contact: Contact) -> list[Protection]:
    """Return the protective work of a contact, the latest first."""
    rows = Protection.objects.visible_to(viewer).filter(contact_id=contact.pk)
    return list(rows.select_related("raised_by__user").order_by("-raised_at", "id"))


def protection_page(viewer: Viewer, protection: Protection) -> ProtectionPage:
    """Return where each child is, every alarm, and every strategy discussion."""
    contact = Contact.objects.visible_to(viewer).filter(pk=protection.contact_id).first()
    further = FurtherReason.objects.visible_to(viewer).filter(protection_id=protection.pk)
    discussions = StrategyDiscussion.objects.visible_to(viewer).filter(protection_id=protection.pk)
    return ProtectionPage(
        protection=protection,
        contact=contact,
        children=_children(viewer, protection, contact),
        further_reasons=list(further.select_related("given_by__user")),
        discussions=list(discussions.select_related("recorded_by__user")),
        mask=mask_of(viewer, [contact] if contact else []),
    )


def _children(viewer: Viewer, protection: Protection, contact: Contact | None) -> list[Child]:
    """Return the children that the viewer sees, then those of whom only this work still tells them."""
    said: dict[uuid.UUID, list[Whereabouts]] = {}
    rows = Whereabouts.objects.visible_to(viewer).filter(protection_id=protection.pk)
    for row in rows.select_related("recorded_by__user").order_by("-recorded_at", "id"):
        said.setdefault(row.subject_id, []).append(row)
    rows_shown = Subject.objects.visible_to(viewer).filter(contact_id=protection.contact_id, kind=PersonKind.CHILD)
    shown = list(rows_shown.order_by("position"))
    known = [(one.pk, one.name, one.position) for one in sorted(shown, key=lambda one: one.has_died)]
    dead = {one.pk for one in shown if one.has_died}
    held = {key for key, _, _ in known}
    hidden = [(key, rows[0].child, None) for key, rows in said.items() if key not in held]
    _mask(said, shown, contact)
    return [
        Child(name, position, key in dead, next(iter(said.get(key, [])), None), said.get(key, [])[1:])
        for key, name, position in (*known, *sorted(hidden, key=lambda one: one[1]))
    ]


def _mask(said: dict[uuid.UUID, list[Whereabouts]], children: Iterable[Subject], contact: Contact | None) -> None:
    """Put beside each place what the page shows of it: of a hidden contact, as was said with it."""
    known = {one.pk: one for one in children}
    for key, rows in said.items():
        for row in rows:
            child = known.get(key)
            if contact is None or child is None:
                shield = shield_said(row)
            else:
                shield = place_of_child(child, contact, row.place, shield_said(row)).shield
            row.place_shown = shield.words("Place") if shield and row.place else row.place  # type: ignore[attr-defined]
            row.is_masked = bool(shield and row.place)  # type: ignore[attr-defined]
