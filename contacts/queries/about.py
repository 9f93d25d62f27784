"""Whom the lines of a list are about: children and danger, each in a statement of its own that may come back empty."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from agencies.access.viewer import Viewer
from agencies.choices import Role
from common.moments import london_day
from common.work import NOBODY, People
from contacts.choices import ContactState, PersonKind
from contacts.models import Contact, Protection, Subject
from contacts.reads.safety import with_safe_until
from contacts.rules.ages import age_in_words, name_and_age
from contacts.rules.danger import Plan, Standing, standing_of

IN_HUB = (Role.FRONT_DOOR, Role.SCREENER, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS, Role.REVIEWER)
"""Roles that see contacts; for all others nothing is asked."""
SEE_PROTECTION = (Role.FRONT_DOOR, Role.MANAGER, Role.SOCIAL_WORKER, Role.OUT_OF_HOURS)

Names = Mapping[uuid.UUID, list[str]]
"""The children by the key of their contact, each in words, in their order."""


Kinds = Mapping[uuid.UUID, tuple[str, str]]
"""The kind of concern and the proposed colour of contacts."""

KINDS: list[Callable[[Viewer, Collection[uuid.UUID]], Kinds]] = []
"""Which a later stage knows, and says here: `screening.queries` puts its own in."""


@dataclass(frozen=True)
class OfContact:
    """What a list says of a contact.

    Attributes:
        children: each in words, in their order; empty where names stay off lists.
    """

    key: uuid.UUID
    enquiry_id: uuid.UUID | None
    arrived_at: datetime
    standing: Standing
    children: list[str]
    came_in_flood: bool = False


def of_contacts(
    viewer: Viewer, *, contacts: Collection[uuid.UUID], enquiries: Collection[uuid.UUID], at: datetime
) -> list[OfContact]:
    """Return what a list says of these contacts and of those in these enquiries; four queries, the earliest first.

    Whose address is protected stands by reference alone, and so do families of staff and allegations.
    """
    if not viewer.has(*IN_HUB) or not (contacts or enquiries):
        return []
    wanted = Q(pk__in=contacts) | Q(enquiry_id__in=enquiries)
    rows = (
        Contact.objects.visible_to(viewer)
        .filter(wanted)
        .only(
            "id",
            "enquiry_id",
            "arrived_at",
            "state",
            "immediate_danger",
            "came_in_flood",
            "worker_acknowledged_at",
            "address_is_protected",
        )
    )
    found = list(rows.order_by("arrived_at", "id"))
    named = _children_of(_to_be_named(found), at=at)
    plans = _plans(viewer, [one.pk for one in found])
    return [
        OfContact(
            one.pk,
            one.enquiry_id,
            one.arrived_at,
            _standing(one, plans, viewer, at),
            named.get(one.pk, []),
            came_in_flood=one.came_in_flood,
        )
        for one in found
    ]


@dataclass(frozen=True)
class About:
    """Whom the lines of a list are about, by the key of the contact and of the enquiry; nobody for all others."""

    contacts: Mapping[uuid.UUID, People] = field(default_factory=dict)
    enquiries: Mapping[uuid.UUID, People] = field(default_factory=dict)

    def contact(self, key: uuid.UUID | None) -> People:
        """Return whom a contact is about."""
        return self.contacts.get(key, NOBODY) if key else NOBODY

    def enquiry(self, key: uuid.UUID | None) -> People:
        """Return whom an enquiry is about."""
        return self.enquiries.get(key, NOBODY) if key else NOBODY


def lines_about(
    viewer: Viewer, *, contacts: Collection[uuid.UUID] = (), enquiries: Collection[uuid.UUID] = (), at: datetime
) -> About:
    """Return whom the lines of a list are about: at most five queries, however many lines there are."""
    found = of_contacts(viewer, contacts=contacts, enquiries=enquiries, at=at)
    kinds = {key: said for ask in KINDS for key, said in ask(viewer, [one.key for one in found]).items()}
    together: dict[uuid.UUID, list[OfContact]] = {}
    for one in found:
        if one.enquiry_id is not None:
            together.setdefault(one.enquiry_id, []).append(one)
    return About(
        {one.key: _people([one], kinds) for one in found},
        {key: _people(each, kinds) for key, each in together.items()},
    )


def people_named(children: Sequence[str]) -> People:
    """Return what a line says of children, each once: the first and how many more."""
    once = list(dict.fromkeys(children))
    return People(first=once[0], others=len(once) - 1) if once else NOBODY


def _people(together: Sequence[OfContact], kinds: Kinds) -> People:
    """Return what a line says of one contact, or of all contacts of an enquiry: the worst danger, each child once."""
    worst = min(together, key=lambda one: one.standing.danger)
    named = people_named([child for one in together for child in one.children])
    moments = [one.standing.next_at for one in together if one.standing.next_at is not None]
    known = [kinds[one.key] for one in together if one.key in kinds]
    return People(
        first=named.first,
        others=named.others,
        kind=next((kind for kind, _colour in known if kind), ""),
        proposed=next((colour for _kind, colour in known if colour), ""),
        danger=worst.standing.danger,
        danger_words=worst.standing.words,
        next_at=min(moments, default=None),
        matter=worst.key,
        came_in_flood=all(one.came_in_flood for one in together),
    )


def stand_alone(contacts: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return which contacts stand by their reference alone: a family of staff, an allegation; one query."""
    if not contacts:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT fw.by_reference_alone(%s::uuid[])", [list(contacts)])
        return frozenset(cursor.fetchone()[0])


