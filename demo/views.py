"""Pages that only the demo has: who can sign in and what to try, and the mail that was sent."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_safe

from agencies.choices import Role
from demo import mailbox
from demo.people import AGENCIES, PASSWORD, PEOPLE
from demo.tour import tours

HINTS = {
    "rhona_reviewer": "see nothing, until somebody names an enquiry to review",
    "voluntary_researcher": "see what a lapsed agreement closes",
    "omar_nights": "see open Red work and what came in at night",
    "police_lead": "decide on a safety instruction that was refused",
    "ella_early_help": "answer the hub after a query, and accept",
    "femi_front": "tell referrers and write to families",
}
"""What to try with an account that is not among the first."""


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what to try first, the six cases with whom they are for, and the accounts."""
    agencies = {agency.key: agency.short_name for agency in AGENCIES}
    accounts = [
        (
            person.email,
            person.name,
            agencies[person.agency],
            ", ".join(str(Role(role).label) for role in person.roles),
            capfirst(person.try_first or HINTS.get(person.key, "look at what waits under My work")),
        )
        for person in PEOPLE
    ]
    columns = ("Sign in as", "Name", "Agency", "Role", "Try")
    shown = {"accounts": accounts, "columns": columns, "password": PASSWORD, "cases": tours()}
    return render(request, "demo/start.html", shown)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_list(request: HttpRequest) -> HttpResponse:
    """List the mails that the sink has taken, newest first; an address that is looked for comes by POST."""
    to = request.POST.get("to", "")[:120]
    found = mailbox.mails(settings.MASH_DEMO_MAIL_DIR, to=to)
    return render(request, "demo/mail_list.html", {"mails": found, "to": to, "most": mailbox.MOST})


@login_not_required
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """Show one mail as text."""
    found = mailbox.read_mail(settings.MASH_DEMO_MAIL_DIR, name)
    return render(request, "demo/mail.html", {"mail": found, "back_url": reverse("demo:mail_list")})
