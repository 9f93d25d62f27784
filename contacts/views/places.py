"""The protected places of a contact: shown by a press of a button, each time written to the read log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access.once import once
from agencies.access.opened import ASSIGNED, opened_word, purpose_of
from agencies.access.viewer import HubRequest
from contacts import queries
from contacts.forms.contact import OpenPlacesForm

if TYPE_CHECKING:
    from contacts.models import Contact


@require_safe
def places(request: HubRequest, reference: str) -> HttpResponse:
    """Show what is protected, and the places themselves to whoever has just opened them."""
    contact = queries.get_contact(request.viewer, reference)
    purpose = purpose_of(request.GET.get("opened", ""), request.viewer, contact.pk)
    return _page(request, contact, _form(request, contact), purpose=purpose)


@require_POST
@once
def open_places(request: HubRequest, reference: str) -> HttpResponse:
    """Open the protected places of a contact: at once where it is the viewer's case, else for a purpose."""
    contact = queries.get_contact(request.viewer, reference)
    form = _form(request, contact)
    if form is not None and not form.is_valid():
        return _page(request, contact, form, purpose="")
    purpose = form.cleaned_data["purpose"] if form is not None else ASSIGNED
    word = opened_word(request.viewer, contact.pk, purpose=purpose)
    return redirect(f"{reverse('contacts:places', args=[reference])}?opened={word}")


def _form(request: HubRequest, contact: Contact) -> OpenPlacesForm | None:
    if queries.opens_freely(request.viewer, contact):
        return None
    return OpenPlacesForm(request.POST if request.method == "POST" else None)


def _page(request: HubRequest, contact: Contact, form: OpenPlacesForm | None, *, purpose: str) -> HttpResponse:
    at = timezone.now()
    held = queries.protected_of(request.viewer, contact)
    if purpose:
        queries.record_opening(request.viewer, contact, purpose=purpose, at=at)
    page = {
        "head": queries.contact_head(request.viewer, contact, "contact", at=at),
        "contact": contact,
        "held": held,
        "is_open": bool(purpose),
        "form": form,
        "back": reverse("contacts:contact", args=[contact.reference]),
    }
    return render(request, "contacts/places.html", page)
