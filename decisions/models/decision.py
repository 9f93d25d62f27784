"""The decision per child, and what stands behind it. A row has one audience."""

from __future__ import annotations

from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models

from agencies.models import Agency, Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts.choices import LevelOfNeed
from contacts.models import Subject
from decisions import choices
from information_sharing.choices import Theme
from information_sharing.models import Item
from screening.models import Enquiry


class JointView(models.Model):
    """One agency's view where partners decide together, as the manager recorded it. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="joint_views")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    for_number = models.PositiveIntegerField(help_text="The number of the decision that it counts for.")
    version = models.PositiveIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=choices.Outcome.choices)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "agency", "for_number"], name="one_joint_view_per_agency")
        ]

    def __str__(self) -> str:
        return str(self.id)


class Decision(models.Model):
    """A decision on an enquiry; changed only by a next number. Its reasons are rows of their own."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "D"), editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_joint = models.BooleanField(default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "number"], name="decision_numbered_once")]
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.reference


class ChildDecision(models.Model):
    """The outcome for one child: seen more widely than its reasons."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="children")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=choices.Outcome.choices)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "subject"], name="decided_once_per_child")]

    def __str__(self) -> str:
        return str(self.id)


class ChildReasons(models.Model):
    """Level of need and reasons for one child. Decision team, and screeners of earlier contacts."""

    child = models.OneToOneField(ChildDecision, primary_key=True, on_delete=models.PROTECT, related_name="reasons")
    level_of_need = models.CharField(max_length=8, choices=LevelOfNeed.choices)
    text = models.TextField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class DecisionBasis(models.Model):
    """What was missing, which earlier contacts were shown, whether sealed material counted. Decision team only."""

    decision = models.OneToOneField(Decision, primary_key=True, on_delete=models.PROTECT, related_name="basis")
    missing = models.TextField()
    sealed_considered = models.CharField(max_length=12, choices=choices.SealedConsidered.choices)
    earlier_shown = ArrayField(
        models.CharField(max_length=12),
        default=list,
        blank=True,
        help_text="References of the earlier contacts before the manager.",
    )
    change_reason = models.TextField(blank=True, default="", help_text="Why it was decided again.")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SealedReasons(models.Model):
    """Reasons that rest on confidential information. The manager only; encrypted."""

    decision = models.OneToOneField(Decision, primary_key=True, on_delete=models.PROTECT, related_name="sealed_reasons")
    text = EncryptedTextField(of="decision__enquiry_id")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class ConsideredItem(models.Model):
    """An item, in the version that lay before the manager: a fact of that moment, whatever becomes of the item.

    Decision team only; of what was sealed then the manager alone. Whose it was and of what kind is copied by trigger.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="considered")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    item_version = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=20, choices=Theme.choices, blank=True, default="", editable=False)
    was_sealed = models.BooleanField(default=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "item"], name="item_considered_once")]

    def __str__(self) -> str:
        return str(self.id)


class Dissent(models.Model):
    """An agency that would have decided otherwise, and why. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "agency"], name="dissent_once_per_agency")]

    def __str__(self) -> str:
        return str(self.id)
