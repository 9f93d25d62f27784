"""Screening, rating and the MASH enquiry."""

from __future__ import annotations

from common.auditing import register
from common.stage import StageConfig


class ScreeningConfig(StageConfig):
    """Screening, rating and the MASH enquiry."""

    name = "screening"
    verbose_name = "Screening"

    def ready(self) -> None:
        """Say which columns the audit log may follow."""
        super().ready()
        from screening import models  # noqa: PLC0415  # needs the app registry

        for model, fields in _TRACKED.items():
            register(getattr(models, model), fields=fields)


_TRACKED: dict[str, list[str]] = {
    "Enquiry": [
        "state",
        "version",
        "arrived_at",
        "opened_at",
        "opened_by",
        "colour",
        "first_rated_at",
        "crime_possible",
        "social_worker",
        "assigned_at",
        "own_due_at",
        "decided_at",
        "closed_at",
    ],
    "Rating": ["enquiry", "colour", "rated_at", "rated_by"],
    "OwnDeadline": ["enquiry", "due_at", "set_at", "set_by"],
    "Reopening": ["enquiry", "reopened_at", "reopened_by"],
    "Screening": [
        "contact",
        "state",
        "version",
        "opened_at",
        "sent_to_panel_at",
        "exit",
        "proposed_colour",
        "decided_at",
        "decided_by",
        "enquiry",
    ],
    "ScreeningReasons": [],
    "ChildScreening": ["screening", "subject", "level_of_need"],
    "PanelView": ["screening", "agency", "exit", "given_at", "given_by"],
    "Handover": [
        "screening",
        "contact",
        "team",
        "state",
        "colour",
        "version",
        "sent_at",
        "sent_by",
        "taken_at",
        "taken_by",
    ],
    "HandoverExchange": ["handover", "kind", "said_at", "said_by"],
}
"""Codes, moments and keys of each record."""
