"""Grants: guardian's group permissions with a real foreign key, one permission per table."""

from django.db import models
from django.db.models.functions import Now
from guardian.models import GroupObjectPermissionBase

from common.references import new_key
from information_sharing.models import Item


class ItemGrant(GroupObjectPermissionBase):
    """A core agency was named for an item by its owner; ends when the enquiry closes."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    content_object = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="grants")

    named_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(GroupObjectPermissionBase.Meta):
        indexes = [
            models.Index(fields=["content_object", "group"], name="item_grant_probe"),
            models.Index(fields=["group", "-named_at", "id"], name="item_grant_latest"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
