"""Telling people: in the hub and by mail."""

from common.stage import StageConfig


class NoticesConfig(StageConfig):
    """Notices are rows; mail leaves from them. Nothing here is content, so the audit log is given nothing."""

    name = "notices"
    verbose_name = "Notices"
