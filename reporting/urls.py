"""Names of this app's pages."""

from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("activity/", views.activity, name="activity"),
]
