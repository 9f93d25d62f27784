"""A letter or an email that had left, and came back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.references import new_key
from contacts.models import Contact
from decisions import choices
from decisions.models.ending import FamilyLetter, Feedback


class CameBack(models.Model):
    """That a letter to a parent, or an email to the referrer, came back. Audience: as the letter.

    The letter stays what it is: posted, on its day, in its words. One that is sent again may come back again, so each
    return is a row of its own, open until they were told in some way, or somebody says why nobody need be.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices.CameBackKind.choices)
    letter = models.ForeignKey(FamilyLetter, null=True, on_delete=models.PROTECT, related_name="returns")
    feedback = models.ForeignKey(Feedback, null=True, on_delete=models.PROTECT, related_name="returns")
    came_back_on = models.DateField(help_text="The day on which it reached the hub again.")
    stands_on_it = models.CharField(max_length=16, choices=choices.StandsOnIt.choices)
    words = models.CharField(max_length=300, blank=True, default="", help_text="What else stands on it.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=16, choices=choices.SeenToBy.choices, blank=True, default="")
    how = models.CharField(max_length=16, choices=choices.ToldHow.choices, blank=True, default="")
    informed_at = models.DateTimeField(null=True, blank=True, help_text="When they were told in another way.")
    informed_by = models.CharField(max_length=160, blank=True, default="", help_text="Who told them.")
    reason = models.TextField(blank=True, default="", help_text="What was said, or why nobody need be told.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="letter", letter__isnull=False, feedback__isnull=True)
                | Q(kind="feedback", letter__isnull=True, feedback__isnull=False)
                | Q(kind="receipt", letter__isnull=True, feedback__isnull=True),
                name="came_back_is_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, way="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(way="")),
                name="came_back_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(way="told", informed_at__isnull=False) & ~Q(how="") & ~Q(informed_by=""))
                | (~Q(way="told") & Q(informed_at__isnull=True, how="")),
                name="came_back_told_says_how",
            ),
            *(
                models.UniqueConstraint(
                    fields=[column], condition=Q(settled_at__isnull=True, kind=kind), name=f"came_back_{kind}_open_once"
                )
                for column, kind in (("letter", "letter"), ("feedback", "feedback"), ("contact", "receipt"))
            ),
        ]
        indexes = [
            models.Index(fields=["contact"], name="came_back_contact"),
            models.Index(fields=["recorded_at"], condition=Q(settled_at__isnull=True), name="came_back_open"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.came_back_on}"
