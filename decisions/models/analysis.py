"""The analysis of a MASH enquiry: what the social worker makes of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.references import new_key
from contacts.models import Subject
from decisions import choices
from information_sharing.models import Item
from screening.models import Enquiry


class Analysis(models.Model):
    """What the social worker makes of it. Belongs to the enquiry: on reassignment it passes on. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="analysis")
    version = models.PositiveIntegerField(default=1)
    saved_from = models.UUIDField(null=True, help_text="The page that saved last: it goes on saving, another is told.")
    family_conversation = models.TextField(blank=True, default="")
    risks = models.TextField(blank=True, default="")
    protection = models.TextField(blank=True, default="")
    child_views = models.TextField(blank=True, default="")
    family_views = models.TextField(blank=True, default="")
    gaps = models.TextField(blank=True, default="")
    summary = models.TextField(blank=True, default="")
    recommendation = models.TextField(blank=True, default="")
    recommended_outcome = models.CharField(max_length=20, choices=choices.Outcome.choices, blank=True, default="")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="analysis_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ChildMeaning(models.Model):
    """What it all means for one child. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="meanings")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analysis", "subject"], name="meaning_once_per_child")]

    def __str__(self) -> str:
        return str(self.id)


class AnalysisVersion(models.Model):
    """The analysis as it was sent to the manager; kept each time. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.JSONField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analysis", "number"], name="analysis_version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.id)


class PickedItem(models.Model):
    """An item that the social worker picked into the analysis, in the version seen. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    analysis = models.ForeignKey(Analysis, on_delete=models.PROTECT, related_name="picked")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    item_version = models.PositiveIntegerField()
    picked_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analysis", "item"], name="item_picked_once")]

    def __str__(self) -> str:
        return str(self.id)
