"""Grants have random keys: a sequence would count them for everybody."""

from django.db import migrations

from agencies.access.sql import uuid_key


class Migration(migrations.Migration):
    """Each grant gets a new key; nothing refers to the old one."""

    dependencies = [("decisions", "0003_analysis_sent_by_somebody")]

    operations = [
        uuid_key("decisions", "summarygrant"),
    ]
