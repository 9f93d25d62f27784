"""What was said of hazards, without a protected place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contacts.models import Contact
from contacts.reads.leaks import places_of_contacts
from contacts.rules.protected import masked_text, protected_secrets

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


def hazards_of(viewer: Viewer, contacts: Iterable[Contact]) -> list[tuple[bool | None, str]]:
    """Return of each contact whether there is a hazard, and what it is with every protected place taken out."""
    held = list(contacts)
    secrets = protected_secrets(places_of_contacts(viewer, held)) if any(one.hazards for one in held) else []
    return [(one.visit_hazard, masked_text(one.hazards, secrets)) for one in held]
