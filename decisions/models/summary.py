"""The MASH summary with its frozen copies: the only thing that lives on outside."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.access.roles import RECEIVER, assigned
from agencies.models import Agency, Membership, Team
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts.choices import LevelOfNeed, Sex
from contacts.models import Subject
from decisions import choices
from decisions.models.decision import Decision
from decisions.querysets import SummaryQuerySet
from information_sharing.models import Item
from screening.models import Enquiry

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


class MashSummary(models.Model):
    """What a receiving team gets: the only thing that lives on outside. Decision team; the team once released."""

    team_id: uuid.UUID
    social_worker_id: uuid.UUID | None

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "Y"), editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="summaries")
    social_worker = models.ForeignKey(
        Membership,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Copied from the enquiry by trigger.",
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="summaries")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="summaries")
    state = models.CharField(max_length=16, choices=choices.SummaryState.choices, default=choices.SummaryState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    covering_text = models.TextField(blank=True, default="")
    household = models.TextField(blank=True, default="")
    report = models.TextField(blank=True, default="", help_text="As reported; written at the release, or held back.")
    concern = models.TextField(blank=True, default="")
    reasons = models.TextField(blank=True, default="")
    agreement = models.TextField(blank=True, default="", help_text="Agreement, or the authorised basis without it.")
    family_told = models.CharField(max_length=12, choices=choices.FamilyTold.choices, blank=True, default="")
    referrer = models.TextField(blank=True, default="", help_text="Who was worried, unless held back.")
    door_question = models.CharField(max_length=12, choices=choices.DoorQuestion.choices, blank=True, default="")
    hazards = models.TextField(blank=True, default="", help_text="Of a visit; such as dogs, weapons, threats.")
    missing = models.TextField(blank=True, default="")
    whom_to_ring = models.CharField(max_length=200, blank=True, default="")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decline_reason = models.CharField(max_length=16, choices=choices.DeclineReason.choices, blank=True, default="")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    superseded_because = models.CharField(max_length=20, choices=choices.ReplaceReason.choices, blank=True, default="")
    changes_plan = models.CharField(max_length=4, choices=choices.ChangesPlan.choices, blank=True, default="")
    telephoned_at = models.DateTimeField(null=True, blank=True, help_text="A Red team is told by voice as well.")
    telephoned_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

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
                condition=Q(state="declined") & ~Q(decline_reason="") | ~Q(state="declined") & Q(decline_reason=""),
                name="summary_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="summary_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(superseded_at__isnull=True, superseded_by__isnull=True, superseded_because="")
                | Q(superseded_at__isnull=False, superseded_by__isnull=False) & ~Q(superseded_because=""),
                name="summary_superseded_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["superseded", "settled"]) | Q(superseded_at__isnull=False),
                name="summary_superseded_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(telephoned_at__isnull=True, telephoned_by__isnull=True)
                | Q(telephoned_at__isnull=False, telephoned_by__isnull=False),
                name="summary_telephoned_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "released_at"], name="summary_inbox"),
            models.Index(fields=["enquiry"], name="summary_enquiry"),
            models.Index(
                fields=["prepared_at", "id"],
                name="summary_to_confirm",
                condition=Q(state__in=["with_manager", "queried"]),
            ),
            models.Index(
                fields=["superseded_at", "id"],
                name="summary_to_ring",
                condition=Q(superseded_at__isnull=False, telephoned_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the roles that follow from being its team, or the enquiry's social worker."""
        receives = viewer.team_id is not None and viewer.team_id == self.team_id
        return assigned(self.social_worker_id, self.enquiry_id, viewer) | (
            frozenset({RECEIVER}) if receives else frozenset()
        )


class SummaryInstruction(models.Model):
    """The safety instruction that goes out with a summary. Audience: as the summary, and out of hours."""

    summary = models.OneToOneField(MashSummary, primary_key=True, on_delete=models.PROTECT, related_name="instruction")
    text = EncryptedTextField(of="summary__enquiry_id")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SummaryPlaces(models.Model):
    """The protected places of a summary's children. Audience: whoever accepted it, alone; the hub has the contact."""

    summary = models.OneToOneField(MashSummary, primary_key=True, on_delete=models.PROTECT, related_name="places")
    text = EncryptedTextField(of="summary__enquiry_id")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SummaryChild(models.Model):
    """One child of a summary as frozen at the release: the team does not see the contact. Audience: as the summary."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    summary = models.ForeignKey(MashSummary, on_delete=models.PROTECT, related_name="children")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place among the children of the enquiry.")
    name = models.CharField(max_length=260, blank=True, default="")
    born = models.CharField(max_length=60, blank=True, default="")
    sex = models.CharField(max_length=16, choices=Sex.choices, blank=True, default="")
    nhs_number = models.CharField(max_length=10, blank=True, default="")
    school = models.CharField(max_length=120, blank=True, default="")
    practice = models.CharField(max_length=120, blank=True, default="", help_text="General practice.")
    whereabouts = EncryptedTextField(
        of="summary__enquiry_id", blank=True, default="", help_text="Where the child is, and with whom."
    )
    outcome = models.CharField(max_length=20, choices=choices.Outcome.choices)
    level_of_need = models.CharField(max_length=8, choices=LevelOfNeed.choices)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
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
    occurred = models.CharField(max_length=60, blank=True, default="", help_text="The day in words.")
    occurred_on = models.DateField(null=True, blank=True, help_text="The day by which items are sorted.")
    text = models.TextField(blank=True, default="", help_text="Empty until the release, then never changed.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "item"], name="item_once_per_summary")]

    def __str__(self) -> str:
        return str(self.id)


class Exchange(models.Model):
    """What the team or the hub said about a released summary: query, answer, why it was declined. As the summary."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    summary = models.ForeignKey(MashSummary, on_delete=models.PROTECT, related_name="exchanges")
    kind = models.CharField(max_length=12, choices=choices.ExchangeKind.choices)
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return str(self.id)
