"""Where the data keys of contacts and enquiries rest."""

from django.db import migrations, models
from django.db.models import Q

import common.references


class Migration(migrations.Migration):
    """The table; how the application reaches it is the next migration."""

    dependencies = [("agencies", "0007_as_of")]

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "owner_id",
                    models.UUIDField(help_text="The contact or enquiry, or the hub itself.", unique=True),
                ),
                (
                    "ring_key",
                    models.CharField(
                        blank=True, default="", help_text="Name of the key that closes it.", max_length=32
                    ),
                ),
                ("wrapped", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=Q(("destroyed_at__isnull", True)), fields=["ring_key", "id"], name="data_key_ring"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(
                            Q(
                                ("destroyed_at__isnull", True),
                                Q(("wrapped", ""), _negated=True),
                                Q(("ring_key", ""), _negated=True),
                            ),
                            Q(("destroyed_at__isnull", False), ("ring_key", ""), ("wrapped", "")),
                            _connector="OR",
                        ),
                        name="data_key_closed_or_destroyed",
                    )
                ],
            },
        ),
    ]
