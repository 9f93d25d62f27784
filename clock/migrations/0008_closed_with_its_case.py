from django.db import migrations, models

FORWARD = "UPDATE clock_deadline SET case_id = coalesce(enquiry_id, subject_id);"
"""Most clocks are of a contact or an enquiry themselves; what hangs on one, the later stages put right."""


class Migration(migrations.Migration):
    dependencies = [("clock", "0007_checking")]

    operations = [
        migrations.AddField("deadline", "case_id", models.UUIDField(null=True)),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AlterField(
            "deadline",
            "case_id",
            models.UUIDField(help_text="The contact or the enquiry that closes it where a conflict of interest does."),
        ),
        migrations.AlterField(
            "deadline",
            "enquiry_id",
            models.UUIDField(null=True, help_text="Whose clocks move together, and open to its social worker."),
        ),
    ]
