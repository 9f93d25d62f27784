"""What waits at this stage: danger first, protective work, then contacts; at night, what the duty team answers for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least

from agencies.access.holders import held_by_nobody, left_by_desk
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Colour, Measure
from clock.models import hub_calendar
from clock.queries import awaiting, first_due_at
from common.work import Lines, Place, Row, Source, Waits, into, lines
from contacts.choices import ContactState as S
from contacts.choices import ProtectState as P
from contacts.choices import ReferrerKind
from contacts.models import Contact, Protection
from contacts.queries.sections import (
    IN_DANGER,
    RED_AT_NIGHT,
    SECTIONS,
    SIGHT,
    TO_ACKNOWLEDGE,
    TO_CHASE,
    TO_COMPLETE,
    TO_CONVENE,
    TO_HOLD,
    TO_TAKE,
    TO_WRITE,
    UNSAFE,
    UNSEEN_AT_NIGHT,
)
from contacts.querysets import unseen
from contacts.reads.safety import not_taken_up, with_safe_until
from contacts.transitions import CONVENERS
from contacts.visibility import worked_on

__all__ = ["SECTIONS", "SOURCES"]

ATTENDED = (P.CONVENED, P.HELD, P.STOOD_DOWN)
UNACKNOWLEDGED = Q(state=S.PASSED_ON, worker_acknowledged_at__isnull=True)
STEPS = (Measure.CONVENING, Measure.DISCUSSION, Measure.SAFE_UNTIL)


def _in_danger(viewer: Viewer, at: datetime) -> Lines | None:
    """Return contacts that say "in danger now" and have no protective work, or an alarm that nobody has taken up.

    Whoever leads protective work has the alarm itself on the list.
    """
    if not viewer.has(*IN_DANGER.roles):
        return None
    begun = Protection.objects.filter(contact_id=OuterRef("pk"))
    raised = begun.filter(state=P.RAISED)
    lone = ~Exists(begun) if viewer.has(*CONVENERS) else ~Exists(begun.filter(state__in=ATTENDED)) | Exists(raised)
    rows = Contact.objects.visible_to(viewer).filter(lone, immediate_danger=True, ended_at__isnull=True)
    return _contact_lines("contacts.danger", rows, first_due_at("pk", Measure.CONVENING, *SIGHT), at=at)


def _contact_lines(source: str, rows: QuerySet[Contact], due_at: Combinable, *, at: datetime) -> Lines:
    ready = Case(
        When(held_by_nobody("claimed_by", at=at), then=Value("unclaimed")),
        When(concern="", then=Value("no_concern")),
        default=Value("ready"),
        output_field=TextField(),
    )
    return lines(
        source,
        rows,
        "came_in_flood",
        "arrived_at",
        "id",
        colour=F("colour"),
        due_at=due_at,
        arrived_at=F("arrived_at"),
        who=F("claimed_by__user__name"),
        contact_id=F("pk"),
        enquiry_id=F("enquiry_id"),
        detail=ready,
    )


def _contacts(viewer: Viewer, at: datetime) -> Lines | None:
    """Return contacts that are not screened, not acknowledged, or not yet with the allocated worker."""
    wanted = Q()
    if viewer.has(Role.FRONT_DOOR):
        mine_or_nobodys = held_by_nobody("claimed_by", at=at) | Q(claimed_by_id=viewer.membership_id)
        wanted |= Q(state=S.RECEIVED) & mine_or_nobodys
        wanted |= UNACKNOWLEDGED
    if viewer.is_registered_social_worker and viewer.has(Role.MANAGER, Role.SOCIAL_WORKER):
        untold = Q(state=S.IN_ENQUIRY, acknowledged_at__isnull=True) & ~Q(referrer_kind=ReferrerKind.ANONYMOUS)
        wanted |= (
            untold
            if viewer.has(Role.MANAGER)
            else untold & worked_on(viewer, worker="social_worker_id", enquiry="enquiry_id")
        )
    if not wanted:
        return None
    due_at = first_due_at("pk", *SIGHT, Measure.ACKNOWLEDGEMENT)
    return _contact_lines("contacts.contacts", Contact.objects.visible_to(viewer).filter(wanted), due_at, at=at)


def _of_empty_front_door(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what the front door leaves to the manager, while nobody of it is left for it."""
    if viewer.has(Role.FRONT_DOOR) or not viewer.has(Role.MANAGER):
        return None
    rows = Contact.objects.visible_to(viewer).filter(Q(state=S.RECEIVED) | UNACKNOWLEDGED)
    rows = rows.filter(left_by_desk(Role.FRONT_DOOR, "pk"))
    due_at = first_due_at("pk", *SIGHT, Measure.ACKNOWLEDGEMENT)
    return _contact_lines("contacts.of_empty_front_door", rows, due_at, at=at)


