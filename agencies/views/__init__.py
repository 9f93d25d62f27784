"""The pages of the directory."""

from agencies.views.correcting import close_team, correct_account, correct_agency, correct_team, reopen_team
from agencies.views.directory import (
    account,
    agreements,
    birth_and_home,
    choose_membership,
    directory,
    join,
    new_account,
    new_agreement,
    people,
    settings,
    sign,
)
from agencies.views.kept import keep, kept_here, kept_text, kept_texts, throw_away
from agencies.views.leaving import (
    change_membership,
    close_agency,
    end_membership,
    reinstate_account,
    reopen_agency,
    suspend_account,
    withdraw_roles,
)
from agencies.views.left import left_text, take_over
from agencies.views.own_account import end_other_sessions, end_session, your_account
from agencies.views.people_file import people_file
from agencies.views.second_factor import (
    give_second_factor,
    new_recovery_codes,
    recovery_codes,
    reset_second_factor,
    second_factor_roles,
    set_up_second_factor,
)
from agencies.views.setting_up import hub, invite, new_agency, new_team, open_form, set_up, try_mail

__all__ = [
    "account",
    "agreements",
    "birth_and_home",
    "change_membership",
    "choose_membership",
    "close_agency",
    "close_team",
    "correct_account",
    "correct_agency",
    "correct_team",
    "directory",
    "end_membership",
    "end_other_sessions",
    "end_session",
    "give_second_factor",
    "hub",
    "invite",
    "join",
    "keep",
    "kept_here",
    "kept_text",
    "kept_texts",
    "left_text",
    "new_account",
    "new_agency",
    "new_agreement",
    "new_recovery_codes",
    "new_team",
    "open_form",
    "people",
    "people_file",
    "recovery_codes",
    "reinstate_account",
    "reopen_agency",
    "reopen_team",
    "reset_second_factor",
    "second_factor_roles",
    "set_up",
    "set_up_second_factor",
    "settings",
    "sign",
    "suspend_account",
    "take_over",
    "throw_away",
    "try_mail",
    "withdraw_roles",
    "your_account",
]
