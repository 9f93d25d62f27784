"""Reads for interfaces, and for the actions of later stages."""

from screening.queries.activity import Activity, Doing, enquiry_activity
from screening.queries.clocks import EnquiryClocks, enquiry_clocks
from screening.queries.enquiry import (
    EnquiryFilter,
    EnquiryPage,
    Slice,
    assignable,
    can_move,
    enquiry_contacts,
    enquiry_list,
    enquiry_page,
    enquiry_people,
    get_enquiry,
    proposed_colour_of,
    waiting_contact,
    waiting_contacts,
)
from screening.queries.handover import HandoverPage, can_say, get_handover, handover_page
from screening.queries.head import EnquiryHead, Tab, enquiry_head, enquiry_tabs
from screening.queries.screening import (
    Panel,
    QueueRow,
    ScreeningPage,
    closing_exits,
    get_contact,
    joinable_enquiries,
    protect_now_url,
    screening_page,
    screening_queue,
)
from screening.queries.work import work_for

__all__ = [
    "Activity",
    "Doing",
    "EnquiryClocks",
    "EnquiryFilter",
    "EnquiryHead",
    "EnquiryPage",
    "HandoverPage",
    "Panel",
    "QueueRow",
    "ScreeningPage",
    "Slice",
    "Tab",
    "assignable",
    "can_move",
    "can_say",
    "closing_exits",
    "enquiry_activity",
    "enquiry_clocks",
    "enquiry_contacts",
    "enquiry_head",
    "enquiry_list",
    "enquiry_page",
    "enquiry_people",
    "enquiry_tabs",
    "get_contact",
    "get_enquiry",
    "get_handover",
    "handover_page",
    "joinable_enquiries",
    "proposed_colour_of",
    "protect_now_url",
    "screening_page",
    "screening_queue",
    "waiting_contact",
    "waiting_contacts",
    "work_for",
]
