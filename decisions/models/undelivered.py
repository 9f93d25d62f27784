"""What somebody was to be told about a child, and was not: the mail failed for good."""

from __future__ import annotations

import uuid
from typing import cast

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from clock.choices import Colour
from contacts.models import Contact
from decisions import choices
from notices.choices import Failure
from notices.models import DeadLetter
from screening.models import Enquiry


class Undelivered(models.Model):
    """A message about a contact or an enquiry that did not arrive. Written by trigger, with the dead letter.

    Audience: those who answer for the child, who need not see to the mail server. It says what kind of message it was,
    to whom and why it failed; neither address nor text. Open until somebody has tried again, has told them in another
    way, or has said why nobody need be told.
    """

    enquiry_id: uuid.UUID | None
    contact_id: uuid.UUID | None

    letter = models.OneToOneField(
        DeadLetter, primary_key=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reference = models.CharField(max_length=32, help_text="Of the enquiry, where there is one, else of the contact.")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="+")
    enquiry = models.ForeignKey(Enquiry, null=True, on_delete=models.PROTECT, related_name="+")
    social_worker = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True, default="", help_text="When it failed.")
    kind = models.CharField(max_length=64, help_text="Of the message.")
    recipient = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", help_text="Empty: somebody without account."
    )
    error = models.CharField(max_length=24, choices=Failure.choices)
    failed_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True, help_text="When those who answer for the child were told.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=16, choices=choices.SeenToBy.choices, blank=True, default="")
    how = models.CharField(max_length=16, choices=choices.ToldHow.choices, blank=True, default="")
    informed_at = models.DateTimeField(null=True, blank=True, help_text="When they were told in another way.")
    informed_by = models.CharField(max_length=160, blank=True, default="", help_text="Who told them.")
    reason = models.TextField(blank=True, default="", help_text="What was said, or why nobody need be told.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False) | Q(enquiry__isnull=False), name="undelivered_is_about_a_case"
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, way="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(way="")),
                name="undelivered_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(way="told", informed_at__isnull=False) & ~Q(how="") & ~Q(informed_by=""))
                | (~Q(way="told") & Q(informed_at__isnull=True, how="")),
                name="undelivered_told_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["failed_at"], condition=Q(settled_at__isnull=True), name="undelivered_open"),
            models.Index(fields=["reference"], name="undelivered_reference"),
            models.Index(fields=["enquiry"], name="undelivered_enquiry"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def about_id(self) -> uuid.UUID:
        """The key of the enquiry, where there is one, else of the contact."""
        return cast("uuid.UUID", self.enquiry_id or self.contact_id)  # the constraint: it is about one of them
