"""The auditor judges in their own words."""

from django.db import migrations, models

import common.encryption


class Migration(migrations.Migration):
    """One row beside the finding, with an audience of its own."""

    dependencies = [("agencies", "0020_shut_out")]

    operations = [
        migrations.CreateModel(
            name="FindingReason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        editable=False,
                        help_text="The key of the broken glass or emergency use.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("enquiry_id", models.UUIDField()),
                ("text", common.encryption.EncryptedTextField(of="enquiry_id")),
            ],
        ),
    ]
