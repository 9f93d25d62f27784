"""Records of the directory, one file a subject."""

from agencies.models.absence import Absence, Duty
from agencies.models.case_access import BrokenGlass, ConflictOfInterest, Review
from agencies.models.changes import FormerName, SettingChange
from agencies.models.directory import (
    Agency,
    Agreement,
    DataKey,
    HubSettings,
    Membership,
    PasswordTries,
    Signature,
    Submission,
    Team,
    User,
    UserAccounts,
)
from agencies.models.emergency import EmergencyUse, FindingReason, NeedReason
from agencies.models.kept import KeptText
from agencies.models.proposals import RoleProposal
from agencies.models.staff import StaffRecord

__all__ = [
    "Absence",
    "Agency",
    "Agreement",
    "BrokenGlass",
    "ConflictOfInterest",
    "DataKey",
    "Duty",
    "EmergencyUse",
    "FindingReason",
    "FormerName",
    "HubSettings",
    "KeptText",
    "Membership",
    "NeedReason",
    "PasswordTries",
    "Review",
    "RoleProposal",
    "SettingChange",
    "Signature",
    "StaffRecord",
    "Submission",
    "Team",
    "User",
    "UserAccounts",
]
