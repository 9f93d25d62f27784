"""The tables of notices."""

import django.db.models.deletion
from django.db import migrations, models

import common.encryption
import common.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=64)),
                ("channel", models.CharField(choices=[("in_app", "In the hub"), ("mail", "By email")], max_length=8)),
                (
                    "to_address",
                    common.encryption.EncryptedTextField(
                        blank=True, default="", help_text="Of a person without an account."
                    ),
                ),
                ("subject", models.CharField(max_length=160)),
                ("body", common.encryption.EncryptedTextField()),
                ("path", models.CharField(blank=True, default="", max_length=300)),
                ("reference", models.CharField(blank=True, default="", max_length=32)),
                (
                    "staff_path",
                    models.CharField(
                        blank=True, default="", help_text="Where staff see to it if it fails.", max_length=300
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(help_text="Its recipient had lost the membership.", null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "last_error",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("server_unreachable", "The email server could not be reached"),
                            ("refused_for_now", "The email server refused it for now"),
                            ("refused", "The email server refused it for good"),
                            ("no_address", "There is no usable address"),
                            ("unreadable", "Its text cannot be decrypted with the keys at hand"),
                            ("interrupted", "The sender stopped while sending"),
                            ("other", "Another fault: see the worker's log"),
                        ],
                        default="",
                        max_length=24,
                    ),
                ),
                ("dedupe", models.CharField(max_length=200, unique=True)),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.membership",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("channel", "mail"),
                            ("given_up_at__isnull", True),
                            ("sent_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=["not_before"],
                        name="notice_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "in_app")),
                        fields=["membership", "-created_at"],
                        name="notice_of_membership",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "in_app"), ("read_at__isnull", True)),
                        fields=["membership"],
                        name="notice_unread",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("membership__isnull", False), ("to_address", "")),
                            models.Q(("channel", "mail"), ("membership__isnull", True)),
                            _connector="OR",
                        ),
                        name="notice_has_one_recipient",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadLetter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "is_to_the_public",
                    models.BooleanField(default=False, help_text="The mail was for somebody without an account."),
                ),
                ("kind", models.CharField(max_length=64)),
                ("reference", models.CharField(blank=True, default="", max_length=32)),
                ("staff_path", models.CharField(blank=True, default="", max_length=300)),
                ("attempts", models.PositiveSmallIntegerField()),
                (
                    "error",
                    models.CharField(
                        choices=[
                            ("server_unreachable", "The email server could not be reached"),
                            ("refused_for_now", "The email server refused it for now"),
                            ("refused", "The email server refused it for good"),
                            ("no_address", "There is no usable address"),
                            ("unreadable", "Its text cannot be decrypted with the keys at hand"),
                            ("interrupted", "The sender stopped while sending"),
                            ("other", "Another fault: see the worker's log"),
                        ],
                        max_length=24,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("retried_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dead_letters", to="notices.notice"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("retried_at__isnull", True)), fields=["-at"], name="dead_letter_open"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retried_at__isnull", True)),
                        fields=("notice",),
                        name="dead_letter_open_once",
                    )
                ],
            },
        ),
    ]
