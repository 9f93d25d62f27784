"""The vocabulary of reads on the directory, and the base of every case record's queryset."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class CaseQuerySet(models.QuerySet[M_co]):
    """Reads of a case record begin at `visible_to`; bulk writes that auditlog cannot see are refused."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Keep the rows that the one rule of this model opens to the viewer."""
        from agencies.access import firewall  # noqa: PLC0415  # the kernel reads models, which stand on querysets

        return self.filter(firewall.rule_for(self.model)(viewer))

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("A bulk write leaves no trace in the audit log: save each record in an action.")

    update = bulk_update = bulk_create = delete = _refuse


class AgencyQuerySet(models.QuerySet["Any"]):
    """Agencies."""

    def signed_on(self, day: date) -> Self:
        """Keep active agencies whose signature on a current agreement is in force on a day in London."""
        in_force = (
            Q(signatures__signed_on__lte=day)
            & (Q(signatures__ends_on__isnull=True) | Q(signatures__ends_on__gte=day))
            & Q(signatures__agreement__starts_on__lte=day)
            & Q(signatures__agreement__ends_on__gte=day)
        )
        return self.filter(in_force, is_active=True).distinct()


class SignatureQuerySet(models.QuerySet["Any"]):
    """Agencies' signatures."""

    def covering(self, day: date) -> Self:
        """Keep those that were given by a day in London and have not ended before it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), signed_on__lte=day)


class EmergencyQuerySet(models.QuerySet["Any"]):
    """Uses of the emergency route."""

    def in_force(self, at: datetime) -> Self:
        """Keep those that are open at a moment."""
        return self.filter(opened_at__lte=at, ends_at__gt=at)


class DaysQuerySet(models.QuerySet["Any"]):
    """What holds from a day to a day in London, unless it was ended: absences."""

    def in_force(self, day: date) -> Self:
        """Keep those that hold on a day in London."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at__isnull=True)

    def from_now(self, day: date) -> Self:
        """Keep those that hold on a day in London or later."""
        return self.filter(ends_on__gte=day, ended_at__isnull=True)


class MomentsQuerySet(models.QuerySet["Any"]):
    """What holds from a moment to a moment, unless it was ended: duties."""

    def from_now(self, at: datetime) -> Self:
        """Keep those that hold at a moment or later."""
        return self.filter(ends_at__gt=at, ended_at__isnull=True)


class MembershipQuerySet(models.QuerySet["Any"]):
    """Memberships. Whether a holder counts is asked by `in_force`, who works today by `at_work`, and nowhere else."""

    def in_force(self, day: date) -> Self:
        """Keep those that count on a day in London: begun, not over, not ended, account and agency active."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            starts_on__lte=day,
            ended_at__isnull=True,
            user__is_active=True,
            agency__is_active=True,
        )

    def at_work(self, day: date) -> Self:
        """Keep those in force whose person is not marked absent on a day in London; in the wall, `fw.at_work`."""
        away = self.model._meta.get_field("absences").related_model
        return self.in_force(day).exclude(pk__in=away.objects.in_force(day).values("membership_id"))

    def holding(self, *roles: str) -> Self:
        """Keep those that hold any of the roles."""
        return self.filter(roles__overlap=list(roles))
