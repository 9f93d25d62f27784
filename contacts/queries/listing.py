"""Lists of contacts: filters keep to codes; words that people type are searched for (`contacts/queries/finding.py`)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from agencies.access.holders import held_by_nobody
from agencies.access.viewer import Viewer
from contacts.choices import Channel, ContactState, ReferrerKind
from contacts.models import Contact
from contacts.querysets import ContactQuerySet
from contacts.reads.worker import standings
from contacts.rules.worker import worker_in_words

PER_PAGE = 25
COUNTED = 1000


@dataclass(frozen=True)
class ContactFilter:
    """What a list is narrowed to; an unknown value narrows nothing."""

    state: str = ""
    channel: str = ""
    referrer_kind: str = ""
    whose: str = ""


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # Django 5.2 cannot be subscripted here at run time
    """Counts no further than a thousand: a hub never has to count everything to show a page."""

    @cached_property
    def count(self) -> int:
        """Return the number of rows, at most one more than is counted."""
        rows: ContactQuerySet = self.object_list  # type: ignore[assignment]
        return rows.order_by()[: COUNTED + 1].count()


def _rows(viewer: Viewer) -> ContactQuerySet:
    rows: ContactQuerySet = Contact.objects.visible_to(viewer)
    return rows.select_related("claimed_by__user", "social_worker__user")


def contact_list(viewer: Viewer, wanted: ContactFilter, page: str | int | None, *, at: datetime) -> Page[Any]:
    """Return a page of the contacts that the viewer may see, the latest first.

    Args:
        page: what the address said; anything that is no page is the first or the last one.
    """
    rows = _rows(viewer).filter(_narrowed(wanted, viewer, at=at)).order_by("-arrived_at", "id")
    return CappedPaginator(rows, PER_PAGE).get_page(page)


def workers_in_words(found: Iterable[Contact]) -> dict[uuid.UUID, str]:
    """Return who deals with each of some contacts, and how they stand today; one query."""
    of_enquiry = [one for one in found if one.social_worker is not None and one.enquiry_id is not None]
    standing = standings([one.enquiry_id for one in of_enquiry if one.enquiry_id])
    return {
        one.pk: worker_in_words(one.social_worker.user.name, standing.get(one.enquiry_id, "") if one.enquiry_id else "")
        for one in of_enquiry
        if one.social_worker
    }


def _narrowed(wanted: ContactFilter, viewer: Viewer, *, at: datetime) -> Q:
    narrowed = Q()
    if wanted.state in ContactState.values:
        narrowed &= Q(state=wanted.state)
    if wanted.channel in Channel.values:
        narrowed &= Q(channel=wanted.channel)
    if wanted.referrer_kind in ReferrerKind.values:
        narrowed &= Q(referrer_kind=wanted.referrer_kind)
    if wanted.whose == "mine":
        narrowed &= Q(claimed_by_id=viewer.membership_id)
    elif wanted.whose == "nobody":
        narrowed &= held_by_nobody("claimed_by", at=at)
    return narrowed
