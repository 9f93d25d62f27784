"""What keeps people safe, said anew once a contact is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access import transitions
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.forms import HubForm
from common.views import attempt, posted
from contacts import actions, queries
from contacts.forms.keeping_safe import HomeSafeForm, PersonSafeForm
from contacts.transitions import CONTACT

if TYPE_CHECKING:
    from contacts.models import Contact

SAVED = "It is saved, and letters and feedback obey it from now on. Under Corrections you can tell those who were told."


@require_http_methods(["GET", "HEAD", "POST"])
@once
def keep_home_safe(request: HubRequest, reference: str) -> HttpResponse:
    """Say whether the home is protected, and how it is safe to reach the referrer."""
    contact = queries.get_contact(request.viewer, reference)
    transitions.require_move(contact, CONTACT, actions.KEPT_SAFE, request.viewer)
    page = queries.contact_page(request.viewer, contact, at=timezone.now())
    referrer = page.referrer
    initial = {name: getattr(contact, name) for name in ("version", "address_is_protected", "protected_from")}
    if referrer is not None:
        initial |= {"safe_by": referrer.safe_by, "safe_ways": referrer.safe_ways}
    form = HomeSafeForm(posted(request), initial=initial, mask=page.mask, with_referrer=referrer is not None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        home = actions.Protected(said["address_is_protected"], said["protected_from"])
        told = actions.Reaching(said["safe_by"], said["safe_ways"]) if referrer is not None else None
        given = {"viewer": request.viewer, "at": timezone.now(), "version": said["version"], "referrer": told}
        if attempt(form, actions.keep_home_safe, contact, home, **given):
            return _saved(request, reference)
    return _page(request, contact, form, "How are home and referrer kept safe now?")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def keep_person_safe(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Say whether somebody's own places are protected, and how it is safe to reach them."""
    contact = queries.get_contact(request.viewer, reference)
    subject = queries.get_subject(request.viewer, contact, position)
    transitions.require_move(contact, CONTACT, actions.KEPT_SAFE, request.viewer)
    initial = {name: getattr(subject, name) for name in ("address_is_protected", "protected_from", "safe_by")}
    mask = queries.mask_of(request.viewer, [contact])
    form = PersonSafeForm(posted(request), initial={**initial, "version": contact.version}, mask=mask)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        places = actions.Protected(said["address_is_protected"], said["protected_from"])
        given = {"viewer": request.viewer, "at": timezone.now(), "version": said["version"]}
        if attempt(form, actions.keep_person_safe, subject, places, said["safe_by"], **given):
            return _saved(request, reference)
    return _page(request, contact, form, f"What keeps {subject.name} safe now?")


def _saved(request: HubRequest, reference: str) -> HttpResponse:
    messages.success(request, SAVED)
    return redirect("contacts:contact", reference)


def _page(request: HubRequest, contact: Contact, form: HubForm, title: str) -> HttpResponse:
    page = {
        "head": queries.contact_head(request.viewer, contact, "contact", at=timezone.now()),
        "form": form,
        "title": title,
        "button": "Save",
        "back": reverse("contacts:contact", args=[contact.reference]),
    }
    return render(request, "contacts/form.html", page)
