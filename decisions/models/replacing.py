"""What follows when something that a released summary rests on changes, or when it should never have gone out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.access.roles import assigned
from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.references import new_key
from decisions import choices
from decisions.models.summary import MashSummary
from information_sharing.models import Item

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


class SummaryChange(models.Model):
    """Something in a released summary is not as it was sent. Written by trigger, with the change. As the summary.

    Open until the manager has replaced the summary, or has said with a reason that it stands.
    """

    summary_id: uuid.UUID

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    summary = models.ForeignKey(MashSummary, on_delete=models.PROTECT, related_name="changes")
    cause = models.CharField(max_length=20, choices=choices.ReplaceReason.choices)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True, help_text="When manager, worker and team were told.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="change_settled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["summary"], name="change_summary"),
            models.Index(fields=["changed_at", "id"], name="change_open", condition=Q(settled_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the role that follows from being the enquiry's social worker."""
        return assigned(self.summary.social_worker_id, self.summary.enquiry_id, viewer)


class Recall(models.Model):
    """The record of a breach: a summary was hidden from a team that had it. Audience: the decision team."""

    summary = models.OneToOneField(MashSummary, primary_key=True, on_delete=models.PROTECT, related_name="recall")
    reason = models.CharField(max_length=20, choices=choices.RecallReason.choices)
    text = models.TextField(help_text="What happened, who read it, and who was told of the breach.")
    was_read = models.PositiveIntegerField(default=0, help_text="How many people of the team had opened it by then.")
    recalled_at = models.DateTimeField()
    recalled_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)
