"""Whom the proofs try: one person for each column of the base matrix, and those who must see nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from agencies.access.identity import acting_as
from agencies.access.lookup import viewer_for
from agencies.access.viewer import NOBODY, PUBLIC, Viewer
from agencies.models import Membership, User
from demo.people import DOMAIN
from tests.architecture.people import PEOPLE as OF_THE_MATRIX
from tests.architecture.planting import COLLEAGUES, STRANGERS, address_of

IN_ROLE = {
    **OF_THE_MATRIX,
    "other_agency": "health.researcher",
    "virtual_partner": "gp.researcher",
    "lapsed_agency": "voluntary.researcher",
    "other_team": "aled.allocated",
}
"""People of the demo hub; the last ones are of another asked agency, of one that is not core, of one whose signature
has lapsed, and of a team to which little was sent."""

PRINCIPALS = ("public", *IN_ROLE, *STRANGERS, *COLLEAGUES, "superuser")
WITHOUT_PART = ("public", "suspended", "superuser")
"""Those who are nobody: not signed in, no longer let in, and with no membership."""


def address(name: str) -> str:
    """Return the mail address with which somebody signs in."""
    return f"{IN_ROLE[name]}@{DOMAIN}" if name in IN_ROLE else address_of(name)


def viewer(name: str) -> Viewer:
    """Return somebody as a request would find them now."""
    if name == "public":
        return PUBLIC
    user = User.objects.get(email=address(name))
    member = Membership.objects.filter(user=user).order_by("starts_on", "id").first()
    plain = NOBODY if member is None else viewer_for(user.pk, member.pk, at=timezone.now())
    with transaction.atomic():
        with acting_as(plain) as found:
            pass
        transaction.set_rollback(True)  # Lets go of what it read: another connection alters policies.
    return found
