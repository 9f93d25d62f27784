"""Names of this stage's pages."""

from django.urls import path

from common.pages import register
from decisions.views import (
    analysis,
    came_back,
    checking,
    corrections,
    decision,
    ending,
    inbox,
    interest,
    release,
    replacing,
    sealed,
    summary,
    undelivered,
)

app_name = "decisions"

register("release", "decisions:summary")
register("undelivered", "decisions:undelivered")

urlpatterns = [
    path("enquiries/<ref:reference>/analysis/", analysis.analysis, name="analysis"),
    path("enquiries/<ref:reference>/analysis/draft/", analysis.analysis_draft, name="analysis_draft"),
    path("enquiries/<ref:reference>/analysis/send/", analysis.analysis_send, name="analysis_send"),
    path("enquiries/<ref:reference>/decide/", decision.decide, name="decide"),
    path("enquiries/<ref:reference>/decide/views/", decision.joint_view, name="joint_view"),
    path("enquiries/<ref:reference>/decide/send-back/", decision.send_back, name="send_back"),
    path("enquiries/<ref:reference>/decision/", decision.decision, name="decision"),
    path("enquiries/<ref:reference>/decision/sealed/", sealed.sealed_reasons, name="sealed_reasons"),
    path("enquiries/<ref:reference>/release/", release.release, name="release"),
    path("enquiries/<ref:reference>/close/", release.close, name="close"),
    path("summaries/<ref:reference>/", summary.summary, name="summary"),
    path("summaries/<ref:reference>/interest/", interest.summary_interest, name="summary_interest"),
    path("summaries/<ref:reference>/prepare/", release.prepare, name="prepare"),
    path("summaries/<ref:reference>/release/", summary.release_one, name="release_one"),
    path("summaries/<ref:reference>/send-back/", summary.summary_send_back, name="summary_send_back"),
    path("summaries/<ref:reference>/discard/", summary.discard, name="discard"),
    path("summaries/<ref:reference>/supersede/", replacing.supersede, name="supersede"),
    path("summaries/<ref:reference>/recall/", replacing.recall, name="recall"),
    path("summaries/<ref:reference>/stands/", replacing.stands, name="stands"),
    path("summaries/<ref:reference>/telephoned/", replacing.telephoned, name="telephoned"),
    path("summaries/<ref:reference>/plan/", replacing.plan, name="plan"),
    path("summaries/<ref:reference>/places/", summary.open_places, name="open_places"),
    path("summaries/<ref:reference>/accept/", summary.accept, name="accept"),
    path("summaries/<ref:reference>/query/", summary.query, name="query"),
    path("summaries/<ref:reference>/answer/", summary.answer, name="answer"),
    path("summaries/<ref:reference>/decline/", summary.decline, name="decline"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("feedback/", ending.feedback_queue, name="feedback_queue"),
    path("contacts/<ref:reference>/feedback/", ending.feedback, name="feedback"),
    path("contacts/<ref:reference>/letters/", ending.letters, name="letters"),
    path("contacts/<ref:reference>/came-back/", came_back.came_back, name="came_back"),
    path("contacts/<ref:reference>/came-back/record/", came_back.record_came_back, name="record_came_back"),
    path("contacts/<ref:reference>/complaints/", ending.complaints, name="complaint"),
    path(
        "contacts/<ref:reference>/complaints/<ref:complaint>/answer/", ending.complaint_answer, name="complaint_answer"
    ),
    path("texts/<ref:reference>/", checking.text_check, name="text_check"),
    path("texts/<ref:reference>/back/", checking.text_sent_back, name="text_sent_back"),
    path("contacts/<ref:reference>/corrections/", corrections.corrections, name="corrections"),
    path("corrections/<ref:reference>/", corrections.correction, name="correction"),
    path("contacts/<ref:reference>/people/<int:position>/undo/", corrections.undo_person, name="undo_person"),
    path("corrections/<ref:reference>/rung/", corrections.correction_rung, name="correction_rung"),
    path("corrections/<ref:reference>/told/", corrections.correction_told, name="correction_told"),
    path("undelivered/<ref:reference>/", undelivered.undelivered, name="undelivered"),
    path("letters/<ref:reference>/", ending.letter, name="letter"),
    path("letters/<ref:reference>/sent/", ending.letter_sent, name="letter_sent"),
    path("letters/<ref:reference>/held-back/", ending.letter_held_back, name="letter_held_back"),
]
