"""Names of this stage's pages."""

from django.urls import path

from common import pages
from screening import views

app_name = "screening"

pages.register("enquiry", "screening:enquiry")
pages.register("handover", "screening:handover")
pages.register("screening", "screening:screen")
pages.register("closed_out", "screening:contact_closed_out")

urlpatterns = [
    path("screening/", views.queue, name="queue"),
    path("screening/<ref:reference>/", views.screen, name="screen"),
    path("screening/<ref:reference>/to-panel/", views.to_panel, name="to_panel"),
    path("screening/<ref:reference>/view/", views.view, name="view"),
    path("screening/<ref:reference>/put-to-manager/", views.put_to_manager, name="put_to_manager"),
    path("screening/<ref:reference>/decide/", views.decide_screening, name="decide_screening"),
    path("enquiries/", views.enquiries, name="enquiries"),
    path("enquiries/<ref:reference>/", views.enquiry, name="enquiry"),
    path("enquiries/<ref:reference>/rate/", views.rate, name="rate"),
    path("enquiries/<ref:reference>/rerate/", views.rerate, name="rerate"),
    path("enquiries/<ref:reference>/reopen/", views.reopen, name="reopen"),
    path("enquiries/<ref:reference>/deadline/", views.own_deadline, name="own_deadline"),
    path("enquiries/<ref:reference>/assign/", views.assign, name="assign"),
    path("enquiries/<ref:reference>/join/", views.join, name="join"),
    path("enquiries/<ref:reference>/clocks/", views.clocks, name="clocks"),
    path("enquiries/<ref:reference>/late/", views.late, name="late"),
    path("enquiries/<ref:reference>/activity/", views.activity, name="activity"),
    path("enquiries/<ref:reference>/reviews/", views.reviews, name="reviews"),
    path("enquiries/<ref:reference>/reviews/<uuid:review>/end/", views.end_review, name="end_review"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("colleagues/<uuid:membership>/absent/", views.mark_absent, name="mark_absent"),
    path("colleagues/absences/<uuid:absence>/end/", views.end_absence, name="end_absence"),
    path("colleagues/duties/<uuid:duty>/end/", views.end_duty, name="end_duty"),
    path("colleagues/roles/<uuid:proposal>/", views.proposed_roles, name="proposed_roles"),
    path("in-need/", views.open_in_need, name="open_in_need"),
    path("exceptions/", views.exceptions, name="exceptions"),
    path("exceptions/<uuid:use>/finding/", views.review_use, name="review_use"),
    path("enquiries/<ref:reference>/closed-out/", views.closed_out, name="closed_out"),
    path("enquiries/<ref:reference>/interest/", views.interest, name="interest"),
    path("contacts/<ref:reference>/closed-out/", views.contact_closed_out, name="contact_closed_out"),
    path("contacts/<ref:reference>/closed-out/lift/", views.lift_conflict, name="lift_conflict"),
    path("contacts/<ref:reference>/closed-out/settle/", views.settle_match, name="settle_match"),
    path("contacts/<ref:reference>/interest/", views.contact_interest, name="contact_interest"),
    path("handovers/<ref:reference>/interest/", views.handover_interest, name="handover_interest"),
    path("handovers/<ref:reference>/", views.handover, name="handover"),
    path("handovers/<ref:reference>/accept/", views.accept_handover, name="accept_handover"),
    path("handovers/<ref:reference>/query/", views.query_handover, name="query_handover"),
    path("handovers/<ref:reference>/decline/", views.decline_handover, name="decline_handover"),
    path("handovers/<ref:reference>/answer/", views.answer_handover, name="answer_handover"),
    path("handovers/<ref:reference>/withdraw/", views.withdraw_handover, name="withdraw_handover"),
    path("handovers/<ref:reference>/tonight/", views.decide_for_night, name="decide_for_night"),
    path("handovers/<ref:reference>/settle/", views.settle_handover, name="settle_handover"),
    path("handovers/<ref:reference>/send-anew/", views.send_anew, name="send_anew"),
]
