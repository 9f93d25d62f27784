"""The only writer of analyses, decisions, MASH summaries, feedback, letters and complaints."""

from decisions.actions.analysis import AnalysisDraft, save_analysis, send_analysis
from decisions.actions.came_back import Returned, record_return, settle_return
from decisions.actions.checking import HandedIn, hand_in_text, pass_text, send_text_back
from decisions.actions.closing import close_enquiry
from decisions.actions.complaints import answer_complaint, record_complaint
from decisions.actions.corrections import clock_corrections, pass_on_correction, ring_correction, settle_correction
from decisions.actions.decision import (
    check_decision,
    record_decision,
    record_joint_view,
    require_current,
)
from decisions.actions.feedback import Word, give_feedback
from decisions.actions.letters import begin_letter, hold_letter_back, save_letter, send_letter
from decisions.actions.preparing import (
    SummaryDraft,
    prepare_summaries,
    put_summary_to_manager,
    save_summary,
    send_summary_back,
)
from decisions.actions.receiving import accept_summary, answer_query, decline_summary, query_summary
from decisions.actions.releasing import Door, release_summary
from decisions.actions.remedies import Remedy
from decisions.actions.replacing import (
    Replacement,
    recall_summary,
    record_call,
    say_plan,
    settle_changes,
    supersede_summary,
    tell_changes,
)
from decisions.actions.undelivered import see_to, tell_undelivered
from decisions.actions.withdrawing import discard_summary

__all__ = [
    "AnalysisDraft",
    "Door",
    "HandedIn",
    "Remedy",
    "Replacement",
    "Returned",
    "SummaryDraft",
    "Word",
    "accept_summary",
    "answer_complaint",
    "answer_query",
    "begin_letter",
    "check_decision",
    "clock_corrections",
    "close_enquiry",
    "decline_summary",
    "discard_summary",
    "give_feedback",
    "hand_in_text",
    "hold_letter_back",
    "pass_on_correction",
    "pass_text",
    "prepare_summaries",
    "put_summary_to_manager",
    "query_summary",
    "recall_summary",
    "record_call",
    "record_complaint",
    "record_decision",
    "record_joint_view",
    "record_return",
    "release_summary",
    "require_current",
    "ring_correction",
    "save_analysis",
    "save_letter",
    "save_summary",
    "say_plan",
    "see_to",
    "send_analysis",
    "send_letter",
    "send_summary_back",
    "send_text_back",
    "settle_changes",
    "settle_correction",
    "settle_return",
    "supersede_summary",
    "tell_changes",
    "tell_undelivered",
]
