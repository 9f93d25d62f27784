"""Reads for interfaces; the viewer comes first."""

from decisions.queries.analysis import PARTS, AnalysisPage, AnalysisRead, Pickable, analysis_page, sent_analyses
from decisions.queries.decision import (
    DecidePage,
    decide_page,
    joint_page,
    may_decide,
    may_send_back,
    missing_text,
)
from decisions.queries.ending import (
    FeedbackPage,
    LettersPage,
    OwedLine,
    complaints_of,
    feedback_page,
    get_complaint,
    get_letter,
    letters_page,
    log_letter,
    may_tell,
    owed,
)
from decisions.queries.inbox import InboxLine, handed_over, inbox
from decisions.queries.outcome import OutcomePage, instructions_at_night, outcome_page
from decisions.queries.release import ReleasePage, release_page
from decisions.queries.sealed import sealed_reasons
from decisions.queries.summary import (
    PreparePage,
    SummarySeen,
    get_summary,
    instructions_for,
    is_of_decision_team,
    prepare_page,
    prepares,
    summary_clocks,
    summary_moves,
    summary_seen,
)
from decisions.queries.work import work_for
from decisions.visibility.contact import told_contact
from decisions.visibility.enquiry import decision_team_enquiry

__all__ = [
    "PARTS",
    "AnalysisPage",
    "AnalysisRead",
    "DecidePage",
    "FeedbackPage",
    "InboxLine",
    "LettersPage",
    "OutcomePage",
    "OwedLine",
    "Pickable",
    "PreparePage",
    "ReleasePage",
    "SummarySeen",
    "analysis_page",
    "complaints_of",
    "decide_page",
    "decision_team_enquiry",
    "feedback_page",
    "get_complaint",
    "get_letter",
    "get_summary",
    "handed_over",
    "inbox",
    "instructions_at_night",
    "instructions_for",
    "is_of_decision_team",
    "joint_page",
    "letters_page",
    "log_letter",
    "may_decide",
    "may_send_back",
    "may_tell",
    "missing_text",
    "outcome_page",
    "owed",
    "prepare_page",
    "prepares",
    "release_page",
    "sealed_reasons",
    "sent_analyses",
    "summary_clocks",
    "summary_moves",
    "summary_seen",
    "told_contact",
    "work_for",
]
