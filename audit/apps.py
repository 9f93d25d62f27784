"""The record of who did and who read what."""

from common.stage import StageConfig


class AuditConfig(StageConfig):
    """Append-only evidence; knows nothing of case records."""

    name = "audit"
    verbose_name = "Audit"
