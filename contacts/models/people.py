"""The people of a contact as reported there, and the durable people whom somebody linked them to."""

from __future__ import annotations

from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from agencies.models import Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts import choices
from contacts.models.contact import Contact
from contacts.models.reaching import safe_ways_field
from contacts.rules.unnamed import unnamed


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
    enquiry_id = models.UUIDField(null=True, editable=False, help_text="The contact's MASH enquiry; copied by trigger.")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=choices.PersonKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="subjects")
    given_name = models.CharField(max_length=120, blank=True, default="")
    family_name = models.CharField(max_length=120, blank=True, default="")
    other_names = models.CharField(max_length=200, blank=True, default="")
    is_unborn = models.BooleanField(default=False)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    has_died = models.BooleanField(default=False)
    died_on = models.DateField(null=True, blank=True)
    age_reported = models.CharField(max_length=40, blank=True, default="", help_text="Where no date of birth is known.")
    sex = models.CharField(max_length=16, choices=choices.Sex.choices, default=choices.Sex.NOT_KNOWN)
    ethnicity = models.CharField(max_length=60, blank=True, default="")
    language = models.CharField(max_length=60, blank=True, default="")
    disability = models.CharField(max_length=200, blank=True, default="")
    school = models.CharField(max_length=120, blank=True, default="")
    practice = models.CharField(max_length=120, blank=True, default="", help_text="General practice.")
    nhs_number = models.CharField(max_length=10, blank=True, default="")
    unique_pupil_number = models.CharField(max_length=13, blank=True, default="")
    lives_in_household = models.BooleanField(null=True, blank=True, help_text="Empty: nobody knows yet.")
    address = EncryptedTextField(
        of="contact_id", blank=True, default="", help_text="Only where it differs from the contact's."
    )
    address_is_protected = models.BooleanField(
        null=True, blank=True, help_text="Own address, school and practice. Empty: as the contact says."
    )
    protected_from = models.CharField(max_length=200, blank=True, default="", help_text="From whom they are protected.")
    safe_by = safe_ways_field()
    part = models.CharField(max_length=120, blank=True, default="", help_text="Such as mother, father, lodger.")
    name_key = models.CharField(max_length=64, blank=True, default="", help_text="Sounds of the surname, for matching.")
    given_key = models.CharField(max_length=64, blank=True, default="", help_text="Sounds of the first name.")
    staff_keys = ArrayField(
        models.TextField(), default=list, help_text="Keyed hashes, held against the staff list by trigger."
    )
    find_keys = ArrayField(
        models.TextField(), default=list, blank=True, help_text="What a search compares: sounds, school, an own home."
    )
    ending = models.CharField(max_length=20, choices=choices.Ending.choices, blank=True, default="")
    level_of_need = models.CharField(max_length=8, choices=choices.LevelOfNeed.choices, blank=True, default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "position"], name="subject_place_once"),
            models.CheckConstraint(
                condition=Q(is_unborn=False) | Q(kind="child", date_of_birth__isnull=True),
                name="unborn_has_no_birthday",
            ),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(has_died=True), name="day_of_death_of_somebody_who_died"
            ),
        ]
        indexes = [
            models.Index(fields=["enquiry_id"], name="subject_enquiry"),
            models.Index(fields=["date_of_birth"], name="subject_born"),
            GinIndex(fields=["find_keys"], name="subject_found_by"),
            models.Index(fields=["name_key", "given_key"], name="subject_name"),
            GinIndex(fields=["staff_keys"], name="subject_staff_keys"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        """The name as reported; else words that tell this person from others without a name in the contact."""
        full = f"{self.given_name} {self.family_name}".strip()
        return full or unnamed(self)


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
    entered_twice = models.BooleanField(
        default=False,
        help_text="One person stands twice in one contact: nothing else makes one of two of a contact.",
    )
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


class PersonApart(models.Model):
    """Somebody's decision that two who look alike are not the same person; undone by another decision, never erased."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="apart")
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="apart_from")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "other"], condition=Q(undone_at__isnull=True), name="apart_once_in_force"
            ),
            models.CheckConstraint(condition=~Q(subject=models.F("other")), name="apart_are_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="apart_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
