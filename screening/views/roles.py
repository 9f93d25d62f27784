"""The manager's page of a case role that waits for their word."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access.once import once
from agencies.access.roles import DESCRIPTIONS
from agencies.access.viewer import HubRequest
from agencies.choices import Role
from common.views import attempt, posted
from screening import actions, queries
from screening.forms import WORD_YES, WordForm


@once
@require_http_methods(["GET", "HEAD", "POST"])
def proposed_roles(request: HubRequest, proposal: uuid.UUID) -> HttpResponse:
    """Show who is to get which case roles, and take the manager's yes or no."""
    shown = queries.proposed_roles(request.viewer, proposal)
    form = WordForm(posted(request), initial={"version": shown.version})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        yes = said["word"] == WORD_YES
        if attempt(
            form,
            actions.answer_proposed_roles,
            shown,
            yes=yes,
            reason=said["reason"],
            viewer=request.viewer,
            at=timezone.now(),
            version=said["version"],
        ):
            given = "You have given your word: the roles are in force, or from their first day."
            messages.success(request, given if yes else "You have said no. The administrator reads why.")
            return redirect("work")
    context = {
        "proposal": shown,
        "roles": [(Role(role).label, DESCRIPTIONS[role]) for role in shown.roles],
        "form": None if shown.answer else form,
    }
    return render(request, "screening/proposed_roles.html", context)
