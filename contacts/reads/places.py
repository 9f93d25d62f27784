"""What was said of a place as it was recorded, and what was said of hazards without it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contacts.models import Contact, Whereabouts
from contacts.reads.leaks import places_of_contacts
from contacts.rules.protected import Shield, masked_text, protected_secrets

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


def shield_said(recorded: Whereabouts) -> Shield | None:
    """Return how the place of a child is protected by what was said with it; None: as the contact says."""
    return Shield(recorded.protected_from) if recorded.is_protected else None


def hazards_of(viewer: Viewer, contacts: Iterable[Contact]) -> list[tuple[bool | None, str]]:
    """Return of each contact whether there is a hazard, and what it is with every protected place taken out."""
    held = list(contacts)
    secrets = protected_secrets(places_of_contacts(viewer, held)) if any(one.hazards for one in held) else []
    return [(one.visit_hazard, masked_text(one.hazards, secrets)) for one in held]
