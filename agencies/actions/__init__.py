"""Changing the directory."""

from agencies.actions.beginning import Beginner, begin_hub, has_begun, open_public_form, still_to_come
from agencies.actions.correcting import NOT_ONES_OWN_ACCOUNT, Particulars, correct_account
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
from agencies.actions.inviting import invite, send_trial
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
from agencies.actions.own_sessions import end_other_sessions, end_own_session
from agencies.actions.proposing import give_word, propose_membership, refuse_roles, withdraw_proposal
from agencies.actions.renaming import close_team, correct_agency, correct_team, reopen_team
from agencies.actions.second_factor import (
    NOT_ONES_OWN_FACTOR,
    SetUp,
    ask_second_factor_of,
    give_second_factor,
    replace_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
    warn_of_tries,
)
from agencies.actions.taking_people import CHANGED, NEW, Taken, take_people, try_people

__all__ = [
    "CHANGED",
    "NEW",
    "NOT_ONES_OWN",
    "NOT_ONES_OWN_ACCOUNT",
    "NOT_ONES_OWN_FACTOR",
    "TELL_LEFT_BEHIND",
    "Beginner",
    "Particulars",
    "SetUp",
    "Taken",
    "add_membership",
    "ask_second_factor_of",
    "begin_hub",
    "change_membership",
    "close_agency",
    "close_team",
    "correct_account",
    "correct_agency",
    "correct_team",
    "create_account",
    "create_agency",
    "create_team",
    "end_membership",
    "end_other_sessions",
    "end_own_session",
    "give_second_factor",
    "give_word",
    "has_begun",
    "invite",
    "limit_broken_glass",
    "make_agreement",
    "open_public_form",
    "propose_membership",
    "record_birth_and_home",
    "refuse_roles",
    "reinstate_account",
    "reopen_agency",
    "reopen_team",
    "replace_recovery_codes",
    "reset_second_factor",
    "save_hub_settings",
    "send_trial",
    "set_up_second_factor",
    "sign_agreement",
    "still_to_come",
    "suspend_account",
    "take_people",
    "try_people",
    "warn_of_tries",
    "withdraw_proposal",
]
