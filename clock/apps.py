"""Time: policies, the calendar, deadlines and their ladder."""

from common.auditing import register
from common.stage import StageConfig


class ClockConfig(StageConfig):
    """Knows nothing of stages: they pass plain values."""

    name = "clock"
    verbose_name = "Clock"

    def ready(self) -> None:
        """Say which columns the audit log may follow."""
        super().ready()
        for name, fields in _TRACKED.items():
            register(self.get_model(name), fields=fields)


_DEADLINE = (
    "subject_id",
    "enquiry_id",
    "measure",
    "colour",
    "agency",
    "team",
    "membership",
    "policy",
    "replaces",
    "started_at",
    "own_due_at",
    "safe_until",
    "due_at",
    "met_at",
    "cancelled_at",
)
_TRACKED = {
    "Deadline": _DEADLINE,
    "BreachReason": ("deadline", "given_by", "given_at"),
    "RatingPolicy": ("measure", "colour", "unit", "quantity", "start", "effective_from"),
}
"""Codes, moments and keys of each record."""
