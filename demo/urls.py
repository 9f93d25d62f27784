"""Addresses that exist in the demo only."""

from django.urls import path

from demo import views

app_name = "demo"

urlpatterns = [
    path("", views.start, name="start"),
    path("mail/", views.mail_list, name="mail_list"),
    path("mail/<str:name>/", views.mail, name="mail"),
]
