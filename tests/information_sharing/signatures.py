"""Signatures that end and begin in tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_for
from agencies.access.viewer import Viewer
from agencies.models import Agreement, EmergencyUse, Signature
from common.moments import london_day
from information_sharing import actions
from screening.models import Enquiry
from tests.people import Person, agency, person

WHY = "A baby is in the house tonight and nobody else may know where he sleeps."


def lapse(key: str, *, days_ago: int = 1) -> None:
    """Let an agency's signature have ended so many days ago."""
    day = london_day(timezone.now()) - timedelta(days=days_ago)
    Signature.objects.filter(agency=agency(key)).update(ends_on=day)


def sign_again(key: str) -> None:
    """Enter a new signature of today."""
    today = london_day(timezone.now())
    Signature.objects.create(agreement=Agreement.objects.get(), agency=agency(key), signed_on=today)


def now_of(who: Person) -> Viewer:
    """Return the viewer as a request of this moment would find them, parts and all."""
    with acting_as(viewer_for(who.user.pk, who.membership.pk, at=timezone.now())) as viewer:
        return viewer


def let_in(enquiry: Enquiry, key: str, *, hours: int = 4, at: datetime | None = None) -> EmergencyUse:
    """Open the emergency route as the manager, now if nothing else is said."""
    manager = person("maeve_manager").viewer
    with acting_as(manager) as viewer:
        return actions.open_emergency(enquiry, agency(key).pk, WHY, hours=hours, viewer=viewer, at=at or timezone.now())
