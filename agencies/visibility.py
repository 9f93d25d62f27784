"""How the tables of the directory and of the evidence are classed; one of them holds words about a case."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.firewall import Kind, classify, rule
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import (
    Absence,
    Agency,
    Agreement,
    BrokenGlass,
    ConflictOfInterest,
    DataKey,
    Duty,
    EmergencyUse,
    FindingReason,
    FormerName,
    HubSettings,
    KeptText,
    Membership,
    NeedReason,
    PasswordTries,
    Review,
    RoleProposal,
    SettingChange,
    Signature,
    StaffRecord,
    Submission,
    Team,
    User,
)
from audit.models import Event, LogSeal, Reading, Refusal

classify(Kind.RIGHTS, User, Agency, Team, Membership, Agreement, Signature, Group, Permission, Session)
classify(Kind.RIGHTS, ConflictOfInterest, Review, BrokenGlass, EmergencyUse, StaffRecord, Absence, Duty, RoleProposal)
classify(Kind.REFERENCE, HubSettings, Submission, ContentType)
classify(Kind.EVIDENCE, Event, Reading, Refusal, LogSeal, SettingChange, FormerName)
classify(Kind.RIGHTS, DataKey, PasswordTries, KeptText)


@rule(NeedReason, enquiry="enquiry_id")
def need_reason_rule(viewer: Viewer) -> Q:
    """Why somebody took emergency access or opened the emergency route: managers. The auditor judges without it."""
    return EVERYTHING if viewer.has(Role.MANAGER) else NOTHING


@rule(FindingReason, enquiry="enquiry_id")
def finding_reason_rule(viewer: Viewer) -> Q:
    """Why the auditor found it justified or not: auditors and managers."""
    return EVERYTHING if viewer.has(Role.MANAGER, Role.AUDITOR) else NOTHING
