"""Time: policies, the calendar, deadlines and their ladder."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    """Knows nothing of stages: they pass plain values."""

    name = "clock"
    verbose_name = "Clock"

    def ready(self) -> None:
        """Register who may see what, and what the audit log keeps: no free text."""
        from auditlog.registry import auditlog

        from clock import visibility  # noqa: F401 - registers the rules
        from clock.models import Deadline, DeadlineReason

        auditlog.register(Deadline, exclude_fields=["explanation", "next_check_at"])
        auditlog.register(DeadlineReason, exclude_fields=["text"])
