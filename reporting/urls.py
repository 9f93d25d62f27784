"""Names of this app's pages."""

from django.urls import path

from reporting.views import activity, receipts

app_name = "reporting"

urlpatterns = [
    path("activity/", activity.activity, name="activity"),
    path("activity/file/", activity.activity_file, name="activity_file"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("enquiries/<ref:reference>/readings/", receipts.readings, name="readings"),
]
