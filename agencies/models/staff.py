"""What is held of a member of staff so that their own family is noticed: keyed hashes and nothing else."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from agencies.models.directory import User


class StaffRecord(models.Model):
    """Birth and home of somebody with an account, as hashes that only this hub can compute and nobody can read back.

    Audience: the administrator, who sees whether they are held, not what they are.
    """

    user = models.OneToOneField(User, primary_key=True, on_delete=models.PROTECT, related_name="staff_record")
    keys = ArrayField(models.TextField(), default=list, help_text="As in `common.staff_keys`.")
    has_birth = models.BooleanField(default=False)
    has_home = models.BooleanField(default=False)
    birth_form = models.PositiveSmallIntegerField(
        default=1, help_text="In which form: `KEYS_FORM` when it was entered."
    )
    home_form = models.PositiveSmallIntegerField(default=1, help_text="Likewise.")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="staff_record_keys")]

    def __str__(self) -> str:
        return str(self.pk)
