"""Reads for interfaces; the viewer comes first."""

from decisions.queries.analysis import AnalysisPage, AnalysisRead, Pickable, analysis_page
from decisions.queries.decision import DecidePage, OutcomePage, decide_page, missing_text, outcome_page
from decisions.queries.ending import (
    FeedbackPage,
    LettersPage,
    OwedLine,
    complaints_of,
    feedback_page,
    get_complaint,
    get_letter,
    letters_page,
    owed,
)
from decisions.queries.summary import (
    InboxLine,
    PreparePage,
    ReleasePage,
    SummarySeen,
    get_summary,
    inbox,
    is_prepared_by,
    prepare_page,
    release_page,
    summary_seen,
)
from decisions.queries.work import work_for
from decisions.visibility.contact import told_contact
from decisions.visibility.enquiry import decision_team_enquiry

__all__ = [
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
    "inbox",
    "is_prepared_by",
    "letters_page",
    "missing_text",
    "outcome_page",
    "owed",
    "prepare_page",
    "release_page",
    "summary_seen",
    "told_contact",
    "work_for",
]
