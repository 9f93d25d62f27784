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
from agencies.views.leaving import (
    change_membership,
    close_agency,
    end_membership,
    reinstate_account,
    reopen_agency,
    suspend_account,
)

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
    "new_account",
    "new_agreement",
    "people",
    "reinstate_account",
    "reopen_agency",
    "settings",
    "sign",
    "suspend_account",
]
