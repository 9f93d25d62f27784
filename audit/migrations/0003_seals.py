"""Seals over the log, and indexes for looking it up by reference."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="LogSeal",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("version", models.PositiveSmallIntegerField()),
                ("event_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                (
                    "event_digests",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None),
                ),
                ("reading_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                (
                    "reading_digests",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None),
                ),
                ("refusal_ids", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                (
                    "refusal_digests",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None),
                ),
                ("digest", models.BinaryField()),
                ("previous", models.BinaryField()),
                ("seal", models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["reference", "-at"], name="event_reference"),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["reference", "-at"], name="reading_reference"),
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["reference", "-at"], name="refusal_reference"),
        ),
    ]
