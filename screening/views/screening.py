"""The queue of screening and the screening page of one contact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

import contacts.queries
from agencies.access.once import once
from agencies.access.presses import press
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.nothing_shown import yes_or_no
from common.views import Line, Row, attempt, buttons, result_of
from contacts.rules import labels
from contacts.rules.hazards import hazards_of_several
from contacts.rules.protected import shield_of_base
from screening import actions, queries
from screening.forms import NEW_ENQUIRY, DecideScreeningForm, ViewForm
from screening.queries import ScreeningPage

if TYPE_CHECKING:
    from contacts.models import Subject

SCREEN = "screening:screen"
SEND, PUT, VIEW = "screening.sent_to_panel", "screening.put_to_manager", "screening.view_given"
DECIDE = frozenset({"screening.decided", "screening.decided_by_manager"})


@require_safe
def queue(request: HubRequest) -> HttpResponse:
    """Show the contacts that wait for the viewer's screening."""
    at = timezone.now()
    rows = queries.screening_queue(request.viewer, at=at)
    about = contacts.queries.lines_about(request.viewer, contacts=[row.contact_id for row in rows], at=at)
    lines = [
        Line(
            url=reverse("screening:screen", args=[row.reference]),
            reference=row.reference,
            cells=[
                about.contact(row.contact_id),
                row.todo or "Waits for somebody else",
                row.stage if row.views is None else f"{row.stage}, views given: {row.views}",
                row.channel,
                row.arrived_at,
                row.claimed_by or "Unassigned",
            ],
            proposed=about.contact(row.contact_id).proposed,
            due_at=row.due_at,
        )
        for row in rows
    ]
    columns = ["Who is it about?", "To do", "Stage", "How it arrived", "Arrived", "Claimed by"]
    return render(request, "screening/queue.html", {"lines": lines, "columns": columns, "at": at})


@require_safe
def screen(request: HubRequest, reference: str) -> HttpResponse:
    """Show how a contact is screened: to those who screen it, and to all others who see it."""
    page = queries.screening_page(request.viewer, reference, at=timezone.now())
    return _show(request, page, _decide_form(request, page, None), _view_form(page, None))


@once
@require_http_methods(["GET", "HEAD", "POST"])
def decide_screening(request: HubRequest, reference: str) -> HttpResponse:
    """Record where a contact goes."""
    if request.method != "POST":
        return redirect("screening:screen", reference)
    at = timezone.now()
    queries.get_contact(request.viewer, reference)
    page = queries.screening_page(request.viewer, reference, at=at)
    form = _decide_form(request, page, request.POST)
    if form.is_valid():
        decided = result_of(
            form,
            actions.decide_screening,
            page.contact,
            _decision(form, page),
            viewer=request.viewer,
            at=at,
            version=form.cleaned_data["version"],
        )
        if decided is not None:
            messages.success(request, f"{reference} is screened: {decided.get_exit_display()}.")
            return redirect("screening:queue")
        page = queries.screening_page(request.viewer, reference, at=at)
    return _show(request, page, form, _view_form(page, None))


@once
@require_http_methods(["GET", "HEAD", "POST"])
def view(request: HubRequest, reference: str) -> HttpResponse:
    """Record the view of the viewer's agency."""
    if request.method != "POST":
        return redirect("screening:screen", reference)
    at = timezone.now()
    queries.get_contact(request.viewer, reference)
    page = queries.screening_page(request.viewer, reference, at=at)
    form = _view_form(page, request.POST)
    if form.is_valid() and attempt(
        form,
        actions.give_view,
        page.contact,
        form.cleaned_data["exit"],
        form.cleaned_data["reason"],
        viewer=request.viewer,
        at=at,
    ):
        messages.success(request, "Your agency's view is recorded. You can change it until the panel decides.")
        return redirect("screening:screen", reference)
    return _show(request, page, _decide_form(request, page, None), form)


to_panel = press(SEND, queries.get_contact, "It is with the panel. Its members are told.", SCREEN, opens=True)
put_to_manager = press(PUT, queries.get_contact, "It is put to the MASH manager.", SCREEN, opens=True)


def _decide_form(request: HubRequest, page: ScreeningPage, data: QueryDict | None) -> DecideScreeningForm:
    hazards = contacts.queries.hazards_of(request.viewer, [page.contact])
    return DecideScreeningForm(
        data,
        initial={"version": page.screening.version, "handover_text": _draft(page, hazards)},
        children=[(child.position, _called(child)) for child in page.children],
        joinable=[(one.reference, f"{one.reference}, {one.get_state_display().lower()}") for one in page.joinable],
        teams=[(str(team.pk), f"{team.name} ({team.get_kind_display().lower()})") for team in page.teams],
        closing=queries.closing_exits(request.viewer),
    )


