"""Logging a worry, its people, protect now."""

from __future__ import annotations

from common.auditing import register
from common.stage import StageConfig


class ContactsConfig(StageConfig):
    """Logging a worry, its people, protect now."""

    name = "contacts"
    verbose_name = "Contacts"

    def ready(self) -> None:
        """Say which columns the audit log may follow."""
        super().ready()
        for model, fields in _TRACKED.items():
            register(self.get_model(model), fields=fields)


_TRACKED: dict[str, list[str]] = {
    "Contact": [
        "state",
        "version",
        "arrived_at",
        "channel",
        "referrer_kind",
        "known",
        "agreement",
        "may_tell",
        "immediate_danger",
        "infant_mark",
        "crime_possible",
        "address_is_protected",
        "visit_hazard",
        "acknowledged_at",
        "acknowledged_by",
        "claimed_by",
        "ended_at",
        "enquiry_id",
        "worker_acknowledged_at",
    ],
    "Report": [],
    "Referrer": ["is_private"],
    "Receipt": [],
    "Person": [],
    "Subject": ["kind", "is_unborn", "has_died", "person", "ending", "level_of_need"],
    "Relation": ["kind"],
    "PersonLink": ["person", "entered_twice", "linked_at", "linked_by", "undone_at", "undone_by"],
    "PersonApart": ["subject", "other", "decided_at", "decided_by", "undone_at", "undone_by"],
    "Correction": ["made_at", "made_by"],
    "EarlierValue": ["changed_at", "changed_by"],
    "Protection": [
        "state",
        "version",
        "raised_at",
        "raised_by",
        "convened_at",
        "convened_by",
        "held_at",
        "section_47",
        "stood_down_at",
        "stood_down_by",
    ],
    "FurtherReason": ["given_at", "given_by"],
    "StaffMatch": ["matched_on", "told_at", "settled_at", "settled_by", "outcome"],
    "StrategyDiscussion": ["held_at", "section_47", "recorded_at", "recorded_by"],
    "Whereabouts": ["safe_until", "recorded_at", "recorded_by"],
}
"""Codes, moments and keys of each record."""
