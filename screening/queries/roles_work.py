"""Case roles that wait for a manager's word: one of them as a page shows it, and all on "My work"."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Case, DateTimeField, ExpressionWrapper, F, Func, Q, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

from agencies.access import roles
from agencies.access.viewer import Viewer
from agencies.choices import Role
from agencies.models import Membership, RoleProposal
from common.errors import NotVisible
from common.work import About, Lines, Place, Row, Section, Source, lines

TO_CONFIRM = Section(
    key="screening.to_confirm",
    title="Give your word for a case role, or say no",
    roles=frozenset({Role.MANAGER}),
    table=None,
    states=frozenset(),
    moves=(),
    begins="roles.given",
    route="screening:proposed_roles",
    takes_key=True,
    about=About.NOBODY,
)


def proposed_roles(viewer: Viewer, proposal_id: uuid.UUID) -> RoleProposal:
    """Return a proposal that the viewer may answer, answered or not.

    Raises:
        NotPermitted: the viewer is no manager.
        NotVisible: there is none, it is about the viewer, or they proposed it.
    """
    roles.require(viewer, Role.MANAGER)
    rows = RoleProposal.objects.filter(_answerable(viewer)).select_related(
        "user", "agency", "team", "proposed_by__user", "answered_by__user", "replaces"
    )
    found: RoleProposal | None = rows.filter(pk=proposal_id).first()
    if found is None:
        raise NotVisible
    return found


def _answerable(viewer: Viewer) -> Q:
    """What the viewer may give their word for; in the wall, the policies of `agencies_roleproposal`."""
    own = Membership.objects.filter(Q(user_id=viewer.user_id)).values("pk")
    return ~Q(user_id=viewer.user_id) & ~Q(proposed_by__in=own)


def _proposals(viewer: Viewer, at: datetime) -> Lines | None:
    """Return what waits for a word, to each manager who may give it; it is late after a working day."""
    if not viewer.has(Role.MANAGER):
        return None
    return lines(
        PROPOSALS,
        RoleProposal.objects.filter(_answerable(viewer), answer=""),
        "proposed_at",
        "id",
        state=Value(""),
        due_at=WORKING_DAY_LATER,
        arrived_at=F("proposed_at"),
        detail=Concat(
            F("user__name"),
            Value(APART),
            F("agency__name"),
            Value(APART),
            Func(F("roles"), Value(" "), function="array_to_string", output_field=TextField()),
            Value(APART),
            F("proposed_by__user__name"),
            output_field=TextField(),
        ),
    )


def _place(_viewer: Viewer, row: Row) -> Iterator[Place]:
    name, agency, held, proposer = (row.detail or "").split(APART)
    words = ", ".join(str(Role(role).label) for role in held.split())
    yield TO_CONFIRM.key, f"{name}, {agency}: {words}. Proposed by {proposer}"


FRIDAY, SATURDAY = 5, 6


def _later(days: int) -> Combinable:
    return ExpressionWrapper(F("proposed_at") + timedelta(days=days), output_field=DateTimeField())


WORKING_DAY_LATER = Case(
    When(proposed_at__iso_week_day=FRIDAY, then=_later(3)),
    When(proposed_at__iso_week_day=SATURDAY, then=_later(2)),
    default=_later(1),
)
"""The same time of the next day from Monday to Friday. Bank holidays are left out: it costs no query."""
APART = "\x1f"
PROPOSALS = "screening.proposals"
ROLES_SECTIONS = (TO_CONFIRM,)
ROLES_SOURCES = (Source(PROPOSALS, _proposals, _place),)
