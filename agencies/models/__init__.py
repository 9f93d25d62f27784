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
from agencies.models.emergency import EmergencyUse, NeedReason
from agencies.models.parts import BrokenGlass, ConflictOfInterest, Review

__all__ = [
    "Agency",
    "Agreement",
    "BrokenGlass",
    "ConflictOfInterest",
    "EmergencyUse",
    "HubSettings",
    "Membership",
    "NeedReason",
    "Review",
    "Signature",
    "Submission",
    "Team",
    "User",
    "UserAccounts",
]
