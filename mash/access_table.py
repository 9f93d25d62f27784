"""The root: who reaches the first pages, the pages of accounts and the pages "Why can I see this?"."""

from agencies.access.table.words import (
    AUDITOR,
    BOTH,
    EVERY_ROLE,
    EVERYBODY,
    FRONT_DOOR,
    MANAGER,
    NOBODY,
    SEND,
    Address,
)
from contacts.access_table import SEES_WITHOUT_LOOKING
from contacts.openings import (
    CONTACT,
    SEES_CONTACT,
)
from decisions.access_table import (
    SEES_SUMMARY,
)
from decisions.told_table import SUMMARY
from information_sharing.access_table import (
    ITEM,
    ON_REQUEST,
    REQUEST,
    SEES_ITEM,
)
from screening.access_table import (
    ENQUIRY,
    SEES_ENQUIRY,
)

ADDRESSES = (
    Address("home", NOBODY),
    Address("work", EVERY_ROLE),
    Address("initials", EVERY_ROLE, "", SEND),
    Address("search", SEES_WITHOUT_LOOKING, "", BOTH),
    Address("morning", (FRONT_DOOR, MANAGER, AUDITOR)),
    Address("why_contact", SEES_CONTACT, CONTACT),
    Address("why_enquiry", SEES_ENQUIRY, ENQUIRY),
    Address("why_request", ON_REQUEST, REQUEST),
    Address("why_item", SEES_ITEM, ITEM),
    Address("why_summary", SEES_SUMMARY, SUMMARY),
    Address("live", EVERYBODY),
    Address("ready", EVERYBODY),
    Address("account_login", EVERYBODY, "", BOTH),
    Address("account_logout", EVERYBODY, "", BOTH),
    Address("account_inactive", EVERYBODY),
    Address("account_signup", EVERYBODY, "", BOTH),
    Address("account_reauthenticate", EVERY_ROLE, "", BOTH),
    Address("account_change_password", EVERY_ROLE, "", BOTH),
    Address("account_set_password", EVERY_ROLE, "", BOTH),
    Address("account_reset_password", EVERYBODY, "", BOTH),
    Address("account_reset_password_from_key_done", EVERYBODY),
    Address("account_reset_password_from_key", EVERYBODY, "", BOTH),
    Address("account_reset_password_done", EVERYBODY),
)
