"""What waits at this stage: danger first, protective work, then contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When

from agencies.access.holders import held_by_nobody
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from clock.queries import first_due_at
from common.work import Lines, Place, Row, Section, Source, into, lines
from contacts.choices import ContactState as S
from contacts.choices import ProtectState as P
from contacts.choices import ReferrerKind
from contacts.models import Contact, Protection
from contacts.queries.about import with_safe_until
from contacts.transitions import CONTACT, CONVENERS, PROTECTION
from contacts.visibility import worked_on

FRONT_DOOR, MANAGER, LEADS = frozenset({Role.FRONT_DOOR}), frozenset({Role.MANAGER}), frozenset(CONVENERS)
ATTENDED = (P.CONVENED, P.HELD, P.STOOD_DOWN)
SIGHT = (Measure.FIRST_SIGHT, Measure.STATUTORY_STEP)

IN_DANGER = Section(
    key="contacts.in_danger",
    title="In danger now: nobody has begun to protect them",
    roles=FRONT_DOOR | LEADS,
    table=CONTACT,
    states=frozenset({S.RECEIVED, S.WITH_PANEL, S.IN_ENQUIRY}),
    moves=(),
    begins="protection.raised",
    route="contacts:contact",
    measures=SIGHT,
    protects=True,
)
TO_CONVENE = Section(
    key="contacts.to_convene",
    title="Protect now: convene",
    roles=LEADS,
    table=PROTECTION,
    states=frozenset({P.RAISED}),
    moves=("protection.convened", "protection.held", "protection.stood_down"),
    route="contacts:protection",
    protects=True,
)
TO_HOLD = Section(
    key="contacts.to_hold",
    title="Protect now: hold the strategy discussion",
    roles=LEADS,
    table=PROTECTION,
    states=frozenset({P.CONVENED}),
    moves=("protection.held", "protection.stood_down"),
    route="contacts:protection",
    protects=True,
)
UNSAFE = Section(
    key="contacts.unsafe",
    title="Protect now: say until when each child is safe",
    roles=LEADS,
    table=PROTECTION,
    states=frozenset({P.HELD}),
    moves=("protection.held",),
    begins="protection.whereabouts_recorded",
    route="contacts:protection",
    protects=True,
)
TO_TAKE = Section(
    key="contacts.to_take",
    title="Claim and complete",
    roles=FRONT_DOOR,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.claimed",),
    route="contacts:contact",
    measures=SIGHT,
)
TO_WRITE = Section(
    key="contacts.to_write",
    title="Write the concern for sharing",
    roles=FRONT_DOOR,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.amended",),
    route="contacts:contact",
    measures=SIGHT,
)
TO_COMPLETE = Section(
    key="contacts.to_complete",
    title="Complete for screening",
    roles=FRONT_DOOR,
    table=CONTACT,
    states=frozenset({S.RECEIVED}),
    moves=("contact.amended", "contact.passed_on", "contact.entered_enquiry"),
    route="contacts:contact",
    measures=SIGHT,
)
TO_CHASE = Section(
    key="contacts.to_chase",
    title="Ask the worker to acknowledge",
    roles=FRONT_DOOR,
    table=CONTACT,
    states=frozenset({S.PASSED_ON}),
    moves=(),
    route="contacts:contact",
    measures=(Measure.ACKNOWLEDGEMENT,),
    chases="the allocated worker",
)
TO_SEE = Section(
    key="contacts.to_see",
    title="See to it: first social work review is overdue",
    roles=MANAGER,
    table=CONTACT,
    states=frozenset({S.RECEIVED, S.WITH_PANEL}),
    moves=("contact.acknowledged", "contact.entered_enquiry", "contact.ended"),
    route="contacts:contact",
    measures=(Measure.FIRST_SIGHT,),
    chases="whoever screens",
)
TO_ACKNOWLEDGE = Section(
    key="contacts.to_acknowledge",
    title="Acknowledge to the referrer",
    roles=frozenset({Role.MANAGER, Role.SOCIAL_WORKER}),
    table=CONTACT,
    states=frozenset({S.IN_ENQUIRY}),
    moves=("contact.acknowledged",),
    route="contacts:contact",
    measures=(Measure.STATUTORY_STEP,),
)
SECTIONS = (
    IN_DANGER, TO_CONVENE, TO_HOLD, UNSAFE, TO_TAKE, TO_WRITE, TO_COMPLETE, TO_CHASE, TO_SEE, TO_ACKNOWLEDGE,
)  # fmt: skip


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
    return _contact_lines("contacts.danger", rows, *IN_DANGER.measures, at=at)


def _contact_lines(source: str, rows: QuerySet[Contact], *measures: Measure | str, at: datetime) -> Lines:
    ready = Case(
        When(held_by_nobody("claimed_by", at=at), then=Value("unclaimed")),
        When(concern="", then=Value("no_concern")),
        default=Value("ready"),
        output_field=TextField(),
    )
    return lines(
        source,
        rows,
        "arrived_at",
        "id",
        colour=F("colour"),
        due_at=first_due_at("pk", *map(Measure, measures)),
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
        wanted |= Q(state=S.PASSED_ON, worker_acknowledged_at__isnull=True)
    if viewer.is_registered_social_worker and viewer.has(Role.MANAGER, Role.SOCIAL_WORKER):
        untold = Q(state=S.IN_ENQUIRY, acknowledged_at__isnull=True) & ~Q(referrer_kind=ReferrerKind.ANONYMOUS)
        wanted |= (
            untold
            if viewer.has(Role.MANAGER)
            else untold & worked_on(viewer, worker="social_worker_id", enquiry="enquiry_id")
        )
    if not wanted:
        return None
    measures = (*SIGHT, Measure.ACKNOWLEDGEMENT)
    return _contact_lines("contacts.contacts", Contact.objects.visible_to(viewer).filter(wanted), *measures, at=at)


def _place_contact(viewer: Viewer, row: Row) -> Iterator[Place]:
    if row.state == S.PASSED_ON:
        yield TO_CHASE.key, ""
    elif row.state == S.IN_ENQUIRY:
        yield TO_ACKNOWLEDGE.key, ""
    else:
        section = {"unclaimed": TO_TAKE, "no_concern": TO_WRITE}.get(row.detail or "", TO_COMPLETE)
        yield section.key, ""


def _protections(viewer: Viewer, at: datetime) -> Lines | None:
    """Return protective work that somebody has to lead, or after which a child is no longer known to be safe."""
    if not viewer.has(*CONVENERS):
        return None
    open_contact = Contact.objects.filter(pk=OuterRef("contact_id"), ended_at__isnull=True)
    unsafe = Q(state=P.HELD, safe_until__lte=at) & Exists(open_contact)
    rows = with_safe_until(Protection.objects.visible_to(viewer)).filter(Q(state__in=(P.RAISED, P.CONVENED)) | unsafe)
    colour = Contact.objects.filter(pk=OuterRef("contact_id")).values("colour")
    return lines(
        "contacts.protections",
        rows,
        "raised_at",
        "id",
        colour=Subquery(colour),
        due_at=F("safe_until"),
        arrived_at=F("raised_at"),
        who=F("convened_by__user__name"),
        contact_id=F("contact_id"),
    )


def _place_protection(viewer: Viewer, row: Row) -> Iterator[Place]:
    yield {P.RAISED: TO_CONVENE, P.CONVENED: TO_HOLD}.get(P(row.state), UNSAFE).key, ""


SOURCES = (
    Source("contacts.protections", _protections, _place_protection),
    Source("contacts.contacts", _contacts, _place_contact),
    Source("contacts.danger", _in_danger, into(IN_DANGER)),
)
