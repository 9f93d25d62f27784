"""Protect now: protective work that waits for no stage."""

from __future__ import annotations

from functools import partial

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts import choices
from contacts.models.contact import Contact
from contacts.models.people import Subject


class Protection(models.Model):
    """Protect now: protective work that waits for no stage. Audience: as the contact, and out of hours while open.

    `held_at` is when its latest strategy discussion was written down; when it was held says `StrategyDiscussion`.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "N"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="protections")
    state = models.CharField(max_length=12, choices=choices.ProtectState.choices, default=choices.ProtectState.RAISED)
    version = models.PositiveIntegerField(default=1)
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    convened_at = models.DateTimeField(null=True, blank=True)
    convened_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True, help_text="The latest strategy discussion.")
    held_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    section_47 = models.CharField(
        max_length=12,
        choices=choices.SectionFortySeven.choices,
        default=choices.SectionFortySeven.NOT_DECIDED,
        help_text="As the latest strategy discussion decided.",
    )
    stood_down_at = models.DateTimeField(null=True, blank=True)
    stood_down_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    stood_down_reason = models.TextField(blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(convened_at__isnull=True, convened_by__isnull=True)
                | Q(convened_at__isnull=False, convened_by__isnull=False),
                name="protection_convened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, held_by__isnull=True)
                | Q(held_at__isnull=False, held_by__isnull=False),
                name="protection_held_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(stood_down_at__isnull=True, stood_down_by__isnull=True)
                | Q(stood_down_at__isnull=False, stood_down_by__isnull=False),
                name="protection_stood_down_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(state__in=["raised", "convened"]), name="one_protection_under_way"
            ),
        ]
        indexes = [models.Index(fields=["contact", "-raised_at"], name="protection_contact")]

    def __str__(self) -> str:
        return self.reference


class FurtherReason(models.Model):
    """The alarm was raised again, or added to, while the work was under way. Audience: as the protective work."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="further_reasons")
    text = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class StrategyDiscussion(models.Model):
    """One strategy discussion, as recorded; a later one is another row. Audience: as the protective work."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="discussions")
    held_at = models.DateTimeField()
    invited = models.TextField(blank=True, default="")
    present = models.TextField()
    agreed = models.TextField()
    section_47 = models.CharField(max_length=12, choices=choices.SectionFortySeven.choices)
    actions = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-held_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Whereabouts(models.Model):
    """Where a child is now, with whom, and until when that is safe. The latest row counts; earlier ones are kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="whereabouts")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="whereabouts")
    child = models.CharField(
        max_length=260,
        blank=True,
        default="",
        help_text="The name then: whoever protects keeps it when the contact ends.",
    )
    place = EncryptedTextField(of="protection__contact_id", blank=True, default="")
    with_whom = EncryptedTextField(of="protection__contact_id", blank=True, default="")
    is_protected = models.BooleanField(null=True, blank=True, help_text="The place. Empty: as the contact says.")
    protected_from = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="From whom the place is protected, besides what the contact says.",
    )
    safe_until = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return str(self.id)
