"""Pages of those who ask: the agencies of an enquiry, asking, authority, spoken answers, withdrawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import roles, transitions
from agencies.access.once import once
from agencies.access.presses import press
from agencies.access.roles import ASSIGNED, EMERGENCY_ACCESS, REVIEWING
from agencies.access.viewer import HubRequest, Viewer
from agencies.choices import Role
from common.errors import NotPermitted
from common.forms import HubFormSet
from common.views import attempt, posted, posted_key, result_of
from information_sharing import actions, forms, queries, rules
from information_sharing.choices import AnswerKind, Handling
from information_sharing.views.requests import request_head
from screening.queries import enquiry_head, get_enquiry

if TYPE_CHECKING:
    from information_sharing.models import InformationRequest
    from screening.models import Enquiry

DECISION_TEAM = (ASSIGNED, Role.MANAGER)


def require_team(enquiry: Enquiry | InformationRequest, viewer: Viewer, *others: str) -> None:
    """Let only the assigned social worker and the manager go on.

    Args:
        others: further roles on this enquiry that see the page.

    Raises:
        NotPermitted: the viewer sees the enquiry in another part.
    """
    if not transitions.roles_on(enquiry, viewer) & {*DECISION_TEAM, *others}:
        raise NotPermitted("This page is for the assigned social worker and the MASH manager.")


@require_safe
def agencies(request: HubRequest, reference: str) -> HttpResponse:
    """Show who was asked on an enquiry and how each stands now; the held marker stands apart."""
    enquiry = get_enquiry(request.viewer, reference)
    require_team(enquiry, request.viewer, REVIEWING, EMERGENCY_ACCESS)
    at = timezone.now()
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": enquiry_head(request.viewer, enquiry, "agencies", at=at),
        "asked": queries.asked_agencies(request.viewer, enquiry, at=at),
        "held": queries.has_marker(request.viewer, enquiry),
        "consent": queries.consent_of(request.viewer, enquiry),
        "authorities": queries.authorities_of(request.viewer, enquiry),
        "may_authorise": request.viewer.has(Role.MANAGER),
        "may_open_route": request.viewer.has(Role.MANAGER) and enquiry.state in actions.ASKING,
        "may_ask": bool(transitions.roles_on(enquiry, request.viewer) & set(DECISION_TEAM)),
        "at": at,
    }
    return render(request, "information_sharing/agencies.html", page)


@dataclass(frozen=True)
class _AgencyForm:
    """One agency with its own form on the page."""

    name: str
    key: str
    form: forms.AgencyAskForm
    warning: str


@require_http_methods(["GET", "HEAD", "POST"])
@once
def ask(request: HubRequest, reference: str) -> HttpResponse:
    """Choose agencies, then ask each in its own wording; several in one go."""
    viewer, at = request.viewer, timezone.now()
    enquiry = get_enquiry(viewer, reference)
    require_team(enquiry, viewer)
    found = queries.candidates(viewer, enquiry, at=at)
    choose = forms.ChooseForm(
        request.GET if "agencies" in request.GET or "choose" in request.GET else None,
        agencies=[(str(one.agency.pk), one.agency.name) for one in found if not one.refusal],
        warnings={str(one.agency.pk): one.warning for one in found if one.warning},
    )
    page: dict[str, Any] = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": enquiry_head(viewer, enquiry, "agencies", at=at),
        "consent": queries.consent_of(viewer, enquiry),
        "may_authorise": viewer.has(Role.MANAGER),
        "refused": [one for one in found if one.refusal],
        "let_in": [one for one in found if one.let_in_until],
        "has_unsigned": any(one.is_unsigned for one in found),
        "may_open_route": viewer.has(Role.MANAGER),
        "choose": choose,
        "at": at,
    }
    # What was typed outlives the choice: an agency that was asked meanwhile is refused on the form, not before it.
    chosen = [one for one in found if str(one.agency.pk) in request.GET.getlist("agencies")]
    if chosen and (request.method == "POST" or (choose.is_bound and choose.is_valid())):
        return _word(request, enquiry, chosen, page)
    return render(request, "information_sharing/choose_agencies.html", page)


def _word(request: HubRequest, enquiry: Enquiry, chosen: list[queries.Candidate], page: dict[str, Any]) -> HttpResponse:
    """Take the wording in two steps: what each agency will read is read back before anything is sent."""
    form = forms.AskForm(posted(request), initial={"purpose": rules.SUGGESTED_PURPOSE})
    draft = queries.draft_of(request.viewer, enquiry)
    parts = _agency_forms(request, enquiry, chosen, draft)
    valid = [part.form.is_valid() for part in parts] if request.method == "POST" else [False]
    shown = {**page, "form": form, "parts": parts, "part_forms": [part.form for part in parts], "draft": draft}
    if request.method == "POST" and "edit" not in request.POST and form.is_valid() and all(valid):
        asks, at = _asks(form, parts), timezone.now()
        if "confirm" not in request.POST:
            worded = result_of(form, actions.word_requests, enquiry, asks, viewer=request.viewer, at=at)
            if worded is not None:
                return _read_back(request, worded, shown)
        elif attempt(form, actions.request_information, enquiry, asks, viewer=request.viewer, at=at):
            sent = "One agency was asked." if len(parts) == 1 else f"{len(parts)} agencies were asked."
            messages.success(request, f"{sent} Ring those whose answer cannot wait.")
            return redirect("information_sharing:agencies", enquiry.reference)
    return render(request, "information_sharing/ask.html", shown)


def _read_back(request: HubRequest, worded: list[actions.Worded], page: dict[str, Any]) -> HttpResponse:
    every = [page["form"], *page["part_forms"]]
    shown = {
        **page,
        "worded": [(one.request, [queries.PersonAsked.of(row) for row in one.about]) for one in worded],
        "hidden": [field.as_hidden() for form in every for field in form],
    }
    return render(request, "information_sharing/ask_read_back.html", shown)


def _agency_forms(
    request: HubRequest, enquiry: Enquiry, chosen: list[queries.Candidate], draft: queries.Draft
) -> list[_AgencyForm]:
    viewer = request.viewer
    people = [
        (str(one.pk), f"{one.name}, {one.get_kind_display().lower()}")
        for one in queries.people_of_enquiry(viewer, enquiry)
    ]
    crime = queries.crime_is_possible(viewer, enquiry)
    made = []
    for candidate in chosen:
        agency = candidate.agency
        full = rules.gets_full_concern(agency.kind, is_core=agency.is_core, colour=enquiry.colour, crime_possible=crime)
        school, practice = rules.suggested_places(agency.kind)
        start = {
            "asks": rules.suggested_wording(agency.kind),
            "concern": draft.concern if full else "",
            "subjects": [people[0][0]] if len(people) == 1 else [],
            "referrer": draft.referrer,
            "with_school": school,
            "with_practice": practice,
        }
        form = forms.AgencyAskForm(
            posted(request),
            prefix=f"to-{agency.pk}",
            people=people,
            referrers=draft.referrers,
            gets_protected=draft.has_protected and rules.may_have_protected(agency.kind),
            initial=start,
        )
        made.append(_AgencyForm(agency.name, str(agency.pk), form, candidate.warning))
    return made


def _asks(form: forms.AskForm, parts: list[_AgencyForm]) -> list[actions.Ask]:
    return [
        actions.Ask(
            agency_id=posted_key(part.key),
            subject_ids=[posted_key(key) for key in part.form.cleaned_data["subjects"]],
            asks=part.form.cleaned_data["asks"],
            purpose=form.cleaned_data["purpose"],
            lawful_basis=form.cleaned_data["lawful_basis"],
            concern=part.form.cleaned_data["concern"],
            **part.form.parts,
        )
        for part in parts
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@once
def authorise(request: HubRequest, reference: str) -> HttpResponse:
    """Let the manager record why agencies may be asked without the family's agreement."""
    enquiry = get_enquiry(request.viewer, reference)
    roles.require(request.viewer, Role.MANAGER)
    at = timezone.now()
    form = forms.AuthorityForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, actions.authorise_sharing, enquiry, form.cleaned_data["reason"], viewer=request.viewer, at=at)
    ):
        messages.success(request, "The reason is recorded. Agencies can be asked now.")
        return redirect("information_sharing:agencies", enquiry.reference)
    page = {
        "enquiry": enquiry,
        "reference": enquiry.reference,
        "head": enquiry_head(request.viewer, enquiry, "agencies", at=at),
        "authorities": queries.authorities_of(request.viewer, enquiry),
        "form": form,
    }
    return render(request, "information_sharing/authorise.html", page)


