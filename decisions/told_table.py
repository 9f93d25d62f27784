"""What somebody was told wrongly, or not at all: who sees it when."""

from agencies.access.table.words import (
    ALWAYS,
    CLOCK,
    DECISION_TEAM,
    FRONT_DOOR,
    MANAGER,
    PARTNERS,
    RECEIVING_WORKER,
    SOCIAL_WORKER,
    Because,
    Me,
    Opening,
    Record,
    listed,
)
from contacts.openings import (
    BY_CONTACT,
    HUB,
    worked_on,
)
from information_sharing.access_table import REQUEST
from screening.access_table import HANDOVER

SUMMARY = "decisions.MashSummary"
NOTICE = "decisions.CorrectionNotice"
UNDELIVERED = "decisions.Undelivered"
OUTGOING_TEXT = "decisions.OutgoingText"

AS_SUMMARY = Because("as the summary", "you may see the summary")
AS_ASKED = Because("of what their agency was asked", "your agency was asked by it")
AS_HANDED = Because("of what was handed to their team", "it was handed to your team")
OUTSIDE = Because("of what the hub told outside, or handed on", "the hub told it outside, or handed it on")
TO_THE_PUBLIC = Because("of what was for somebody without an account", "it was for somebody without an account")
BEFORE_ENQUIRY = Because("of what fell before an enquiry", "it fell before an enquiry")

SEES_UNDELIVERED = (*HUB, SOCIAL_WORKER)

TOLD_RECORDS = (
    Record(
        NOTICE,
        "A correction, as those read it who had been told the wrong fact",
        (
            Opening((MANAGER,), ALWAYS),
            Opening((FRONT_DOOR,), OUTSIDE, {"kind__in": ("feedback", "letter", "handover")}),
            *worked_on("contact__social_worker", "contact__enquiry_id"),
            Opening(PARTNERS, AS_ASKED, {"agency": Me.AGENCY}, like=(REQUEST, "request")),
            Opening((RECEIVING_WORKER,), AS_HANDED, {"team": Me.TEAM}, like=(HANDOVER, "handover")),
            Opening((RECEIVING_WORKER,), AS_SUMMARY, {"team": Me.TEAM}, like=(SUMMARY, "summary")),
        ),
        dict.fromkeys(("text", "call"), (FRONT_DOOR, *DECISION_TEAM, *PARTNERS, RECEIVING_WORKER)),
        closed_by=BY_CONTACT,
        shown=listed("reference kind agency team written_at written_by told_at told_by"),
    ),
    Record(
        "decisions.AskedThrough",
        "Who was asked about somebody through a link that was undone",
        (Opening((MANAGER,), ALWAYS), *worked_on("request__social_worker", "request__enquiry_id")),
        closed_by={"enquiry": "request__enquiry_id"},
    ),
    Record(
        UNDELIVERED,
        "A message that did not arrive: to whom, why, and how it was seen to",
        (
            Opening((MANAGER, CLOCK), ALWAYS),
            Opening((FRONT_DOOR,), TO_THE_PUBLIC, {"recipient__isnull": True}),
            Opening((FRONT_DOOR,), BEFORE_ENQUIRY, {"enquiry__isnull": True}),
            *worked_on("social_worker", "enquiry_id"),
        ),
        {"reason": SEES_UNDELIVERED, "informed_by": SEES_UNDELIVERED},
        closed_by={"contact": "contact_id", "enquiry": "enquiry_id"},
        shown=listed("reference kind recipient error failed_at noted_at settled_at settled_by way how informed_at"),
        copies=listed("contact enquiry social_worker colour"),
    ),
    Record(
        OUTGOING_TEXT,
        "A text that a manager reads before it goes out",
        (Opening((MANAGER,), ALWAYS),),
        {"fields": (MANAGER,), "words": (MANAGER,)},
        closed_by=BY_CONTACT,
        shown=listed("reference state path action sent_at sent_by settled_at settled_by"),
    ),
)
