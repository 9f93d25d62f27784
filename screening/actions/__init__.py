"""The only writer of screenings, MASH enquiries and handovers."""

from screening.actions.absence import end_absence, end_duty, mark_absent, name_on_duty
from screening.actions.clocks import clock_feedback, start_release_again, start_release_clock
from screening.actions.conflicts import close_to, declare_interest, lift_conflict, settle_match
from screening.actions.enquiry import (
    assign_social_worker,
    join_enquiry,
    open_enquiry,
    rate_enquiry,
    rerate_enquiry,
    set_own_deadline,
)
from screening.actions.handover import (
    accept_handover,
    answer_handover,
    decline_handover,
    hand_over,
    query_handover,
    send_anew,
    settle_handover,
    withdraw_handover,
)
from screening.actions.left_behind import LeftBehind, tell_left_behind, tell_without_manager
from screening.actions.looking import (
    GLASS_ROLES,
    WATCHERS,
    EmergencyAccess,
    break_glass,
    end_review,
    name_reviewer,
    review_due_at,
    review_use,
)
from screening.actions.roles import answer_proposed_roles
from screening.actions.screening import (
    ScreeningDecision,
    decide_screening,
    give_view,
    put_to_manager,
    send_to_panel,
)
from screening.actions.stages import (
    close_enquiry,
    mark_accepted,
    mark_decided,
    mark_released,
    mark_returned,
    recommend,
    reopen_enquiry,
    send_back,
)
from screening.actions.telling import tell_worker, who_works_on

__all__ = [
    "GLASS_ROLES",
    "WATCHERS",
    "EmergencyAccess",
    "LeftBehind",
    "ScreeningDecision",
    "accept_handover",
    "answer_handover",
    "answer_proposed_roles",
    "assign_social_worker",
    "break_glass",
    "clock_feedback",
    "close_enquiry",
    "close_to",
    "decide_screening",
    "declare_interest",
    "decline_handover",
    "end_absence",
    "end_duty",
    "end_review",
    "give_view",
    "hand_over",
    "join_enquiry",
    "lift_conflict",
    "mark_absent",
    "mark_accepted",
    "mark_decided",
    "mark_released",
    "mark_returned",
    "name_on_duty",
    "name_reviewer",
    "open_enquiry",
    "put_to_manager",
    "query_handover",
    "rate_enquiry",
    "recommend",
    "reopen_enquiry",
    "rerate_enquiry",
    "review_due_at",
    "review_use",
    "send_anew",
    "send_back",
    "send_to_panel",
    "set_own_deadline",
    "settle_handover",
    "settle_match",
    "start_release_again",
    "start_release_clock",
    "tell_left_behind",
    "tell_without_manager",
    "tell_worker",
    "who_works_on",
    "withdraw_handover",
]