def _called(child: Subject) -> str:
    unborn = child.is_unborn and (child.given_name or child.family_name)
    return f"{child.name} (unborn)" if unborn else str(child.name)


def _draft(page: ScreeningPage, hazards: Iterable[tuple[bool | None, str]]) -> str:
    """Return the concern for sharing under the children's names, for the screener to shorten or reword."""
    names = "\n".join(f"Child: {_called(child)}" for child in page.children)
    of_a_visit = f"Hazards of a visit: {hazards_of_several(hazards)}"
    return "\n\n".join(filter(None, (names, page.mask(page.contact.concern), of_a_visit)))


def _decision(form: DecideScreeningForm, page: ScreeningPage) -> actions.ScreeningDecision:
    answers = form.cleaned_data
    joins = answers.get("joins") or NEW_ENQUIRY
    return actions.ScreeningDecision(
        exit=answers["exit"],
        reasons=answers["reasons"],
        criteria=tuple(answers["criteria"]),
        levels=form.chosen_levels,
        proposed_colour=answers["proposed_colour"],
        joins=next((one for one in page.joinable if one.reference == joins), None),
        team_id=UUID(answers["team"]) if answers["team"] else None,
        handover_text=answers["handover_text"],
    )


def _view_form(page: ScreeningPage, data: QueryDict | None) -> ViewForm:
    own = page.panel.own if page.panel else None
    return ViewForm(data, initial={"exit": own.exit, "reason": own.reason} if own else {})


def _show(request: HubRequest, page: ScreeningPage, form: DecideScreeningForm, view_form: ViewForm) -> HttpResponse:
    reference, open_to = page.contact.reference, {move.event for move in page.moves}
    about = contacts.queries.lines_about(request.viewer, contacts=[page.contact.pk], at=timezone.now())
    context = {
        "about": about.contact(page.contact.pk),
        "page": page,
        "reference": reference,
        "screens": request.viewer.has(Role.SCREENER, Role.MANAGER),
        "clocks": [clock for clock in page.clocks if clock.is_open],
        "protect_now_url": queries.protect_now_url(request.viewer, page.contact),
        "contact_url": reverse("contacts:contact", args=[reference]),
        "contact_rows": _contact_rows(page, contacts.queries.hazards_of(request.viewer, [page.contact])),
        "decided_rows": _decided_rows(page),
        "form": form if page.may_decide and DECIDE & open_to else None,
        "view_form": view_form if VIEW in open_to else None,
        "moves": buttons(open_to, reference, only=(SEND,) if page.may_decide else (SEND, PUT), main=""),
    }
    return render(request, "screening/screen.html", context)


def _contact_rows(page: ScreeningPage, hazards: Iterable[tuple[bool | None, str]]) -> list[Row]:
    contact = page.contact
    return [
        Row(labels.CONCERN, page.mask(contact.concern)),
        Row(labels.CHANNEL, contact.get_channel_display()),
        Row("Referrer", contact.get_referrer_kind_display()),
        Row(labels.ARRIVED, contact.arrived_at),
        Row(labels.KNOWN, _known(page)),
        Row(labels.AGREEMENT, contact.get_agreement_display()),
        Row(labels.MAY_TELL, contact.get_may_tell_display()),
        Row(labels.HAZARDS, hazards_of_several(hazards)),
        Row(labels.DANGER, yes_or_no(contact.immediate_danger)),
        Row(labels.CRIME, yes_or_no(contact.crime_possible)),
    ]


def _known(page: ScreeningPage) -> str:
    shield = shield_of_base(page.contact.open_to, page.contact)
    said = shield.words("worker or team") if shield else page.contact.open_to
    open_to = f": {said}" if page.contact.open_to else ""
    return f"{page.contact.get_known_display()}{open_to}"


def _decided_rows(page: ScreeningPage) -> list[Row]:
    screening = page.screening
    if not page.is_decided:
        return []
    criteria = dict(screening._meta.get_field("criteria").base_field.flatchoices)
    return [
        Row("Begun", screening.opened_at),
        *([Row("Sent to the panel", screening.sent_to_panel_at)] if screening.sent_to_panel_at else []),
        Row("Went to", screening.get_exit_display()),
        Row("Decided", screening.decided_at),
        Row("Decided by", screening.decided_by.user.name if screening.decided_by else ""),
        Row("Criteria", [str(criteria.get(one, one)) for one in screening.criteria]),
        Row("Proposed rating", screening.get_proposed_colour_display() or "None proposed"),
        *(Row(f"Level of need: {_called(one.subject)}", one.get_level_of_need_display()) for one in page.levels),
        *([Row("Reasons", page.reasons)] if page.reasons else []),
        *([Row("MASH enquiry", screening.enquiry.reference)] if screening.enquiry else []),
    ]
