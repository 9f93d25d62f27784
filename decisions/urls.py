"""Names of this stage's pages."""

from django.urls import path

from mash.common.placeholder import placeholder

app_name = "decisions"

urlpatterns = [
    path("decisions/inbox/", placeholder, name="inbox"),
    path("decisions/feedback_queue/", placeholder, name="feedback_queue"),
]
