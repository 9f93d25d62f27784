"""The state tables of a screening, of the MASH enquiry and of a handover, as data.

The enquiry's table names all stages, because one record has one table; the events of later stages are applied by
the later apps' actions. A receiving worker sees an enquiry only through a summary that was released to their team.
"""

from agencies.access.roles import ASSIGNED, RECEIVER
from agencies.choices import Role
from common.transition import StateTable, move
from screening.choices import EnquiryState as E
from screening.choices import HandoverState as H
from screening.choices import ScreeningState as S

SCREENING: StateTable = {
    "screening.sent_to_panel": move(S.OPEN, S.WITH_PANEL, (Role.SCREENER, Role.MANAGER), "Send to the panel"),
    "screening.view_given": move(S.WITH_PANEL, None, (Role.SCREENER, Role.MANAGER), "Give your view"),
    "screening.put_to_manager": move(S.WITH_PANEL, S.WITH_MANAGER, (Role.SCREENER, Role.MANAGER), "Put to the manager"),
    "screening.decided": move((S.OPEN, S.WITH_PANEL), S.DECIDED, (Role.SCREENER, Role.MANAGER), "Decide"),
    "screening.decided_by_manager": move(S.WITH_MANAGER, S.DECIDED, Role.MANAGER, "Decide"),
}

OPEN = (E.TO_RATE, E.GATHERING, E.DECIDING, E.DECIDED, E.RELEASED)

AFTER_DECISION = (
    "A rating sets the clock until the decision. After it, if a child is in greater danger than was thought, use "
    "Protect now; if the decision is wrong, decide again; if the enquiry is closed, open it again first."
)
WHILE_CLOSED = "If the enquiry is closed, the manager opens it again first."

ENQUIRY: StateTable = {
    "enquiry.rated": move(E.TO_RATE, E.GATHERING, Role.MANAGER, "Rate"),
    "enquiry.rerated": move((E.GATHERING, E.DECIDING), None, Role.MANAGER, "Rate again", AFTER_DECISION),
    "enquiry.deadline_set": move(
        (E.TO_RATE, E.GATHERING, E.DECIDING), None, Role.MANAGER, "Set another deadline", AFTER_DECISION
    ),
    "enquiry.assigned": move(
        (E.TO_RATE, E.GATHERING, E.DECIDING, E.DECIDED), None, Role.MANAGER, "Assign a social worker", WHILE_CLOSED
    ),
    "enquiry.contact_joined": move(
        OPEN, None, (Role.SCREENER, Role.MANAGER, Role.FRONT_DOOR), "Add a contact to this enquiry", WHILE_CLOSED
    ),
    "enquiry.recommended": move(E.GATHERING, E.DECIDING, ASSIGNED, "Send to the manager"),
    "enquiry.sent_back": move(E.DECIDING, E.GATHERING, Role.MANAGER, "Send back for more"),
    "enquiry.decided": move((E.GATHERING, E.DECIDING), E.DECIDED, Role.MANAGER, "Decide"),
    "enquiry.decided_again": move((E.DECIDED, E.RELEASED), E.DECIDED, Role.MANAGER, "Decide again", WHILE_CLOSED),
    "enquiry.released": move(E.DECIDED, E.RELEASED, Role.MANAGER, "Release"),
    "enquiry.accepted": move(E.RELEASED, E.CLOSED, Role.RECEIVING_WORKER),
    "enquiry.returned": move(
        E.RELEASED, E.DECIDED, (Role.RECEIVING_WORKER, Role.MANAGER, Role.FRONT_DOOR, Role.SCREENER)
    ),
    "enquiry.closed": move(E.DECIDED, E.CLOSED, Role.MANAGER, "Close the MASH enquiry"),
    "enquiry.reopened": move(E.CLOSED, E.DECIDED, Role.MANAGER, "Open again"),
}

SENDERS = (Role.MANAGER, Role.SCREENER, Role.OUT_OF_HOURS)
"""Who speaks for the hub about a handover; out of hours of what is Red: they see no other."""

HANDOVER: StateTable = {
    "handover.accepted": move((H.SENT, H.QUERIED), H.ACCEPTED, RECEIVER, "Accept"),
    "handover.queried": move(H.SENT, H.QUERIED, RECEIVER, "Query"),
    "handover.answered": move(H.QUERIED, H.SENT, SENDERS, "Answer the query"),
    "handover.decided_for_night": move(
        (H.QUERIED, H.DECLINED, H.WITHDRAWN), None, Role.OUT_OF_HOURS, "Decide for the night"
    ),
    "handover.declined": move((H.SENT, H.QUERIED), H.DECLINED, RECEIVER, "Decline"),
    "handover.withdrawn": move((H.SENT, H.QUERIED), H.WITHDRAWN, SENDERS, "Withdraw"),
    "handover.settled": move((H.DECLINED, H.WITHDRAWN), H.SETTLED, Role.MANAGER, "No team takes it over"),
}
