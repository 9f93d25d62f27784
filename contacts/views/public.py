"""Pages for whoever is worried about a child, without an account."""

from __future__ import annotations

import json
from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access.identity import acting_as
from agencies.access.once import once
from agencies.access.searched import searched, searches
from agencies.access.viewer import PUBLIC, HubRequest
from agencies.queries import hub_settings
from common.encryption import seal, unseal
from common.errors import RuleBroken
from common.pacing import may_go_on
from contacts import actions, queries
from contacts.forms.flow import CHECK, Flow
from contacts.forms.public import StatusForm

SENDINGS_PER_HOUR = 60
"""What one network usually sends within an hour at most; what comes after it is taken in and marked, never refused."""
LOOKS_PER_HOUR = 2000
"""So many codes of one network are compared; a code has 150 bits, so nobody is nearer to one after a year of this."""
_PLACE = "session.receipt"


@login_not_required
@require_safe
def start(request: HubRequest) -> HttpResponse:
    """Say what to do in danger, and where the form begins."""
    return render(request, "contacts/public/start.html", {})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def report(request: HubRequest) -> HttpResponse:
    """Lead through the pages of the form; each page carries the answers of the others with it."""
    request.hub_settings = hub_settings()
    if request.hub_settings.public_form_opened_at is None:
        return redirect("contacts:start")
    if request.method != "POST":
        request.session["form_opened"] = True  # A cookie before the sending: a double one then finds its receipt.
        return _show(request, Flow(None), "who", judged=False)
    flow = Flow(request.POST)
    here = request.POST.get("step", "who")
    if "goto" in request.POST or "back" in request.POST:
        return _show(request, flow, request.POST.get("goto") or flow.before(here), judged=False)
    if here == CHECK:
        return _send(request, flow)
    step = flow.step(here)
    if not flow.is_answered(step):
        return _show(request, flow, step.key, judged=True)
    return _show(request, flow, flow.after(step.key), judged=False)


def _show(request: HubRequest, flow: Flow, key: str, *, judged: bool) -> HttpResponse:
    if key == CHECK:
        faulty = flow.first_faulty()
        if faulty is not None:
            return _show(request, flow, faulty.key, judged=True)
        page = {"answers": flow.answers(), "hidden": flow.hidden(None), "step": CHECK}
        return render(request, "contacts/public/check.html", page)
    step = flow.step(key)
    parts = flow.parts(step, judged=judged)
    page = {
        "title": step.title,
        "parts": list(parts.values()),
        "hidden": flow.hidden(step),
        "step": step.key,
        "is_first": step.key == flow.steps[0].key,
        "place": [one.key for one in flow.steps].index(step.key) + 1,
        "count": len(flow.steps),
    }
    return render(request, "contacts/public/step.html", page)


def _send(request: HubRequest, flow: Flow) -> HttpResponse:
    faulty = flow.first_faulty()
    if faulty is not None:
        return _show(request, flow, faulty.key, judged=True)
    at = timezone.now()
    usual = may_go_on(request, "report", most=SENDINGS_PER_HOUR)
    try:
        with acting_as(PUBLIC.with_request(request.viewer.request_id)) as public:
            sent = actions.receive_public_contact(
                replace(flow.intake(at=at), came_in_flood=not usual), viewer=public, at=at
            )
    except RuleBroken as error:
        page = {"answers": flow.answers(), "hidden": flow.hidden(None), "step": CHECK, "refused": error.sentence}
        return render(request, "contacts/public/check.html", page)
    receipt = json.dumps([sent.reference, sent.secret, bool(sent.mailed)])
    request.session["receipt"] = seal(receipt, place=_PLACE)
    return redirect("contacts:report_received")


@login_not_required
@never_cache
@require_safe
def received(request: HubRequest) -> HttpResponse:
    """Show reference and code, once, and what happens next."""
    sealed = request.session.pop("receipt", None)
    reference, secret, mailed = json.loads(unseal(sealed, place=_PLACE)) if sealed else ("", "", False)
    page = {"reference_shown": reference, "secret": secret, "mailed": mailed, "status_url": reverse("contacts:status")}
    return render(request, "contacts/public/received.html", page)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@searches("contacts:status")
def status(request: HubRequest) -> HttpResponse:
    """Say in plain words where things stand; a wrong code gets the answer of a contact without news."""
    form = StatusForm(searched(request))
    if not form.is_valid():
        return render(request, "contacts/public/status.html", {"form": form})
    typed = form.cleaned_data
    if not may_go_on(request, "status", most=LOOKS_PER_HOUR):
        return render(request, "contacts/public/status.html", {"form": form, "too_many": True})
    with acting_as(PUBLIC.with_request(request.viewer.request_id)):
        found = queries.receipt_status(typed["reference"], typed["code"])
    return render(request, "contacts/public/status.html", {"status": found})
