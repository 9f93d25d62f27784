"""Analysis, decision, release and feedback: who sees them when, and which text reaches whom."""

from agencies.access.table.words import (
    ALWAYS,
    BOTH,
    CLOCK,
    DECISION_TEAM,
    FRONT_DOOR,
    LOOKING,
    MANAGER,
    OUT_OF_HOURS,
    PANEL,
    PARTNERS,
    RECEIVING_WORKER,
    REVIEWER,
    SCREENER,
    SCREENERS,
    SEND,
    SOCIAL_WORKER,
    Address,
    Because,
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
from contacts.access_table import TELLS
from contacts.openings import (
    BY_CONTACT,
    CONTACT,
    HUB,
    NAMED_TO_REVIEW,
    TOLD,
    looked_into,
    worked_on,
)
from decisions.told_table import AS_SUMMARY, NOTICE, OUTGOING_TEXT, SEES_UNDELIVERED, SUMMARY, TOLD_RECORDS, UNDELIVERED
from information_sharing.access_table import (
    ASKED,
    IN_FORCE,
    ITEM,
    OPEN_GRADES,
)
from screening.access_table import (
    BY_ENQUIRY,
    ENQUIRY,
    OUT,
    SEES_ENQUIRY,
    SEES_REASONS,
    WITH_TEAM,
    decision_team,
)

DECISION = "decisions.Decision"
LETTER = "decisions.FamilyLetter"
CAME_BACK = "decisions.CameBack"

RELEASED = Because(
    "once a summary was released to their team, until it declines", "a summary was released to your team"
)
CONTRIBUTED = Because("once their agency, a virtual partner, gave something", "your agency gave something")
ASKED_ABOUT = Because("where their agency was asked about this very child", "your agency was asked about this child")
BY_ITEM = Because("for items that they still see", "you may see the item")
TEAMS = Because("once released to their team, until it declines", "it was released to your team")
OWN_RELEASED = Because("own items in it, once released", "your agency's own item was passed on")
COPIED_AT_NIGHT = Because("once released", "the summary is released")
TAKING_OVER = Because("to end what every team has taken over", "it is to be ended")

HUB_SEES_OUTCOME = (FRONT_DOOR, SCREENER, PANEL, MANAGER, OUT_OF_HOURS)
ACCEPTED = Because("what they accepted themselves", "you accepted it")
SEES_SUMMARY = (*DECISION_TEAM, RECEIVING_WORKER, *LOOKING)
SEES_ANALYSIS = (*DECISION_TEAM, REVIEWER)
SEES_TOLD = (FRONT_DOOR, *DECISION_TEAM, *LOOKING)
OF_DECISION = {"enquiry": "decision__enquiry_id"}
OF_ANALYSIS = {"enquiry": "analysis__enquiry_id"}
OF_SUMMARY = {"enquiry": "summary__enquiry_id"}
SYSTEM = Opening((CLOCK,), TAKING_OVER)
WITHIN_SUMMARY = Opening((*SEES_SUMMARY, CLOCK), AS_SUMMARY, like=(SUMMARY, "summary"))


def contributing(path: str, also: dict[str, object], because: Because) -> tuple[Opening, ...]:
    """Return the openings of agencies that were asked: core ones at once, virtual ones when they gave something."""
    asked = {f"{path}requests__agency": Me.AGENCY, f"{path}requests__state__in": IN_FORCE, **also}
    gave = {**asked, f"{path}requests__items__given_at__isnull": False}
    gave[f"{path}requests__items__handling__in"] = OPEN_GRADES
    return (
        Opening(PARTNERS, because, asked, only_core=True),
        Opening(PARTNERS, CONTRIBUTED, gave, only_core=False),
    )


def by_item(worker: str, enquiry: str) -> tuple[Opening, ...]:
    """Return the openings of what the decision team and a reviewer see for items that they still see."""
    return (
        Opening((REVIEWER,), BY_ITEM, {f"{enquiry}__in": Me.REVIEWED}, like=(ITEM, "item")),
        Opening((MANAGER,), BY_ITEM, like=(ITEM, "item")),
        Opening((SOCIAL_WORKER,), BY_ITEM, {worker: Me.MEMBERSHIP}, like=(ITEM, "item")),
        Opening((SOCIAL_WORKER,), BY_ITEM, {f"{enquiry}__in": Me.STANDS_IN}, like=(ITEM, "item")),
    )


ANALYSIS_TEXTS = listed("family_conversation risks protection child_views family_views gaps summary recommendation")
SUMMARY_TEXTS = listed("covering_text report hazards household concern reasons agreement referrer missing whom_to_ring")
ABOUT_CHILD = {"subject__requests__request__agency": Me.AGENCY, "subject__requests__request__state__in": IN_FORCE}
WORKER = "decision__enquiry__social_worker"
TO_CONTACT = (
    Opening(HUB, ALWAYS),
    *worked_on("contact__social_worker", "contact__enquiry_id"),
    *looked_into("contact__enquiry_id", emergency_access=False),
)

OPENS: Openings = {
    ENQUIRY: (Opening((RECEIVING_WORKER,), RELEASED, {"summaries__team": Me.TEAM, "summaries__state__in": WITH_TEAM}),),
    DEADLINE: of_record("release", SUMMARY) + of_record("complaint", "decisions.Complaint"),
}

RECORDS = (
    Record(
        "decisions.Analysis",
        "The analysis and recommendation",
        decision_team("enquiry__social_worker", "enquiry_id"),
        dict.fromkeys(ANALYSIS_TEXTS, SEES_ANALYSIS),
        kept_elsewhere={"sent_at__isnull": False},
        closed_by=BY_ENQUIRY,
        shown=listed("recommended_outcome saved_at saved_by sent_at sent_by"),
    ),
    Record(
        "decisions.AnalysisVersion",
        "The analysis as it was sent",
        decision_team("analysis__enquiry__social_worker", "analysis__enquiry_id"),
        {"text": SEES_ANALYSIS},
        closed_by=OF_ANALYSIS,
        shown=listed("number sent_at sent_by"),
    ),
    Record(
        "decisions.ChildMeaning",
        "What it means for one child",
        decision_team("analysis__enquiry__social_worker", "analysis__enquiry_id"),
        {"text": SEES_ANALYSIS},
        kept_elsewhere={"analysis__sent_at__isnull": False},
        closed_by=OF_ANALYSIS,
    ),
    Record(
        "decisions.PickedItem",
        "An item picked for the analysis",
        by_item("analysis__enquiry__social_worker", "analysis__enquiry_id"),
        closed_by=OF_ANALYSIS,
        never=dict.fromkeys(("picked_at", "dropped_at"), "bookkeeping of a draft that saves itself"),
    ),
    Record(
        "decisions.JointView",
        "An agency's view of the decision",
        decision_team("enquiry__social_worker", "enquiry_id"),
        {"reason": SEES_ANALYSIS},
        closed_by=BY_ENQUIRY,
        shown=listed("agency for_number outcome given_at given_by"),
    ),
    Record(
        DECISION,
        "That it is decided, and when",
        (
            Opening(HUB_SEES_OUTCOME, ALWAYS),
            *worked_on("enquiry__social_worker", "enquiry_id"),
            *contributing("enquiry__", {}, ASKED),
            Opening((RECEIVING_WORKER,), RELEASED, {"summaries__team": Me.TEAM, "summaries__state__in": WITH_TEAM}),
            SYSTEM,
            *looked_into("enquiry_id", emergency_access=True),
        ),
        closed_by=BY_ENQUIRY,
        shown=listed("reference number decided_at decided_by is_joint"),
    ),
    Record(
        "decisions.ChildDecision",
        "The outcome for one child",
        (
            Opening(HUB_SEES_OUTCOME, ALWAYS),
            *worked_on(WORKER, "decision__enquiry_id"),
            *contributing("decision__enquiry__", ABOUT_CHILD, ASKED_ABOUT),
            SYSTEM,
            *looked_into("decision__enquiry_id", emergency_access=True),
        ),
        closed_by=OF_DECISION,
        shown=listed("outcome"),
    ),
    Record(
        "decisions.ChildReasons",
        "The reasons for one child, also of earlier contacts",
        (
            Opening(SCREENERS, ALWAYS),
            *decision_team(
                "child__decision__enquiry__social_worker", "child__decision__enquiry_id", emergency_access=True
            ),
            Opening((CLOCK,), TAKING_OVER, {"child__decision__enquiry__state__in": ("released", "closed")}),
        ),
        {"text": SEES_REASONS},
        beside=((ENQUIRY, "child__decision__enquiry_id"),),
        closed_by={"enquiry": "child__decision__enquiry_id"},
        shown=listed("level_of_need"),
    ),
    Record(
        "decisions.DecisionBasis",
        "What was considered and what was missing",
        decision_team(WORKER, "decision__enquiry_id", reviewed=False),
        {"missing": DECISION_TEAM, "change_reason": DECISION_TEAM},
        closed_by=OF_DECISION,
        shown=listed("sealed_considered earlier_shown"),
    ),
    Record(
        "decisions.Dissent",
        "Dissent from a decision",
        decision_team(WORKER, "decision__enquiry_id"),
        {"text": SEES_ANALYSIS},
        closed_by=OF_DECISION,
        shown=listed("agency"),
    ),
    Record(
        "decisions.SealedReasons",
        "Confidential reasons",
        (Opening((MANAGER,), ALWAYS),),
        {"text": (MANAGER,)},
        with_purpose={"text": (MANAGER,)},
        closed_by=OF_DECISION,
    ),
    Record(
        "decisions.ConsideredItem",
        "An item that was before whoever decided",
        (
            Opening((MANAGER,), ALWAYS),
            *worked_on(WORKER, "decision__enquiry_id", {"was_sealed": False}),
            Opening((REVIEWER,), NAMED_TO_REVIEW, {"decision__enquiry_id__in": Me.REVIEWED, "was_sealed": False}),
        ),
        closed_by=OF_DECISION,
        shown=listed("agency theme was_sealed"),
    ),
    Record(
        SUMMARY,
        "The MASH summary for one team",
        (
            *decision_team("social_worker", "enquiry_id", emergency_access=True),
            Opening((RECEIVING_WORKER,), TEAMS, {"team": Me.TEAM, "state__in": WITH_TEAM}),
            SYSTEM,
        ),
        dict.fromkeys(SUMMARY_TEXTS, SEES_SUMMARY),
        narrower=dict.fromkeys(("prepared_at", "prepared_by"), (*DECISION_TEAM, *LOOKING)),
        closed_by=BY_ENQUIRY,
        shown=listed(
            "superseded_at superseded_by superseded_because changes_plan telephoned_at telephoned_by "
            "reference social_worker team state family_told door_question released_at released_by "
            "decline_reason taken_at taken_by"
        ),
    ),
    Record(
        "decisions.SummaryChild",
        "A child in a summary",
        (WITHIN_SUMMARY,),
        dict.fromkeys(("name", "born", "school", "practice", "whereabouts"), SEES_SUMMARY),
        shown=listed("sex nhs_number outcome level_of_need"),
        never={"position": "the order in which a page lists them"},
    ),
    Record(
        "decisions.Exchange",
        "What hub and team said about a summary",
        (WITHIN_SUMMARY,),
        {"text": SEES_SUMMARY},
        shown=listed("kind said_at said_by"),
    ),
    Record(
        "decisions.SummaryChange",
        "What has changed since a summary was sent",
        (WITHIN_SUMMARY,),
        shown=listed("cause changed_at told_at settled_at settled_by"),
    ),
    Record(
        "decisions.Recall",
        "The record of a breach: why a summary was hidden",
        (WITHIN_SUMMARY,),
        {"text": (*DECISION_TEAM, *LOOKING)},
        shown=listed("reason was_read recalled_at recalled_by"),
    ),
    Record(
        "decisions.SummaryInstruction",
        "The safety instruction in a summary",
        (WITHIN_SUMMARY, Opening((OUT_OF_HOURS,), COPIED_AT_NIGHT, {"summary__state__in": OUT})),
        {"text": (*SEES_SUMMARY, OUT_OF_HOURS)},
        closed_by=OF_SUMMARY,
    ),
    Record(
        "decisions.SummaryPlaces",
        "The protected places in a summary, for whoever visits",
        (Opening((RECEIVING_WORKER,), ACCEPTED, {"summary__taken_by": Me.MEMBERSHIP}, like=(SUMMARY, "summary")),),
        {"text": (RECEIVING_WORKER,)},
        closed_by=OF_SUMMARY,
        with_purpose={"text": (RECEIVING_WORKER,)},
    ),
    Record(
        "decisions.SummaryItem",
        "The frozen copy of an item in a summary",
        (WITHIN_SUMMARY, Opening(PARTNERS, OWN_RELEASED, {"agency": Me.AGENCY, "summary__state__in": OUT})),
        dict.fromkeys(("about", "occurred", "text"), (*SEES_SUMMARY, *PARTNERS)),
        closed_by=OF_SUMMARY,
        shown=listed("agency"),
        copies=listed("occurred_on"),
    ),
    Record(
        "decisions.Feedback",
        "What the referrer is told",
        TO_CONTACT,
        dict.fromkeys(("whom_to_ring", "meanwhile", "reason"), SEES_TOLD),
        closed_by=BY_CONTACT,
        shown=listed("reference state response told_at told_by"),
    ),
    Record(
        LETTER,
        "A letter to the family",
        TO_CONTACT,
        dict.fromkeys(("address", "text", "held_back_reason"), SEES_TOLD),
        closed_by=BY_CONTACT,
        shown=listed("reference state written_at written_by sent_at sent_by"),
        only_where={"address": {"contact__address_is_protected": False}},
    ),
    Record(
        CAME_BACK,
        "A letter or an email that came back, and how it was seen to",
        TO_CONTACT,
        dict.fromkeys(("words", "reason", "informed_by"), SEES_TOLD),
        closed_by=BY_CONTACT,
        shown=listed(
            "kind came_back_on stands_on_it recorded_at recorded_by settled_at settled_by way how informed_at"
        ),
    ),
    Record(
        "decisions.Complaint",
        "A complaint and its answer",
        TO_CONTACT,
        {"text": SEES_TOLD, "answer": SEES_TOLD},
        closed_by=BY_CONTACT,
        shown=listed("reference state received_at recorded_by answered_at answered_by"),
    ),
    *TOLD_RECORDS,
)

SPEAKS_OF_SUMMARY = (*DECISION_TEAM, RECEIVING_WORKER)

ADDRESSES = (
    Address("decisions:analysis", (*DECISION_TEAM, REVIEWER), ENQUIRY, BOTH),
    Address("decisions:analysis_draft", DECISION_TEAM, ENQUIRY, SEND),
    Address("decisions:analysis_send", DECISION_TEAM, ENQUIRY, SEND),
    Address("decisions:decide", (MANAGER,), ENQUIRY, BOTH),
    Address("decisions:joint_view", (MANAGER,), ENQUIRY, BOTH),
    Address("decisions:send_back", (MANAGER,), ENQUIRY, SEND),
    Address("decisions:decision", SEES_ENQUIRY, ENQUIRY),
    Address("decisions:sealed_reasons", (MANAGER,), ENQUIRY, BOTH),
    Address("decisions:release", (*DECISION_TEAM, REVIEWER), ENQUIRY, BOTH),
    Address("decisions:close", (MANAGER,), ENQUIRY, SEND),
    Address("decisions:summary", SEES_SUMMARY, SUMMARY),
    Address("decisions:summary_interest", SEES_SUMMARY, SUMMARY, BOTH),
    Address("decisions:prepare", DECISION_TEAM, SUMMARY, BOTH),
    Address("decisions:release_one", (MANAGER,), SUMMARY, SEND),
    Address("decisions:summary_send_back", (MANAGER,), SUMMARY, SEND),
    Address("decisions:discard", DECISION_TEAM, SUMMARY, SEND),
    Address("decisions:supersede", (MANAGER,), SUMMARY, SEND),
    Address("decisions:recall", (MANAGER,), SUMMARY, SEND),
    Address("decisions:stands", (MANAGER,), SUMMARY, SEND),
    Address("decisions:telephoned", DECISION_TEAM, SUMMARY, SEND),
    Address("decisions:plan", (RECEIVING_WORKER,), SUMMARY, SEND),
    Address("decisions:accept", (RECEIVING_WORKER,), SUMMARY, SEND),
    Address("decisions:open_places", (RECEIVING_WORKER,), SUMMARY, SEND),
    Address("decisions:query", SPEAKS_OF_SUMMARY, SUMMARY, SEND),
    Address("decisions:answer", SPEAKS_OF_SUMMARY, SUMMARY, SEND),
    Address("decisions:decline", SPEAKS_OF_SUMMARY, SUMMARY, SEND),
    Address("decisions:inbox", (RECEIVING_WORKER,)),
    Address("decisions:feedback_queue", HUB),
    Address("decisions:feedback", TOLD, CONTACT, BOTH),
    Address("decisions:letters", TOLD, CONTACT, BOTH),
    Address("decisions:came_back", TOLD, CONTACT, BOTH),
    Address("decisions:record_came_back", SEES_UNDELIVERED, CONTACT, BOTH),
    Address("decisions:complaint", TOLD, CONTACT, BOTH),
    Address("decisions:complaint_answer", TELLS, CONTACT, SEND),
    Address("decisions:text_check", (MANAGER,), OUTGOING_TEXT),
    Address("decisions:text_sent_back", (MANAGER,), OUTGOING_TEXT, SEND),
    Address("decisions:corrections", TELLS, CONTACT, BOTH),
    Address("decisions:correction", (*TELLS, *PARTNERS, RECEIVING_WORKER), NOTICE),
    Address("decisions:undo_person", HUB, CONTACT),
    Address("decisions:correction_rung", (MANAGER,), NOTICE, SEND),
    Address("decisions:correction_told", (*HUB, *PARTNERS, RECEIVING_WORKER), NOTICE, SEND),
    Address("decisions:undelivered", SEES_UNDELIVERED, UNDELIVERED, BOTH),
    Address("decisions:letter", TOLD, LETTER, BOTH),
    Address("decisions:letter_sent", HUB, LETTER, SEND),
    Address("decisions:letter_held_back", TELLS, LETTER, SEND),
)
