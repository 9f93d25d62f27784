"""Whether somebody at work holds a thing: the one place where a list or a rule asks it.

A column that names a person says who had it last. They may have left, been suspended, or be away: then nobody holds it.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField

from agencies.models import Membership
from common.moments import london_day


def held_by_nobody(column: str, *, at: datetime) -> Q:
    """Return the rows that nobody at work holds: the column is empty, or names somebody who has left or is away.

    Args:
        column: the foreign key that names a membership.
    """
    at_work = Membership.objects.at_work(london_day(at)).values("pk")
    return Q(**{f"{column}__isnull": True}) | ~Q(**{f"{column}__in": at_work})


def left_by_desk(desk: str, column: str) -> Q:
    """Return the rows whose contact nobody of a desk is left to deal with: for the manager, who does what it does.

    Nobody of the desk is at work, or a conflict of interest closes the case to each of them.

    Args:
        desk: role of its people: front door, or screener for the decision maker.
        column: that names the contact.
    """
    is_empty = RawSQL("(SELECT fw.desk_is_empty(%s))", [desk], output_field=BooleanField())
    return Q(is_empty) | Q(**{f"{column}__in": RawSQL("SELECT unnest(fw.closed_to_desk(%s))", [desk])})
