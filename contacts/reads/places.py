"""What was said of a place as it was recorded."""

from __future__ import annotations

from contacts.models import Whereabouts
from contacts.rules.protected import Shield


def shield_said(recorded: Whereabouts) -> Shield | None:
    """Return how the place of a child is protected by what was said with it; None: as the contact says."""
    return Shield(recorded.protected_from) if recorded.is_protected else None
