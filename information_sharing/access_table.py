"""Requests, answers and items between agencies: who sees them when, and which text reaches whom."""

from agencies.access.table.words import (
    ALWAYS,
    BOTH,
    DECISION_TEAM,
    EMERGENCY_ACCESS,
    LEAD,
    LET_IN,
    LOOKING,
    MANAGER,
    OUT_OF_HOURS,
    PARTNERS,
    RESEARCHER,
    REVIEWER,
    SEND,
    Address,
    Because,
    Every,
    Me,
    Opening,
    Openings,
    Record,
    listed,
)
from clock.access_table import (
    DEADLINE,
    of_record,
)
from contacts.access_table import PROTECTS
from contacts.openings import (
    GLASS,
    NAMED_TO_REVIEW,
    SUBJECT,
    worked_on,
)
from screening.access_table import (
    BY_ENQUIRY,
    ENQUIRY,
    decision_team,
)

REQUEST = "information_sharing.InformationRequest"
ITEM = "information_sharing.Item"
INSTRUCTION = "information_sharing.SafetyInstruction"

EMERGENCY = Because("where a manager let their agency in without a signature", "your agency was let in")
ASKED = Because("once their agency was asked", "your agency was asked")
ASKED_ABOUT = Because("where their agency was asked about this very person", "your agency was asked about this person")
OWN_AGENCY = Because("what was asked of their agency", "it was asked of your agency")
OWN_ITEM = Because("what their agency gave", "your agency gave it")
GIVEN = Because("once it was given and while it is not withdrawn", "it was given to the hub")
AUTHOR = Because("what they submitted confidentially", "you submitted it confidentially")
NAMED_READER = Because(
    "where their own lead named them to read it, until that was ended", "your lead named you to read it"
)
NAMED = Because(
    "where the owner named their agency for it and they answered about the same children, until its items close",
    "its owner named your agency for it",
)
AT_NIGHT = Because("what its owner marked as needed at night, while open and Red", "its owner marked it for the night")
REFUSED = Because("once the wording was refused in their agency", "the wording was refused in your agency")
AS_REQUEST = Because("as the request", "you may see the request")
AS_ITEM = Because("as the item", "you may see the item")

IN_FORCE = ("sent", "heard", "cannot_search", "answered")
SEALED = "manager_only"
OF_ITEM = {"enquiry": "item__enquiry_id"}
OPEN_GRADES = ("onward", "hub_only")
IN_USE = {"handling__in": OPEN_GRADES, "given_at__isnull": False, "withdrawn_at__isnull": True}
CLOSED = {"enquiry__state": "closed"}
ITEMS_CLOSED = (CLOSED, {"enquiry__items_close_at__isnull": False, "enquiry__items_close_at__lte": Me.NOW})
ON_REQUEST = (*DECISION_TEAM, *PARTNERS, LET_IN, *LOOKING)
SEES_ITEM = (*ON_REQUEST, OUT_OF_HOURS)
SEES_SEALED = (MANAGER, *PARTNERS, LET_IN)

ANSWERED_ABOUT = {"subject__requests__request__agency": Me.AGENCY, "subject__requests__request__state": "answered"}
ANSWERED = {"enquiry__requests__agency": Me.AGENCY, "enquiry__requests__state": "answered"}
ABOUT_EVERY_CHILD = Every(
    "information_sharing.RequestSubject", "request_id", {"subject__kind": "child"}, ANSWERED_ABOUT
)
BY_GRANT = {**IN_USE, "grants__group__agency": Me.AGENCY}


def sealed_readers(path: str = "") -> tuple[Opening, ...]:
    """Return the openings of what is sealed: author, those named, the manager.

    Args:
        path: leads to the item, with two underscores at its end; empty for the item itself, which must be sealed.
    """
    sealed = {} if path else {"handling": SEALED}
    named = {
        f"{path}request__sealed_readers__membership": Me.MEMBERSHIP,
        f"{path}request__sealed_readers__ended_at__isnull": True,
        f"{path}request__agency": Me.AGENCY,
    }
    return (
        Opening((MANAGER,), ALWAYS, sealed),
        Opening(PARTNERS, AUTHOR, {**sealed, f"{path}author": Me.MEMBERSHIP}),
        Opening(PARTNERS, NAMED_READER, {**sealed, **named}),
        Opening((LET_IN,), AUTHOR, {**sealed, f"{path}author": Me.MEMBERSHIP, f"{path}request__in": Me.LET_IN_TO}),
    )


