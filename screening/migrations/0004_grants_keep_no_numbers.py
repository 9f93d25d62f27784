"""Grants have random keys: a sequence would count them for everybody."""

from django.db import migrations

from agencies.access.sql import uuid_key


class Migration(migrations.Migration):
    """Each grant gets a new key; nothing refers to the old one."""

    dependencies = [("screening", "0003_enquiry_columns")]

    operations = [
        uuid_key("screening", "enquirygrant"),
        uuid_key("screening", "handovergrant"),
    ]
