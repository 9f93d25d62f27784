"""Screening, rating and the MASH enquiry."""

from mash.common.stage import StageConfig


class ScreeningConfig(StageConfig):
    """Screening, rating and the MASH enquiry."""

    name = "screening"
    verbose_name = "Screening"