OPENS: Openings = {
    SUBJECT: (
        Opening(
            PARTNERS,
            ASKED_ABOUT,
            {"requests__request__agency": Me.AGENCY, "requests__request__state__in": IN_FORCE},
        ),
        Opening((LET_IN,), EMERGENCY, {"requests__request__in": Me.LET_IN_TO}),
    ),
    ENQUIRY: (
        Opening(PARTNERS, ASKED, {"requests__agency": Me.AGENCY, "requests__state__in": IN_FORCE}),
        Opening((LET_IN,), EMERGENCY, {"requests__in": Me.LET_IN_TO}),
    ),
    DEADLINE: of_record("request", REQUEST) + of_record("instruction", INSTRUCTION),
}

RECORDS = (
    Record(
        REQUEST,
        "What one agency was asked: about whom, what, why, on which basis",
        (
            *decision_team("social_worker", "enquiry_id", emergency_access=True),
            Opening(PARTNERS, OWN_AGENCY, {"agency": Me.AGENCY}),
            Opening((LET_IN,), EMERGENCY, {"pk__in": Me.LET_IN_TO}),
        ),
        dict.fromkeys(
            (
                *listed("asks purpose concern referrer_organisation address"),
                *listed("protected_address protected_from"),
            ),
            ON_REQUEST,
        ),
        closed_by=BY_ENQUIRY,
        with_purpose={"protected_address": ON_REQUEST},
        shown=listed(
            "reference agency social_worker state lawful_basis sent_at sent_by due_at first_word_at lapsed_at "
            "cannot_until answered_at"
        ),
    ),
    Record(
        "information_sharing.RequestSubject",
        "About whom an agency was asked",
        (Opening(ON_REQUEST, AS_REQUEST, like=(REQUEST, "request")),),
        dict.fromkeys(("school", "practice"), ON_REQUEST),
        shown=listed("by_person"),
    ),
    Record(
        "information_sharing.Answer",
        "How an agency answered: systems searched, identifiers used",
        (Opening(ON_REQUEST, AS_REQUEST, like=(REQUEST, "request")),),
        dict.fromkeys(("systems_searched", "identifiers_used", "spoken_by"), ON_REQUEST),
        shown=listed("kind withheld_reason searched_at given_by is_spoken confirmed_at confirmed_by"),
    ),
    Record(
        "information_sharing.SharingAuthority",
        "Why the manager had agencies asked without agreement of the family",
        decision_team("enquiry__social_worker", "enquiry_id", emergency_access=True),
        {"reason": (*DECISION_TEAM, *LOOKING)},
        closed_by=BY_ENQUIRY,
        shown=listed("given_at given_by"),
    ),
    Record(
        ITEM,
        "That an agency gave an item, and where it comes from",
        (
            Opening((MANAGER,), GIVEN, IN_USE),
            *worked_on("enquiry__social_worker", "enquiry_id", IN_USE),
            Opening((REVIEWER,), NAMED_TO_REVIEW, {**IN_USE, "enquiry__in": Me.REVIEWED}),
            Opening(PARTNERS, OWN_ITEM, {"handling__in": OPEN_GRADES, "agency": Me.AGENCY}),
            Opening(
                PARTNERS, NAMED, {**BY_GRANT, **ANSWERED_ABOUT, "subject__kind": "child"}, ITEMS_CLOSED, only_core=True
            ),
            Opening(
                PARTNERS,
                NAMED,
                ({**BY_GRANT, **ANSWERED, "subject": None}, {**BY_GRANT, **ANSWERED, "subject__kind": "adult"}),
                ITEMS_CLOSED,
                every=ABOUT_EVERY_CHILD,
                only_core=True,
            ),
            Opening((OUT_OF_HOURS,), AT_NIGHT, {**IN_USE, "needed_at_night": True, "enquiry__colour": "red"}, CLOSED),
            Opening((LET_IN,), EMERGENCY, {"handling__in": OPEN_GRADES, "request__in": Me.LET_IN_TO}),
            Opening((EMERGENCY_ACCESS,), GLASS, {**IN_USE, "handling": "onward", "enquiry__in": Me.EMERGENCY_ACCESS}),
            *sealed_readers(),
        ),
        {"source": SEES_ITEM},
        only_where={"occurred_on": {"precision": "day"}},
        closed_by=BY_ENQUIRY,
        shown=listed(
            "agency handling theme occurred_on precision needed_at_night author is_spoken is_unconfirmed "
            "given_at withdrawn_at"
        ),
    ),
    Record(
        "information_sharing.ItemText",
        "The words of an item",
        (Opening(SEES_ITEM, AS_ITEM, like=(ITEM, "item")),),
        {"text": SEES_ITEM},
        latest_of="item_id",
        shown=listed("written_by"),
        copies=listed("written_at"),
    ),
    Record(
        "information_sharing.SealedText",
        "The words of a confidential item",
        sealed_readers("item__"),
        {"text": SEES_SEALED},
        with_purpose={"text": (MANAGER,)},
        latest_of="item_id",
        closed_by=OF_ITEM,
        shown=listed("written_by"),
        copies=listed("written_at"),
    ),
    Record(
        "information_sharing.SealedReader",
        "Whom a lead named to read what is confidential, until it was ended",
        (
            Opening((LEAD,), OWN_AGENCY, {"request__agency": Me.AGENCY, "ended_at__isnull": True}),
            Opening(
                (RESEARCHER,),
                Because("that they were named themselves", "you were named"),
                {"membership": Me.MEMBERSHIP, "request__agency": Me.AGENCY, "ended_at__isnull": True},
            ),
        ),
        closed_by={"enquiry": "request__enquiry_id"},
        shown=listed("membership named_by ended_at ended_by"),
        never={"named_at": "whom the lead named is shown; since when is evidence"},
    ),
    Record(
        "information_sharing.HeldMarker",
        "That confidential information is held: one sentence and nothing else",
        decision_team("enquiry__social_worker", "enquiry_id", reviewed=False),
        closed_by=BY_ENQUIRY,
    ),
    Record(
        INSTRUCTION,
        "The wording of a safety instruction between manager and owner",
        (
            *sealed_readers("item__"),
            Opening((LEAD,), REFUSED, {"agency": Me.AGENCY, "refused_at__isnull": False}),
        ),
        {"proposed_text": SEES_SEALED, "agreed_text": SEES_SEALED, "decided_because": SEES_SEALED},
        closed_by=OF_ITEM,
        shown=listed(
            "reference agency state life_at_risk proposed_at proposed_by refused_at refused_by settled_at settled_by"
        ),
    ),
)

