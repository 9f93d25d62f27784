"""The only writer of contacts, their people and protective work.

The last group is called by later stages inside their own transactions.
"""

from contacts.actions.amending import AMENDABLE, amend_contact, claim_contact, correct_contact
from contacts.actions.keeping_safe import EVENT as KEPT_SAFE
from contacts.actions.keeping_safe import Protected, Reaching, keep_home_safe, keep_person_safe
from contacts.actions.linking import join_entries, keep_apart, link_person, no_longer_apart, undo_link
from contacts.actions.moving import (
    end_contact,
    enter_enquiry,
    pass_on,
    record_endings,
    reopen_contact,
    return_from_panel,
    send_to_panel,
)
from contacts.actions.people import add_person, edit_person, relate
from contacts.actions.protecting import (
    RAISERS,
    Raised,
    convene,
    earliest_safe_until,
    end_protection,
    hold_discussion,
    protect_now,
    record_whereabouts,
    stand_down,
)
from contacts.actions.receiving import LOGGERS, Received, receive_contact, receive_public_contact
from contacts.actions.remaking import may_remake, remake_finding, remake_homes, remake_people, staff_held
from contacts.actions.staff import tell_staff_matches
from contacts.actions.telling import acknowledge_by_worker, acknowledge_contact, referrer_told

__all__ = [
    "AMENDABLE",
    "KEPT_SAFE",
    "LOGGERS",
    "RAISERS",
    "Protected",
    "Raised",
    "Reaching",
    "Received",
    "acknowledge_by_worker",
    "acknowledge_contact",
    "add_person",
    "amend_contact",
    "claim_contact",
    "convene",
    "correct_contact",
    "earliest_safe_until",
    "edit_person",
    "end_contact",
    "end_protection",
    "enter_enquiry",
    "hold_discussion",
    "join_entries",
    "keep_apart",
    "keep_home_safe",
    "keep_person_safe",
    "link_person",
    "may_remake",
    "no_longer_apart",
    "pass_on",
    "protect_now",
    "receive_contact",
    "receive_public_contact",
    "record_endings",
    "record_whereabouts",
    "referrer_told",
    "relate",
    "remake_finding",
    "remake_homes",
    "remake_people",
    "reopen_contact",
    "return_from_panel",
    "send_to_panel",
    "staff_held",
    "stand_down",
    "tell_staff_matches",
    "undo_link",
]
