"""Names of the directory's pages."""

from django.urls import path

from agencies import views

app_name = "agencies"

urlpatterns = [
    path("membership/choose/", views.choose_membership, name="choose_membership"),
    path("directory/", views.directory, name="directory"),
    path("directory/people/", views.people, name="people"),
    path("directory/people/new/", views.new_account, name="new_account"),
    path("directory/people/<uuid:account>/", views.account, name="account"),
    path("directory/people/<uuid:account>/birth-and-home/", views.birth_and_home, name="birth_and_home"),
    path("directory/people/<uuid:account>/join/", views.join, name="join"),
    path("directory/memberships/<uuid:membership>/end/", views.end_membership, name="end_membership"),
    path("directory/settings/", views.settings, name="settings"),
    path("directory/agreements/", views.agreements, name="agreements"),
    path("directory/agreements/new/", views.new_agreement, name="new_agreement"),
    path("directory/agreements/sign/", views.sign, name="sign"),
]
