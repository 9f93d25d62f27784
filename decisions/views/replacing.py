"""What follows after a release: replace, let stand, hide, telephone, and what the team says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from agencies.access import transitions
from agencies.access.once import once
from agencies.access.viewer import HubRequest
from common.views import attempt, offer_of
from decisions import queries
from decisions.transitions import SUMMARY
from decisions.views.asked import ASKED, Asked
from decisions.views.summary import summary_page


def _view(asked: Asked) -> Callable[..., HttpResponse]:
    @require_POST
    @once
    def view(request: HubRequest, reference: str) -> HttpResponse:
        at = timezone.now()
        summary = queries.get_summary(request.viewer, reference)
        transitions.require_move(summary, SUMMARY, asked.event, request.viewer)
        offer = offer_of(asked.event)
        form: Any = offer.form(request.POST, auto_id=f"{asked.key}_%s") if offer.form else None
        if form.is_valid():
            given, version = asked.given(form.cleaned_data), form.cleaned_data["version"]
            if attempt(form, offer.action, summary, *given, viewer=request.viewer, at=at, version=version):
                messages.success(request, asked.done.format(reference=reference))
                about = summary.enquiry.reference if asked.back == "decisions:release" else reference
                return redirect(asked.back, about)
        return summary_page(request, summary, at=at, bound=form)

    return view


plan, telephoned, stands, supersede, recall = (_view(one) for one in ASKED)
