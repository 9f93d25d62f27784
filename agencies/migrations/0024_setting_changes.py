"""Who changed which of the hub's settings, from what to what."""

import django.db.models.deletion
from django.db import migrations, models

import common.references


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("agencies", "0023_own_membership_kept")]

    operations = [
        migrations.CreateModel(
            name="SettingChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=common.references.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[("broken_glass_a_day", "Enquiries opened in need before the managers are warned")],
                        max_length=32,
                    ),
                ),
                ("before", models.PositiveSmallIntegerField()),
                ("after", models.PositiveSmallIntegerField()),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.membership"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["setting", "-changed_at"], name="setting_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True), name="setting_change_changes"
                    )
                ],
            },
        ),
    ]
