"""The emergency route: an agency takes part in one enquiry though its signature on the agreement is not in force."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from agencies import choices
from agencies.models.directory import Agency, Membership
from agencies.querysets import CaseQuerySet, EmergencyQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key

EMERGENCY_LASTS = timedelta(days=3)
"""The longest that the emergency route stays open for one agency and enquiry."""


class EmergencyUse(models.Model):
    """One enquiry's requests opened to an agency without a signature in force: with a reason, for a limited time.

    The manager opens it, the auditor reviews it; nobody reviews their own. Audience: managers and auditors.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    enquiry_id = models.UUIDField()
    enquiry_reference = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField(help_text="The end of the second working day.")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=16, choices=choices.Finding.choices, blank=True, default="")

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("opened_at")) & Q(ends_at__lte=F("opened_at") + EMERGENCY_LASTS),
                name="emergency_ends_within_three_days",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, finding="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(finding="")),
                name="emergency_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("opened_by")),
                name="emergency_not_reviewed_by_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "ends_at"], name="emergency_of_agency"),
            models.Index(fields=["enquiry_id"], name="emergency_of_enquiry"),
            models.Index(fields=["-opened_at"], name="emergency_latest"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class NeedReason(models.Model):
    """Why glass was broken or the emergency route opened: it may speak of a child. Audience: managers."""

    id = models.UUIDField(primary_key=True, editable=False, help_text="The key of the broken glass or emergency use.")
    enquiry_id = models.UUIDField()
    text = models.TextField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class FindingReason(models.Model):
    """Why the auditor found broken glass or an emergency use justified or not, in their own words.

    It may name people. Audience: managers and auditors, as the finding itself.
    """

    id = models.UUIDField(primary_key=True, editable=False, help_text="The key of the broken glass or emergency use.")
    enquiry_id = models.UUIDField()
    text = EncryptedTextField(of="enquiry_id")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)
