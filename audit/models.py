"""Evidence: rows that are written once and never changed.

Nobody is a foreign key here: an event outlives the account, the membership and the record that it speaks of.
No name, address, reason or other content is ever stored; references and codes only.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from common.references import new_key


class Actor(models.Model):
    """The columns that say who it was: shared by events, readings and refusals."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    membership_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    roles = ArrayField(models.CharField(max_length=32), default=list)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        abstract = True


class Event(Actor):
    """Something that somebody did, in the same transaction as the action itself."""

    verb = models.CharField(max_length=64)
    record_type = models.CharField(max_length=64)
    record_id = models.UUIDField(null=True)
    reference = models.CharField(max_length=32, blank=True, default="")
    enquiry_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "-at"], name="event_record"),
            models.Index(fields=["enquiry_id", "-at"], name="event_enquiry"),
            models.Index(fields=["-at", "id"], name="event_at"),
            models.Index(fields=["reference", "-at"], name="event_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.reference}"


class Reading(Actor):
    """One page view or export that showed guarded content: who, when, why, which items."""

    page = models.CharField(max_length=64)
    reference = models.CharField(max_length=32, blank=True, default="")
    enquiry_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=64, blank=True, default="")
    item_ids = ArrayField(models.UUIDField(), default=list)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "id"], name="reading_at"),
            models.Index(fields=["enquiry_id", "-at"], name="reading_enquiry"),
            models.Index(fields=["reference", "-at"], name="reading_reference"),
            GinIndex(fields=["item_ids"], name="reading_items"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.reference}"


class Refusal(Actor):
    """A try that was refused: the same row for an absent and for a forbidden record."""

    method = models.CharField(max_length=8)
    route = models.CharField(max_length=96)
    reference = models.CharField(max_length=64, blank=True, default="")
    status = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["-at", "id"], name="refusal_at"),
            models.Index(fields=["reference", "-at"], name="refusal_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.route}"


class LogSeal(models.Model):
    """A seal over rows of the log: which rows, one digest for each, and the chain to the seal before.

    Made by the database alone (`fw.seal_logs`), exported after each making. `version` says how a row's digest is made.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    event_ids = ArrayField(models.UUIDField())
    event_digests = ArrayField(models.BinaryField())
    reading_ids = ArrayField(models.UUIDField())
    reading_digests = ArrayField(models.BinaryField())
    refusal_ids = ArrayField(models.UUIDField())
    refusal_digests = ArrayField(models.BinaryField())
    digest = models.BinaryField()
    previous = models.BinaryField()
    seal = models.BinaryField()

    def __str__(self) -> str:
        return str(self.number)
