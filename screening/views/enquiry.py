"""The list of MASH enquiries and the pages of one of them that belong to no single stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

import contacts.queries
from agencies.access import roles
from agencies.access.once import once
from agencies.access.viewer import HubRequest, Viewer
from agencies.choices import Role
from clock.actions import EXPLAINERS
from common.errors import RuleBroken
from common.nothing_shown import absence
from common.views import Line, Row, Ways, buttons, page_number, posted, result_of
from screening import actions, queries
from screening.choices import EnquiryState
from screening.forms import (
    AssignForm,
    EnquiryFilterForm,
    JoinForm,
    OwnDeadlineForm,
    RateForm,
    ReopenForm,
    RerateForm,
)
from screening.queries import EnquiryFilter
from screening.transitions import ENQUIRY

if TYPE_CHECKING:
    from screening.models import Enquiry

ON_OVERVIEW = (
    "enquiry.rated",
    "enquiry.rerated",
    "enquiry.deadline_set",
    "enquiry.assigned",
    "enquiry.contact_joined",
    "enquiry.decided",
    "enquiry.released",
    "enquiry.reopened",
)
"""The moves that the overview offers; others stand on the tabs of later stages."""

MAIN = {
    EnquiryState.TO_RATE: "enquiry.rated",
    EnquiryState.DECIDING: "enquiry.decided",
    EnquiryState.DECIDED: "enquiry.released",
}
"""What an enquiry waits for in a state; while it gathers, for a social worker, or for answers, which are no button."""

COLUMNS = ["Who is it about?", "Stage", "Arrived", "Social worker"]
RATE, JOIN = "screening/rate.html", "screening/join.html"
NOT_NOW = "That cannot be done at this stage. What can be done now is below."
JOINERS = (Role.SCREENER, Role.MANAGER, Role.FRONT_DOOR)


@require_safe
def enquiries(request: HubRequest) -> HttpResponse:
    """Show the MASH enquiries that the viewer may see: overdue first, then least time left."""
    form = EnquiryFilterForm(request.GET or None)
    answers = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = EnquiryFilter(
        state=answers.get("state", ""),
        colour=answers.get("colour", ""),
        mine=bool(answers.get("mine")),
        page=answers.get("page") or 1,
    )
    found = queries.enquiry_list(request.viewer, wanted)
    at = timezone.now()
    lines, leads_on = _lines(request.viewer, found.object_list, at=at)
    kept = {"state": wanted.state, "colour": wanted.colour, **({"mine": "on"} if wanted.mine else {})}
    context = {
        "lines": lines,
        "columns": [*COLUMNS, "Go to"] if leads_on else COLUMNS,
        "found": found,
        "form": form,
        "link": f"?{urlencode(kept)}&",
        "filtered": any(kept.values()),
        "at": at,
    }
    return render(request, "screening/enquiries.html", context)


def _lines(viewer: Viewer, rows: Sequence[Enquiry], *, at: datetime) -> tuple[list[Line], bool]:
    """Return a line for each enquiry, and whether any of them leads to more than its overview."""
    workers, ways = queries.workers_in_words(rows), {one.pk: queries.straight_to(viewer, one) for one in rows}
    about = contacts.queries.lines_about(viewer, enquiries=[one.pk for one in rows], at=at)
    lines = [
        Line(
            url=reverse("screening:enquiry", args=[one.reference]),
            reference=one.reference,
            cells=[
                about.enquiry(one.pk),
                one.get_state_display(),
                one.arrived_at,
                workers.get(one.pk, "Unassigned"),
                Ways(ways[one.pk]),
            ],
            colour=one.colour or ("" if about.enquiry(one.pk).proposed else "none"),
            proposed=about.enquiry(one.pk).proposed,
            due_at=None if one.closed_at else one.due_at,
        )
        for one in rows
    ]
    return lines, any(ways.values())


@require_safe
def enquiry(request: HubRequest, reference: str) -> HttpResponse:
    """Show the overview of one enquiry."""
    at = timezone.now()
    enquiry = queries.get_enquiry(request.viewer, reference)
    page = queries.enquiry_page(request.viewer, enquiry, at=at)
    head = queries.enquiry_head(request.viewer, enquiry, "overview", at=at)
    context = {
        "head": head,
        "page": page,
        "reference": reference,
        "times": _times(enquiry),
        "moves": buttons(
            {move.event for move in page.moves},
            reference,
            only=ON_OVERVIEW,
            main=_main(enquiry.state, has_worker=head.is_attended),
        ),
    }
    return render(request, "screening/enquiry.html", context)


def _times(enquiry: Enquiry) -> list[Row]:
    """Return when each thing happened to an enquiry, and what is due; what has not happened is left out."""
    rows = [
        Row("Arrived", enquiry.arrived_at),
        Row("Opened", enquiry.opened_at),
        Row("First rated", enquiry.first_rated_at),
        Row("Assigned", enquiry.assigned_at),
        Row("Decision due", enquiry.due_at),
        Row("The manager's own deadline", enquiry.own_due_at),
        Row("Decided", enquiry.decided_at),
        Row("Agencies' sight of each other's items ends", enquiry.items_close_at),
        Row("Closed", enquiry.closed_at),
    ]
    return [row for row in rows if row.value]


def _main(state: str, *, has_worker: bool) -> str:
    if state == EnquiryState.GATHERING and not has_worker:
        return "enquiry.assigned"
    return MAIN.get(EnquiryState(state), "")


@require_safe
def clocks(request: HubRequest, reference: str) -> HttpResponse:
    """Show every clock of an enquiry and how it was computed."""
    at = timezone.now()
    enquiry = queries.get_enquiry(request.viewer, reference)
    found = queries.enquiry_clocks(request.viewer, enquiry, at=at)
    context = {
        "head": queries.enquiry_head(request.viewer, enquiry, "clocks", at=at),
        "clocks": found,
        "may_explain": bool(found.missed) and request.viewer.has(*EXPLAINERS),
        "nothing": absence(sees_all=bool(queries.enquiry_roles(request.viewer, enquiry) & queries.SEE_OWN_CLOCKS)),
        "reference": reference,
    }
    return render(request, "screening/clocks.html", context)


@require_safe
def activity(request: HubRequest, reference: str) -> HttpResponse:
    """Show what was done on an enquiry, by whom and when."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    context = {
        "head": queries.enquiry_head(request.viewer, enquiry, "activity", at=timezone.now()),
        "activity": queries.enquiry_activity(request.viewer, enquiry, page=page_number(request)),
        "reference": reference,
    }
    return render(request, "screening/activity.html", context)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HubRequest, reference: str) -> HttpResponse:
    """Give an enquiry its first rating."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    form = RateForm(posted(request), initial={"version": enquiry.version})
    proposed = queries.proposed_colour_of(request.viewer, enquiry)
    found = {"proposed": proposed, **_contacts(request.viewer, enquiry)}

    def save(answers: dict[str, Any]) -> str:
        rated = actions.rate_enquiry(
            enquiry,
            answers["colour"],
            reason=answers["reason"],
            viewer=request.viewer,
            at=timezone.now(),
            version=answers["version"],
        )
        return f"{reference} is rated {rated.get_colour_display()}."

    return _answer(request, reference, form, save, "enquiry.rated", template=RATE, title="Rate", button="Rate", **found)


@once
@require_http_methods(["GET", "HEAD", "POST"])
def rerate(request: HubRequest, reference: str) -> HttpResponse:
    """Give an enquiry another rating."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    form = RerateForm(posted(request), initial={"version": enquiry.version})
    found = _contacts(request.viewer, enquiry)

    def save(answers: dict[str, Any]) -> str:
        rated = actions.rerate_enquiry(
            enquiry,
            answers["colour"],
            reason=answers["reason"],
            viewer=request.viewer,
            at=timezone.now(),
            version=answers["version"],
        )
        return f"{reference} is rated {rated.get_colour_display()} now. Its deadlines are recalculated."

    return _answer(
        request,
        reference,
        form,
        save,
        "enquiry.rerated",
        template=RATE,
        title="Rate again",
        button="Rate again",
        **found,
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def own_deadline(request: HubRequest, reference: str) -> HttpResponse:
    """Set the manager's own deadline."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    form = OwnDeadlineForm(posted(request), initial={"version": enquiry.version})

    def save(answers: dict[str, Any]) -> str:
        actions.set_own_deadline(
            enquiry,
            answers["own_due_at"],
            reason=answers["reason"],
            viewer=request.viewer,
            at=timezone.now(),
            version=answers["version"],
        )
        return f"{reference} has a deadline of its own."

    return _answer(
        request, reference, form, save, "enquiry.deadline_set", title="Set another deadline", button="Set this deadline"
    )


@once
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HubRequest, reference: str) -> HttpResponse:
    """Open a closed enquiry again."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    form = ReopenForm(posted(request), initial={"version": enquiry.version})

    def save(answers: dict[str, Any]) -> str:
        actions.reopen_enquiry(
            enquiry, answers["reason"], viewer=request.viewer, at=timezone.now(), version=answers["version"]
        )
        return f"{reference} is open again: decide again, replace a summary, or close it."

    return _answer(request, reference, form, save, "enquiry.reopened", title="Open again", button="Open again")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HubRequest, reference: str) -> HttpResponse:
    """Give an enquiry to a social worker."""
    at = timezone.now()
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    workers = [(str(worker.pk), worker.user.name) for worker in queries.assignable(enquiry, at=at)]
    form = AssignForm(posted(request), initial={"version": enquiry.version}, workers=workers)

    def save(answers: dict[str, Any]) -> str:
        actions.assign_social_worker(
            enquiry, UUID(answers["social_worker"]), viewer=request.viewer, at=at, version=answers["version"]
        )
        return f"{reference} is assigned to {dict(workers)[answers['social_worker']]}."

    return _answer(request, reference, form, save, "enquiry.assigned", title="Assign a social worker", button="Assign")


