"""How the tables of the directory and of the evidence are classed; none of them is a case record."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session

from agencies.access.firewall import Kind, classify
from agencies.models import (
    Agency,
    Agreement,
    BrokenGlass,
    ConflictOfInterest,
    HubSettings,
    Membership,
    Review,
    Signature,
    StaffRecord,
    Submission,
    Team,
    User,
)
from audit.models import Event, Reading, Refusal

classify(Kind.RIGHTS, User, Agency, Team, Membership, Agreement, Signature, Group, Permission, Session)
classify(Kind.RIGHTS, ConflictOfInterest, Review, BrokenGlass, StaffRecord)
classify(Kind.REFERENCE, HubSettings, Submission, ContentType)
classify(Kind.EVIDENCE, Event, Reading, Refusal)
