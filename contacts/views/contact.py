"""The list of contacts, one contact, and what may be added to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import roles, transitions
from agencies.access.once import once
from agencies.access.presses import press
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import NotPermitted
from common.views import Button, attempt, buttons, posted
from contacts import actions, queries
from contacts.choices import Channel, ContactState, Purpose, ReferrerKind
from contacts.forms.contact import REFERRER_FIELDS, AmendForm, CorrectionForm, PurposeForm
from contacts.queries import ContactFilter
from contacts.rules.same import maybe_entered_twice
from contacts.transitions import CONTACT
from contacts.views.masking import masks_of, masks_without_way
from contacts.views.rows import facts, list_rows, referrer_rows, summary_rows

if TYPE_CHECKING:
    from contacts.models import Contact, Referrer

_LISTERS = (Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS, Role.SCREENER, Role.SOCIAL_WORKER)
_OWN_MOVES = ("contact.claimed", "contact.amended", "contact.kept_safe", "contact.corrected", "contact.acknowledged")
_SCREENED = {"contact.entered_enquiry", "contact.passed_on", "contact.ended", "contact.sent_to_panel"}


@require_safe
def contact_list(request: HubRequest) -> HttpResponse:
    """List contacts; what is searched for by words has a page of its own."""
    roles.require(request.viewer, *_LISTERS)
    at = timezone.now()
    wanted = ContactFilter(**{name: request.GET.get(name, "") for name in ContactFilter.__dataclass_fields__})
    page = queries.contact_list(request.viewer, wanted, request.GET.get("page"), at=at)
    shown = list(page)
    about = queries.lines_about(request.viewer, contacts=[one.pk for one in shown], at=at)
    filters = "".join(f"{name}={value}&" for name, value in vars(wanted).items() if value.isidentifier())
    return render(
        request,
        "contacts/list.html",
        {
            "rows": list_rows(shown, queries.latest_clocks(shown, at=at), queries.workers_in_words(shown), about),
            "columns": ["Who is it about?", "Stage", "Referrer", "Arrived", "Assigned to"],
            "page": page,
            "wanted": wanted,
            "choices": {"state": ContactState.choices, "channel": Channel.choices, "kind": ReferrerKind.choices},
            "link": f"?{filters}",
            "at": at,
        },
    )


@require_safe
def contact(request: HubRequest, reference: str) -> HttpResponse:
    """Show one contact: what was reported, its people, its history, what may be done now."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    shown = queries.contact_page(request.viewer, contact, at=at)
    sees_earlier = queries.looks_back(request.viewer, contact)
    earlier = queries.earlier_contacts(request.viewer, contact, shown.people) if sees_earlier else None
    head = queries.contact_head(request.viewer, contact, "contact", at=at)
    masks = masks_of(request.viewer, contact, shown.people, shown.mask)
    return render(
        request,
        "contacts/contact.html",
        {
            "head": head,
            "late": queries.why_late(request.viewer, head),
            "contact": contact,
            "shown": shown,
            "follows": queries.follows_of(contact, shown.people, shown.report.text if shown.report else ""),
            "report": masks.text(shown.report.text) if shown.report else "",
            "concern": masks.text(contact.concern),
            "hazards": masks.text(contact.hazards),
            "corrections": [(one, masks.text(one.text)) for one in shown.corrections],
            "earlier_values": [(one, masks.text(one.text)) for one in shown.earlier_values],
            "summary": summary_rows(contact, masks),
            "referrer": referrer_rows(shown.referrer, masks),
            "people": [(one, facts(one, masks), maybe_entered_twice(one, shown.people)) for one in shown.people],
            "earlier": earlier,
            "moves": _moves(request, contact),
            "may_change": _may(request, contact, "contact.amended"),
            "may_keep_safe": _may(request, contact, actions.KEPT_SAFE),
            "may_link": request.viewer.has(Role.FRONT_DOOR, Role.MANAGER),
            "reference": contact.reference,
            "at": at,
        },
    )


