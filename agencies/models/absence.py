"""Who is away, who does their work meanwhile, and who is on duty. Why somebody is away stands nowhere."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from agencies.models.directory import Membership
from agencies.querysets import DaysQuerySet, MomentsQuerySet
from common.references import new_key

ENDED_BY_SOMEBODY = Q(ended_at__isnull=True, ended_by__isnull=True) | Q(ended_at__isnull=False, ended_by__isnull=False)


class Absence(models.Model):
    """A colleague is away from a day to a day in London; a cover, if there is one, does their work meanwhile.

    Nothing of their work changes hands: who works on it is asked of these rows, so it comes back with them by itself.
    Audience: staff.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="absences")
    cover = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="covers")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="The last day away.")
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Back earlier, or marked by mistake.")
    ended_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DaysQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("membership")), name="absence_covered_by_another"
            ),
            models.CheckConstraint(condition=ENDED_BY_SOMEBODY, name="absence_ended_by_somebody"),
        ]
        indexes = [
            models.Index(fields=["membership", "ends_on"], name="absence_of_membership"),
            models.Index(fields=["cover", "ends_on"], name="absence_of_cover"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Duty(models.Model):
    """A social worker is on duty from a moment to a moment: a Red that nobody works on is theirs at once.

    At the end of one duty the next one may begin: the end does not belong to it.

    Audience: staff.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="duties")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(help_text="From then on they are not on duty any more.")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Ended at once, whatever the last day says.")
    ended_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MomentsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_after_start"),
            models.CheckConstraint(condition=ENDED_BY_SOMEBODY, name="duty_ended_by_somebody"),
        ]
        indexes = [models.Index(fields=["membership", "ends_at"], name="duty_of_membership")]

    def __str__(self) -> str:
        return str(self.id)
