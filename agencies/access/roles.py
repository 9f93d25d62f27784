"""What each role is for, and the question "may your role do this?"."""

from __future__ import annotations

import uuid

from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.errors import NotPermitted

ASSIGNED = "assigned"
"""Relationship role: the social worker to whom this very enquiry is assigned, or who stands in for them today."""

ASKED = "asked"
"""Relationship role: a researcher or lead of the agency that this very request asks."""

RECEIVER = "receiver"
"""Relationship role: a worker of the team to which this very handover or release went."""

REVIEWING = "reviewing"
"""Relationship role: a reviewer who was named for this very enquiry, today. Reads; changes nothing."""

EMERGENCY_ACCESS = "emergency_access"
"""Relationship role: somebody of the hub with emergency access to this very enquiry. Reads; changes nothing."""

LET_IN = "let_in"
"""Relationship role: a partner whose agency a manager let in to this very enquiry without a signature in force."""


def assigned(worker_id: uuid.UUID | None, enquiry_id: uuid.UUID | None, viewer: Viewer) -> frozenset[str]:
    """Return the role of the social worker to whom a record is assigned, and of whoever stands in for them today.

    It is held while they are social workers, and not afterwards.
    """
    mine = worker_id is not None and worker_id == viewer.membership_id
    works = viewer.has(Role.SOCIAL_WORKER) and (mine or enquiry_id in viewer.case_access.stands_in)
    return frozenset({ASSIGNED}) if works else frozenset()


def looks_into(enquiry_id: uuid.UUID | None, viewer: Viewer) -> frozenset[str]:
    """Return the role of a viewer who looks into an enquiry that is not theirs; empty for all others."""
    if enquiry_id in viewer.case_access.reviewed:
        return frozenset({REVIEWING})
    return frozenset({EMERGENCY_ACCESS}) if enquiry_id in viewer.case_access.emergency_access else frozenset()


DESCRIPTIONS: dict[str, str] = {
    Role.FRONT_DOOR: "Logs contacts, opens earlier contacts for a purpose, writes to referrers and families.",
    Role.SCREENER: "Screens the contacts that are put to them and gives a view.",
    Role.MANAGER: "Rates, assigns, decides and releases; the only role that may open confidential information.",
    Role.SOCIAL_WORKER: "Asks agencies, reviews answers and recommends, on the enquiries assigned to them.",
    Role.RESEARCHER: "Answers the requests made to their agency and says how far each item may be shared.",
    Role.LEAD: "Stands for their agency: cover, timeliness, who may read confidential items, receipts.",
    Role.OUT_OF_HOURS: "Answers for children while the hub is closed: open Red work and their own contacts.",
    Role.RECEIVING_WORKER: "Takes over what the hub hands to their team.",
    Role.REVIEWER: "Reads named enquiries between two dates; nothing confidential.",
    Role.AUDITOR: "Sees who did and who read what; never the content.",
    Role.ADMINISTRATOR: "Keeps accounts, agencies, agreements and policies; no case record.",
}


def require(viewer: Viewer, *roles: str) -> None:
    """Let the action go on only if the viewer holds one of the roles.

    Raises:
        NotPermitted: the viewer holds none of them.
    """
    if not viewer.has(*roles):
        words = " or ".join(_in_a_sentence(role) for role in roles if role in Role.values)
        whose = f"This is for the {words}." if words else "This is not done by a person."
        raise NotPermitted(f"{whose} Choose another membership if you hold that role too.")


def _in_a_sentence(role: str) -> str:
    label = str(Role(role).label)
    return label if label.startswith("MASH") else label.lower()
