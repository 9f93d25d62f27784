"""What waits at this stage: to screen, to rate, to assign, to hand over again, and to take over."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from datetime import datetime

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast, Coalesce, Concat

import clock.queries as clocks
from agencies.access.holders import left_by_desk
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Colour, Measure
from clock.models import hub_calendar
from clock.queries import first_due_at
from common.work import Lines, Place, Row, Source, Waits, into, lines
from contacts.choices import ContactState
from contacts.models import Contact, StaffMatch
from contacts.queries import about as contacts_about
from screening.choices import KINDS, ExchangeKind
from screening.choices import EnquiryState as E
from screening.choices import HandoverState as H
from screening.choices import ScreeningState as S
from screening.models import Enquiry, Handover, HandoverExchange, PanelView, Screening
from screening.queries.looking_work import LOOKING_SECTIONS, LOOKING_SOURCES
from screening.queries.night import last_closing
from screening.queries.roles_work import ROLES_SECTIONS, ROLES_SOURCES
from screening.queries.screening import SITTING, WAITING, step_of
from screening.queries.sections import (
    DECLINED,
    MATCHED,
    RED_AT_NIGHT,
    SIGHT,
    TO_ACCEPT,
    TO_ANSWER,
    TO_ASSIGN,
    TO_CHASE,
    TO_DECIDE,
    TO_RATE,
    TO_REASSIGN,
    TO_RELEASE,
    TO_RING,
    TO_RING_AT_NIGHT,
    TO_SCREEN,
    TO_SEND_AGAIN,
)
from screening.rules import GivenView

BEFORE_DECISION = (E.TO_RATE, E.GATHERING, E.DECIDING)
SEE_KINDS = (Role.SCREENER, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS, Role.REVIEWER)
"""Whose lists hold what was screened already; the front door's is before screening, or after the ending."""
UNDECIDED = "screening.without_decision_maker"
RETURNED = (H.QUERIED, H.DECLINED, H.WITHDRAWN)
SECTIONS = (
    *TO_SCREEN.values(), DECLINED, TO_RATE, TO_ASSIGN, TO_REASSIGN, TO_DECIDE, TO_RELEASE, TO_ANSWER, TO_SEND_AGAIN,
    TO_CHASE, TO_RING, RED_AT_NIGHT, TO_RING_AT_NIGHT, TO_ACCEPT, MATCHED, *LOOKING_SECTIONS, *ROLES_SECTIONS,
)  # fmt: skip


def _to_screen(viewer: Viewer, at: datetime) -> Lines | None:
    """Return contacts that wait to be screened."""
    if not viewer.has(Role.SCREENER):
        return None
    return _screening_lines("screening.contacts", Contact.objects.visible_to(viewer).filter(state__in=WAITING))


