"""Pages of the tests: the product's own, and some that write first and then refuse or fail."""

from __future__ import annotations

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from agencies.access import firewall
from agencies.access.identity import acting_as
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from audit.actions import record
from common.errors import Conflict, NotPermitted, NotVisible, RuleBroken
from contacts.models import Contact
from mash.urls import handler400, handler403, handler404, handler500
from mash.urls import urlpatterns as of_the_product
from tests.people import person
from tests.scenes.rows import new_contact

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

REFUSALS = {
    "rule": RuleBroken("Enter the day on which it happened.", field="day"),
    "role": NotPermitted("This is for the manager."),
    "absent": NotVisible(),
    "conflict": Conflict("Somebody was first."),
    "django-404": Http404("contact C-2222-3333 of the police"),
    "django-403": PermissionDenied("the manager's"),
    "django-400": BadRequest("no"),
    "fault": RuntimeError("a fault of ours"),
}


def write_and_refuse(request: HubRequest, kind: str) -> HttpResponse:
    """Write a row and an event, then end as told."""
    with acting_as(person("fiona_front").viewer):
        contact = new_contact()
    record(
        "contact.made", actor=request.viewer, at=timezone.now(), record_type="contacts.contact", record_id=contact.pk
    )
    if kind in REFUSALS:
        raise REFUSALS[kind]
    return HttpResponse("made", status=int(kind))


def show(request: HubRequest, reference: str) -> HttpResponse:
    """Show a contact to whoever may see it."""
    return HttpResponse(firewall.fetch(Contact.objects.all(), request.viewer, reference=reference).reference)


@once
def make(request: HubRequest) -> HttpResponse:
    """Make a contact at each POST, unless told to end otherwise."""
    ending = request.POST.get("ending", "made")
    if ending == "errors":
        return HttpResponse("try again")
    new_contact(open_to=request.POST.get("text", "")[:200])
    if ending == "conflict":
        raise Conflict("Somebody was first.")
    if ending == "far":
        return redirect("/far/?" + "x" * 400)
    return redirect(f"/made/{Contact.objects.count()}/")


urlpatterns = [
    path("try/<str:kind>/", write_and_refuse, name="write_and_refuse"),
    path("see/<ref:reference>/", show, name="show"),
    path("make/", make, name="make"),
    *of_the_product,
]
