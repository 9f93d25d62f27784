"""What agencies are asked and what they say. Existence, text and sealed text are rows of their own."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from agencies.access.roles import ASKED, assigned, looks_into
from agencies.choices import Role
from agencies.models import Agency, Membership
from agencies.querysets import CaseQuerySet
from common.encryption import EncryptedTextField
from common.references import new_key, new_reference
from contacts.models import Subject
from information_sharing import choices
from information_sharing.querysets import ItemQuerySet, RequestQuerySet
from screening.models import Enquiry

if TYPE_CHECKING:
    from agencies.access.viewer import Viewer


def _asked(agency_id: uuid.UUID, viewer: Viewer, *, request: uuid.UUID | None = None) -> frozenset[str]:
    """Return the role of the agency that was asked; without a signature only on what was opened in an emergency."""
    mine = viewer.agency_id == agency_id and viewer.has(Role.RESEARCHER, Role.LEAD)
    return frozenset({ASKED}) if mine or request in viewer.case_access.emergency_route else frozenset()


class SharingAuthority(models.Model):
    """The manager's reason for asking agencies without the family's agreement. Audience: the decision team."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="authorities")
    reason = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class InformationRequest(models.Model):
    """One agency asked on one enquiry. Audience: that agency's researchers and leads, the decision team."""

    agency_id: uuid.UUID
    social_worker_id: uuid.UUID | None

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "Q"), editable=False)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="requests")
    social_worker = models.ForeignKey(
        Membership,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Copied from the enquiry by trigger.",
    )
    state = models.CharField(max_length=16, choices=choices.RequestState.choices, default=choices.RequestState.SENT)
    version = models.PositiveIntegerField(default=1)
    asks = models.TextField(help_text="What is asked, in wording of its own: least detail that lets it search.")
    purpose = models.TextField(help_text="Why it is asked.")
    concern = models.TextField(blank=True, default="", help_text="What this agency is told of the concern.")
    lawful_basis = models.CharField(max_length=20, choices=choices.LawfulBasis.choices)
    referrer_organisation = models.CharField(
        max_length=120, blank=True, default="", help_text="What it is told of who was worried; empty: nothing."
    )
    address = EncryptedTextField(
        of="enquiry_id", blank=True, default="", help_text="Where to search for; never a protected address."
    )
    protected_address = EncryptedTextField(
        of="enquiry_id", blank=True, default="", help_text="For police, health and housing, where they search by it."
    )
    protected_from = models.CharField(max_length=120, blank=True, default="")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    first_word_at = models.DateTimeField(null=True, blank=True)
    cannot_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True, help_text="Its enquiry closed, and nobody had answered.")

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "agency"],
                condition=Q(state__in=["sent", "heard", "cannot_search"]),
                name="one_request_waits_per_agency",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at__isnull=True)),
                name="request_answered_when_it_says_so",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "due_at", "id"], name="request_agency_queue"),
            models.Index(
                fields=["agency", "due_at"],
                name="request_unanswered",
                condition=Q(state__in=["sent", "heard", "cannot_search"]),
            ),
            models.Index(
                fields=["agency", "due_at", "id"],
                name="request_done",
                condition=~Q(state__in=["sent", "heard", "cannot_search"]),
            ),
            models.Index(fields=["enquiry"], name="request_enquiry"),
        ]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the roles that follow from being asked, or from being the enquiry's social worker."""
        asked = _asked(self.agency_id, viewer, request=self.pk)
        return asked | looks_into(self.enquiry_id, viewer) | assigned(self.social_worker_id, self.enquiry_id, viewer)


