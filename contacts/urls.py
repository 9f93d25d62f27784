"""Names of this stage's pages."""

from django.urls import path

from common import pages
from contacts.views import contact, intake, keeping_safe, people, places, protection, public

app_name = "contacts"

pages.register("contact", "contacts:contact")
pages.register("protection", "contacts:protection")

urlpatterns = [
    path("report/start/", public.start, name="start"),
    path("report/", public.report, name="report"),
    path("report/received/", public.received, name="report_received"),
    path("report/status/", public.status, name="status"),
    path("contacts/", contact.contact_list, name="list"),
    path("contacts/new/", intake.new_contact, name="new"),
    path("contacts/suggest/", intake.suggest, name="suggest"),
    path("contacts/<ref:reference>/", contact.contact, name="contact"),
    path("contacts/<ref:reference>/amend/", contact.amend, name="amend"),
    path("contacts/<ref:reference>/correct/", contact.correct, name="correct"),
    path("contacts/<ref:reference>/claim/", contact.claim, name="claim"),
    path("contacts/<ref:reference>/acknowledge/", contact.acknowledge, name="acknowledge"),
    path("contacts/<ref:reference>/worker/", contact.worker_acknowledged, name="worker_acknowledged"),
    path("contacts/<ref:reference>/earlier/", contact.earlier_list, name="earlier_list"),
    path("contacts/<ref:reference>/earlier/<ref:earlier>/", contact.earlier, name="earlier"),
    path("contacts/<ref:reference>/family/", contact.family, name="family"),
    path("contacts/<ref:reference>/copy/", contact.copy_sheet, name="copy_sheet"),
    path("contacts/<ref:reference>/places/", places.places, name="places"),
    path("contacts/<ref:reference>/places/open/", places.open_places, name="open_places"),
    path("contacts/<ref:reference>/people/add/", people.add_person, name="add_person"),
    path("contacts/<ref:reference>/people/<int:position>/", people.edit_person, name="edit_person"),
    path("contacts/<ref:reference>/safe/", keeping_safe.keep_home_safe, name="keep_home_safe"),
    path(
        "contacts/<ref:reference>/people/<int:position>/safe/",
        keeping_safe.keep_person_safe,
        name="keep_person_safe",
    ),
    path("contacts/<ref:reference>/people/<int:position>/link/", people.link_person, name="link_person"),
    path("contacts/<ref:reference>/people/<int:position>/compare/", people.compare, name="compare"),
    path("contacts/<ref:reference>/people/<int:position>/entered-twice/", people.same_entry, name="same_entry"),
    path("contacts/<ref:reference>/people/<int:position>/not-the-same/", people.not_same, name="not_same"),
    path("contacts/<ref:reference>/people/<int:position>/unlink/", people.undo_link, name="undo_link"),
    path("contacts/<ref:reference>/relate/", people.relate, name="relate"),
    path("contacts/<ref:reference>/protect/", protection.protect, name="protect"),
    path("contacts/<ref:reference>/protections/", protection.protections, name="protections"),
    path("protection/<ref:reference>/", protection.protection, name="protection"),
    path("protection/<ref:reference>/convene/", protection.convene, name="convene"),
    path("protection/<ref:reference>/hold/", protection.hold, name="hold"),
    path("protection/<ref:reference>/stand-down/", protection.stand_down, name="stand_down"),
    path("protection/<ref:reference>/end/", protection.end_protection, name="end_protection"),
    path("protection/<ref:reference>/children/<int:position>/", protection.whereabouts, name="whereabouts"),
]
