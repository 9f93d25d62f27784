"""The keys of grants are random, also of those that no model makes."""

from django.db import migrations


class Migration(migrations.Migration):
    """A default in the database."""

    dependencies = [("information_sharing", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE information_sharing_itemgrant ALTER COLUMN id SET DEFAULT gen_random_uuid()",
            "ALTER TABLE information_sharing_itemgrant ALTER COLUMN id DROP DEFAULT",
        )
    ]
