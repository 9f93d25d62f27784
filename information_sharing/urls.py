"""Names of this stage's pages."""

from django.urls import path

from mash.common.placeholder import placeholder

app_name = "information_sharing"

urlpatterns = [
    path("information_sharing/requests/", placeholder, name="requests"),
    path("information_sharing/shared/", placeholder, name="shared"),
]
