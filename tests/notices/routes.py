"""Addresses as the stages register them, without the stages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, reference: str = "") -> HttpResponse:
    """Stand for a page."""
    return HttpResponse(reference)


urlpatterns = [
    path("", page, name="home"),
    path("notices/", include("notices.urls")),
    path("enquiries/<reference>/", page, name="enquiry"),
    path("requests/<reference>/", page, name="request"),
]