withdraw = press(
    "request.withdrawn",
    queries.get_request,
    "{reference} was withdrawn. The agency was told.",
    "information_sharing:agencies",
    about=lambda asked: asked.enquiry.reference,
)


WRITTEN = "You wrote down what they know: say that they gave information, or empty the boxes below"


@require_http_methods(["GET", "HEAD", "POST"])
@once
def spoken(request: HubRequest, reference: str) -> HttpResponse:
    """Take down what an agency says by telephone; the agency owns and confirms it."""
    asked = queries.get_request(request.viewer, reference)
    require_team(asked, request.viewer)
    people = [(str(one.pk), one.name) for one in queries.people_of(request.viewer, asked)]
    items = forms.SpokenItemSet(posted(request), prefix="items", form_kwargs={"people": people})
    form = forms.SpokenForm(posted(request), initial={"version": asked.version}, quiet=items.changing)
    if request.method == "POST" and form.is_valid():
        gave = form.cleaned_data["said"] == AnswerKind.SHARED
        if not gave and any(one.has_changed() for one in items.forms):
            form.add_error("said", WRITTEN)
        elif (not gave or items.is_valid()) and attempt(
            form, lambda: _take_down(request, asked, form, items, gave=gave)
        ):
            messages.success(request, f"Recorded for {asked.agency.name}, which was asked to confirm it.")
            return redirect("information_sharing:agencies", asked.enquiry.reference)
    page = {**request_head(request, asked), "form": form, "items": items}
    return render(request, "information_sharing/spoken.html", page)


def _take_down(
    request: HubRequest, asked: InformationRequest, form: forms.SpokenForm, items: HubFormSet, *, gave: bool
) -> None:
    given = [forms.new_item(one, handling=Handling.HUB_ONLY) for one in items.answers] if gave else []
    actions.record_spoken_answer(
        asked,
        form.cleaned_data["spoken_by"],
        [actions.NewItem(**one) for one in given],
        viewer=request.viewer,
        at=timezone.now(),
        version=form.cleaned_data["version"],
        systems=form.cleaned_data["systems"],
    )
