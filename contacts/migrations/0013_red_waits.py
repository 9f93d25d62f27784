from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0012_finding")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="red_waits",
            field=models.BooleanField(
                default=False,
                help_text="A Red handover of it waits for a team or the hub. Copied from the handover by trigger.",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE contacts_contact ALTER COLUMN red_waits SET DEFAULT false",
            "ALTER TABLE contacts_contact ALTER COLUMN red_waits DROP DEFAULT",
        ),
    ]
