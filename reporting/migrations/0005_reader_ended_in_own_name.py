"""Whoever un-names a reader of what is sealed does so in their own name: the trigger knows the new column."""

from django.db import migrations

TRIGGER = """
DROP TRIGGER in_own_name ON information_sharing_sealedreader;
CREATE TRIGGER in_own_name BEFORE INSERT OR UPDATE ON information_sharing_sealedreader FOR EACH ROW
    WHEN (current_user = 'mash_web') EXECUTE FUNCTION fw.in_own_name({columns});
"""


class Migration(migrations.Migration):
    """As `0003_in_own_name` made it, with one column more."""

    dependencies = [("reporting", "0004_log_by_account"), ("information_sharing", "0015_sealed_reader_ended_walls")]

    operations = [
        migrations.RunSQL(
            TRIGGER.format(columns="'ended_by_id', 'named_by_id'"), TRIGGER.format(columns="'named_by_id'")
        )
    ]
