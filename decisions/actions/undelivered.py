"""A message about a child did not arrive: it is sent again, told in another way, or somebody says why it need not be.

Those who answer for the child see to it, who need not see to the mail server; what is settled on either side is
settled on both.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

import clock.actions as clock
from agencies.access import firewall, roles
from agencies.access.identity import acting_as
from agencies.access.viewer import CLOCK, Viewer
from agencies.choices import Role, SystemRole
from audit.actions import record
from clock.choices import Loop, Measure, Start
from clock.models import Deadline
from clock.rules.subject import Owing, Subject
from common.errors import RuleBroken, StaleRecord
from contacts.models import Referrer
from contacts.rules.reaching import why_not_by_email
from decisions.actions.remedies import Remedy, check_told
from decisions.choices import SeenToBy
from decisions.mail import notices
from decisions.models import Undelivered
from notices.actions import notify, notify_holders, put_aside, try_again
from notices.choices import Channel
from notices.mail import is_usable
from screening.actions import who_works_on

KIND = "undelivered"
"""Of the clock: one for each case, however many messages failed."""


@transaction.atomic
def see_to(message: Undelivered, remedy: Remedy, *, viewer: Viewer, at: datetime) -> Undelivered:
    """Record what was done about a message that did not arrive; sent again, it leaves within a minute.

    Raises:
        NotVisible: there is none for this viewer.
        NotPermitted: the viewer does not answer for the child.
        StaleRecord: somebody saw to it since.
        RuleBroken: something is missing, or the address cannot be used.
    """
    roles.require(viewer, Role.MANAGER, Role.FRONT_DOOR, Role.SOCIAL_WORKER)
    rows = Undelivered.objects.select_for_update(of=("self",))
    held: Undelivered = firewall.fetch(rows, viewer, pk=message.pk)
    if held.settled_at is not None:
        raise StaleRecord("Nothing was changed: somebody saw to this message since you opened the page.")
    _check(held, remedy, at=at)
    if remedy.way == SeenToBy.TRIED_AGAIN:
        _require_safe_email(held, viewer)
    held.settled_at, held.settled_by_id, held.way = at, viewer.member, remedy.way
    if remedy.way == SeenToBy.TOLD:
        held.how, held.informed_at, held.informed_by = remedy.how, remedy.informed_at, remedy.informed_by.strip()
    held.reason = remedy.reason.strip()
    held.save(update_fields=["settled_at", "settled_by", "way", "how", "informed_at", "informed_by", "reason"])
    if remedy.way == SeenToBy.TRIED_AGAIN:
        try_again(held.letter_id, address=remedy.address.strip(), at=at)
    else:
        put_aside(held.letter_id, at=at)
    _end_clock(held, at=at)
    record(
        "undelivered.seen_to",
        actor=viewer,
        at=at,
        record_type=Undelivered._meta.label_lower,
        record_id=held.pk,
        reference=held.reference,
        enquiry_id=held.enquiry_id,
        details={"way": remedy.way},
    )
    return held


def _check(message: Undelivered, remedy: Remedy, *, at: datetime) -> None:
    if remedy.way not in SeenToBy.values:
        raise RuleBroken("Select what was done about it.", field="way")
    if remedy.way == SeenToBy.TRIED_AGAIN:
        _check_address(message, remedy.address.strip())
        return
    if remedy.way == SeenToBy.TOLD:
        check_told(remedy, at=at)
    elif not remedy.reason.strip():
        raise RuleBroken("Write why nobody needs to be told.", field="reason")


def _require_safe_email(message: Undelivered, viewer: Viewer) -> None:
    """Let a referrer's mail go out again only where email is safe for them."""
    if message.recipient_id is not None or message.contact_id is None:
        return
    referrer = Referrer.objects.visible_to(viewer).filter(contact_id=message.contact_id).first()
    why_not = why_not_by_email(referrer.safe_by if referrer else [])
    if why_not:
        raise RuleBroken(why_not, field="way")


def _check_address(message: Undelivered, address: str) -> None:
    if not address:
        return
    if message.recipient_id is not None:
        raise RuleBroken("The address of an account is put right by an administrator.", field="address")
    if not is_usable(address):
        raise RuleBroken("Enter one email address, such as name@example.org.", field="address")


def _end_clock(message: Undelivered, *, at: datetime) -> None:
    """End the clock of a case once nothing of it is left; another message of it keeps the clock running."""
    with acting_as(CLOCK) as system:
        if (
            not Undelivered.objects.visible_to(system)
            .filter(reference=message.reference, settled_at__isnull=True)
            .exists()
        ):
            clock.meet_deadline(KIND, message.about_id, Measure.UNDELIVERED, at=at)


def tell_undelivered(*, viewer: Viewer, at: datetime, batch: int = 100) -> int:
    """Tell those who answer for the child what did not arrive, start the clock, and end it where all is seen to.

    Safe to run anywhere and any number of times at once. Returns how many messages it was.

    Raises:
        NotPermitted: the viewer is not the clock.
    """
    roles.require(viewer, SystemRole.CLOCK)
    with acting_as(viewer) as system:
        rows = Undelivered.objects.visible_to(system).filter(noted_at__isnull=True)
        rows = rows.exclude(pk__in=clock.held_back(Loop.UNDELIVERED, at=at))
        found = list(rows.select_for_update(skip_locked=True, of=("self",)).order_by("failed_at", "pk")[:batch])
        clock.each_row(Loop.UNDELIVERED, found, partial(_note, at=at), key=lambda one: one.pk, at=at)
        _end_clocks_of_what_is_settled(system, at=at)
    return len(found)


def _note(message: Undelivered, *, at: datetime) -> None:
    if message.settled_at is None:
        _tell(message, at=at)
    message.noted_at = at
    message.save(update_fields=["noted_at"])


def _tell(message: Undelivered, *, at: datetime) -> None:
    enquiry_reference = message.reference if message.enquiry_id else ""
    clock.start_if_measured(
        Subject(
            KIND,
            message.about_id,
            message.reference,
            enquiry_id=message.enquiry_id,
            enquiry_reference=enquiry_reference,
            case_id=message.about_id,
        ),
        Measure.UNDELIVERED,
        colour=message.colour,
        moments={Start.SENDING: message.failed_at},
        owing=Owing(membership_id=message.social_worker_id),
        at=at,
    )
    told, in_hub = notices.undelivered(message.reference, str(message.pk)), (Channel.IN_APP,)
    if message.enquiry_id is not None:
        notify(told, memberships=who_works_on(message.enquiry_id, at=at), at=at, channels=in_hub)
    if message.recipient_id is not None:  # Of mail to people without an account its sender has told these already.
        notify_holders(told, Role.MANAGER, at=at, channels=in_hub)
        if message.enquiry_id is None:
            notify_holders(told, Role.FRONT_DOOR, at=at, channels=in_hub)


def _end_clocks_of_what_is_settled(system: Viewer, *, at: datetime) -> None:
    """End the clocks of cases whose last message was seen to elsewhere, such as on the page of notices."""
    known = {row.about_id for row in Undelivered.objects.visible_to(system).filter(settled_at__isnull=True)}
    running = Deadline.objects.visible_to(system).open().filter(measure=Measure.UNDELIVERED)
    over = [subject for subject in running.values_list("subject_id", flat=True) if subject not in known]
    clock.each_row(
        Loop.UNDELIVERED,
        over,
        lambda subject: clock.meet_deadline(KIND, subject, Measure.UNDELIVERED, at=at),
        key=lambda subject: subject,
        at=at,
    )
