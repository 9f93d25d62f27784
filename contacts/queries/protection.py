"""Reads of protective work."""

from __future__ import annotations

from dataclasses import dataclass

from agencies.access import firewall
from agencies.access.viewer import Viewer
from contacts.choices import PersonKind
from contacts.models import Contact, FurtherReason, Protection, StrategyDiscussion, Subject, Whereabouts


@dataclass(frozen=True)
class Child:
    """A child and where they are, as it was said last; earlier words after it."""

    subject: Subject
    now: Whereabouts | None
    before: list[Whereabouts]


@dataclass(frozen=True)
class ProtectionPage:
    """Protective work with all that was recorded."""

    protection: Protection
    children: list[Child]
    further_reasons: list[FurtherReason]
    discussions: list[StrategyDiscussion]


def get_protection(viewer: Viewer, reference: str) -> Protection:
    """Return protective work by its reference.

    Raises:
        NotVisible: there is none for this viewer.
    """
    rows = Protection.objects.select_related(
        "contact__social_worker__user", "raised_by__user", "convened_by__user", "held_by__user", "stood_down_by__user"
    )
    return firewall.fetch(rows, viewer, reference=reference)


def protections_of(viewer: Viewer, contact: Contact) -> list[Protection]:
    """Return the protective work of a contact, the latest first."""
    rows = Protection.objects.visible_to(viewer).filter(contact_id=contact.pk)
    return list(rows.select_related("raised_by__user").order_by("-raised_at", "id"))


def protection_page(viewer: Viewer, protection: Protection) -> ProtectionPage:
    """Return where each child is, every alarm, and every strategy discussion."""
    said: dict[object, list[Whereabouts]] = {}
    rows = Whereabouts.objects.visible_to(viewer).filter(protection_id=protection.pk)
    for row in rows.select_related("recorded_by__user").order_by("-recorded_at", "id"):
        said.setdefault(row.subject_id, []).append(row)
    children = Subject.objects.visible_to(viewer).filter(contact_id=protection.contact_id, kind=PersonKind.CHILD)
    further = FurtherReason.objects.visible_to(viewer).filter(protection_id=protection.pk)
    discussions = StrategyDiscussion.objects.visible_to(viewer).filter(protection_id=protection.pk)
    return ProtectionPage(
        protection=protection,
        children=[
            Child(one, next(iter(said.get(one.pk, [])), None), said.get(one.pk, [])[1:])
            for one in children.order_by("position")
        ],
        further_reasons=list(further.select_related("given_by__user")),
        discussions=list(discussions.select_related("recorded_by__user")),
    )
