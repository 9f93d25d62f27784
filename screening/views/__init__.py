"""Pages of screening, of MASH enquiries and of handovers."""

from screening.views.enquiry import activity, assign, clocks, enquiries, enquiry, join, own_deadline, rate, rerate
from screening.views.handover import (
    accept_handover,
    answer_handover,
    decline_handover,
    handover,
    query_handover,
    send_anew,
    withdraw_handover,
)
from screening.views.screening import decide_screening, put_to_manager, queue, screen, to_panel, view

__all__ = [
    "accept_handover",
    "activity",
    "answer_handover",
    "assign",
    "clocks",
    "decide_screening",
    "decline_handover",
    "enquiries",
    "enquiry",
    "handover",
    "join",
    "own_deadline",
    "put_to_manager",
    "query_handover",
    "queue",
    "rate",
    "rerate",
    "screen",
    "send_anew",
    "to_panel",
    "view",
    "withdraw_handover",
]
