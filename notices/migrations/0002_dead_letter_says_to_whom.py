"""A lost mail says itself whether it was for somebody without an account: who sees to it cannot read the mail."""

from django.db import migrations, models

FORWARD = """
UPDATE notices_deadletter d SET is_to_the_public = true
  FROM notices_notice n WHERE n.id = d.notice_id AND n.membership_id IS NULL;
"""


class Migration(migrations.Migration):
    """One column, filled for what is there."""

    dependencies = [("notices", "0001_notices")]

    operations = [
        migrations.AddField(
            model_name="deadletter",
            name="is_to_the_public",
            field=models.BooleanField(default=False, help_text="The mail was for somebody without an account."),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
