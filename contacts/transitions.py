"""The state tables of a contact and of protective work, as data."""

from agencies.access.roles import ASSIGNED
from agencies.choices import Role, SystemRole
from common.transition import StateTable, move
from contacts.choices import ContactState as S
from contacts.choices import ProtectState as P

ALL = tuple(S)

CONTACT: StateTable = {
    "contact.claimed": move(
        (S.RECEIVED, S.WITH_PANEL), None, (Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER), "Claim this contact"
    ),
    "contact.amended": move(
        (S.RECEIVED, S.WITH_PANEL, S.IN_ENQUIRY),
        None,
        (Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS),
        "Add details",
    ),
    "contact.corrected": move(ALL, None, (Role.FRONT_DOOR, Role.MANAGER, ASSIGNED), "Add a correction"),
    "contact.kept_safe": move(
        (S.PASSED_ON, S.ENDED),
        None,
        (Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS),
        "Say how home and referrer are kept safe",
    ),
    "contact.acknowledged": move(ALL, None, (Role.SCREENER, Role.MANAGER, ASSIGNED), "Acknowledge to the referrer"),
    "contact.sent_to_panel": move(S.RECEIVED, S.WITH_PANEL, (Role.SCREENER, Role.MANAGER), "Send to the panel"),
    "contact.returned_from_panel": move(
        S.WITH_PANEL, S.RECEIVED, (Role.SCREENER, Role.MANAGER), "Withdraw from the panel"
    ),
    "contact.entered_enquiry": move(
        (S.RECEIVED, S.WITH_PANEL), S.IN_ENQUIRY, (Role.SCREENER, Role.MANAGER, Role.FRONT_DOOR), "Send into the MASH"
    ),
    "contact.passed_on": move(
        (S.RECEIVED, S.WITH_PANEL),
        S.PASSED_ON,
        (Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER),
        "Pass to the allocated worker",
    ),
    "contact.ended": move(
        (S.RECEIVED, S.WITH_PANEL, S.IN_ENQUIRY),
        S.ENDED,
        (Role.SCREENER, Role.MANAGER, SystemRole.CLOCK),
        "End the contact",
    ),
    "contact.reopened": move(S.ENDED, S.IN_ENQUIRY, Role.MANAGER),
}

CONVENERS = (Role.SOCIAL_WORKER, Role.MANAGER, Role.OUT_OF_HOURS)
"""Who leads protective work; at night that is the duty team."""

PROTECTION: StateTable = {
    "protection.convened": move(P.RAISED, P.CONVENED, CONVENERS, "Convene a strategy discussion"),
    "protection.held": move(tuple(P), P.HELD, CONVENERS, "Record a strategy discussion"),
    "protection.stood_down": move((P.RAISED, P.CONVENED), P.STOOD_DOWN, CONVENERS, "Stand down"),
    "protection.ended": move(P.HELD, P.STOOD_DOWN, CONVENERS, "End protective work"),
}
