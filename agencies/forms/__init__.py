"""What the pages of the directory are sent."""

from agencies.forms.correcting import CorrectAccountForm, CorrectAgencyForm, CorrectTeamForm
from agencies.forms.directory import (
    AccountForm,
    AgreementForm,
    BirthAndHomeForm,
    ChangeMembershipForm,
    GlassLimitForm,
    LeavingForm,
    MembershipForm,
    SignatureForm,
)
from agencies.forms.people_file import PeopleFileForm
from agencies.forms.setting_up import AgencyForm, HubForm, TeamForm

__all__ = [
    "AccountForm",
    "AgencyForm",
    "AgreementForm",
    "BirthAndHomeForm",
    "ChangeMembershipForm",
    "CorrectAccountForm",
    "CorrectAgencyForm",
    "CorrectTeamForm",
    "GlassLimitForm",
    "HubForm",
    "LeavingForm",
    "MembershipForm",
    "PeopleFileForm",
    "SignatureForm",
    "TeamForm",
]
