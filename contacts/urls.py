"""Names of this stage's pages."""

from django.urls import path

from mash.common.placeholder import placeholder

app_name = "contacts"

urlpatterns = [
    path("contacts/start/", placeholder, name="start"),
    path("contacts/new/", placeholder, name="new"),
    path("contacts/list/", placeholder, name="list"),
]
