"""Somebody of the staff may be one of the people of a contact."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from agencies.models import Membership, User
from agencies.querysets import CaseQuerySet
from common.references import new_key
from contacts import choices
from contacts.models.contact import Contact
from contacts.models.people import Subject


class StaffMatch(models.Model):
    """A match of a child, an adult or a home with the staff list, found by the database (`sql/functions/staff.sql`).

    Audience: managers who are not the person themself, until one of them has settled it and afterwards.
    """

    user_id: uuid.UUID
    contact_id: uuid.UUID

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="staff_matches")
    reference = models.CharField(max_length=12, help_text="Of the contact, for whoever tells the managers.")
    subject = models.ForeignKey(Subject, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    matched_on = models.CharField(max_length=8, choices=choices.StaffMatchReason.choices)
    found_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, help_text="When the managers were told that there is a match.")
    settle_by = models.DateTimeField(null=True, help_text="One hub hour after the managers were told.")
    chased_at = models.DateTimeField(null=True, help_text="When they were told that it is late.")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=choices.MatchOutcome.choices, blank=True, default="")
    reason = models.TextField(blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "user", "matched_on"], name="staff_match_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="staff_match_settled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["found_at"], condition=Q(settled_at__isnull=True), name="staff_match_open"),
            models.Index(fields=["found_at"], condition=Q(told_at__isnull=True), name="staff_match_untold"),
            models.Index(
                fields=["settle_by"],
                condition=Q(settled_at__isnull=True, chased_at__isnull=True),
                name="staff_match_to_chase",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
