"""Changing the directory."""

from agencies.actions.directory import (
    add_membership,
    create_account,
    create_agency,
    create_team,
    limit_broken_glass,
    make_agreement,
    record_birth_and_home,
    save_hub_settings,
    sign_agreement,
)
from agencies.actions.leaving import (
    NOT_ONES_OWN,
    TELL_LEFT_BEHIND,
    change_membership,
    close_agency,
    end_membership,
    reinstate_account,
    reopen_agency,
    suspend_account,
)

__all__ = [
    "NOT_ONES_OWN",
    "TELL_LEFT_BEHIND",
    "add_membership",
    "change_membership",
    "close_agency",
    "create_account",
    "create_agency",
    "create_team",
    "end_membership",
    "limit_broken_glass",
    "make_agreement",
    "record_birth_and_home",
    "reinstate_account",
    "reopen_agency",
    "save_hub_settings",
    "sign_agreement",
    "suspend_account",
]
