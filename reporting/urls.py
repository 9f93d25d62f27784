"""Names of this stage's pages."""

from django.urls import path

from mash.common.placeholder import placeholder

app_name = "reporting"

urlpatterns = [
    path("reporting/activity/", placeholder, name="activity"),
]
