"""What referrers and families are told at an ending, and what they say to it."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts.models import Contact, Subject
from decisions import choices


class Feedback(models.Model):
    """What a referrer was told at an ending, or why not. Audience: front door and the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "F"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="feedback")
    state = models.CharField(max_length=16, choices=choices.FeedbackState.choices)
    response = models.CharField(max_length=32, blank=True, default="", help_text="Kind of response, from a fixed list.")
    whom_to_ring = models.CharField(max_length=200, blank=True, default="")
    meanwhile = models.TextField(blank=True, default="", help_text="What to do in the meantime.")
    reason = models.TextField(blank=True, default="", help_text="Why it was held back, or how they were told.")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["contact", "-told_at"], name="feedback_contact")]

    def __str__(self) -> str:
        return self.reference

    @property
    def said(self) -> str:
        """All that the referrer was told, or why they were not, a paragraph for each."""
        ring = f"Who to call: {self.whom_to_ring}" if self.whom_to_ring else ""
        return "\n".join(filter(None, (self.reason, ring, self.meanwhile)))


class FamilyLetter(models.Model):
    """A letter to one parent, apart from the other's. Audience: front door and the decision team.

    One for each ending: where a contact was opened again and has ended anew, what was written before is not the answer.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "L"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="letters")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="letters")
    state = models.CharField(max_length=12, choices=choices.LetterState.choices, default=choices.LetterState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    address = EncryptedTextField(of="contact_id", blank=True, default="")
    text = models.TextField(blank=True, default="")
    held_back_reason = models.TextField(blank=True, default="")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "subject"], condition=Q(state="draft"), name="one_draft_per_parent"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Complaint(models.Model):
    """A complaint or a disagreement, and what became of it. Audience: front door and the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "K"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="complaints")
    state = models.CharField(max_length=12, choices=choices.ComplaintState.choices, default=choices.ComplaintState.OPEN)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="complaint_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
