"""The moves of a screening, of a MASH enquiry until its decision, and of a handover that people make."""

from common.views.moves import Offer, offers
from screening import actions
from screening.forms import (
    AssignForm,
    DecideScreeningForm,
    JoinForm,
    OwnDeadlineForm,
    RateForm,
    ReopenForm,
    RerateForm,
    SaidForm,
    ViewForm,
)
from screening.transitions import ENQUIRY, HANDOVER, SCREENING

SCREEN = "screening:screen"

offers(
    SCREENING,
    Offer("screening.sent_to_panel", "screening:to_panel", actions.send_to_panel, page=SCREEN),
    Offer("screening.view_given", "screening:view", actions.give_view, ViewForm, SCREEN),
    Offer("screening.put_to_manager", "screening:put_to_manager", actions.put_to_manager, page=SCREEN),
    *(
        Offer(decided, "screening:decide_screening", actions.decide_screening, DecideScreeningForm, SCREEN)
        for decided in ("screening.decided", "screening.decided_by_manager")
    ),
)
offers(
    ENQUIRY,
    Offer("enquiry.rated", "screening:rate", actions.rate_enquiry, RateForm),
    Offer("enquiry.rerated", "screening:rerate", actions.rerate_enquiry, RerateForm),
    Offer("enquiry.deadline_set", "screening:own_deadline", actions.set_own_deadline, OwnDeadlineForm),
    Offer("enquiry.reopened", "screening:reopen", actions.reopen_enquiry, ReopenForm),
    Offer("enquiry.assigned", "screening:assign", actions.assign_social_worker, AssignForm),
    Offer("enquiry.contact_joined", "screening:join", actions.join_enquiry, JoinForm),
)
offers(
    HANDOVER,
    Offer("handover.accepted", "screening:accept_handover", actions.accept_handover),
    Offer("handover.queried", "screening:query_handover", actions.query_handover, SaidForm),
    Offer("handover.answered", "screening:answer_handover", actions.answer_handover, SaidForm),
    Offer("handover.declined", "screening:decline_handover", actions.decline_handover, SaidForm),
    Offer("handover.decided_for_night", "screening:decide_for_night", actions.decide_for_night, SaidForm),
    Offer("handover.withdrawn", "screening:withdraw_handover", actions.withdraw_handover),
    Offer("handover.settled", "screening:settle_handover", actions.settle_handover, SaidForm),
)
