"""An outgoing text that a manager reads first."""

from __future__ import annotations

import json
from functools import partial

from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.forms.typed import Pairs
from common.references import new_key, new_reference
from contacts.models import Contact
from decisions import choices


class OutgoingText(models.Model):
    """A form whose text may give away what its writer cannot know: it waits for a manager and has not gone out.

    Audience: the manager. Its writer is told that it is being checked, and what came of it; never why.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "T"), editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12, choices=choices.OutgoingTextState.choices, default=choices.OutgoingTextState.WAITING
    )
    version = models.PositiveIntegerField(default=1)
    path = models.CharField(max_length=300, help_text="Address of the page on which it was typed.")
    action = models.CharField(max_length=300, help_text="Address to which the form is sent.")
    fields = EncryptedTextField(of="contact_id", help_text="Names and values of the form, in its order, as JSON.")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True, default="", help_text="What the writer is told where it was sent back.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="outgoing_text_settled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at"], name="outgoing_text_waits", condition=Q(state="waiting")),
            models.Index(fields=["contact"], name="outgoing_text_of_contact"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def pairs(self) -> Pairs:
        """The names and values of the form, in its order; what is no form stands whole, as one field."""
        try:
            return tuple((str(name), str(value)) for name, value in json.loads(self.fields))
        except ValueError:
            return (("text", self.fields),)
