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
from agencies.actions.proposing import give_word, propose_membership, refuse_roles, withdraw_proposal

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
    "give_word",
    "limit_broken_glass",
    "make_agreement",
    "propose_membership",
    "record_birth_and_home",
    "refuse_roles",
    "reinstate_account",
    "reopen_agency",
    "save_hub_settings",
    "sign_agreement",
    "suspend_account",
    "withdraw_proposal",
]
