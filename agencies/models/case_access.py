"""What keeps a person out of a case, or lets one into it: conflicts of interest, reviews, emergency access.

These tables decide rights, so they stand in the kernel, below the case records that they name. They name them by key
without a Django foreign key; `fw.case_access` reads them for both walls.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from agencies import choices
from agencies.models.directory import Agency, Membership, Team, User
from common.references import new_key

GLASS_LASTS = timedelta(hours=12)
"""For how long somebody has emergency access to an enquiry whose glass they broke; it ends by itself."""


def _exactly_one(*names: str) -> Q:
    """Return the condition that one of these columns is filled and the others are empty."""
    whole = Q()
    for filled in names:
        whole |= Q(**{f"{name}__isnull": name != filled for name in names})
    return whole


class ConflictOfInterest(models.Model):
    """A case or a person that is closed to somebody, over every role and grant: for them it does not exist.

    Audience: managers who are not excluded themselves.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact_id = models.UUIDField(null=True, help_text="Closed: this contact, and its enquiry if it has one.")
    enquiry_id = models.UUIDField(null=True, help_text="Closed: this MASH enquiry and its contacts.")
    person_id = models.UUIDField(null=True, help_text="Closed: this person and all contacts that are linked to them.")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=12, choices=choices.ConflictSource.choices)
    reason = models.TextField(blank=True, default="")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one("contact_id", "enquiry_id", "person_id"), name="conflict_closes_one_thing"
            ),
            models.CheckConstraint(
                condition=_exactly_one("user", "membership", "agency", "team"), name="conflict_closes_it_to_one"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="conflict_lifted_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["contact_id"], name="conflict_contact"),
            models.Index(fields=["enquiry_id"], name="conflict_enquiry"),
            models.Index(fields=["person_id"], name="conflict_person"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Review(models.Model):
    """An enquiry that a reviewer reads between two days: inspection, dip sample, complaint. Nothing sealed."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reviews")
    enquiry_id = models.UUIDField()
    enquiry_reference = models.CharField(max_length=12)
    purpose = models.CharField(max_length=16, choices=choices.ReviewPurpose.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Ended at once, whatever the last day says.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="review_ends_after_start"),
            models.CheckConstraint(condition=~Q(membership=F("named_by")), name="review_not_named_by_oneself"),
        ]
        indexes = [
            models.Index(fields=["membership", "ends_on"], name="review_of_membership"),
            models.Index(fields=["enquiry_id"], name="review_of_enquiry"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BrokenGlass(models.Model):
    """Emergency access to one enquiry, of somebody of the hub whose it is not: 12 hours, no hub-only or sealed text."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="broken_glass")
    enquiry_id = models.UUIDField()
    enquiry_reference = models.CharField(max_length=12)
    broken_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    review_due_at = models.DateTimeField(null=True, help_text="The end of the second working day.")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=16, choices=choices.Finding.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("broken_at")) & Q(ends_at__lte=F("broken_at") + GLASS_LASTS),
                name="glass_mends_within_twelve_hours",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, finding="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(finding="")),
                name="glass_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("membership")),
                name="glass_not_reviewed_by_oneself",
            ),
        ]
        indexes = [
            models.Index(fields=["membership", "ends_at"], name="glass_of_membership"),
            models.Index(fields=["-broken_at"], name="glass_latest"),
        ]

    def __str__(self) -> str:
        return str(self.id)
