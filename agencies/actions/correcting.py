"""Correcting what the directory says of a person; what happened before keeps the name of its time (docs/adr/0114)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.template.loader import render_to_string

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.actions.directory import record_change
from agencies.actions.inviting import send
from agencies.choices import Role
from agencies.models import FormerName, HubSettings, StaffRecord, User
from common.errors import RuleBroken, StaleRecord
from common.moments import london_day

STALE = "Somebody changed this since you opened it. Nothing was changed now."
NOT_ONES_OWN_ACCOUNT = "You cannot correct your own account: ask another administrator."
OLDER_THAN_ANY = 0
"""The form of a date of birth whose keys were made of another name: it is asked for again (`common.staff_keys`)."""


@dataclass(frozen=True)
class Particulars:
    """What the directory says of a person.

    Attributes:
        sponsor: who answers for it that they need the account.
        review_on: the day in London on which it is asked again whether they do.
    """

    name: str
    email: str
    telephone: str = ""
    job_title: str = ""
    is_registered_social_worker: bool = False
    sponsor: User | None = None
    review_on: date | None = None


@transaction.atomic
def correct_account(user: User, said: Particulars, *, viewer: Viewer, at: datetime, version: int) -> User:
    """Correct what the directory says of a person; a new address is told to both addresses.

    Whoever said or did something before keeps the name of that time. An address that nobody can be told of is not
    changed. Links for a password that went to the old address are spent. What is as it was writes nothing.

    Raises:
        NotPermitted: the viewer is no administrator.
        RuleBroken: it is the viewer's own account, the address has another account, the sponsor is the person or is
            suspended, the day of review is over, or the mail server did not take the mails.
        StaleRecord: somebody changed it since the page was opened.
    """
    roles.require(viewer, Role.ADMINISTRATOR)
    if viewer.user_id is not None and viewer.user_id == user.pk:
        raise RuleBroken(NOT_ONES_OWN_ACCOUNT)
    locked: User = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if locked.version != version:
        raise StaleRecord(STALE)
    new = {**vars(said), "email": User.objects.normalize_email(said.email).lower()}
    _check(locked, said, new["email"], at=at)
    changed = [name for name, value in new.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    old_address = locked.email
    if "name" in changed:
        keep_name(FormerName(user=locked, name=locked.name), viewer=viewer, at=at)
        _ask_birth_again(locked)
    for name in changed:
        setattr(locked, name, new[name])
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    record_change("account.corrected", locked, viewer=viewer, at=at, changed=" ".join(sorted(changed)))
    if "email" in changed:
        _tell_both(locked, old_address)
    return locked


def keep_name(former: FormerName, *, viewer: Viewer, at: datetime) -> None:
    """Keep a name that is about to change, with when it ended and who changed it."""
    former.until = at
    former.changed_by_id = viewer.membership_id if viewer.user_id is not None else None
    former.save(force_insert=True)


def _check(user: User, said: Particulars, email: str, *, at: datetime) -> None:
    if User.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise RuleBroken("This address has another account: choose one that is the person's alone.", field="email")
    if said.sponsor is not None and said.sponsor.pk == user.pk:
        raise RuleBroken("Nobody is their own sponsor: choose a colleague.", field="sponsor")
    if said.sponsor is not None and said.sponsor.pk != user.sponsor_id and not said.sponsor.is_active:
        raise RuleBroken("The account of this sponsor is suspended: choose another one.", field="sponsor")
    if said.review_on is not None and said.review_on != user.review_on and said.review_on <= london_day(at):
        raise RuleBroken("Enter a day that is still to come.", field="review_on")


def _ask_birth_again(user: User) -> None:
    """Let what is held of their birth count as entered in an earlier form: its keys hold the name as it was."""
    held = StaffRecord.objects.select_for_update().filter(pk=user.pk, has_birth=True).first()
    if held is not None:
        held.birth_form = OLDER_THAN_ANY
        held.save(update_fields=["birth_form"])


def _tell_both(user: User, old_address: str) -> None:
    hub = HubSettings.objects.filter(pk=1).first() or HubSettings()
    for address in (user.email, old_address):  # The new one first: where it takes no mail, the old one hears nothing.
        page = {"hub": hub, "is_new": address == user.email}
        send(f"Your account at the {hub.name}", render_to_string("agencies/mail/address_changed.txt", page), address)
