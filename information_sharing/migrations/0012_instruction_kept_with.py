"""An instruction says itself whose data key closes its words: the lead who decides does not see the sealed item."""

from django.db import migrations, models

FORWARD = """
ALTER TABLE information_sharing_safetyinstruction NO FORCE ROW LEVEL SECURITY;
ALTER TABLE information_sharing_item NO FORCE ROW LEVEL SECURITY;
UPDATE information_sharing_safetyinstruction i SET kept_with = t.enquiry_id
  FROM information_sharing_item t WHERE t.id = i.item_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE information_sharing_item FORCE ROW LEVEL SECURITY;
ALTER TABLE information_sharing_safetyinstruction FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """One column, filled for what is there."""

    dependencies = [("information_sharing", "0011_request_done")]

    operations = [
        migrations.AddField(
            model_name="safetyinstruction",
            name="kept_with",
            field=models.UUIDField(help_text="The enquiry whose data key closes its words.", null=True),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="safetyinstruction",
            name="kept_with",
            field=models.UUIDField(help_text="The enquiry whose data key closes its words."),
        ),
    ]
