"""The moves of a MASH enquiry from its analysis on, of a summary, a letter and a complaint that people make."""

import screening.actions
from common.views.moves import Offer, offers
from decisions import actions, forms
from decisions.transitions import COMPLAINT, LETTER, OUTGOING_TEXT, SUMMARY
from screening.transitions import ENQUIRY

PAGE, LETTER_PAGE = "decisions:summary", "decisions:letter"

offers(
    ENQUIRY,
    Offer(
        "enquiry.recommended",
        "decisions:analysis_send",
        actions.send_analysis,
        forms.AnalysisForm,
        "decisions:analysis",
    ),
    Offer("enquiry.sent_back", "decisions:send_back", screening.actions.send_back, page="decisions:decision"),
    Offer("enquiry.decided", "decisions:decide", actions.record_decision, forms.DecisionForm),
    Offer("enquiry.decided_again", "decisions:decide", actions.record_decision, forms.DecisionForm),
    Offer("enquiry.released", "decisions:release", actions.prepare_summaries, forms.PlacingForm),
    Offer("enquiry.closed", "decisions:close", actions.close_enquiry, page="decisions:release"),
)
offers(
    SUMMARY,
    Offer("summary.prepared", "decisions:prepare", actions.save_summary, forms.SummaryForm),
    Offer("summary.put_to_manager", "decisions:prepare", actions.put_summary_to_manager, forms.SummaryForm),
    Offer("summary.sent_back", "decisions:summary_send_back", actions.send_summary_back, page=PAGE),
    Offer("summary.released", "decisions:release_one", actions.release_summary, forms.DoorForm, PAGE),
    Offer("summary.accepted", "decisions:accept", actions.accept_summary, page=PAGE),
    Offer("summary.queried", "decisions:query", actions.query_summary, forms.MessageForm, PAGE),
    Offer("summary.answered", "decisions:answer", actions.answer_query, forms.MessageForm, PAGE),
    Offer("summary.declined", "decisions:decline", actions.decline_summary, forms.DeclineForm, PAGE),
    Offer("summary.discarded", "decisions:discard", actions.discard_summary, page=PAGE),
    Offer("summary.change_settled", "decisions:stands", actions.settle_changes, forms.StandsForm, PAGE),
    Offer("summary.superseded", "decisions:supersede", actions.supersede_summary, forms.SupersedeForm, PAGE),
    Offer("summary.plan_said", "decisions:plan", actions.say_plan, forms.PlanForm, PAGE),
    Offer("summary.telephoned", "decisions:telephoned", actions.record_call, forms.CallForm, PAGE),
    Offer("summary.recalled", "decisions:recall", actions.recall_summary, forms.RecallForm, PAGE, tone="warning"),
)
offers(
    LETTER,
    Offer("letter.written", LETTER_PAGE, actions.save_letter, forms.LetterForm),
    Offer("letter.sent", "decisions:letter_sent", actions.send_letter, page=LETTER_PAGE),
    Offer("letter.held_back", "decisions:letter_held_back", actions.hold_letter_back, forms.HoldBackForm, LETTER_PAGE),
)
offers(
    COMPLAINT,
    Offer(
        "complaint.answered",
        "decisions:complaint_answer",
        actions.answer_complaint,
        forms.ComplaintAnswerForm,
        "decisions:complaint",
    ),
)
offers(
    OUTGOING_TEXT,
    Offer(
        "text.sent_back", "decisions:text_sent_back", actions.send_text_back, forms.MessageForm, "decisions:text_check"
    ),
)
