"""Names of the directory's pages."""

from django.urls import path

from agencies import views

app_name = "agencies"

urlpatterns = [
    path("membership/choose/", views.choose_membership, name="choose_membership"),
    path("typed/", views.kept_texts, name="kept_texts"),
    path("typed/save/", views.keep, name="keep"),
    path("typed/here/", views.kept_here, name="kept_here"),
    path("typed/left/<slug:place>/", views.left_text, name="left_text"),
    path("typed/left/<slug:place>/take-over/", views.take_over, name="take_over"),
    path("typed/<slug:place>/", views.kept_text, name="kept_text"),
    path("typed/<slug:place>/throw-away/", views.throw_away, name="throw_away"),
    path("directory/", views.directory, name="directory"),
    path("directory/people/", views.people, name="people"),
    path("directory/people/file/", views.people_file, name="people_file"),
    path("directory/people/new/", views.new_account, name="new_account"),
    path("directory/people/<uuid:account>/", views.account, name="account"),
    path("directory/people/<uuid:account>/birth-and-home/", views.birth_and_home, name="birth_and_home"),
    path("directory/people/<uuid:account>/join/", views.join, name="join"),
    path("directory/memberships/<uuid:membership>/end/", views.end_membership, name="end_membership"),
    path("directory/memberships/<uuid:membership>/change/", views.change_membership, name="change_membership"),
    path("directory/roles/<uuid:proposal>/withdraw/", views.withdraw_roles, name="withdraw_roles"),
    path("directory/people/<uuid:account>/suspend/", views.suspend_account, name="suspend_account"),
    path("directory/people/<uuid:account>/reinstate/", views.reinstate_account, name="reinstate_account"),
    path("directory/agencies/<uuid:agency>/close/", views.close_agency, name="close_agency"),
    path("directory/agencies/<uuid:agency>/reopen/", views.reopen_agency, name="reopen_agency"),
    path("directory/people/<uuid:account>/correct/", views.correct_account, name="correct_account"),
    path("directory/agencies/<uuid:agency>/correct/", views.correct_agency, name="correct_agency"),
    path("directory/teams/<uuid:team>/correct/", views.correct_team, name="correct_team"),
    path("directory/teams/<uuid:team>/close/", views.close_team, name="close_team"),
    path("directory/teams/<uuid:team>/reopen/", views.reopen_team, name="reopen_team"),
    path("directory/people/<uuid:account>/invite/", views.invite, name="invite"),
    path("directory/agencies/new/", views.new_agency, name="new_agency"),
    path("directory/teams/new/", views.new_team, name="new_team"),
    path("directory/hub/", views.hub, name="hub"),
    path("directory/set-up/", views.set_up, name="set_up"),
    path("directory/set-up/try-mail/", views.try_mail, name="try_mail"),
    path("directory/set-up/open-form/", views.open_form, name="open_form"),
    path("directory/settings/", views.settings, name="settings"),
    path("directory/agreements/", views.agreements, name="agreements"),
    path("directory/agreements/new/", views.new_agreement, name="new_agreement"),
    path("directory/agreements/sign/", views.sign, name="sign"),
]
