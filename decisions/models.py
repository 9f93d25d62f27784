"""Analysis, decision per child, the MASH summary with its frozen copies, feedback, letters, complaints."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.access.roles import ASSIGNED, RECEIVER
from agencies.models import Agency, Membership, Team
from agencies.querysets import CaseQuerySet
from contacts.choices import LevelOfNeed
from contacts.models import Contact, Subject
from decisions import choices
from decisions.querysets import SummaryQuerySet
from information_sharing.models import Item
from mash.common.encryption import EncryptedTextField
from mash.common.references import new_key, new_reference
from screening.models import Enquiry

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


class Analysis(models.Model):
    """What the social worker makes of it. Belongs to the enquiry: on reassignment it passes on. Decision team only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="analysis")
    version = models.PositiveIntegerField(default=1)
    family_conversation = models.TextField(blank=True, default="")
    meaning = models.TextField(blank=True, default="", help_text="What it means for each child.")
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


class JointView(models.Model):
    """One agency's view where partners decide together. Decision team, and the agency's own."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="joint_views")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=choices.Outcome.choices)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enquiry", "agency"], name="one_joint_view_per_agency")]

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
    """What was missing, whether sealed material was considered, how it was read back. Decision team only."""

    decision = models.OneToOneField(Decision, primary_key=True, on_delete=models.PROTECT, related_name="basis")
    missing = models.TextField()
    sealed_considered = models.CharField(max_length=12, choices=choices.SealedConsidered.choices)
    change_reason = models.TextField(blank=True, default="", help_text="Why it was decided again.")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SealedReasons(models.Model):
    """Reasons that rest on confidential information. The manager only; encrypted."""

    decision = models.OneToOneField(Decision, primary_key=True, on_delete=models.PROTECT, related_name="sealed_reasons")
    text = EncryptedTextField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class ConsideredItem(models.Model):
    """An item, in the version that lay before the manager. Decision team only; sealed ones the manager only."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="considered")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    item_version = models.PositiveIntegerField()

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


class MashSummary(models.Model):
    """What a receiving team gets: the only thing that lives on outside. Decision team; the team once released."""

    team_id: uuid.UUID
    social_worker_id: uuid.UUID | None

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "Y"), editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="summaries")
    social_worker = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", help_text="Copied from the enquiry by trigger."
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="summaries")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="summaries")
    state = models.CharField(max_length=16, choices=choices.SummaryState.choices, default=choices.SummaryState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    covering_text = models.TextField(blank=True, default="")
    household = models.TextField(blank=True, default="")
    concern = models.TextField(blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    agreement = models.TextField(blank=True, default="", help_text="Agreement, or the authorised basis without it.")
    family_told = models.CharField(max_length=12, choices=choices.FamilyTold.choices, blank=True, default="")
    referrer = models.TextField(blank=True, default="", help_text="Who was worried, unless held back.")
    door_question = models.CharField(
        max_length=12, blank=True, default="", help_text="Does anyone who meets this child need to know? yes or no."
    )
    missing = models.TextField(blank=True, default="")
    whom_to_ring = models.CharField(max_length=200, blank=True, default="")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(blank=True, default="", help_text="The team's query or reason for declining.")
    answer = models.TextField(blank=True, default="", help_text="The hub's answer to a query.")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SummaryQuerySet.as_manager()

    class Meta:
        permissions = [("receive_summary", "Was sent this summary")]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="summary_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="summary_taken_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "released_at"], name="summary_inbox"),
            models.Index(fields=["enquiry"], name="summary_enquiry"),
        ]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the roles that follow from being its team, or the enquiry's social worker."""
        held = set()
        if viewer.team_id is not None and viewer.team_id == self.team_id:
            held.add(RECEIVER)
        if self.social_worker_id is not None and self.social_worker_id == viewer.membership_id:
            held.add(ASSIGNED)
        return frozenset(held)


class SummaryInstruction(models.Model):
    """The safety instruction that goes out with a summary. Audience: as the summary, and out of hours."""

    summary = models.OneToOneField(MashSummary, primary_key=True, on_delete=models.PROTECT, related_name="instruction")
    text = EncryptedTextField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SummaryChild(models.Model):
    """One child of a summary as frozen at the release. Audience: as the summary."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    summary = models.ForeignKey(MashSummary, on_delete=models.PROTECT, related_name="children")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=260, blank=True, default="")
    born = models.CharField(max_length=60, blank=True, default="")
    outcome = models.CharField(max_length=20, choices=choices.Outcome.choices)
    level_of_need = models.CharField(max_length=8, choices=LevelOfNeed.choices)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "subject"], name="child_once_per_summary")]

    def __str__(self) -> str:
        return str(self.id)


class SummaryItem(models.Model):
    """A frozen copy of an item that its owner cleared and the manager chose. Audience: as the summary."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    summary = models.ForeignKey(MashSummary, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="copies")
    item_version = models.PositiveIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=260, blank=True, default="")
    occurred = models.CharField(max_length=60, blank=True, default="")
    text = models.TextField(blank=True, default="", help_text="Empty until the release, then never changed.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "item"], name="item_once_per_summary")]

    def __str__(self) -> str:
        return str(self.id)


class Feedback(models.Model):
    """What a referrer was told at an ending, or why not. Audience: front door and the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "F"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="feedback")
    state = models.CharField(max_length=16, choices=choices.FeedbackState.choices)
    response = models.CharField(max_length=32, blank=True, default="", help_text="Kind of response, from a fixed list.")
    whom_to_ring = models.CharField(max_length=200, blank=True, default="")
    meanwhile = models.TextField(blank=True, default="", help_text="What to do meanwhile.")
    reason = models.TextField(blank=True, default="", help_text="Why it was held back, or how they were told.")
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["contact", "-told_at"], name="feedback_contact")]

    def __str__(self) -> str:
        return self.reference


class FamilyLetter(models.Model):
    """A letter to one parent, apart from the other's. Audience: front door and the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "L"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="letters")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="letters")
    state = models.CharField(max_length=12, choices=choices.LetterState.choices, default=choices.LetterState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    address = EncryptedTextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    held_back_reason = models.TextField(blank=True, default="")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "subject"], name="one_letter_per_parent"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True) | Q(sent_at__isnull=False, sent_by__isnull=False),
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