class RequestSubject(models.Model):
    """A child or adult about whom an agency is asked: rights are per child. Audience: as the request."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="asked_about")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="requests")
    by_person = models.BooleanField(
        default=False,
        help_text="The same person in another contact of the enquiry: rights follow the person. Kept by trigger.",
    )
    school = models.CharField(
        max_length=120,
        blank=True,
        default="",
        help_text="As it was told this agency; never a protected one.",
    )
    practice = models.CharField(max_length=120, blank=True, default="", help_text="As the school.")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "subject"], name="asked_once_about_each")]

    def __str__(self) -> str:
        return str(self.id)


class Answer(models.Model):
    """What an agency answered. Audience: as the request."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    request = models.OneToOneField(InformationRequest, on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20, choices=choices.AnswerKind.choices)
    withheld_reason = models.CharField(max_length=20, choices=choices.WithheldReason.choices, blank=True, default="")
    systems_searched = models.CharField(max_length=300, blank=True, default="")
    identifiers_used = models.CharField(max_length=300, blank=True, default="")
    searched_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_spoken = models.BooleanField(default=False, help_text="Taken down by the social worker over the telephone.")
    spoken_by = models.CharField(
        max_length=120, blank=True, default="", help_text="Who spoke for the agency: post and name."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="held_not_shared") & ~Q(withheld_reason="")
                | ~Q(kind="held_not_shared") & Q(withheld_reason=""),
                name="withheld_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="answer_confirmed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["searched_at", "id"],
                name="answer_to_confirm",
                condition=Q(is_spoken=True, confirmed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Item(models.Model):
    """That an agency said something, about whom, when, under which handling; no text.

    Audience: owner agency; decision team; core agencies named by grant; for `manager_only` the author, those named
    and the manager alone. `agency`, `enquiry` are copied from the request by trigger and cannot drift.
    """

    agency_id: uuid.UUID

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="items")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="items")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="items")
    subject = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    version = models.PositiveIntegerField(default=1)
    handling = models.CharField(max_length=16, choices=choices.Handling.choices)
    theme = models.CharField(max_length=20, choices=choices.Theme.choices, default=choices.Theme.OTHER)
    occurred_on = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=8, choices=choices.DatePrecision.choices, default=choices.DatePrecision.DAY)
    source = models.CharField(max_length=120, blank=True, default="", help_text="The owner's system or record.")
    needed_at_night = models.BooleanField(default=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_spoken = models.BooleanField(default=False)
    is_unconfirmed = models.BooleanField(
        default=False,
        editable=False,
        help_text="Taken down by telephone and not confirmed by its owner; copied by trigger.",
    )
    given_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        permissions = [("named_for_item", "Was named for this item")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(handling="manager_only") | Q(needed_at_night=False, is_spoken=False),
                name="sealed_stays_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["enquiry", "agency", "given_at"], name="item_enquiry"),
            models.Index(fields=["agency", "-given_at", "id"], name="item_agency"),
            models.Index(fields=["request"], name="item_request"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the role that follows from owning the item."""
        return _asked(self.agency_id, viewer, request=self.request_id)


class ItemText(models.Model):
    """What an `onward` or `hub_only` item says, one row per version; earlier versions are kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="item_text_once_a_version")]

    def __str__(self) -> str:
        return str(self.id)


class SealedText(models.Model):
    """What a `manager_only` item says, encrypted. Audience: author, those whom the owner's lead named, the manager."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sealed_texts")
    version = models.PositiveIntegerField()
    text = EncryptedTextField(of="item__enquiry_id")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="sealed_text_once_a_version")]

    def __str__(self) -> str:
        return str(self.id)


class SealedReader(models.Model):
    """Somebody of an asked agency whom its lead named to read what that agency sealed on a request, if anything.

    A row that was ended stays as evidence; both walls are as if it were not there.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    request = models.ForeignKey(InformationRequest, on_delete=models.PROTECT, related_name="sealed_readers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "membership"], condition=Q(ended_at__isnull=True), name="sealed_reader_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="sealed_reader_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class HeldMarker(models.Model):
    """That confidential information is held on an enquiry: not by whom, when or how much. Kept by trigger alone."""

    enquiry = models.OneToOneField(Enquiry, primary_key=True, on_delete=models.PROTECT, related_name="held_marker")

    objects = CaseQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


class SafetyInstruction(models.Model):
    """What somebody at the door needs to know of a sealed item, in words that its owner agreed.

    Audience: the manager, the owner agency's researcher who wrote the item, those named; its lead once it was refused.
    It has no column that says enquiry, so that no event about it turns up among the enquiry's activity.
    """

    agency_id: uuid.UUID

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=partial(new_reference, "I"), editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="instructions")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=16, choices=choices.InstructionState.choices, default=choices.InstructionState.PROPOSED
    )
    version = models.PositiveIntegerField(default=1)
    kept_with = models.UUIDField(help_text="The enquiry whose data key closes its words.")
    proposed_text = EncryptedTextField(of="kept_with")
    agreed_text = EncryptedTextField(of="kept_with", blank=True, default="", help_text="The only words that go out.")
    decided_because = EncryptedTextField(of="kept_with", blank=True, default="", help_text="Why the manager decided.")
    life_at_risk = models.BooleanField(null=True, blank=True, help_text="The manager did not wait; empty: no decision.")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True, help_text="From then on the agency's lead sees it.")
    refused_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_by__isnull=True)
                | Q(refused_at__isnull=False, refused_by__isnull=False),
                name="instruction_refused_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="instruction_settled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["proposed", "refused"]), name="one_instruction_waits_per_item"
            ),
        ]
        indexes = [models.Index(fields=["agency", "state"], name="instruction_agency")]

    def __str__(self) -> str:
        return self.reference

    def roles_of(self, viewer: Viewer) -> frozenset[str]:
        """Return the role that follows from owning the item."""
        return _asked(self.agency_id, viewer)