def _place_contact(viewer: Viewer, row: Row) -> Iterator[Place]:
    if row.state == S.PASSED_ON:
        yield TO_CHASE.key, ""
    elif row.state == S.IN_ENQUIRY:
        yield TO_ACKNOWLEDGE.key, ""
    else:
        section = {"unclaimed": TO_TAKE, "no_concern": TO_WRITE}.get(row.detail or "", TO_COMPLETE)
        yield section.key, ""


def _protections(viewer: Viewer, at: datetime) -> Lines | None:
    """Return protective work that somebody has to lead, or to look at again.

    After the discussion: a child is not known to be safe, or a day has gone by. The end of a contact takes up the work
    that was held before it, not what was raised since. Whoever sees the contact no more can carry nothing on, and would
    not see that it has ended.
    """
    if not viewer.has(*CONVENERS):
        return None
    again = (
        Q(safe_until__isnull=True)
        | Q(safe_until__lte=at)
        | Q(contact_id__in=awaiting("protection", Measure.SAFE_UNTIL).filter(due_at__lte=at))
    )
    held = Q(state=P.HELD) & again & not_taken_up()
    seen = Exists(Contact.objects.visible_to(viewer).filter(pk=OuterRef("contact_id")))
    rows = with_safe_until(Protection.objects.visible_to(viewer))
    rows = rows.filter(seen, Q(state__in=(P.RAISED, P.CONVENED)) | held)
    colour = Contact.objects.filter(pk=OuterRef("contact_id")).values("colour")
    return lines(
        "contacts.protections",
        rows,
        "raised_at",
        "id",
        colour=Subquery(colour),
        due_at=Least(F("safe_until"), first_due_at("contact_id", *STEPS)),
        arrived_at=F("raised_at"),
        who=F("convened_by__user__name"),
        contact_id=F("contact_id"),
    )


def _place_protection(viewer: Viewer, row: Row) -> Iterator[Place]:
    yield {P.RAISED: TO_CONVENE, P.CONVENED: TO_HOLD}.get(P(row.state), UNSAFE).key, ""


def _at_night(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what the duty team answers for while the hub is closed: what nobody has seen, and every open Red."""
    if not viewer.has(*RED_AT_NIGHT.roles) or hub_calendar().is_open(at):
        return None
    rows = Contact.objects.visible_to(viewer).filter(unseen() | Q(state=S.IN_ENQUIRY, colour=Colour.RED))
    due_at = Least(first_due_at("pk", *SIGHT), first_due_at("enquiry_id", Measure.DECISION))
    return _contact_lines("contacts.at_night", rows, due_at, at=at)


def _place_at_night(viewer: Viewer, row: Row) -> Iterator[Place]:
    yield (UNSEEN_AT_NIGHT if row.state == S.RECEIVED else RED_AT_NIGHT).key, ""


SOURCES = (
    Source("contacts.protections", _protections, _place_protection),
    Source("contacts.contacts", _contacts, _place_contact),
    Source("contacts.of_empty_front_door", _of_empty_front_door, _place_contact, (Waits.EMPTY_FRONT_DOOR,)),
    Source("contacts.danger", _in_danger, into(IN_DANGER)),
    Source("contacts.at_night", _at_night, _place_at_night),
)