def _may(request: HubRequest, contact: Contact, event: str) -> bool:
    return any(one.event == event for one in transitions.moves(contact, CONTACT, request.viewer))


def _moves(request: HubRequest, contact: Contact) -> list[Button]:
    open_now = {move.event for move in transitions.moves(contact, CONTACT, request.viewer)}
    own = [event for event in _OWN_MOVES if not _is_done(event, contact, request)]
    drawn = buttons(open_now, contact.reference, only=own, main="")
    waits_for_worker = contact.state == ContactState.PASSED_ON and contact.worker_acknowledged_at is None
    if waits_for_worker and request.viewer.has(Role.FRONT_DOOR, Role.MANAGER, Role.SCREENER):
        url = reverse("contacts:worker_acknowledged", args=[contact.reference])
        drawn.append(Button(url, "The worker has acknowledged it", "secondary"))
    if open_now & _SCREENED and request.viewer.has(Role.SCREENER, Role.MANAGER):
        url = reverse("screening:screen", args=[contact.reference])
        drawn.insert(0, Button(url, "Screen", "secondary", is_link=True))
    return drawn


def _is_done(event: str, contact: Contact, request: HubRequest) -> bool:
    if event == "contact.acknowledged":
        return contact.acknowledged_at is not None or not request.viewer.is_registered_social_worker
    return event == "contact.claimed" and contact.claimed_by_id == request.viewer.membership_id


