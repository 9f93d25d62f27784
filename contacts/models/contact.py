"""A contact as it was reported. A row has one audience."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from agencies.access.roles import assigned
from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts import choices
from contacts.models.reaching import safe_ways_field
from contacts.querysets import ContactQuerySet
from contacts.rules.earlier_values import OF_CONTACT, OF_PERSON

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


class Contact(models.Model):
    """One worry that reached the hub. Audience: front door, manager, the assigned social worker; screeners by state."""

    social_worker_id: uuid.UUID | None

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "C"), editable=False)
    state = models.CharField(max_length=16, choices=choices.ContactState.choices, default=choices.ContactState.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    arrived_at = models.DateTimeField(help_text="When it reached the hub, not when it was typed.")
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16, choices=choices.Channel.choices)
    referrer_kind = models.CharField(max_length=16, choices=choices.ReferrerKind.choices)
    concern = models.TextField(
        blank=True, default="", help_text="The concern for sharing: does not give away a private referrer."
    )
    happened_on = models.DateField(null=True, blank=True)
    crime_possible = models.BooleanField(null=True, blank=True, help_text="Empty: nobody knows yet.")
    address = EncryptedTextField(of="id", blank=True, default="")
    address_keys = ArrayField(
        models.CharField(max_length=64), default=list, blank=True, help_text="Keyed hashes: find the same address."
    )
    place_keys = ArrayField(
        models.TextField(), default=list, blank=True, help_text="Keyed hashes: find a home by a part of its address."
    )
    address_is_protected = models.BooleanField(null=True, blank=True, help_text="Empty: nobody knows yet.")
    protected_from = models.CharField(
        max_length=200, blank=True, default="", help_text="From whom the address is protected."
    )
    visit_hazard = models.BooleanField(null=True, blank=True, help_text="Empty: nobody was asked yet.")
    hazards = models.TextField(blank=True, default="", help_text="Such as dogs, weapons, threats: for whoever visits.")
    known = models.CharField(max_length=12, choices=choices.Known.choices, default=choices.Known.NOT_ASKED)
    systems_searched = models.CharField(max_length=300, blank=True, default="")
    open_to = models.CharField(max_length=200, blank=True, default="", help_text="Worker or team of an open case.")
    agreement = models.CharField(
        max_length=16, choices=choices.FamilyAgreement.choices, default=choices.FamilyAgreement.NOT_RECORDED
    )
    agreement_reason = models.TextField(blank=True, default="")
    may_tell = models.CharField(max_length=12, choices=choices.MayTell.choices, default=choices.MayTell.NOT_KNOWN)
    may_tell_reason = models.TextField(blank=True, default="")
    infant_mark = models.BooleanField(
        null=True, blank=True, help_text="A mark or injury on a child who cannot move. Empty: nobody has answered yet."
    )
    immediate_danger = models.BooleanField(null=True, blank=True, help_text="Empty: nobody knows yet.")
    came_in_flood = models.BooleanField(
        default=False, help_text="Sent by the public form after more from one connection than an hour usually brings."
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    panel_at = models.DateTimeField(null=True, blank=True, help_text="When it first went to the panel.")
    screeners_see_until = models.DateTimeField(
        null=True, blank=True, help_text="Screeners keep sight of what they decided to the end of the next working day."
    )
    enquiry_id = models.UUIDField(
        null=True, help_text="The MASH enquiry it is in; the foreign key is made by screening's migration."
    )
    enquiry_reference = models.CharField(max_length=12, blank=True, default="")
    social_worker = models.ForeignKey(
        Membership,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Copied from the enquiry by trigger.",
    )
    colour = models.CharField(max_length=8, blank=True, default="", help_text="Copied from the enquiry by trigger.")
    red_waits = models.BooleanField(
        default=False,
        help_text="A Red handover of it waits for a team or the hub. Copied from the handover by trigger.",
    )
    worker_acknowledged_at = models.DateTimeField(
        null=True, blank=True, help_text="When the allocated worker of an open case said that it had arrived."
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False, state__in=["ended", "passed_on"])
                | Q(ended_at__isnull=True, state__in=["received", "with_panel", "in_enquiry"]),
                name="contact_ended_when_it_says_so",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="contact_acknowledged_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "arrived_at", "id"], name="contact_queue"),
            models.Index(fields=["-arrived_at", "id"], name="contact_latest"),
            models.Index(fields=["enquiry_id"], name="contact_enquiry"),
            models.Index(fields=["social_worker", "state"], name="contact_worker"),
            models.Index(
                fields=["came_in_flood", "arrived_at", "id"],
                name="contact_waits",
                condition=Q(state="received") | Q(state="passed_on", worker_acknowledged_at__isnull=True),
            ),
            models.Index(
                fields=["came_in_flood", "arrived_at", "id"],
                name="contact_to_screen",
                condition=Q(state__in=["received", "with_panel"]),
            ),
            models.Index(
                fields=["came_in_flood", "arrived_at", "id"],
                name="contact_in_danger",
                condition=Q(immediate_danger=True, ended_at__isnull=True),
            ),
            GinIndex(fields=["address_keys"], name="contact_address"),
            GinIndex(fields=["place_keys"], name="contact_place"),
        ]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the role that follows from being the social worker of its enquiry."""
        return assigned(self.social_worker_id, self.enquiry_id, viewer)


