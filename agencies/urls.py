"""Names of the directory's pages."""

from django.urls import path

from agencies import views

app_name = "agencies"

urlpatterns = [
    path("membership/choose/", views.choose_membership, name="choose_membership"),
    path("directory/", views.directory, name="directory"),
]
