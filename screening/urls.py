"""Names of this stage's pages."""

from django.urls import path

from mash.common.placeholder import placeholder

app_name = "screening"

urlpatterns = [
    path("screening/queue/", placeholder, name="queue"),
    path("screening/enquiries/", placeholder, name="enquiries"),
]
