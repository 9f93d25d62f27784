"""Counts and charts; writes nothing."""

from common.stage import StageConfig


class ReportingConfig(StageConfig):
    """Counts and charts; writes nothing."""

    name = "reporting"
    verbose_name = "Reporting"
