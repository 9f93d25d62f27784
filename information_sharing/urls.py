"""Names of this stage's pages."""

from django.urls import path

from common import pages
from information_sharing.views import asking, emergency, items, reading, requests

app_name = "information_sharing"

pages.register("request", "information_sharing:request")
pages.register("instruction", "information_sharing:instruction")
pages.register("enquiry_agencies", "information_sharing:agencies")
pages.register("enquiry_sealed", "information_sharing:sealed")

urlpatterns = [
    path("requests/", requests.requests, name="requests"),
    path("shared/", requests.shared, name="shared"),
    path("requests/<ref:reference>/", requests.request_page, name="request"),
    path("requests/<ref:reference>/address/", requests.open_address, name="open_address"),
    path("requests/<ref:reference>/heard/", requests.heard, name="heard"),
    path("requests/<ref:reference>/nothing/", requests.nothing, name="nothing"),
    path("requests/<ref:reference>/cannot-search/", requests.cannot_search, name="cannot_search"),
    path("requests/<ref:reference>/withheld/", requests.withheld, name="withheld"),
    path("requests/<ref:reference>/readers/", requests.readers, name="readers"),
    path("requests/<ref:reference>/answer/", items.answer, name="answer"),
    path("requests/<ref:reference>/add/", items.add_item, name="add_item"),
    path("requests/<ref:reference>/seal/", items.seal, name="seal"),
    path("requests/<ref:reference>/confirm/", items.confirm, name="confirm"),
    path("requests/<ref:reference>/items/<uuid:item>/", items.edit_item, name="edit_item"),
    path("requests/<ref:reference>/items/<uuid:item>/withdraw/", items.withdraw_item, name="withdraw_item"),
    path("requests/<ref:reference>/spoken/", asking.spoken, name="spoken"),
    path("requests/<ref:reference>/withdraw/", asking.withdraw, name="withdraw"),
    path("enquiries/<ref:reference>/agencies/", asking.agencies, name="agencies"),
    path("enquiries/<ref:reference>/ask/", asking.ask, name="ask"),
    path("enquiries/<ref:reference>/authorise/", asking.authorise, name="authorise"),
    path("enquiries/<ref:reference>/emergency/", emergency.emergency, name="emergency"),
    path("enquiries/<ref:reference>/information/", reading.information, name="information"),
    path("enquiries/<ref:reference>/chronology/", reading.chronology, name="chronology"),
    path("enquiries/<ref:reference>/sealed/", reading.sealed, name="sealed"),
    path("enquiries/<ref:reference>/sealed/<uuid:item>/", reading.propose_instruction, name="propose_instruction"),
    path("instructions/<ref:reference>/", reading.instruction, name="instruction"),
    path("instructions/<ref:reference>/refuse/", reading.refuse_instruction, name="refuse_instruction"),
    path("instructions/<ref:reference>/decide/", reading.decide_instruction, name="decide_instruction"),
    path("instructions/<ref:reference>/refuse-for-agency/", reading.refuse_for_agency, name="refuse_for_agency"),
]
