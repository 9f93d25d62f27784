"""Reads of the log: for the auditor without content, for owner agencies of their own items, for the manager."""

from reporting.queries.activity import (
    ActivityFilter,
    LogLine,
    LogPage,
    activity,
    agencies_to_choose,
    export,
)
from reporting.queries.people import Found, people_called, person_with
from reporting.queries.places import Place, read_place
from reporting.queries.receipts import (
    EnquiryReadings,
    ItemRead,
    PassedOn,
    Receipt,
    ReceiptFilter,
    Receipts,
    readings_of_enquiry,
    receipts,
)

__all__ = [
    "ActivityFilter",
    "EnquiryReadings",
    "Found",
    "ItemRead",
    "LogLine",
    "LogPage",
    "PassedOn",
    "Place",
    "Receipt",
    "ReceiptFilter",
    "Receipts",
    "activity",
    "agencies_to_choose",
    "export",
    "people_called",
    "person_with",
    "read_place",
    "readings_of_enquiry",
    "receipts",
]
