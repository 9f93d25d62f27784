"""Where the children of a contact are now, as protective work has it: a place like any other, with what protects it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contacts.models import Contact, Subject, Whereabouts
from contacts.rules.protected import Place, Shield, place_of_child, tells_where

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


def shield_said(recorded: Whereabouts) -> Shield | None:
    """Return how the place of a child is protected by what was said with it; None: as the contact says."""
    return Shield(recorded.protected_from) if recorded.is_protected else None


def where_children_are(viewer: Viewer, contacts: Iterable[Contact], people: Iterable[Subject]) -> list[Place]:
    """Return each place where a child of some contacts is or was, what was said last first, each with its shield."""
    known = {one.pk: one for one in people}
    of = {one.pk: one for one in contacts}
    rows = Whereabouts.objects.visible_to(viewer).filter(subject_id__in=list(known)).order_by("-recorded_at", "id")
    said = [(known[row.subject_id], row) for row in rows if row.place.strip()]
    return [place_of_child(child, of[child.contact_id], row.place, shield_said(row)) for child, row in said]


def hidden_children(viewer: Viewer, contacts: Iterable[Contact], people: Iterable[Subject]) -> list[Place]:
    """Return the protected places among them that a text could give away: "with foster carers" tells nobody where."""
    return [one for one in where_children_are(viewer, contacts, people) if one.shield and tells_where(one.value)]
