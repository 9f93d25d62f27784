"""Reporting: who reaches which address."""

from agencies.access.table.words import (
    AUDITOR,
    BOTH,
    MANAGER,
    PARTNERS,
    Address,
)
from screening.access_table import (
    ENQUIRY,
)

ADDRESSES = (
    Address("reporting:activity", (AUDITOR,), "", BOTH),
    Address("reporting:activity_file", (AUDITOR,)),
    Address("reporting:receipts", PARTNERS, "", BOTH),
    Address("reporting:readings", (MANAGER,), ENQUIRY),
)
