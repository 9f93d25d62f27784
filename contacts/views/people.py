"""The people of a contact: adding, completing, relating, linking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import roles, transitions
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.errors import NotVisible, RuleBroken
from common.forms import HubForm
from common.views import attempt, posted
from contacts import actions, queries
from contacts.actions.linking import DECIDERS
from contacts.forms.people import ApartForm, CompareForm, EntryForm, LinkForm, PersonForm, RelationForm
from contacts.transitions import CONTACT

if TYPE_CHECKING:
    from contacts.models import Contact
    from contacts.queries import Comparison


@require_http_methods(["GET", "HEAD", "POST"])
@once
def add_person(request: HubRequest, reference: str) -> HttpResponse:
    """Add a child or an adult."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    transitions.require_move(contact, CONTACT, "contact.amended", request.viewer)
    form = PersonForm(posted(request), initial={"version": contact.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if attempt(form, actions.add_person, contact, form.person, viewer=request.viewer, at=at, version=version):
            messages.success(request, "The person is added.")
            return redirect("contacts:contact", reference)
    return _form_page(request, contact, form, "Add a child or an adult", "Add")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def edit_person(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Complete what is known of a child or an adult."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    subject = queries.get_subject(request.viewer, contact, position)
    transitions.require_move(contact, CONTACT, "contact.amended", request.viewer)
    initial = {name: getattr(subject, name) for name in PersonForm.answers} | {"version": contact.version}
    held = queries.held_back_of(request.viewer, subject, contact)
    form = PersonForm(posted(request), initial=initial, held=held, mask=queries.mask_of(request.viewer, [contact]))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if attempt(form, actions.edit_person, subject, form.person, viewer=request.viewer, at=at, version=version):
            messages.success(request, "What is known of this person is saved.")
            return redirect("contacts:contact", reference)
    return _form_page(request, contact, form, f"Person {position}", "Save")


@require_http_methods(["GET", "HEAD", "POST"])
@once
def relate(request: HubRequest, reference: str) -> HttpResponse:
    """Say how two people of a contact are related."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    transitions.require_move(contact, CONTACT, "contact.amended", request.viewer)
    people = {one.position: one for one in queries.contact_page(request.viewer, contact, at=at).people}
    form = RelationForm(
        posted(request),
        people=[(position, one.name) for position, one in people.items()],
        initial={"version": contact.version},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.relate(
            contact,
            people[said["subject"]],
            people[said["to"]],
            said["kind"],
            viewer=request.viewer,
            at=at,
            version=said["version"],
        )
        messages.success(request, "The relation is saved.")
        return redirect("contacts:family", reference)
    return _form_page(request, contact, form, "How are they related?", "Save")


@require_POST
@once
def link_person(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Record that this person is the one of an earlier contact."""
    contact = queries.get_contact(request.viewer, reference)
    subject = queries.get_subject(request.viewer, contact, position)
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise NotVisible
    other, reasons = queries.match_of(request.viewer, contact, position, str(form.cleaned_data["other"]))
    try:
        actions.link_person(subject, other, matched_on=reasons, viewer=request.viewer, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "It is recorded that this is the same person. The decision can be undone.")
    return redirect("contacts:earlier_list", reference)


@require_safe
def compare(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Show two who may be one person beside each other, before anybody says so."""
    contact = queries.get_contact(request.viewer, reference)
    roles.require(request.viewer, *DECIDERS)
    found = _comparison(request, contact, position, CompareForm(request.GET))
    return _compare_page(request, contact, found, EntryForm(initial={"entry": found.other.position}))


def _comparison(request: HubRequest, contact: Contact, position: int, form: CompareForm) -> Comparison:
    if not form.is_valid() or not (form.cleaned_data["other"] or form.cleaned_data["entry"]):
        raise NotVisible
    if form.cleaned_data["other"]:
        return queries.compare_earlier(request.viewer, contact, position, str(form.cleaned_data["other"]))
    return queries.compare_entries(request.viewer, contact, position, form.cleaned_data["entry"])


def _compare_page(request: HubRequest, contact: Contact, found: Comparison, form: EntryForm) -> HttpResponse:
    page = {
        "head": queries.contact_head(request.viewer, contact, "earlier", at=timezone.now()),
        "contact": contact,
        "found": found,
        "form": form,
    }
    return render(request, "contacts/compare.html", page)


@require_POST
@once
def same_entry(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Record that one person was entered twice in this contact."""
    contact = queries.get_contact(request.viewer, reference)
    roles.require(request.viewer, *DECIDERS)
    form = EntryForm(request.POST)
    if not form.is_valid():
        raise NotVisible
    found = queries.compare_entries(request.viewer, contact, position, form.cleaned_data["entry"])
    join = partial(actions.join_entries, found.subject, found.other, viewer=request.viewer, at=timezone.now())
    if attempt(form, join, checked=form.cleaned_data["checked"]):
        messages.success(request, "It is recorded that one person was entered twice. The decision can be undone.")
        return redirect("contacts:contact", reference)
    return _compare_page(request, contact, found, form)


@require_POST
@once
def not_same(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Remember that two who look alike are not the same person, or take that back."""
    contact = queries.get_contact(request.viewer, reference)
    roles.require(request.viewer, *DECIDERS)
    form = ApartForm(request.POST)
    found = _comparison(request, contact, position, form)
    undo = form.cleaned_data["undo"]
    act = actions.no_longer_apart if undo else actions.keep_apart
    try:
        act(found.subject, found.other, viewer=request.viewer, at=timezone.now())
    except RuleBroken as error:
        messages.error(request, error.sentence)
    else:
        done = "It is open again whether they are the same." if undo else "It is remembered that they are two people."
        messages.success(request, done)
    return redirect("contacts:contact" if found.of_one_contact else "contacts:earlier_list", reference)


@require_POST
@once
def undo_link(request: HubRequest, reference: str, position: int) -> HttpResponse:
    """Take a link back."""
    contact = queries.get_contact(request.viewer, reference)
    subject = queries.get_subject(request.viewer, contact, position)
    link = queries.get_link(request.viewer, subject)
    actions.undo_link(link, viewer=request.viewer, at=timezone.now())
    messages.success(
        request, "The link is undone; that it was made stays on record. Tell those who were told meanwhile."
    )
    return redirect("decisions:corrections", reference)


def _form_page(request: HubRequest, contact: Contact, form: HubForm, title: str, button: str) -> HttpResponse:
    page = {
        "head": queries.contact_head(request.viewer, contact, "contact", at=timezone.now()),
        "form": form,
        "title": title,
        "button": button,
        "back": reverse("contacts:contact", args=[contact.reference]),
    }
    return render(request, "contacts/form.html", page)
