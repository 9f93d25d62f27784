"""Signs the measured people in and finds the records they open: `python -m benchmarks.firewall.accounts`, as JSON."""

from __future__ import annotations

import json
from typing import Any

import django

from benchmarks.firewall.pages import PAGES


def main() -> None:
    """Print each page's path and cookie; DATABASE_URL is a superuser's."""
    django.setup()
    from django.conf import settings

    made = {
        page.name: {
            "path": page.path.format(record=record(page.record)),
            "cookie": f"{settings.SESSION_COOKIE_NAME}={session_of(page.account)}",
        }
        for page in PAGES
    }
    print(json.dumps(made))


def membership_of(account: str) -> Any:
    """Return the membership in which somebody is measured: their first."""
    from agencies.models import Membership
    from demo.people import DOMAIN

    emails = [f"{name}@{DOMAIN}" for name in (account, account.replace("_", "."))]
    rows = Membership.objects.filter(user__email__in=emails).select_related("user", "agency", "team")
    return rows.order_by("starts_on")[0]


def session_of(account: str) -> str:
    """Sign somebody in and return the session's key."""
    from django.conf import settings
    from django.test import Client

    membership = membership_of(account)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(membership.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["membership"] = str(membership.pk)
    session.save()
    return str(session.session_key)


def record(kind: str) -> str:
    """Return the reference of an enquiry on which agencies have given items, or of one of its requests."""
    from information_sharing.models import InformationRequest, Item
    from screening.choices import EnquiryState

    if not kind:
        return ""
    agency = membership_of("police_researcher").agency_id
    given = Item.objects.filter(agency_id=agency).exclude(handling="manager_only").values("request_id")
    rows = InformationRequest.objects.filter(pk__in=given, enquiry__state=EnquiryState.GATHERING)
    found = rows.select_related("enquiry").order_by("-sent_at", "id")[0]
    return str(found.reference if kind == "request" else found.enquiry.reference)


if __name__ == "__main__":
    main()
