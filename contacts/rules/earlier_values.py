"""What a contact, or somebody in it, said before it was changed, in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from common.nothing_shown import yes_or_no
from contacts.choices import FamilyAgreement, Known, MayTell, Sex
from contacts.rules import labels
from contacts.rules.reaching import in_words

OF_CONTACT: Mapping[str, str] = {
    "concern": labels.CONCERN,
    "happened_on": "When it happened",
    "crime_possible": labels.CRIME,
    "immediate_danger": "In danger now",
    "visit_hazard": "Hazard for visitors",
    "hazards": "What a visitor must know",
    "known": "Known or open to a worker",
    "systems_searched": "Systems searched",
    "agreement": labels.AGREEMENT,
    "agreement_reason": "What the family said about agreement",
    "may_tell": "May the family be told",
    "may_tell_reason": "How telling them would raise the risk",
    "infant_mark": "A mark or injury on a child who cannot move",
    "protected_from": "From whom the address is protected",
}
OF_PERSON: Mapping[str, str] = {
    "given_name": "First names",
    "family_name": "Surname",
    "other_names": "Other names",
    "is_unborn": "Not born yet",
    "date_of_birth": "Date of birth",
    "expected_on": "Expected date of birth",
    "age_reported": "Age as reported",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "language": "Language",
    "disability": "Disability",
    "nhs_number": "NHS number",
    "unique_pupil_number": "Unique pupil number",
    "lives_in_household": "Lives in the household",
    "safe_by": "Safe ways to be reached",
    "part": "Who this is",
    "has_died": "Has died",
    "died_on": "Date of death",
    "protected_from": "From whom their places are protected",
}
"""Each column that is kept, and what the page calls it. No place: an earlier one may be where somebody hides."""

LABELS: Mapping[str, Mapping[str, str]] = {
    name: dict(choices)
    for name, choices in (
        ("known", Known.choices),
        ("agreement", FamilyAgreement.choices),
        ("may_tell", MayTell.choices),
        ("sex", Sex.choices),
    )
}

UNSAID: Mapping[str, str | bool] = {
    "known": Known.NOT_ASKED,
    "agreement": FamilyAgreement.NOT_RECORDED,
    "may_tell": MayTell.NOT_KNOWN,
    "sex": Sex.NOT_KNOWN,
    "has_died": False,
    "is_unborn": False,
}
"""With what a column begins: nobody has said it."""

Value = str | bool | date | Sequence[str] | None


def worded(name: str, value: Value) -> str:
    """Return a value as the page said it; empty where nothing had been said."""
    if value is None or value in ("", [], UNSAID.get(name)):
        return ""
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, str):
        return LABELS.get(name, {}).get(value, value)
    return in_words(value)