@once
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HubRequest, reference: str) -> HttpResponse:
    """Take a further contact into a running enquiry."""
    enquiry = queries.get_enquiry(request.viewer, reference)
    roles.require(request.viewer, *JOINERS)
    form = JoinForm(posted(request))

    def save(answers: dict[str, Any]) -> str:
        contact = queries.waiting_contact(request.viewer, answers["contact"])
        if contact is None:
            raise RuleBroken("No contact with this reference waits to be screened. Look at it again.", field="contact")
        actions.join_enquiry(enquiry, contact, viewer=request.viewer, at=timezone.now())
        return f"{contact.reference} is part of {reference} now."

    return _answer(
        request,
        reference,
        form,
        save,
        "enquiry.contact_joined",
        template=JOIN,
        title="Add a contact to this enquiry",
        button="Add the contact",
        waiting=queries.waiting_contacts(request.viewer, enquiry),
    )


def _contacts(viewer: Viewer, enquiry: Enquiry) -> dict[str, Any]:
    """Return the contacts of an enquiry, and what takes the protected places out of their concerns."""
    held = contacts.queries.contacts_of_enquiry(viewer, enquiry.pk)
    return {"contacts": held, "mask": contacts.queries.mask_of(viewer, held)}


def _answer(
    request: HubRequest,
    reference: str,
    form: BaseForm,
    save: Callable[[dict[str, Any]], str],
    event: str,
    *,
    template: str = "screening/form.html",
    **extra: Any,
) -> HttpResponse:
    """Save a posted form and go to the overview; else show it under the enquiry's head."""
    if request.method == "POST" and form.is_valid():
        said = result_of(form, save, form.cleaned_data)
        if said is not None:
            messages.success(request, said)
            return redirect("screening:enquiry", reference)
    current = queries.get_enquiry(request.viewer, reference)
    if request.method != "POST" and not queries.can_move(request.viewer, current, event):
        messages.info(request, f"{NOT_NOW} {ENQUIRY[event].instead}".strip())
        return redirect("screening:enquiry", reference)
    head = queries.enquiry_head(request.viewer, current, "overview", at=timezone.now())
    return render(request, template, {"head": head, "form": form, "reference": reference, **extra})
