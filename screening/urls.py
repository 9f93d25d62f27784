"""Names of this stage's pages."""

from django.urls import path

from mash.common import pages
from mash.common.placeholder import placeholder

app_name = "screening"

pages.register("enquiry", "screening:enquiry")
pages.register("handover", "screening:handover")
pages.register("screening", "screening:screen")

urlpatterns = [
    path("screening/", placeholder, name="queue"),
    path("screening/<ref:reference>/", placeholder, name="screen"),
    path("screening/<ref:reference>/to-panel/", placeholder, name="to_panel"),
    path("screening/<ref:reference>/view/", placeholder, name="view"),
    path("screening/<ref:reference>/put-to-manager/", placeholder, name="put_to_manager"),
    path("screening/<ref:reference>/decide/", placeholder, name="decide_screening"),
    path("enquiries/", placeholder, name="enquiries"),
    path("enquiries/<ref:reference>/", placeholder, name="enquiry"),
    path("enquiries/<ref:reference>/rate/", placeholder, name="rate"),
    path("enquiries/<ref:reference>/rerate/", placeholder, name="rerate"),
    path("enquiries/<ref:reference>/deadline/", placeholder, name="own_deadline"),
    path("enquiries/<ref:reference>/assign/", placeholder, name="assign"),
    path("enquiries/<ref:reference>/join/", placeholder, name="join"),
    path("enquiries/<ref:reference>/clocks/", placeholder, name="clocks"),
    path("enquiries/<ref:reference>/activity/", placeholder, name="activity"),
    path("handovers/<ref:reference>/", placeholder, name="handover"),
    path("handovers/<ref:reference>/accept/", placeholder, name="accept_handover"),
    path("handovers/<ref:reference>/query/", placeholder, name="query_handover"),
    path("handovers/<ref:reference>/decline/", placeholder, name="decline_handover"),
    path("handovers/<ref:reference>/answer/", placeholder, name="answer_handover"),
    path("handovers/<ref:reference>/withdraw/", placeholder, name="withdraw_handover"),
]
