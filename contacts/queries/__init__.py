"""Reads of contacts, their people and protective work, for interfaces and for later stages."""

from contacts.queries.about import OfContact, child_in_words, of_contacts
from contacts.queries.earlier import (
    Earlier,
    EarlierText,
    Match,
    Sought,
    earlier_contacts,
    earlier_list,
    earlier_text,
    look_for,
    looks_back,
    match_of,
    needs_purpose,
)
from contacts.queries.listing import ContactFilter, contact_list, search_contacts
from contacts.queries.page import (
    ContactHead,
    ContactPage,
    Tab,
    contact_head,
    contact_page,
    contact_tabs,
    family_of,
    get_contact,
    get_link,
    get_subject,
    latest_clocks,
)
from contacts.queries.people import (
    contacts_of_enquiry,
    contacts_of_same_people,
    enquiries_of_same_people,
    people_of_enquiry,
)
from contacts.queries.protection import (
    ProtectionPage,
    get_protection,
    get_protection_to_change,
    protection_page,
    protections_of,
)
from contacts.queries.public import Status, receipt_status
from contacts.queries.work import SECTIONS, SOURCES

__all__ = [
    "SECTIONS",
    "SOURCES",
    "ContactFilter",
    "ContactHead",
    "ContactPage",
    "Earlier",
    "EarlierText",
    "Match",
    "OfContact",
    "ProtectionPage",
    "Sought",
    "Status",
    "Tab",
    "child_in_words",
    "contact_head",
    "contact_list",
    "contact_page",
    "contact_tabs",
    "contacts_of_enquiry",
    "contacts_of_same_people",
    "earlier_contacts",
    "earlier_list",
    "earlier_text",
    "enquiries_of_same_people",
    "family_of",
    "get_contact",
    "get_link",
    "get_protection",
    "get_protection_to_change",
    "get_subject",
    "latest_clocks",
    "look_for",
    "looks_back",
    "match_of",
    "needs_purpose",
    "of_contacts",
    "people_of_enquiry",
    "protection_page",
    "protections_of",
    "receipt_status",
    "search_contacts",
]
