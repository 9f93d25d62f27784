"""How the hub's own settings came to be as they are."""

from __future__ import annotations

from django.db import models

from agencies import choices
from agencies.models.directory import Agency, Membership, Team, User
from common.references import new_key


class SettingChange(models.Model):
    """One setting of the hub, changed by an administrator; kept, and never reworded.

    Audience: administrators, and those whom a weaker setting would keep from being warned: managers and auditors.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    setting = models.CharField(max_length=32, choices=choices.HubSetting.choices)
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="setting_change_changes"),
        ]
        indexes = [models.Index(fields=["setting", "-changed_at"], name="setting_latest")]

    def __str__(self) -> str:
        return str(self.id)


class FormerName(models.Model):
    """What a person, an agency or a team was called until a moment: what happened before it keeps that name.

    Audience: whoever sees what happened; a name in the directory is read by everybody.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="former_names")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="former_names")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True, default="", help_text="Of an agency.")
    until = models.DateTimeField()
    changed_by = models.ForeignKey(
        Membership, null=True, on_delete=models.PROTECT, related_name="+", help_text="None for the builder of a hub."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, agency__isnull=True, team__isnull=True)
                | models.Q(user__isnull=True, agency__isnull=False, team__isnull=True)
                | models.Q(user__isnull=True, agency__isnull=True, team__isnull=False),
                name="former_name_of_one",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "until"], name="former_name_user"),
            models.Index(fields=["agency", "until"], name="former_name_agency"),
            models.Index(fields=["team", "until"], name="former_name_team"),
        ]

    def __str__(self) -> str:
        return str(self.id)
