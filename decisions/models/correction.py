"""Who was told a fact that turned out to be wrong, and when they were told that it is."""

from __future__ import annotations

import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from agencies.models import Agency, Membership, Team
from agencies.querysets import CaseQuerySet
from common.references import new_key, new_reference
from contacts.models import Contact, Correction
from decisions import choices
from decisions.models.ending import FamilyLetter, Feedback
from decisions.models.summary import MashSummary
from information_sharing.models import InformationRequest
from screening.models import Handover

TO_ONE = ("request", "handover", "summary", "feedback", "letter")
"""What somebody had been told by: one of these a row."""


def _exactly_one() -> Q:
    whole = Q()
    for filled in TO_ONE:
        whole |= Q(**{f"{name}__isnull": name != filled for name in TO_ONE})
    return whole


class CorrectionNotice(models.Model):
    """A correction as one of those reads it who had been told the wrong fact; what they were told stays as it is.

    Audience: those who see what it corrects, and whom it is for: an agency by its request, a team by what it was sent.
    """

    agency_id: uuid.UUID | None
    team_id: uuid.UUID | None

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "X"), editable=False)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="notices")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices.ToldBy.choices)
    request = models.ForeignKey(InformationRequest, null=True, on_delete=models.PROTECT, related_name="corrections")
    handover = models.ForeignKey(Handover, null=True, on_delete=models.PROTECT, related_name="corrections")
    summary = models.ForeignKey(MashSummary, null=True, on_delete=models.PROTECT, related_name="corrections")
    feedback = models.ForeignKey(Feedback, null=True, on_delete=models.PROTECT, related_name="corrections")
    letter = models.ForeignKey(FamilyLetter, null=True, on_delete=models.PROTECT, related_name="corrections")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="The correction for sharing: does not give away a private referrer.")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, help_text="Read by an agency or a team; said to a referrer or a parent.")
    told_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    call = models.TextField(blank=True, default="", help_text="To whom the manager said it, where nobody read it.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="correction_notice_of_one_telling"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told_by__isnull=True)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="correction_notice_told_by_somebody",
            ),
            *(
                models.UniqueConstraint(fields=["correction", name], name=f"correction_once_by_{name}")
                for name in TO_ONE
            ),
        ]
        indexes = [
            models.Index(fields=["written_at"], condition=Q(told_at__isnull=True), name="correction_notice_open"),
        ]
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return self.reference


class AskedThrough(models.Model):
    """A request that reached an agency about somebody through a link that was undone since. Written by trigger.

    Rights about a person follow the person, and end with the link: this keeps who had them. Audience: as the request.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["correction", "request"], name="asked_through_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