ANSWERS = (*PARTNERS, LET_IN)

ADDRESSES = (
    Address("information_sharing:requests", PARTNERS),
    Address("information_sharing:shared", PARTNERS),
    Address("information_sharing:request", ON_REQUEST, REQUEST),
    Address("information_sharing:open_address", (*DECISION_TEAM, *PARTNERS, LET_IN), REQUEST, SEND),
    Address("information_sharing:heard", ANSWERS, REQUEST, SEND),
    Address("information_sharing:nothing", ANSWERS, REQUEST, SEND),
    Address("information_sharing:cannot_search", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:withheld", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:readers", (LEAD,), REQUEST, BOTH),
    Address("information_sharing:answer", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:add_item", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:seal", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:confirm", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:edit_item", ANSWERS, REQUEST, BOTH),
    Address("information_sharing:withdraw_item", ANSWERS, REQUEST, SEND),
    Address("information_sharing:spoken", DECISION_TEAM, REQUEST, BOTH),
    Address("information_sharing:withdraw", DECISION_TEAM, REQUEST, SEND),
    Address("information_sharing:agencies", (*DECISION_TEAM, *LOOKING), ENQUIRY),
    Address("information_sharing:ask", DECISION_TEAM, ENQUIRY, BOTH),
    Address("information_sharing:authorise", (MANAGER,), ENQUIRY, BOTH),
    Address("information_sharing:emergency", (MANAGER,), ENQUIRY, BOTH),
    Address("information_sharing:information", (*PROTECTS, *LOOKING), ENQUIRY),
    Address("information_sharing:chronology", (*DECISION_TEAM, *PARTNERS, OUT_OF_HOURS, *LOOKING), ENQUIRY),
    Address("information_sharing:sealed", (MANAGER,), ENQUIRY, BOTH),
    Address("information_sharing:propose_instruction", (MANAGER,), ENQUIRY, BOTH),
    Address("information_sharing:instruction", SEES_SEALED, INSTRUCTION, BOTH),
    Address("information_sharing:refuse_instruction", PARTNERS, INSTRUCTION, SEND),
    Address("information_sharing:decide_instruction", (MANAGER,), INSTRUCTION, BOTH),
    Address("information_sharing:refuse_for_agency", (LEAD,), INSTRUCTION, SEND),
)
