"""All addresses of the product."""

from allauth.account.urls import urlpatterns as of_accounts
from django.conf import settings
from django.urls import include, path, register_converter

from common.references import ReferenceConverter
from mash import home, readiness, search, why

register_converter(ReferenceConverter, "ref")

ACCOUNT_PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # Says that accounts come from the administrator.
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",  # Where the library leads somebody who has none.
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
"""What people use of allauth. An address is the administrator's to change: resets go there."""

handler400 = "mash.errors.bad_request"
handler403 = "mash.errors.forbidden"
handler404 = "mash.errors.not_found"
handler500 = "mash.errors.server_error"

urlpatterns = [
    path("", home.home, name="home"),
    path("work/", home.work, name="work"),
    path("initials/", home.initials, name="initials"),
    path("search/", search.search, name="search"),
    path("morning/", home.morning, name="morning"),
    path("livez", home.live, name="live"),
    path("readyz", readiness.ready, name="ready"),
    path("contacts/<ref:reference>/why/", why.contact, name="why_contact"),
    path("enquiries/<ref:reference>/why/", why.enquiry, name="why_enquiry"),
    path("requests/<ref:reference>/why/", why.asked, name="why_request"),
    path("items/<uuid:item>/why/", why.item, name="why_item"),
    path("summaries/<ref:reference>/why/", why.summary, name="why_summary"),
    path("account/", include([page for page in of_accounts if page.name in ACCOUNT_PAGES])),
    path("", include("agencies.urls")),
    path("notices/", include("notices.urls")),
    path("", include("contacts.urls")),
    path("", include("screening.urls")),
    path("", include("information_sharing.urls")),
    path("", include("decisions.urls")),
    path("", include("reporting.urls")),
]

if settings.MASH_DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
