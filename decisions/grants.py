"""Grants: guardian's group permissions with a real foreign key, one permission per table."""

from django.db import models
from guardian.models import GroupObjectPermissionBase

from common.references import new_key
from decisions.models import MashSummary


class SummaryGrant(GroupObjectPermissionBase):
    """A receiving team was sent a summary; made by the release, whose event says why."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    content_object = models.ForeignKey(MashSummary, on_delete=models.PROTECT, related_name="grants")

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["content_object", "group"], name="summary_grant_probe")]

    def __str__(self) -> str:
        return str(self.pk)
