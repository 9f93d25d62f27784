"""The directory: who sees the reasons given for emergency access, and who reaches which address."""

from agencies.access.table.words import (
    ADMINISTRATOR,
    ALWAYS,
    AUDITOR,
    BOTH,
    EVERY_ROLE,
    EVERYBODY,
    FRONT_DOOR,
    MANAGER,
    SEND,
    Address,
    Opening,
    Record,
)

RECORDS = (
    Record(
        "agencies.NeedReason",
        "Why emergency access was used, or an agency was let in without a signature",
        (Opening((MANAGER,), ALWAYS),),
        {"text": (MANAGER,)},
        closed_by={"enquiry": "enquiry_id"},
    ),
    Record(
        "agencies.FindingReason",
        "Why the auditor found that justified or not",
        (Opening((MANAGER, AUDITOR), ALWAYS),),
        {"text": (MANAGER, AUDITOR)},
        closed_by={"enquiry": "enquiry_id"},
    ),
)

ADDRESSES = (
    Address("agencies:choose_membership", EVERY_ROLE, "", BOTH),
    Address("agencies:kept_texts", EVERY_ROLE),
    Address("agencies:kept_text", EVERY_ROLE),
    Address("agencies:left_text", (FRONT_DOOR, MANAGER)),
    Address("agencies:take_over", (FRONT_DOOR, MANAGER), "", SEND),
    Address("agencies:kept_here", EVERY_ROLE),
    Address("agencies:keep", EVERYBODY, "", SEND),
    Address("agencies:throw_away", EVERY_ROLE, "", SEND),
    Address("agencies:directory", (ADMINISTRATOR,)),
    Address("agencies:people", (ADMINISTRATOR,)),
    Address("agencies:new_account", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:account", (ADMINISTRATOR,)),
    Address("agencies:birth_and_home", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:join", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:end_membership", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:change_membership", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:withdraw_roles", (ADMINISTRATOR,), "", SEND),
    Address("agencies:suspend_account", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:reinstate_account", (ADMINISTRATOR,), "", SEND),
    Address("agencies:close_agency", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:reopen_agency", (ADMINISTRATOR,), "", SEND),
    Address("agencies:settings", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:agreements", (ADMINISTRATOR,)),
    Address("agencies:new_agreement", (ADMINISTRATOR,), "", BOTH),
    Address("agencies:sign", (ADMINISTRATOR,), "", BOTH),
)
