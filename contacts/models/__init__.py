"""Records of this stage: a contact, its people, protective work."""

from contacts.models.contact import Contact, Correction, EarlierValue, Receipt, Referrer, Report
from contacts.models.people import Person, PersonApart, PersonLink, Relation, Subject
from contacts.models.protection import FurtherReason, Protection, StrategyDiscussion, Whereabouts
from contacts.models.staff import StaffMatch

__all__ = [
    "Contact",
    "Correction",
    "EarlierValue",
    "FurtherReason",
    "Person",
    "PersonApart",
    "PersonLink",
    "Protection",
    "Receipt",
    "Referrer",
    "Relation",
    "Report",
    "StaffMatch",
    "StrategyDiscussion",
    "Subject",
    "Whereabouts",
]
