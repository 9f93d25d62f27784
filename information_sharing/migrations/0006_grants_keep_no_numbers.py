"""Grants have random keys: a sequence would count them for everybody."""

from django.db import migrations

from agencies.access.sql import uuid_key


class Migration(migrations.Migration):
    """Each grant gets a new key; nothing refers to the old one."""

    dependencies = [("information_sharing", "0005_moved_texts")]

    operations = [
        uuid_key("information_sharing", "itemgrant"),
    ]
