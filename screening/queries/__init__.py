"""Reads for interfaces, and for the actions of later stages."""

from screening.queries.enquiry import get_enquiry
from screening.queries.head import EnquiryHead, Tab, enquiry_head, enquiry_tabs
from screening.queries.work import work_for

__all__ = [
    "EnquiryHead",
    "Tab",
    "enquiry_head",
    "enquiry_tabs",
    "get_enquiry",
    "work_for",
]