def _to_be_named(found: Sequence[Contact]) -> list[uuid.UUID]:
    alone = stand_alone([one.pk for one in found])
    return [one.pk for one in found if not one.address_is_protected and one.pk not in alone]


def _children_of(contacts: Collection[uuid.UUID], *, at: datetime) -> Names:
    """Return the children of contacts that were fetched by their own rule, which is the children's too; one query.

    Nobody of a contact is named in which somebody's own places are protected.
    """
    hiding = Subject.objects.filter(contact_id__in=contacts, address_is_protected=True).values("contact_id")
    rows = Subject.objects.filter(contact_id__in=contacts, kind=PersonKind.CHILD).exclude(contact_id__in=hiding)
    named: dict[uuid.UUID, list[str]] = defaultdict(list)
    for child in rows.order_by("contact_id", "position", "id"):
        named[child.contact_id].append(child_in_words(child, at=at))
    return named


def child_in_words(child: Subject, *, at: datetime) -> str:
    """Return a child's name and age."""
    age = age_in_words(
        born=child.date_of_birth,
        is_unborn=child.is_unborn,
        expected=child.expected_on,
        reported=child.age_reported,
        on=london_day(at),
    )
    return name_and_age(f"{child.given_name} {child.family_name}".strip(), age, is_unborn=child.is_unborn)


def _standing(contact: Contact, plans: Mapping[uuid.UUID, list[Plan]], viewer: Viewer, at: datetime) -> Standing:
    handed_on = contact.state == ContactState.PASSED_ON and contact.worker_acknowledged_at is not None
    return standing_of(
        is_marked=contact.immediate_danger is True,
        is_open=contact.state != ContactState.ENDED and not handed_on,
        plans=plans.get(contact.pk, []),
        sees_plans=viewer.has(*SEE_PROTECTION),
        at=at,
    )


def _plans(viewer: Viewer, contacts: Collection[uuid.UUID]) -> Mapping[uuid.UUID, list[Plan]]:
    """Return the protective work of contacts; one query, none for those who never see any."""
    found: dict[uuid.UUID, list[Plan]] = defaultdict(list)
    if not viewer.has(*SEE_PROTECTION):
        return found
    rows: QuerySet[Any] = with_safe_until(Protection.objects.visible_to(viewer).filter(contact_id__in=contacts))
    for contact_id, state, safe_until in rows.values_list("contact_id", "state", "safe_until"):
        found[contact_id].append(Plan(state, safe_until))
    return found
