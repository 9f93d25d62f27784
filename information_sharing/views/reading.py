"""Pages on which the decision team reads: side by side, as a chronology, and what is confidential."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import roles, transitions
from agencies.access.once import once, was_sent
from agencies.access.opening import may_open
from agencies.access.presses import press
from agencies.access.roles import ASKED, ASSIGNED, EMERGENCY_ACCESS, REVIEWING
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.errors import NotPermitted
from common.forms import OpeningForm
from common.views import attempt, posted
from contacts.queries import lines_about
from information_sharing import actions, forms, queries
from information_sharing.choices import InstructionState, Theme
from information_sharing.queries import ItemSeen
from information_sharing.transitions import INSTRUCTION
from screening.queries import enquiry_head, get_enquiry

SEE_ALL = {ASSIGNED, REVIEWING, EMERGENCY_ACCESS, Role.MANAGER}
"""Who would see whatever agencies gave that is not confidential."""
READERS = {ASSIGNED, REVIEWING, EMERGENCY_ACCESS, Role.MANAGER, Role.OUT_OF_HOURS}


@dataclass(frozen=True)
class Row:
    """One subject and theme; a cell of items for each agency, in the order of the columns."""

    about: str
    theme: str
    cells: list[tuple[str, list[ItemSeen]]]


def side_by_side(items: Sequence[ItemSeen]) -> tuple[list[str], list[Row]]:
    """Return the agencies that shared, and a row for each subject and theme, the hazards of a visit first."""
    columns = sorted({item.agency for item in items})
    found = {(item.theme != Theme.HAZARD, item.about or "The family", item.theme_label) for item in items}
    keys = [(about, theme) for _hazards_first, about, theme in sorted(found)]
    rows = [
        Row(
            about,
            theme,
            [
                (
                    agency,
                    [
                        one
                        for one in items
                        if (one.about or "The family", one.theme_label, one.agency) == (about, theme, agency)
                    ],
                )
                for agency in columns
            ],
        )
        for about, theme in keys
    ]
    return columns, rows


@require_safe
def information(request: HubRequest, reference: str) -> HttpResponse:
    """Show all that agencies said beside each other; the reading is recorded."""
    viewer, at = request.viewer, timezone.now()
    enquiry = get_enquiry(viewer, reference)
    held = transitions.roles_on(enquiry, viewer)
    if not held & READERS:
        raise NotPermitted("This page is for the assigned social worker and the MASH manager.")
    columns, rows = side_by_side(queries.items_of_enquiry(viewer, enquiry, at=at, page="information"))
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": enquiry_head(viewer, enquiry, "information", at=at),
        "columns": columns,
        "nothing": "" if rows else queries.no_items(viewer, enquiry, sees_all=bool(held & SEE_ALL)),
        "rows": rows,
        "missing": queries.missing_answers(viewer, enquiry, at=at),
        "held": queries.has_marker(viewer, enquiry),
    }
    return render(request, "information_sharing/information.html", page)


@require_safe
def chronology(request: HubRequest, reference: str) -> HttpResponse:
    """Show dated items of all agencies that the viewer may see, by year; the reading is recorded."""
    viewer, at = request.viewer, timezone.now()
    enquiry = get_enquiry(viewer, reference)
    held = transitions.roles_on(enquiry, viewer)
    if not held & {*READERS, Role.RESEARCHER, Role.LEAD}:
        raise NotPermitted("This page is for the decision team and for the agencies that were asked.")
    items = queries.items_of_enquiry(viewer, enquiry, at=at, page="chronology")
    dated = sorted((one for one in items if one.is_dated), key=lambda one: (one.occurred_on, one.agency, str(one.id)))
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": enquiry_head(viewer, enquiry, "chronology", at=at),
        "years": [(year, list(rows)) for year, rows in groupby(dated, key=lambda one: one.year)],
        "undated": [one for one in items if not one.is_dated],
        "nothing": "" if items else queries.no_items(viewer, enquiry, sees_all=bool(held & SEE_ALL)),
    }
    return render(request, "information_sharing/chronology.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def sealed(request: HubRequest, reference: str) -> HttpResponse:
    """Ask the manager for a purpose and the password, then show what is confidential; each opening is recorded."""
    viewer, at = request.viewer, timezone.now()
    enquiry = get_enquiry(viewer, reference)
    roles.require(viewer, Role.MANAGER)
    if was_sent(request):
        return redirect("information_sharing:sealed", enquiry.reference)
    form = OpeningForm(posted(request))
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": enquiry_head(viewer, enquiry, "sealed", at=at),
        "count": queries.sealed_count(viewer, enquiry),
        "form": form,
        "instructions": queries.instructions_of(viewer, enquiry),
    }
    if may_open(request, form, reference=enquiry.reference, at=at):
        page["items"] = queries.sealed_items(viewer, enquiry, purpose=form.cleaned_data["purpose"], at=at)
        page["purpose"] = form.purpose_in_words
    return render(request, "information_sharing/sealed.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def propose_instruction(request: HubRequest, reference: str, item: uuid.UUID) -> HttpResponse:
    """Let the manager propose the words of a safety instruction to the owner of a sealed item."""
    viewer = request.viewer
    enquiry = get_enquiry(viewer, reference)
    roles.require(viewer, Role.MANAGER)
    sealed = queries.get_sealed_item(viewer, enquiry, item)
    form = forms.InstructionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, actions.propose_instruction, sealed, words, viewer=viewer, at=timezone.now()):
            messages.success(request, "The owner was asked. Only the words that it agrees can go out.")
            return redirect("information_sharing:sealed", enquiry.reference)
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "about": lines_about(viewer, enquiries=[enquiry.pk], at=timezone.now()).enquiry(enquiry.pk),
        "form": form,
        "agency": sealed.agency.name,
    }
    return render(request, "information_sharing/propose_instruction.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def instruction(request: HubRequest, reference: str) -> HttpResponse:
    """Show the words of a safety instruction to whoever may agree them, and take the agreement."""
    viewer, at = request.viewer, timezone.now()
    instruction = queries.get_instruction(viewer, reference)
    events = {move.event for move in transitions.moves(instruction, INSTRUCTION, viewer)}
    start = {"version": instruction.version, "words": instruction.proposed_text}
    form = forms.AgreeForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        words, version = form.cleaned_data["words"], form.cleaned_data["version"]
        if attempt(form, actions.agree_instruction, instruction, words, viewer=viewer, at=at, version=version):
            messages.success(request, "Agreed. Only these words can go out.")
            return redirect("information_sharing:instruction", instruction.reference)
    page = {
        "instruction": instruction,
        "reference": instruction.reference,
        "about": queries.instruction_about(viewer, instruction, at=at),
        "item": queries.instruction_item(viewer, instruction, at=at),
        "form": form if "instruction.agreed" in events else None,
        "may_refuse": "instruction.refused" in events,
        "may_refuse_for_agency": "instruction.refused_by_lead" in events and ASKED in instruction.roles_of(viewer),
        "may_decide": "instruction.decided_by_manager" in events,
        "is_settled": instruction.state in {InstructionState.AGREED, InstructionState.REFUSED_BY_LEAD},
    }
    return render(request, "information_sharing/instruction.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@once
def decide_instruction(request: HubRequest, reference: str) -> HttpResponse:
    """Let the manager decide the words, with the reason, once the agency's time is up or where life is at risk."""
    viewer, at = request.viewer, timezone.now()
    instruction = queries.get_instruction(viewer, reference)
    transitions.require_move(instruction, INSTRUCTION, "instruction.decided_by_manager", viewer)
    start = {"version": instruction.version, "words": instruction.proposed_text}
    form = forms.DecideWordsForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = partial(actions.decide_instruction, life_at_risk=said["life_at_risk"], version=said["version"])
        if attempt(form, act, instruction, said["words"], said["reason"], viewer=viewer, at=at):
            messages.success(request, "Decided. These words can go out; the agency was told why.")
            return redirect("information_sharing:instruction", instruction.reference)
    page = {
        "reference": instruction.reference,
        "about": queries.instruction_about(viewer, instruction, at=at),
        "agency": instruction.agency.name,
        "is_over": actions.may_decide_now(instruction, at=at),
        "form": form,
    }
    return render(request, "information_sharing/decide_instruction.html", page)


refuse_instruction = press(
    "instruction.refused", queries.get_instruction, "Refused. Your lead was asked and has an hour.", "work"
)
refuse_for_agency = press(
    "instruction.refused_by_lead",
    queries.get_instruction,
    "Refused for your agency. The MASH manager was told.",
    "information_sharing:instruction",
)
