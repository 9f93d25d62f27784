"""Addresses of the notices."""

from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("", views.show_notices, name="list"),
    path("read/", views.mark_read, name="read"),
    path("<uuid:notice>/", views.show_notice, name="notice"),
    path("retry/", views.retry_mail, name="retry"),
]
