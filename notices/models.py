"""What people are told, and the mails that did not leave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from common.encryption import EncryptedTextField
from common.known import known
from common.references import new_key
from notices.choices import Channel, Failure
from notices.querysets import DeadLetterQuerySet, NoticeQuerySet

WAITING = Q(channel=Channel.MAIL, sent_at__isnull=True, withdrawn_at__isnull=True, given_up_at__isnull=True)


class Notice(models.Model):
    """One message to one recipient by one channel. Carries references and links, never a name or a reason."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    kind = models.CharField(max_length=64)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    membership = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    to_address = EncryptedTextField(blank=True, default="", help_text="Of a person without an account.")
    subject = models.CharField(max_length=160)
    body = EncryptedTextField()
    path = models.CharField(max_length=300, blank=True, default="")
    reference = models.CharField(max_length=32, blank=True, default="")
    staff_path = models.CharField(
        max_length=300, blank=True, default="", help_text="Where staff see to it if it fails."
    )
    created_at = models.DateTimeField()
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True, help_text="Its recipient had lost the membership.")
    given_up_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=24, choices=Failure.choices, blank=True, default="")
    dedupe = models.CharField(max_length=200, unique=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, to_address="") | Q(membership__isnull=True, channel=Channel.MAIL),
                name="notice_has_one_recipient",
            ),
            known("channel", Channel, "notice_channel_known"),
            known("last_error", Failure, "notice_error_known", blank=True),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=WAITING, name="notice_waiting"),
            models.Index(
                fields=["membership", "-created_at"], condition=Q(channel=Channel.IN_APP), name="notice_of_membership"
            ),
            models.Index(
                fields=["membership"], condition=Q(channel=Channel.IN_APP, read_at__isnull=True), name="notice_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class DeadLetter(models.Model):
    """A mail that did not leave after all its tries: without address and text, for whoever must see to it."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="dead_letters")
    is_to_the_public = models.BooleanField(default=False, help_text="The mail was for somebody without an account.")
    kind = models.CharField(max_length=64)
    reference = models.CharField(max_length=32, blank=True, default="")
    staff_path = models.CharField(max_length=300, blank=True, default="")
    attempts = models.PositiveSmallIntegerField()
    error = models.CharField(max_length=24, choices=Failure.choices)
    at = models.DateTimeField()
    see_to_by = models.DateTimeField(null=True, help_text="The end of the next working day.")
    seen_to_at = models.DateTimeField(null=True, help_text="Tried again, or told in another way.")

    objects = DeadLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice"], condition=Q(seen_to_at__isnull=True), name="dead_letter_open_once"
            ),
            known("error", Failure, "dead_letter_error_known"),
        ]
        indexes = [models.Index(fields=["-at"], condition=Q(seen_to_at__isnull=True), name="dead_letter_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
