"""How an empty hub gets its first two people; everybody after them is let in by these two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.actions.directory import add_membership, create_account, create_agency, record_change, save_hub_settings
from agencies.choices import AgencyKind, Role, SystemRole
from agencies.models import HubSettings, User
from agencies.reads.missing import before_the_form
from common.errors import MoveNotAllowed, RuleBroken
from common.moments import london_day

_ONE_AT_A_TIME = 0x6D617368


@dataclass(frozen=True)
class Beginner:
    """One of the two with whom a hub begins."""

    name: str
    email: str
    registered: bool = False


@transaction.atomic
def begin_hub(
    authority: str, *, administrator: Beginner, manager: Beginner, viewer: Viewer, at: datetime
) -> tuple[User, User]:
    """Make the authority's own agency and the first two people: an administrator, and a MASH manager.

    Neither has a password yet; each sets their own by a link that is good once. They are two, because case roles are
    given by two (`propose_membership`): the one proposes, the other says yes.

    Raises:
        NotPermitted: the viewer is not the builder of a hub.
        RuleBroken: the hub has begun, the two are one, or a name or an address is missing.
    """
    roles.require(viewer, SystemRole.BUILDER)
    _check(authority, administrator, manager)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    if has_begun(viewer):
        raise RuleBroken("This hub has begun: its administrator lets people in, on the page “People”.")
    hub = save_hub_settings(viewer=viewer, at=at, authority=authority)
    agency = create_agency(
        authority, short_name=authority[:40], kind=AgencyKind.SOCIAL_CARE, is_core=True, viewer=viewer, at=at
    )
    users = []
    for person, role in ((administrator, Role.ADMINISTRATOR), (manager, Role.MANAGER)):
        user = create_account(
            person.email, person.name, password=None, registered=person.registered, viewer=viewer, at=at
        )
        add_membership(user, agency, [role], starts_on=london_day(at), viewer=viewer, at=at)
        users.append(user)
    record_change("hub.begun", hub, viewer=viewer, at=at)
    return users[0], users[1]


def has_begun(viewer: Viewer) -> bool:
    """Say whether anybody has an account here.

    Raises:
        NotPermitted: the viewer is not the builder of a hub.
    """
    roles.require(viewer, SystemRole.BUILDER)
    return User.objects.exists()


def still_to_come(viewer: Viewer) -> Sequence[User]:
    """Return who of the first two has not set a password yet; nobody once others were let in.

    Raises:
        NotPermitted: the viewer is not the builder of a hub.
    """
    roles.require(viewer, SystemRole.BUILDER)
    first = list(User.objects.order_by("pk")[:3])
    return [one for one in first if not one.has_usable_password()] if len(first) == 2 else []


@transaction.atomic
def open_public_form(*, viewer: Viewer, at: datetime) -> HubSettings:
    """Let the public write to the hub, by a person's word. It never closes by itself.

    Raises:
        NotPermitted: the viewer is no administrator.
        MoveNotAllowed: it is open already.
        RuleBroken: nobody would read what is sent, or there is no number to ring instead.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    hub = HubSettings.objects.select_for_update(of=("self",)).filter(pk=1).first() or HubSettings()
    if hub.public_form_opened_at is not None:
        raise MoveNotAllowed("The public form is open already. Nothing was changed now.")
    missing = before_the_form(hub, at=at)
    if missing:
        raise RuleBroken(f"Before the public form opens, this is needed: {'; '.join(missing)}.")
    hub.public_form_opened_at, hub.public_form_opened_by_id = at, viewer.membership_id
    hub.save(update_fields=["public_form_opened_at", "public_form_opened_by"])
    record_change("hub.form_opened", hub, viewer=viewer, at=at)
    return hub


def _check(authority: str, administrator: Beginner, manager: Beginner) -> None:
    if not authority.strip():
        raise RuleBroken("Say what the authority is called.")
    for person, what in ((administrator, "administrator"), (manager, "manager")):
        if not person.name.strip():
            raise RuleBroken(f"Say what the first {what} is called.")
        try:
            validate_email(person.email)
        except ValidationError:
            raise RuleBroken(f"{person.email or 'Nothing'} is no email address: the {what} signs in with it.") from None
    if administrator.email.strip().lower() == manager.email.strip().lower():
        raise RuleBroken("The first two are two people: case roles are given by one and confirmed by the other.")
