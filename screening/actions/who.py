"""Who signs for a row."""

from __future__ import annotations

import uuid

from agencies.access.viewer import Viewer


def signer(viewer: Viewer) -> uuid.UUID:
    """Return the membership that a row names as its author.

    Raises:
        ValueError: the viewer has none; the roles that write here always do.
    """
    if viewer.membership_id is None:
        raise ValueError("Rows of screening are signed by a membership.")
    return viewer.membership_id
