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
from clock.actions.sweeping import Claim, Raised, beat, claim_due

__all__ = [
    "EXPLAINERS",
    "Claim",
    "Raised",
    "assign_deadlines",
    "beat",
    "cancel_deadlines",
    "cancel_enquiry_deadlines",
    "claim_due",
    "give_breach_reason",
    "meet_deadline",
    "rerate_deadlines",
    "set_own_deadline",
    "set_safe_until",
    "start_deadline",
    "start_if_measured",
]
