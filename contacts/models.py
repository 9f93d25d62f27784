"""A contact as it was reported, its people, and protective work. A row has one audience."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from contacts import choices
from contacts.querysets import ContactQuerySet
from mash.common.encryption import EncryptedTextField
from mash.common.references import new_key, new_reference


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
    crime_possible = models.BooleanField(default=False)
    address = EncryptedTextField(blank=True, default="")
    address_key = models.CharField(max_length=64, blank=True, default="", help_text="Keyed hash: finds the same address.")
    address_is_protected = models.BooleanField(default=False)
    known = models.CharField(max_length=12, choices=choices.Known.choices, default=choices.Known.NOT_ASKED)
    systems_searched = models.CharField(max_length=300, blank=True, default="")
    open_to = models.CharField(max_length=200, blank=True, default="", help_text="Worker or team of an open case.")
    agreement = models.CharField(
        max_length=16, choices=choices.FamilyAgreement.choices, default=choices.FamilyAgreement.NOT_RECORDED
    )
    agreement_reason = models.TextField(blank=True, default="")
    may_tell = models.CharField(max_length=12, choices=choices.MayTell.choices, default=choices.MayTell.NOT_KNOWN)
    may_tell_reason = models.TextField(blank=True, default="")
    immediate_danger = models.BooleanField(default=False)
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
        Membership, null=True, on_delete=models.PROTECT, related_name="+", help_text="Copied from the enquiry by trigger."
    )
    colour = models.CharField(max_length=8, blank=True, default="", help_text="Copied from the enquiry by trigger.")
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
            models.Index(fields=["address_key"], name="contact_address", condition=~Q(address_key="")),
        ]

    def __str__(self) -> str:
        return self.reference


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
    name = EncryptedTextField(blank=True, default="")
    organisation = EncryptedTextField(blank=True, default="")
    post = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    telephone = EncryptedTextField(blank=True, default="")
    address = EncryptedTextField(blank=True, default="")
    safe_ways = EncryptedTextField(blank=True, default="", help_text="How and when it is safe to get in touch.")
    own_reference = models.CharField(max_length=60, blank=True, default="", help_text="The referrer's own; not a name.")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)


class Receipt(models.Model):
    """What a referrer without an account holds: the reference and a secret, of which only a hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="receipt")
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "R"), editable=False)
    secret_hash = models.CharField(max_length=64)
    stage = models.CharField(max_length=24, default="received", help_text="In plain words, from a fixed list.")
    outcome = models.CharField(max_length=32, blank=True, default="", help_text="Kind of response, once told.")

    def __str__(self) -> str:
        return self.reference


class Person(models.Model):
    """A durable person, made or linked by somebody's decision; the link can be undone."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "P"), editable=False)
    given_name = models.CharField(max_length=120, blank=True, default="")
    family_name = models.CharField(max_length=120, blank=True, default="")
    date_of_birth = models.DateField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["date_of_birth"], name="person_born")]

    def __str__(self) -> str:
        return self.reference


class Subject(models.Model):
    """A child or an adult of one contact, as reported there. Audience: as the contact; others by what they are sent."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="subjects")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=choices.PersonKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="subjects")
    given_name = models.CharField(max_length=120, blank=True, default="")
    family_name = models.CharField(max_length=120, blank=True, default="")
    other_names = models.CharField(max_length=200, blank=True, default="")
    is_unborn = models.BooleanField(default=False)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    age_reported = models.CharField(max_length=40, blank=True, default="", help_text="Where no date of birth is known.")
    sex = models.CharField(max_length=16, choices=choices.Sex.choices, default=choices.Sex.NOT_KNOWN)
    ethnicity = models.CharField(max_length=60, blank=True, default="")
    language = models.CharField(max_length=60, blank=True, default="")
    disability = models.CharField(max_length=200, blank=True, default="")
    school = models.CharField(max_length=120, blank=True, default="")
    practice = models.CharField(max_length=120, blank=True, default="", help_text="General practice.")
    nhs_number = models.CharField(max_length=10, blank=True, default="")
    unique_pupil_number = models.CharField(max_length=13, blank=True, default="")
    lives_in_household = models.BooleanField(default=True)
    address = EncryptedTextField(blank=True, default="", help_text="Only where it differs from the contact's.")
    part = models.CharField(max_length=120, blank=True, default="", help_text="Such as mother, father, lodger.")
    name_key = models.CharField(max_length=130, blank=True, default="", help_text="Sounds of the surname, for matching.")
    ending = models.CharField(max_length=20, choices=choices.Ending.choices, blank=True, default="")
    level_of_need = models.CharField(max_length=8, choices=choices.LevelOfNeed.choices, blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_unborn=False) | Q(kind="child", date_of_birth__isnull=True), name="unborn_has_no_birthday"
            ),
        ]
        indexes = [
            models.Index(fields=["date_of_birth"], name="subject_born"),
            models.Index(fields=["name_key", "date_of_birth"], name="subject_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        """The name as reported, or words that say there is none."""
        full = f"{self.given_name} {self.family_name}".strip()
        if full:
            return full
        if self.is_unborn:
            return "Unborn child"
        return "Name not known"


class Relation(models.Model):
    """How two people of a contact are related: `subject` is the <kind> of `to`. Audience: as the contact."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="relations")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="relations")
    to = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="related_from")
    kind = models.CharField(max_length=16, choices=choices.RelationKind.choices)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "to"], name="relation_once"),
            models.CheckConstraint(condition=~Q(subject=models.F("to")), name="relation_of_two"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PersonLink(models.Model):
    """Somebody's decision that a subject is a person on record; undone by another decision, never erased."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    matched_on = ArrayField(models.CharField(max_length=24), default=list)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(undone_at__isnull=True), name="one_link_in_force"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="link_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Correction(models.Model):
    """What turned out to be wrong in a contact; stands beside what was reported. Audience: as the contact."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class Protection(models.Model):
    """Protect now: protective work that waits for no stage. Audience: as the contact, and out of hours while open."""

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
    held_at = models.DateTimeField(null=True, blank=True)
    invited = models.TextField(blank=True, default="")
    present = models.TextField(blank=True, default="")
    agreed = models.TextField(blank=True, default="")
    section_47 = models.CharField(
        max_length=12, choices=choices.SectionFortySeven.choices, default=choices.SectionFortySeven.NOT_DECIDED
    )
    actions = models.TextField(blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(convened_at__isnull=True, convened_by__isnull=True)
                | Q(convened_at__isnull=False, convened_by__isnull=False),
                name="protection_convened_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["contact", "-raised_at"], name="protection_contact")]

    def __str__(self) -> str:
        return self.reference


class Whereabouts(models.Model):
    """Where a child is now, with whom, and until when that is safe. The latest row counts; earlier ones are kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    protection = models.ForeignKey(Protection, on_delete=models.PROTECT, related_name="whereabouts")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="whereabouts")
    place = EncryptedTextField(blank=True, default="")
    with_whom = EncryptedTextField(blank=True, default="")
    safe_until = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


