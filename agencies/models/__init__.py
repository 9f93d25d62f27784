"""Records of the directory, one file a subject."""

from agencies.models.directory import (
    Agency,
    Agreement,
    HubSettings,
    Membership,
    Signature,
    Submission,
    Team,
    User,
    UserAccounts,
)
from agencies.models.parts import BrokenGlass, ConflictOfInterest, Review
from agencies.models.staff import StaffRecord

__all__ = [
    "Agency",
    "Agreement",
    "BrokenGlass",
    "ConflictOfInterest",
    "HubSettings",
    "Membership",
    "Review",
    "Signature",
    "StaffRecord",
    "Submission",
    "Team",
    "User",
    "UserAccounts",
]