@require_http_methods(["GET", "HEAD", "POST"])
@once
def amend(request: HubRequest, reference: str) -> HttpResponse:
    """Complete a contact."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    transitions.require_move(contact, CONTACT, "contact.amended", request.viewer)
    page = queries.contact_page(request.viewer, contact, at=at)
    referrer = page.referrer
    form = AmendForm(
        posted(request),
        initial=_initial(contact, referrer),
        referrer_kind=contact.referrer_kind,
        with_referrer=referrer is not None,
        held=queries.held_back(contact, page.people, referrer),
        mask=page.mask,
    )
    if request.method == "POST" and form.is_valid():
        amend = partial(actions.amend_contact, contact, form.changes, viewer=request.viewer, at=at)
        told = form.referrer if form.asks_referrer else None
        if attempt(form, amend, version=form.cleaned_data["version"], referrer=told):
            messages.success(request, f"Contact {reference} is saved.")
            return redirect("contacts:contact", reference)
    shown = {
        "head": queries.contact_head(request.viewer, contact, "contact", at=at),
        "form": form,
        "title": "Complete this contact",
        "button": "Save",
        "back": reverse("contacts:contact", args=[reference]),
    }
    return render(request, "contacts/form.html", shown)


def _initial(contact: Contact, referrer: Referrer | None) -> dict[str, Any]:
    """Return what is known now, for the form."""
    initial = {name: getattr(contact, name) for name in actions.AMENDABLE}
    initial["version"] = contact.version
    if referrer is not None:
        initial |= {name: getattr(referrer, name) for name in REFERRER_FIELDS}
        initial["is_private"] = "yes" if referrer.is_private else "no"
    return initial


@require_http_methods(["GET", "HEAD", "POST"])
@once
def correct(request: HubRequest, reference: str) -> HttpResponse:
    """Write beside a contact what turned out to be wrong."""
    contact = queries.get_contact(request.viewer, reference)
    if all(one.event != "contact.corrected" for one in transitions.moves(contact, CONTACT, request.viewer)):
        raise NotPermitted("This is for the front door, the MASH manager and the assigned social worker.")
    at = timezone.now()
    form = CorrectionForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.correct_contact, contact, form.cleaned_data["text"], viewer=request.viewer, at=at)
    ):
        messages.success(
            request, "The correction is shown beside the report. Under Corrections you see who had been told."
        )
        return redirect("contacts:contact", reference)
    page = {
        "head": queries.contact_head(request.viewer, contact, "contact", at=at),
        "form": form,
        "title": "Add a correction",
        "button": "Save the correction",
        "back": reverse("contacts:contact", args=[reference]),
    }
    return render(request, "contacts/form.html", page)


claim = press("contact.claimed", queries.get_contact, "Contact {reference} is yours.", "contacts:contact")
acknowledge = press(
    "contact.acknowledged",
    queries.get_contact,
    "It is recorded that the referrer was acknowledged.",
    "contacts:contact",
)


@require_POST
@once
def worker_acknowledged(request: HubRequest, reference: str) -> HttpResponse:
    """Record that the allocated worker has the contact."""
    contact = queries.get_contact(request.viewer, reference)
    actions.acknowledge_by_worker(contact, viewer=request.viewer, at=timezone.now())
    messages.success(request, "It is recorded that the worker has it.")
    return redirect("contacts:contact", reference)


@require_safe
def earlier_list(request: HubRequest, reference: str) -> HttpResponse:
    """Show earlier contacts of the same people and the same home."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    page = {
        "head": queries.contact_head(request.viewer, contact, "earlier", at=at),
        "contact": contact,
        "found": queries.earlier_list(request.viewer, contact, at=at),
        "links": request.viewer.has(Role.FRONT_DOOR, Role.MANAGER),
    }
    return render(request, "contacts/earlier_list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: HubRequest, reference: str, earlier: str) -> HttpResponse:
    """Open the full text of an earlier contact, for a purpose that is written down."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    form = PurposeForm(posted(request))
    text = None
    lines = {line.reference: line for line in queries.earlier_contacts(request.viewer, contact).lines}
    if (
        earlier not in lines
        or (request.method == "POST" and form.is_valid())
        or not queries.needs_purpose(request.viewer, contact)
    ):
        purpose = form.cleaned_data["purpose"] if form.is_bound and form.is_valid() else ""
        text = queries.earlier_text(request.viewer, contact, earlier, purpose=purpose, at=at)
    masks = masks_without_way(request.viewer, text.contact, text.people) if text else None
    page = {
        "head": queries.contact_head(request.viewer, contact, "earlier", at=at),
        "line": lines.get(earlier),
        "text": text,
        "purpose": Purpose(form.cleaned_data["purpose"]).label if text and form.is_bound and form.is_valid() else "",
        "people": [(one, facts(one, masks)) for one in text.people] if text and masks else [],
        "report": masks.text(text.report) if text and masks and text.report is not None else None,
        "concern": masks.text(text.contact.concern) if text and masks else "",
        "corrections": [masks.text(one) for one in text.corrections] if text and masks else [],
        "form": form,
        "back": reverse("contacts:earlier_list", args=[reference]),
    }
    return render(request, "contacts/earlier.html", page)


@require_safe
def family(request: HubRequest, reference: str) -> HttpResponse:
    """Show who lives where and how they are related."""
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    shown = queries.contact_page(request.viewer, contact, at=at)
    page = {
        "head": queries.contact_head(request.viewer, contact, "family", at=at),
        "contact": contact,
        "household": shown.household,
        "may_change": _may(request, contact, "contact.amended"),
    }
    return render(request, "contacts/family.html", page)


@require_safe
def copy_sheet(request: HubRequest, reference: str) -> HttpResponse:
    """Show everything on one plain page, to be copied into the authority's own system."""
    roles.require(request.viewer, Role.FRONT_DOOR, Role.MANAGER, Role.OUT_OF_HOURS)
    at = timezone.now()
    contact = queries.get_contact(request.viewer, reference)
    shown = queries.contact_page(request.viewer, contact, at=at)
    masks = masks_of(request.viewer, contact, shown.people, shown.mask)
    page = {
        "head": queries.contact_head(request.viewer, contact, "copy", at=at),
        "contact": contact,
        "shown": shown,
        "report": masks.text(shown.report.text) if shown.report else "",
        "concern": masks.text(contact.concern),
        "corrections": [(one, masks.text(one.text)) for one in shown.corrections],
        "summary": summary_rows(contact, masks),
        "referrer": referrer_rows(shown.referrer, masks),
        "people": [(one, facts(one, masks)) for one in shown.people],
        "reference": contact.reference,
    }
    return render(request, "contacts/copy_sheet.html", page)
