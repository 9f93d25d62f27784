"""Analysis, decision, release and feedback."""

from common.stage import StageConfig


class DecisionsConfig(StageConfig):
    """Analysis, decision, release and feedback."""

    name = "decisions"
    verbose_name = "Decisions"
