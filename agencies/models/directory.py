"""The directory: people, agencies, memberships, receiving teams, agreements, the hub's own settings."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from agencies import choices
from agencies.models.accounts import WithPassword
from agencies.querysets import AgencyQuerySet, MembershipQuerySet, SignatureQuerySet
from common.references import new_key


class UserAccounts(BaseUserManager["User"]):
    """Makes accounts. A superuser is only ever a person who may run the server; it opens no case record."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account that signs in with an e-mail address."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account for whoever runs the server."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(WithPassword, PermissionsMixin):
    """A person with an account. `groups` stays empty: rights come from memberships alone."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_registered_social_worker = models.BooleanField(
        default=False, help_text="On the register of social workers: only they close a contact."
    )
    job_title = models.CharField(max_length=120, blank=True, default="", db_default="")
    sponsor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who answers for it that the person needs the account.",
    )
    review_on = models.DateField(null=True, blank=True, help_text="When it is asked again whether they need it.")
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserAccounts()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return str(self.id)


class Agency(models.Model):
    """An organisation that takes part in the hub."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=24, choices=choices.AgencyKind.choices)
    is_core = models.BooleanField(default=False, help_text="Sits in the hub; the others are virtual partners.")
    is_active = models.BooleanField(default=True)
    telephone = models.CharField(max_length=40, blank=True, default="")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="agency")
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name


class Team(models.Model):
    """A receiving team: takes what the hub hands over."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=24, choices=choices.TeamKind.choices)
    is_active = models.BooleanField(default=True)
    telephone = models.CharField(max_length=40, blank=True, default="")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="team")
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in one agency, in some roles, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=32, choices=choices.Role.choices))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day; empty means until further notice.")
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Ended at once, whatever the last day says.")
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="membership_has_a_role"),
            models.CheckConstraint(
                condition=~Q(roles__contains=["receiving_worker"]) | Q(team__isnull=False),
                name="receiving_worker_has_a_team",
            ),
        ]
        indexes = [models.Index(fields=["user"], name="membership_user")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def role_names(self) -> str:
        """The roles in words."""
        return ", ".join(str(choices.Role(role).label) for role in self.roles)


class Agreement(models.Model):
    """A version of the information sharing agreement: its text lives with the authority, its terms here."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    title = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField()
    items_close_after_days = models.PositiveSmallIntegerField(
        default=0, help_text="Days after the decision for which agencies still see items that named them."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """An agency's signature on the agreement: without one in force it takes no part. Lapsed ones are kept."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="signatures")
    signed_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    signatory = models.CharField(max_length=120, blank=True, default="", help_text="Post, not name.")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "agency", "signed_on"], name="signature_once_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on")), name="signature_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


def asked_for_second_factor() -> list[str]:
    """Return the roles that a new hub asks for a second factor: those that see or settle most."""
    return [str(role) for role in choices.ASKED_FOR_SECOND_FACTOR]


class HubSettings(models.Model):
    """How this hub works. One row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120, default="Safeguarding hub")
    authority = models.CharField(max_length=120, default="")
    telephone = models.CharField(max_length=40, default="")
    out_of_hours_telephone = models.CharField(max_length=40, default="")
    nation = models.CharField(max_length=3, choices=choices.Nation.choices, default=choices.Nation.ENGLAND)
    opens_at = models.TimeField(default="09:00")
    closes_at = models.TimeField(default="17:00")
    screening_by = models.CharField(
        max_length=16, choices=choices.ScreeningBy.choices, default=choices.ScreeningBy.DECISION_MAKER
    )
    decision_by = models.CharField(
        max_length=16, choices=choices.DecisionBy.choices, default=choices.DecisionBy.MANAGER
    )
    broken_glass_a_day = models.PositiveSmallIntegerField(
        default=3, help_text="So often may one person use emergency access in a day before the managers are warned."
    )
    disagree_with = models.CharField(max_length=200, default="", help_text="Whom a referrer rings who disagrees.")
    public_form_opened_at = models.DateTimeField(null=True, help_text="Until then the public is asked to ring.")
    public_form_opened_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", help_text="The administrator who opened it."
    )
    second_factor_roles = ArrayField(
        models.CharField(max_length=32, choices=choices.Role.choices),
        default=asked_for_second_factor,
        blank=True,
        help_text="Whoever holds one of them opens nothing without a second factor.",
    )
    second_factor_set_at = models.DateTimeField(null=True, help_text="When the roles were last changed.")
    second_factor_set_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_hub_per_installation"),
            models.CheckConstraint(
                condition=Q(second_factor_set_at__isnull=True, second_factor_set_by__isnull=True)
                | Q(second_factor_set_at__isnull=False, second_factor_set_by__isnull=False),
                name="second_factor_set_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(public_form_opened_at__isnull=True, public_form_opened_by__isnull=True)
                | Q(public_form_opened_at__isnull=False, public_form_opened_by__isnull=False),
                name="form_opened_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(public_form_opened_at__isnull=True) | (~Q(telephone="") & ~Q(out_of_hours_telephone="")),
                name="form_opened_beside_telephones",
            ),
            models.CheckConstraint(
                condition=Q(broken_glass_a_day__lte=choices.MOST_GLASS_A_DAY), name="glass_limit_warns_of_something"
            ),
        ]

    def __str__(self) -> str:
        return "hub"


class Submission(models.Model):
    """The one-time key of a form that was sent, and where its result is: a second sending lands there too."""

    key = models.UUIDField(primary_key=True, editable=False)
    membership_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    location = models.CharField(max_length=300, blank=True, default="")
    content = models.CharField(max_length=64, default="", help_text="Keyed hash of what was sent, and where to.")

    def __str__(self) -> str:
        return str(self.key)


class DataKey(models.Model):
    """The key of one contact's or enquiry's protected texts, closed by the key ring; once destroyed, they are erased.

    No role of the application reads the table: see `agencies/sql/functions/data_keys.sql`.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    owner_id = models.UUIDField(unique=True, help_text="The contact or enquiry, or the hub itself.")
    ring_key = models.CharField(max_length=32, blank=True, default="", help_text="Name of the key that closes it.")
    wrapped = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) & ~Q(wrapped="") & ~Q(ring_key="")
                | Q(destroyed_at__isnull=False, wrapped="", ring_key=""),
                name="data_key_closed_or_destroyed",
            )
        ]
        indexes = [
            models.Index(fields=["ring_key", "id"], condition=Q(destroyed_at__isnull=True), name="data_key_ring")
        ]

    def __str__(self) -> str:
        return str(self.id)


class PasswordTries(models.Model):
    """How often somebody has given a wrong password in a row where it was asked once more."""

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="+")
    wrong = models.PositiveSmallIntegerField(default=0)
    last_wrong_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)