def _put_to_manager(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what panels have put to a manager who is no screener: nothing else of the queue waits for them."""
    if viewer.has(Role.SCREENER) or not viewer.has(Role.MANAGER):
        return None
    put = Exists(Screening.objects.filter(contact_id=OuterRef("pk"), state=S.WITH_MANAGER))
    return _screening_lines("screening.put", Contact.objects.visible_to(viewer).filter(put, state__in=WAITING))


def _without_decision_maker(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what no decision maker is left to screen: for a manager, who screens it themself."""
    if viewer.has(Role.SCREENER) or not viewer.has(Role.MANAGER):
        return None
    rows = Contact.objects.visible_to(viewer).filter(left_by_desk(Role.SCREENER, "pk"), state__in=WAITING)
    return _screening_lines(UNDECIDED, rows)


def _screening_lines(source: str, rows: QuerySet[Contact]) -> Lines:
    begun = Screening.objects.filter(contact_id=OuterRef("pk"))
    return lines(
        source,
        rows,
        "arrived_at",
        "id",
        state=Coalesce(Subquery(begun.values("state")), Value(S.OPEN.value), output_field=TextField()),
        due_at=first_due_at("pk", *SIGHT),
        arrived_at=F("arrived_at"),
        who=F("claimed_by__user__name"),
        contact_id=F("pk"),
        detail=_views(),
    )


def _views() -> Case:
    """Return agency, kind and exit of each view of a panel that sits; not everybody who screens sees earlier ones."""
    one = Concat(
        Cast("agency_id", TextField()), Value(":"), F("agency__kind"), Value(":"), F("exit"), output_field=TextField()
    )
    sitting = {"screening__contact_id": OuterRef("pk"), "screening__state__in": SITTING}
    given = PanelView.objects.filter(**sitting).order_by().values("screening_id")
    all_of = given.annotate(all=StringAgg(one, ",", order_by="agency_id", output_field=TextField())).values("all")
    sits = When(state=ContactState.WITH_PANEL, then=Subquery(all_of))
    return Case(sits, default=Value(""), output_field=TextField())


def _place_screening(viewer: Viewer, row: Row) -> Iterator[Place]:
    views = [one.split(":") for one in (row.detail or "").split(",") if one]
    given = {agency: GivenView(kind, exit_) for agency, kind, exit_ in views}
    step = step_of(viewer, S(row.state), given, stands_in=row.source == UNDECIDED)
    if step is not None:
        yield TO_SCREEN[step].key, ""


def _enquiries(viewer: Viewer, at: datetime) -> Lines | None:
    """Return every enquiry in which the manager comes next, at whatever stage."""
    if not viewer.has(Role.MANAGER):
        return None
    wanted = Q(state__in=(E.TO_RATE, E.DECIDING, E.DECIDED)) | Q(state__in=BEFORE_DECISION, social_worker__isnull=True)
    due_at = Case(
        When(state=E.DECIDED, then=first_due_at("pk", Measure.RELEASE_AGAIN, Measure.RELEASE)),
        When(state=E.TO_RATE, then=first_due_at("pk", Measure.RATING)),
        When(taken_off_at__isnull=False, then=Coalesce(first_due_at("pk", Measure.REASSIGNMENT), F("due_at"))),
        default=F("due_at"),
    )
    came_back = Q(state=E.DECIDED, pk__in=clocks.awaiting("enquiry", Measure.RELEASE_AGAIN))
    detail = Case(
        When(came_back, then=Value("came_back")),
        When(social_worker__isnull=True, then=Value("unassigned")),
        default=Value(""),
        output_field=TextField(),
    )
    return lines(
        "screening.enquiries",
        Enquiry.objects.visible_to(viewer).filter(wanted),
        "line_due_at",  # Not the enquiry's own, which is nothing once it is decided: the list would cut what came back.
        "id",
        colour=F("colour"),
        due_at=due_at,
        arrived_at=F("arrived_at"),
        who=F("social_worker__user__name"),
        enquiry_id=F("pk"),
        detail=detail,
    )


def _place_enquiry(viewer: Viewer, row: Row) -> Iterator[Place]:
    if row.state == E.TO_RATE:
        yield TO_RATE.key, ""
    elif row.state == E.DECIDED:
        yield (DECLINED if row.detail == "came_back" else TO_RELEASE).key, ""
    else:
        if row.detail:
            yield TO_ASSIGN.key, ""
        if row.state == E.DECIDING:
            yield TO_DECIDE.key, ""


def _left_behind(viewer: Viewer, at: datetime) -> Lines | None:
    """Return enquiries whose social worker has left or is away, and nobody covers: for the manager, who assigns."""
    if not viewer.has(Role.MANAGER):
        return None
    unattended = RawSQL("SELECT unnest(fw.unattended())", [])  # no value at all
    return lines(
        "screening.left_behind",
        Enquiry.objects.visible_to(viewer).filter(pk__in=unattended, state__in=TO_REASSIGN.states),
        "due_at",
        "id",
        colour=F("colour"),
        due_at=Coalesce(first_due_at("pk", Measure.REASSIGNMENT), F("due_at")),
        arrived_at=F("arrived_at"),
        who=F("social_worker__user__name"),
        enquiry_id=F("pk"),
    )


def standing_in(viewer: Viewer, row: Row) -> str:
    """Return for whom the viewer works on a line, where it is not their own."""
    if row.enquiry_id not in viewer.case_access.stands_in:
        return ""
    return f"You stand in for {row.who}" if row.who else "You are on duty: nobody is assigned"


def _handover_lines(source: str, rows: QuerySet[Handover], *measures: Measure, **more: Combinable) -> Lines:
    return lines(
        source,
        rows,
        "sent_at",
        "id",
        due_at=first_due_at("pk", *measures),
        arrived_at=F("sent_at"),
        who=F("team__name"),
        contact_id=F("contact_id"),
        **more,
    )


def _returned(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what a team asks about or has left and nobody has sent anew, to whoever sent it and to the manager."""
    if not viewer.has(Role.MANAGER, Role.SCREENER):
        return None
    later = Handover.objects.filter(screening_id=OuterRef("screening_id"), sent_at__gt=OuterRef("sent_at"))
    rows = Handover.objects.visible_to(viewer).filter(~Exists(later), state__in=RETURNED)
    if not viewer.has(Role.MANAGER):
        rows = rows.filter(sent_by_id=viewer.membership_id)
    return _handover_lines("screening.returned", rows, Measure.ACCEPTANCE, Measure.RELEASE_AGAIN)


def _place_returned(viewer: Viewer, row: Row) -> Iterator[Place]:
    words = {H.DECLINED: "Declined", H.WITHDRAWN: "Withdrawn"}.get(H(row.state), "")
    yield (TO_ANSWER if row.state == H.QUERIED else TO_SEND_AGAIN).key, words


def _of_team(viewer: Viewer, at: datetime) -> Lines | None:
    if viewer.team_id is None:
        return None
    rows = Handover.objects.filter(team_id=viewer.team_id).waiting().visible_to(viewer)
    return _handover_lines("screening.of_team", rows, Measure.ACCEPTANCE)


def _with_empty_team(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what was handed to a team in which nobody is left to take it over: for the manager, who rings."""
    if not viewer.has(Role.MANAGER):
        return None
    of_nobody = RawSQL("SELECT unnest(fw.handovers_of_nobody())", [])  # no value at all
    rows = Handover.objects.visible_to(viewer).waiting().filter(pk__in=of_nobody)
    return _handover_lines("screening.with_empty_team", rows, Measure.ACCEPTANCE)


def _red_at_night(viewer: Viewer, at: datetime) -> Lines | None:
    """Return the Red handovers that no team has accepted, for the duty team, while the hub is closed."""
    if not viewer.has(*RED_AT_NIGHT.roles) or hub_calendar().is_open(at):
        return None
    later = Handover.objects.filter(screening_id=OuterRef("screening_id"), sent_at__gt=OuterRef("sent_at"))
    rows = Handover.objects.visible_to(viewer).filter(~Exists(later), colour=Colour.RED)
    decided = HandoverExchange.objects.filter(handover_id=OuterRef("pk"), kind=ExchangeKind.NIGHT)
    decided = decided.filter(said_at__gte=last_closing(at=at))
    return _handover_lines(
        "screening.red_at_night",
        rows.filter(state__in=(H.SENT, *RETURNED)),
        Measure.ACCEPTANCE,
        Measure.RELEASE_AGAIN,
        colour=F("colour"),
        detail=Case(When(Exists(decided), then=Value("decided")), default=Value(""), output_field=TextField()),
    )


def _place_red_at_night(viewer: Viewer, row: Row) -> Iterator[Place]:
    if row.state == H.SENT:
        yield TO_RING_AT_NIGHT.key, ""
    else:
        yield RED_AT_NIGHT.key, "Decided for the night" if row.detail else ""


def _matches(viewer: Viewer, at: datetime) -> Lines | None:
    """Return contacts with a match of the staff list that nobody has settled, to managers; no name."""
    if not viewer.has(Role.MANAGER):
        return None
    rows = StaffMatch.objects.visible_to(viewer).filter(settled_at__isnull=True)
    return lines(
        "screening.matches",
        rows,
        "found_at",
        "id",
        key=F("contact_id"),
        state=Value(""),
        due_at=F("settle_by"),
        arrived_at=F("found_at"),
    )


SOURCES = (
    Source("screening.contacts", _to_screen, _place_screening),
    Source("screening.put", _put_to_manager, _place_screening, (Waits.PUT_TO_MANAGER,)),
    Source(UNDECIDED, _without_decision_maker, _place_screening, (Waits.NO_DECISION_MAKER,)),
    Source("screening.enquiries", _enquiries, _place_enquiry),
    Source(
        "screening.returned",
        _returned,
        _place_returned,
        (
            Waits.RETURNED,
            Waits.RETURNED_OWN,
        ),
    ),
    Source("screening.red_at_night", _red_at_night, _place_red_at_night),
    Source("screening.of_team", _of_team, into(TO_ACCEPT)),
    Source("screening.left_behind", _left_behind, into(TO_REASSIGN), (Waits.LEFT_BEHIND,)),
    Source("screening.with_empty_team", _with_empty_team, into(TO_RING), (Waits.EMPTY_TEAMS,)),
    Source("screening.matches", _matches, into(MATCHED), (Waits.STAFF_MATCHES,)),
    *LOOKING_SOURCES,
    *ROLES_SOURCES,
)


def kinds_of(viewer: Viewer, contacts: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, str]]:
    """Return the kind of concern and the proposed colour of contacts as screening saw them; one query, none for others.

    The contacts were fetched by their own rule, which is that of their screening too.
    The kind is a criterion of the hub's, a category and never a line of text; it names no allegation and no person.
    """
    if not viewer.has(*SEE_KINDS) or not contacts:
        return {}
    rows = Screening.objects.filter(contact_id__in=contacts)
    found = rows.values_list("contact_id", "criteria", "proposed_colour")
    return {key: (KINDS.get(criteria[0], "") if criteria else "", colour) for key, criteria, colour in found}


contacts_about.KINDS.append(kinds_of)
