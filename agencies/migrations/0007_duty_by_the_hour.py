from django.db import migrations, models

FORWARD = """
UPDATE agencies_duty SET starts_at = starts_on::timestamp AT TIME ZONE 'Europe/London',
                         ends_at = (ends_on + 1)::timestamp AT TIME ZONE 'Europe/London';
"""
BACKWARD = """
UPDATE agencies_duty SET starts_on = (starts_at AT TIME ZONE 'Europe/London')::date,
                         ends_on = ((ends_at - interval '1 microsecond') AT TIME ZONE 'Europe/London')::date;
"""
"""Whole days were meant: from the first midnight to that after the last day."""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0006_role_proposals")]

    operations = [
        migrations.AddField(
            model_name="duty",
            name="starts_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="duty",
            name="ends_at",
            field=models.DateTimeField(null=True, help_text="From then on they are not on duty any more."),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RemoveConstraint(model_name="duty", name="duty_ends_after_start"),
        migrations.RemoveIndex(model_name="duty", name="duty_of_membership"),
        migrations.AlterField(model_name="duty", name="starts_at", field=models.DateTimeField()),
        migrations.AlterField(
            model_name="duty",
            name="ends_at",
            field=models.DateTimeField(help_text="From then on they are not on duty any more."),
        ),
        migrations.AlterField(model_name="duty", name="starts_on", field=models.DateField(null=True)),
        migrations.AlterField(
            model_name="duty",
            name="ends_on",
            field=models.DateField(null=True, help_text="The last day on duty."),
        ),
        migrations.RemoveField(model_name="duty", name="starts_on"),
        migrations.RemoveField(model_name="duty", name="ends_on"),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="duty_ends_after_start"
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["membership", "ends_at"], name="duty_of_membership"),
        ),
    ]
