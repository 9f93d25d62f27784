"""What waits of that which somebody was told wrongly, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce

from agencies.access.holders import left_by_desk
from agencies.access.viewer import Viewer
from agencies.choices import Role
from clock.choices import Measure
from clock.queries import first_due_at
from common.work import Lines, Place, Row, Source, Waits, into, lines
from contacts.choices import ContactState
from contacts.models import Contact, Correction
from decisions.choices import CameBackKind
from decisions.models import CameBack, CorrectionNotice, Undelivered
from decisions.queries.sections import (
    CAME_BACK,
    TO_PASS_ON,
    TO_READ,
    TO_RING_CORRECTION,
    TO_SAY,
    UNDELIVERED,
)
from decisions.reads.corrections import has_kept_untold, untold
from decisions.visibility.corrections import OUTSIDE_THE_HUB


def _undelivered(viewer: Viewer, at: datetime) -> Lines | None:
    """Return messages about a child that did not arrive; the page is the one of their case."""
    if not viewer.has(*UNDELIVERED.roles):
        return None
    about = Coalesce("enquiry_id", "contact_id")
    rows = Undelivered.objects.visible_to(viewer).filter(settled_at__isnull=True).annotate(about=about)
    return lines(
        "decisions.undelivered",
        rows,
        "failed_at",
        "pk",
        state=Value(""),
        colour=F("colour"),
        due_at=first_due_at("about", Measure.UNDELIVERED),
        arrived_at=F("failed_at"),
        contact_id=Case(When(enquiry_id__isnull=True, then=F("contact_id"))),
        enquiry_id=F("enquiry_id"),
    )


def _came_back(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what came back of letters and mails; the page is the one of their contact."""
    if not viewer.has(*CAME_BACK.roles):
        return None
    contact = Contact.objects.filter(pk=OuterRef("contact_id"))
    return lines(
        "decisions.came_back",
        CameBack.objects.visible_to(viewer).filter(settled_at__isnull=True),
        "recorded_at",
        "id",
        key=F("contact_id"),
        reference=Subquery(contact.values("reference")),
        state=Value(""),
        colour=Subquery(contact.filter(state=ContactState.IN_ENQUIRY).values("colour")),
        due_at=first_due_at("contact_id", Measure.CAME_BACK),
        arrived_at=F("recorded_at"),
        contact_id=F("contact_id"),
        detail=F("kind"),
    )


def _place_came_back(viewer: Viewer, row: Row) -> Iterable[Place]:
    return [(CAME_BACK.key, CameBackKind(row.detail or "").label)]


def _to_pass_on(viewer: Viewer, at: datetime) -> Lines | None:
    if not viewer.has(*TO_PASS_ON.roles):
        return None
    found = untold(viewer) if _looks_in(viewer) else Correction.objects.visible_to(viewer).filter(pk__in=_kept_untold())
    return _correction_lines("decisions.to_pass_on", found, "made_at", first_due_at("contact_id", Measure.CORRECTION))


def _looks_in(viewer: Viewer) -> bool:
    """Say whether what the database keeps as untold is not exact for this viewer: then the whole question is put."""
    return bool(not has_kept_untold(viewer) or viewer.case_access.reviewed or viewer.case_access.emergency_access)


def _kept_untold() -> RawSQL:
    return RawSQL("SELECT unnest(fw.corrections_untold())", [])  # no value at all


def _correction_lines(
    source: str, rows: QuerySet[Correction] | QuerySet[CorrectionNotice], moment: str, due_at: Combinable
) -> Lines:
    contact = Contact.objects.filter(pk=OuterRef("contact_id")).values("reference")
    return lines(
        source,
        rows,
        moment,
        "id",
        key=F("contact_id"),
        reference=Subquery(contact),
        state=Value(""),
        due_at=due_at,
        arrived_at=F(moment),
        contact_id=F("contact_id"),
    )


def _to_say(viewer: Viewer, at: datetime) -> Lines | None:
    return _unsaid("decisions.to_say", viewer, Q()) if viewer.has(Role.FRONT_DOOR) else None


def _unsaid(source: str, viewer: Viewer, which: Q) -> Lines:
    rows = CorrectionNotice.objects.visible_to(viewer).filter(which, OUTSIDE_THE_HUB, told_at__isnull=True)
    return _correction_lines(source, rows, "written_at", first_due_at("pk", Measure.CORRECTION))


def of_empty_front_door(
    key: str,
    lines_of: Callable[[str, Viewer, Q], Lines],
    place: Callable[[Viewer, Row], Iterable[Place]],
    column: str = "pk",
) -> Source:
    """Return the source that gives a manager what the front door has, where nobody of it is left for the contact.

    Args:
        lines_of: the front door's lines under a further condition.
        column: that names the contact.
    """
    source = f"{key}_of_empty_front_door"

    def rows(viewer: Viewer, at: datetime) -> Lines | None:
        if viewer.has(Role.FRONT_DOOR) or not viewer.has(Role.MANAGER):
            return None
        return lines_of(source, viewer, left_by_desk(Role.FRONT_DOOR, column))

    return Source(source, rows, place, (Waits.EMPTY_FRONT_DOOR,))


def _to_read(viewer: Viewer, at: datetime) -> Lines | None:
    """Return corrections that are addressed to the viewer's agency or team and were not read there."""
    ours = Q()
    if viewer.group_id is not None:
        ours |= Q(agency_id=viewer.agency_id)
    if viewer.team_id is not None:
        ours |= Q(team_id=viewer.team_id)
    if not ours:
        return None
    rows = CorrectionNotice.objects.visible_to(viewer).filter(ours, told_at__isnull=True).exclude(OUTSIDE_THE_HUB)
    return _notice_lines("decisions.to_read", rows)


def _with_nobody_to_read(viewer: Viewer, at: datetime) -> Lines | None:
    """Return corrections for an agency or a team in which nobody is at work: for the manager, who rings."""
    if not viewer.has(Role.MANAGER):
        return None
    empty = RawSQL("SELECT unnest(fw.corrections_of_nobody())", [])  # no value at all
    rows = CorrectionNotice.objects.visible_to(viewer).filter(pk__in=empty, told_at__isnull=True)
    return _notice_lines("decisions.with_nobody_to_read", rows)


def _notice_lines(source: str, rows: QuerySet[CorrectionNotice]) -> Lines:
    told: dict[str, Combinable] = {
        "state": Value(""),
        "due_at": first_due_at("pk", Measure.CORRECTION),
        "arrived_at": F("written_at"),
        "contact_id": F("contact_id"),
    }
    return lines(source, rows, "written_at", "id", **told)


TELLING_SOURCES = (
    Source("decisions.came_back", _came_back, _place_came_back, (Waits.CAME_BACK,)),
    Source("decisions.undelivered", _undelivered, into(UNDELIVERED), (Waits.UNDELIVERED,)),
    Source(
        "decisions.to_pass_on",
        _to_pass_on,
        into(TO_PASS_ON),
        (Waits.CORRECTIONS_UNTOLD,),
    ),
    Source("decisions.to_say", _to_say, into(TO_SAY), (Waits.CORRECTIONS_TO_SAY,)),
    of_empty_front_door("decisions.to_say", _unsaid, into(TO_SAY), "contact_id"),
    Source("decisions.to_read", _to_read, into(TO_READ), (Waits.CORRECTIONS_TO_READ,)),
    Source("decisions.with_nobody_to_read", _with_nobody_to_read, into(TO_RING_CORRECTION), (Waits.UNREAD_BY_NOBODY,)),
)
