"""Requests, answers and items behind the firewall."""

from __future__ import annotations

from common.auditing import register
from common.stage import StageConfig


class InformationSharingConfig(StageConfig):
    """Requests, answers and items behind the firewall."""

    name = "information_sharing"
    verbose_name = "Information sharing"

    def ready(self) -> None:
        """Say which columns the audit log may follow."""
        super().ready()
        from information_sharing import models  # noqa: PLC0415  # there only once all apps are loaded

        for model, fields in _TRACKED.items():
            register(getattr(models, model), fields=fields)


_TRACKED: dict[str, list[str]] = {
    "SharingAuthority": ["enquiry", "given_at", "given_by"],
    "InformationRequest": [
        "enquiry",
        "agency",
        "state",
        "version",
        "lawful_basis",
        "sent_at",
        "sent_by",
        "due_at",
        "first_word_at",
        "cannot_until",
        "answered_at",
    ],
    "RequestSubject": ["request", "subject", "by_person"],
    "Answer": ["kind", "withheld_reason", "searched_at", "given_by", "is_spoken", "confirmed_at", "confirmed_by"],
    "Item": ["version", "handling", "theme", "author", "is_spoken", "needed_at_night", "given_at", "withdrawn_at"],
    "ItemText": ["version", "written_at", "written_by"],
    "SealedText": ["version", "written_at", "written_by"],
    "SealedReader": ["membership", "named_at", "named_by", "ended_at", "ended_by"],
    "SafetyInstruction": ["state", "version", "proposed_at", "proposed_by", "refused_at", "settled_at"],
}
"""Codes, moments and keys of each record."""
