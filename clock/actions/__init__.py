"""The only writer of deadlines. Called by the stages inside their own transactions."""

from clock.actions.deadlines import (
    assign_deadlines,
    cancel_deadlines,
    cancel_enquiry_deadlines,
    meet_deadline,
    start_deadline,
    start_if_measured,
)
from clock.actions.reasons import EXPLAINERS, give_breach_reason
from clock.actions.restating import rerate_deadlines, set_own_deadline, set_safe_until
from clock.actions.rows import count_failure, count_success, each_row, ends_the_round, forget_old, held_back
from clock.actions.sweeping import Claim, Raised, beat, claim, claim_due, lock_due

__all__ = [
    "EXPLAINERS",
    "Claim",
    "Raised",
    "assign_deadlines",
    "beat",
    "cancel_deadlines",
    "cancel_enquiry_deadlines",
    "claim",
    "claim_due",
    "count_failure",
    "count_success",
    "each_row",
    "ends_the_round",
    "forget_old",
    "give_breach_reason",
    "held_back",
    "lock_due",
    "meet_deadline",
    "rerate_deadlines",
    "set_own_deadline",
    "set_safe_until",
    "start_deadline",
    "start_if_measured",
]
