"""Pages of screening, of MASH enquiries and of handovers."""

from screening.views.colleagues import colleagues, end_absence, end_duty, mark_absent
from screening.views.conflicts import (
    closed_out,
    contact_closed_out,
    contact_interest,
    handover_interest,
    interest,
    lift_conflict,
    settle_match,
)
from screening.views.enquiry import (
    activity,
    assign,
    clocks,
    enquiries,
    enquiry,
    join,
    own_deadline,
    rate,
    reopen,
    rerate,
)
from screening.views.handover import (
    accept_handover,
    answer_handover,
    decline_handover,
    handover,
    query_handover,
    send_anew,
    settle_handover,
    withdraw_handover,
)
from screening.views.late import late
from screening.views.looking import end_review, exceptions, open_in_need, review_use, reviews
from screening.views.roles import proposed_roles
from screening.views.screening import decide_screening, put_to_manager, queue, screen, to_panel, view

__all__ = [
    "accept_handover",
    "activity",
    "answer_handover",
    "assign",
    "clocks",
    "closed_out",
    "colleagues",
    "contact_closed_out",
    "contact_interest",
    "decide_screening",
    "decline_handover",
    "end_absence",
    "end_duty",
    "end_review",
    "enquiries",
    "enquiry",
    "exceptions",
    "handover",
    "handover_interest",
    "interest",
    "join",
    "late",
    "lift_conflict",
    "mark_absent",
    "open_in_need",
    "own_deadline",
    "proposed_roles",
    "put_to_manager",
    "query_handover",
    "queue",
    "rate",
    "reopen",
    "rerate",
    "review_use",
    "reviews",
    "screen",
    "send_anew",
    "settle_handover",
    "settle_match",
    "to_panel",
    "view",
    "withdraw_handover",
]
