"""What the table means for one viewer: the rows that each opening opens, as query expressions.

Nothing is decided by it. The pages "Why can I see this?" ask it about a record that the rules have shown already, and
the tests hold rules and policies to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from operator import and_, or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.functions import Now

from agencies.access.conditions import EVERYTHING, NOTHING
from agencies.access.table.whole import RECORDS
from agencies.access.table.words import (
    EMERGENCY_ACCESS,
    LET_IN,
    PANEL,
    SCREENER,
    Audience,
    Every,
    Me,
    Opening,
    Rows,
    Where,
)
from agencies.access.viewer import Viewer
from agencies.choices import AgencyKind


def audiences_of(viewer: Viewer) -> frozenset[Audience]:
    """Return the audiences that a viewer belongs to.

    Their roles, where a screener of a partner agency counts as the panel; and the audiences of emergency access and of
    the emergency route, while one is open to them.
    """
    audiences = {audience for audience in Audience if audience in viewer.roles}
    if SCREENER in audiences and viewer.agency_kind != AgencyKind.SOCIAL_CARE:
        audiences = (audiences - {SCREENER}) | {PANEL}
    audiences |= {EMERGENCY_ACCESS} if viewer.case_access.emergency_access else set()
    audiences |= {LET_IN} if viewer.case_access.emergency_route else set()
    return frozenset(audiences)


def opened(label: str, viewer: Viewer, audiences: Collection[Audience] | None = None) -> Q:
    """Return the rows of a record that are open to a viewer.

    Args:
        label: the model, such as `contacts.Contact`.
        audiences: only these, of those that the viewer belongs to; None: all of them.
    """
    among = audiences_of(viewer) if audiences is None else audiences_of(viewer) & frozenset(audiences)
    rows = (rows_of(label, one, viewer) for one in RECORDS[label].openings if applies(one, viewer, among))
    return reduce(or_, rows, NOTHING) & _not_closed(label, viewer)


def _not_closed(label: str, viewer: Viewer) -> Q:
    """Return the rows that no conflict of interest closes to a viewer."""
    access = viewer.case_access
    closed = {
        "contact": access.closed_contacts,
        "enquiry": access.closed_enquiries,
        "person": access.closed_persons,
        "reference": access.closed_references,
    }
    ways = RECORDS[label].closed_by
    return reduce(and_, (~Q(**{f"{path}__in": closed[way]}) for way, path in ways.items() if closed[way]), Q())


def reasons(record: Model, viewer: Viewer) -> list[Opening]:
    """Return the openings by which one record is open to a viewer now."""
    label = record._meta.label
    held = [one for one in RECORDS[label].openings if applies(one, viewer, audiences_of(viewer))]
    rows = type(record)._default_manager.filter(pk=record.pk)
    return [one for one in held if rows.filter(rows_of(label, one, viewer)).exists()]


def applies(opening: Opening, viewer: Viewer, audiences: Collection[Audience]) -> bool:
    """Say whether an opening is meant for any of these audiences, whatever the record."""
    if opening.only_core is not None and opening.only_core != viewer.is_core:
        return False
    return not frozenset(audiences).isdisjoint(opening.audiences)


def rows_of(label: str, opening: Opening, viewer: Viewer) -> Q:
    """Return the rows that one opening opens."""
    rows = _model(label)._default_manager
    found = EVERYTHING
    if opening.where is not None:
        ways = opening.where if isinstance(opening.where, tuple) else (opening.where,)
        fitting = (bound for bound in (_bound(way, viewer) for way in ways) if bound is not None)
        found = reduce(or_, (Q(pk__in=rows.filter(**bound).values("pk")) for bound in fitting), NOTHING)
    for way in opening.unless if isinstance(opening.unless, tuple) else (opening.unless,):
        if way is not None:
            found &= ~Q(**(_bound(way, viewer) or {}))
    if opening.like is not None:
        other, path = opening.like
        found &= Q(**{f"{path}__in": _model(other)._default_manager.filter(opened(other, viewer)).values("pk")})
    if opening.every is not None:
        found &= _none_left_over(opening.every, viewer)
    return found


def _none_left_over(every: Every, viewer: Viewer) -> Q:
    rows = _model(every.record)._default_manager
    bound = _bound(every.fulfil, viewer)
    fulfilling = rows.filter(**bound) if bound is not None else rows.none()
    beside = rows.filter(**{every.parent: OuterRef(every.parent), **every.only})
    return Q(~Exists(beside.exclude(pk__in=fulfilling.values("pk"))))


def _bound(where: Where, viewer: Viewer) -> Mapping[str, Any] | None:
    """Return the condition with the viewer in it; None where the viewer has not what it asks for."""
    values = {name: _value(value, viewer) for name, value in where.items()}
    asked = [values[name] for name, value in where.items() if isinstance(value, Me)]
    return None if None in asked else values


def _value(value: object, viewer: Viewer) -> Any:
    if isinstance(value, Rows):
        return _model(value.record)._default_manager.filter(**value.where).values(value.column)
    if not isinstance(value, Me):
        return value
    held = {
        Me.MEMBERSHIP: viewer.membership_id,
        Me.AGENCY: viewer.agency_id,
        Me.TEAM: viewer.team_id,
        Me.PERSON: viewer.user_id,
        Me.REVIEWED: viewer.case_access.reviewed,
        Me.EMERGENCY_ACCESS: viewer.case_access.emergency_access,
        Me.LET_IN_TO: viewer.case_access.emergency_route,
        Me.STANDS_IN: viewer.case_access.stands_in,
        Me.NOW: Now(),
    }
    return held[value]


def _model(label: str) -> type[Model]:
    return apps.get_model(label)
