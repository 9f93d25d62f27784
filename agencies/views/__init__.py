"""The pages of the directory."""

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

__all__ = [
    "account",
    "agreements",
    "birth_and_home",
    "change_membership",
    "choose_membership",
    "close_agency",
    "directory",
    "end_membership",
    "join",
    "keep",
    "kept_here",
    "kept_text",
    "kept_texts",
    "left_text",
    "new_account",
    "new_agreement",
    "people",
    "reinstate_account",
    "reopen_agency",
    "settings",
    "sign",
    "suspend_account",
    "take_over",
    "throw_away",
    "withdraw_roles",
]