class Report(models.Model):
    """What was said, in the referrer's words; never altered. Audience: front door, manager, assigned social worker."""

    contact = models.OneToOneField(Contact, primary_key=True, on_delete=models.PROTECT, related_name="report")
    text = models.TextField()

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class Referrer(models.Model):
    """Who was worried. Audience: as the contact, and never beyond the hub while `is_private`."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="referrer")
    is_private = models.BooleanField(default=True)
    name = EncryptedTextField(of="contact_id", blank=True, default="")
    organisation = EncryptedTextField(of="contact_id", blank=True, default="")
    post = EncryptedTextField(of="contact_id", blank=True, default="")
    email = EncryptedTextField(of="contact_id", blank=True, default="")
    telephone = EncryptedTextField(of="contact_id", blank=True, default="")
    address = EncryptedTextField(of="contact_id", blank=True, default="")
    safe_by = safe_ways_field()
    safe_ways = EncryptedTextField(
        of="contact_id", blank=True, default="", help_text="When it is safe to get in touch, and what else counts."
    )
    own_reference = models.CharField(max_length=60, blank=True, default="", help_text="The referrer's own; not a name.")
    find_keys = ArrayField(
        models.TextField(), default=list, blank=True, help_text="Keyed hashes: find by telephone and own reference."
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["find_keys"], name="referrer_found_by")]

    def __str__(self) -> str:
        return str(self.id)


class Receipt(models.Model):
    """What a referrer without an account holds: the reference and a secret, of which only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="receipt")
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "R"), editable=False)
    secret_hash = models.CharField(max_length=64)
    stage = models.CharField(max_length=24, choices=choices.ReceiptStage.choices, default=choices.ReceiptStage.RECEIVED)
    outcome = models.CharField(
        max_length=32, choices=choices.Ending.choices, blank=True, default="", help_text="Kind of response, once told."
    )

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference


class Correction(models.Model):
    """What turned out to be wrong in a contact; stands beside what was reported. Audience: as the report."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(
        null=True, help_text="The wrong fact stood from then on: a link that was undone, when it was made."
    )
    person_id = models.UUIDField(null=True, help_text="Of a link that was undone: with whom it had been.")
    subject_id = models.UUIDField(null=True, help_text="Of a link that was undone: whose it had been.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True, person_id__isnull=True, subject_id__isnull=True)
                | Q(since__isnull=False, person_id__isnull=False, subject_id__isnull=False),
                name="correction_of_a_link_says_which",
            ),
        ]
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class EarlierValue(models.Model):
    """What a contact or somebody in it said before it was changed: nothing that was typed is overwritten for good.

    Audience: as the report. Addresses and who was worried are not kept here.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="earlier_values")
    subject_id = models.UUIDField(null=True, editable=False, help_text="Of whom it was said; empty: of the contact.")
    column = models.CharField(max_length=30, choices=[*OF_CONTACT.items(), *OF_PERSON.items()])
    text = models.TextField(help_text="In the words of the page.")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="earlier_value_says_something")]
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return str(self.id)
