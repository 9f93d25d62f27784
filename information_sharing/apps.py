"""Requests, answers and items behind the firewall."""

from mash.common.stage import StageConfig


class InformationSharingConfig(StageConfig):
    """Requests, answers and items behind the firewall."""

    name = "information_sharing"
    verbose_name = "Information sharing"
