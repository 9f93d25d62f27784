"""Screening of a contact, the MASH enquiry, its ratings, and the handover of what does not enter the hub."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agencies.access.roles import RECEIVER, assigned, looks_into
from agencies.models import Agency, Membership, Team
from agencies.querysets import CaseQuerySet
from clock.choices import Colour
from common.references import new_key, new_reference
from contacts.choices import LevelOfNeed
from contacts.models import Contact, Subject
from screening import choices
from screening.querysets import EnquiryQuerySet, HandoverQuerySet

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


class Enquiry(models.Model):
    """A MASH enquiry: one or more contacts under one clock. This row is its header: no text, no name."""

    social_worker_id: uuid.UUID | None

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "M"), editable=False)
    state = models.CharField(max_length=16, choices=choices.EnquiryState.choices, default=choices.EnquiryState.TO_RATE)
    version = models.PositiveIntegerField(default=1)
    arrived_at = models.DateTimeField(help_text="Arrival of its first contact.")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True, default="")
    first_rated_at = models.DateTimeField(null=True, blank=True)
    crime_possible = models.BooleanField(
        null=True, help_text="Copied from its contacts by trigger; empty: nobody knows yet."
    )
    social_worker = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(null=True, blank=True)
    taken_off_at = models.DateTimeField(
        null=True, blank=True, help_text="A conflict of interest took its social worker off; another one ends it."
    )
    own_due_at = models.DateTimeField(null=True, blank=True, help_text="The manager's own deadline for this case.")
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="What is due next, copied from the clock by trigger: orders worklists."
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    items_close_at = models.DateTimeField(
        null=True, help_text="When agencies' sight of others' items ends; the agreement says so, by trigger."
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        permissions = [("asked_on_enquiry", "Was asked on this enquiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="enquiry_closed_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(colour="") | Q(state__in=["to_rate", "closed"]), name="enquiry_rated_to_go_on"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="enquiry_queue"),
            models.Index(fields=["social_worker", "state", "due_at"], name="enquiry_worker"),
            models.Index(fields=["-arrived_at", "id"], name="enquiry_latest"),
            models.Index(
                fields=["due_at", "id"],
                name="enquiry_running",
                condition=Q(state__in=["to_rate", "gathering", "deciding", "decided", "released"]),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="enquiry_for_manager",
                condition=Q(state__in=["to_rate", "deciding", "decided"])
                | Q(state__in=["to_rate", "gathering", "deciding"], social_worker__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the role that follows from being its social worker, its reviewer, or from emergency access."""
        return looks_into(self.pk, viewer) | assigned(self.social_worker_id, self.pk, viewer)


class Rating(models.Model):
    """One rating; every one is kept, the latest counts. Audience: the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="ratings")
    colour = models.CharField(max_length=8, choices=Colour.choices)
    reason = models.TextField(blank=True, default="")
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-rated_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class OwnDeadline(models.Model):
    """The manager's own deadline for one enquiry, with the reason; every one is kept. Audience: the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="own_deadlines")
    due_at = models.DateTimeField()
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-set_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Reopening(models.Model):
    """A closed enquiry was opened again, and why; every one is kept. Audience: the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.TextField()
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-reopened_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Screening(models.Model):
    """The screening of one contact. Audience: front door and manager; screeners while they sit on it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="screening")
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "S"), editable=False)
    state = models.CharField(max_length=16, choices=choices.ScreeningState.choices, default=choices.ScreeningState.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    sent_to_panel_at = models.DateTimeField(null=True, blank=True)
    exit = models.CharField(max_length=20, choices=choices.Exit.choices, blank=True, default="")
    criteria = ArrayField(models.CharField(max_length=24, choices=choices.Criterion.choices), default=list, blank=True)
    proposed_colour = models.CharField(max_length=8, choices=Colour.choices, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    enquiry = models.ForeignKey(Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="screenings")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="decided", decided_at__isnull=False, decided_by__isnull=False) & ~Q(exit="")
                | ~Q(state="decided") & Q(decided_at__isnull=True, decided_by__isnull=True, exit=""),
                name="screening_decided_when_it_says_so",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"], name="screening_queue")]

    def __str__(self) -> str:
        return self.reference


class ScreeningReasons(models.Model):
    """Why it was screened so. Audience: screeners, the decision team; not the front door."""

    screening = models.OneToOneField(Screening, primary_key=True, on_delete=models.PROTECT, related_name="reasons")
    text = models.TextField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class ChildScreening(models.Model):
    """Level of need of one child at screening. Audience: as the screening."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="children")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="screenings")
    level_of_need = models.CharField(max_length=8, choices=LevelOfNeed.choices)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "subject"], name="level_once_per_child")]

    def __str__(self) -> str:
        return str(self.id)


class PanelView(models.Model):
    """The view of one agency on the panel, with its reason. Audience: screeners while sitting, the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="views")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    exit = models.CharField(max_length=20, choices=choices.Exit.choices)
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "agency"], name="one_view_per_agency")]
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Handover(models.Model):
    """A chosen text handed to a team at screening. Audience: the team that got it, front door, manager."""

    team_id: uuid.UUID

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "H"), editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="handovers")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="handovers")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="handovers")
    state = models.CharField(max_length=12, choices=choices.HandoverState.choices, default=choices.HandoverState.SENT)
    version = models.PositiveIntegerField(default=1)
    exit = models.CharField(
        max_length=20, choices=choices.Exit.choices, blank=True, default="", help_text="As screening chose it."
    )
    colour = models.CharField(max_length=8, choices=Colour.choices, help_text="How urgent it is, from its sending on.")
    text = models.TextField(help_text="What the team is told; children, concern and reasons as the screener chose.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = HandoverQuerySet.as_manager()

    class Meta:
        permissions = [("receive_handover", "Was handed this")]
        constraints = [
            models.UniqueConstraint(
                fields=["screening"],
                condition=Q(state__in=["sent", "queried", "accepted"]),
                name="one_handover_in_force",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="handover_taken_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["team", "state", "sent_at"], name="handover_inbox"),
            models.Index(
                fields=["sent_at", "id"],
                name="handover_returned",
                condition=Q(state__in=["queried", "declined", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the role that follows from working in the team that got it."""
        return frozenset({RECEIVER}) if viewer.team_id is not None and viewer.team_id == self.team_id else frozenset()


class HandoverExchange(models.Model):
    """What the team or the hub said about a handover: query, answer, why it was declined. As the handover."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="exchanges")
    kind = models.CharField(max_length=12, choices=choices.ExchangeKind.choices)
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["said_at", "id"]

    def __str__(self) -> str:
        return str(self.id)
