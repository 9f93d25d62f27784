"""The tables of audit."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = []

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
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("user_id", models.UUIDField(null=True)),
                ("membership_id", models.UUIDField(null=True)),
                ("agency_id", models.UUIDField(null=True)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("request_id", models.CharField(blank=True, default="", max_length=64)),
                ("verb", models.CharField(max_length=64)),
                ("record_type", models.CharField(max_length=64)),
                ("record_id", models.UUIDField(null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=32)),
                ("enquiry_id", models.UUIDField(null=True)),
                ("details", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record_id", "-at"], name="event_record"),
                    models.Index(fields=["enquiry_id", "-at"], name="event_enquiry"),
                    models.Index(fields=["-at", "id"], name="event_at"),
                    models.Index(fields=["reference", "-at"], name="event_reference"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("user_id", models.UUIDField(null=True)),
                ("membership_id", models.UUIDField(null=True)),
                ("agency_id", models.UUIDField(null=True)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("request_id", models.CharField(blank=True, default="", max_length=64)),
                ("page", models.CharField(max_length=64)),
                ("reference", models.CharField(blank=True, default="", max_length=32)),
                ("enquiry_id", models.UUIDField(null=True)),
                ("purpose", models.CharField(blank=True, default="", max_length=64)),
                (
                    "item_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "id"], name="reading_at"),
                    models.Index(fields=["enquiry_id", "-at"], name="reading_enquiry"),
                    models.Index(fields=["reference", "-at"], name="reading_reference"),
                    django.contrib.postgres.indexes.GinIndex(fields=["item_ids"], name="reading_items"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                ("user_id", models.UUIDField(null=True)),
                ("membership_id", models.UUIDField(null=True)),
                ("agency_id", models.UUIDField(null=True)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("request_id", models.CharField(blank=True, default="", max_length=64)),
                ("method", models.CharField(max_length=8)),
                ("route", models.CharField(max_length=96)),
                ("reference", models.CharField(blank=True, default="", max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "id"], name="refusal_at"),
                    models.Index(fields=["reference", "-at"], name="refusal_reference"),
                ],
            },
        ),
    ]
