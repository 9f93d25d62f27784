"""A case role that an administrator wants to give, until a manager has said yes or no."""

from __future__ import annotations

from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from agencies import choices
from agencies.models.directory import Agency, Membership, Team, User
from common.references import new_key, new_reference


class RoleProposal(models.Model):
    """A membership as it is to become. It opens nothing: rights are read from memberships alone (docs/adr/0092).

    Audience: administrators, and the managers who may answer it: neither the person themself nor who proposed it.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=11, unique=True, default=partial(new_reference, "W"), editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    roles = ArrayField(models.CharField(max_length=32, choices=choices.Role.choices))
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="proposals", help_text="Ends with the word."
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=16, blank=True, default="", choices=choices.Word.choices)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True, default="", help_text="Why not.")
    membership = models.OneToOneField(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", help_text="What came of it."
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="proposal_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="proposal_has_a_role"),
            models.CheckConstraint(
                condition=~Q(roles__contains=["receiving_worker"]) | Q(team__isnull=False),
                name="proposed_worker_has_a_team",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="proposal_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(answer=choices.Word.REFUSED) | ~Q(reason=""), name="proposal_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=True) | Q(answer=choices.Word.GIVEN), name="proposal_follows_the_word"
            ),
            models.UniqueConstraint(fields=["replaces"], condition=Q(answer=""), name="one_waiting_per_membership"),
        ]
        indexes = [
            models.Index(fields=["proposed_at"], condition=Q(answer=""), name="proposal_waiting"),
            models.Index(fields=["user"], name="proposal_user"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def role_names(self) -> str:
        """The roles in words."""
        return ", ".join(str(choices.Role(role).label) for role in self.roles)
