"""How the hub's own settings came to be as they are."""

from __future__ import annotations

from django.db import models

from agencies import choices
from agencies.models.directory import Membership
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
