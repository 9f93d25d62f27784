"""Grants: guardian's group permissions with a real foreign key, one permission per table."""

from django.db import models
from guardian.models import GroupObjectPermissionBase

from common.references import new_key
from screening.models import Enquiry, Handover


class EnquiryGrant(GroupObjectPermissionBase):
    """An agency was asked on an enquiry. Made and ended by the trigger on the requests, never by hand."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    content_object = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="grants")

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["content_object", "group"], name="enquiry_grant_probe")]

    def __str__(self) -> str:
        return str(self.pk)


class HandoverGrant(GroupObjectPermissionBase):
    """A team was handed a text; made by the action that hands over, whose event says why."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    content_object = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="grants")

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [models.Index(fields=["content_object", "group"], name="handover_grant_probe")]

    def __str__(self) -> str:
        return str(self.pk)
