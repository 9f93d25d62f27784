"""An item carries whether its owner has still to confirm it: whoever was named for it does not see the answer."""

from pathlib import Path

from django.db import migrations, models

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "items_unconfirmed.sql"
BACKWARD = """
DROP TRIGGER gives_items ON information_sharing_answer;
DROP TRIGGER takes_answer ON information_sharing_item;
DROP FUNCTION fw.answer_gives_items(), fw.item_takes_answer();
"""
COPY = """
UPDATE information_sharing_item i SET is_unconfirmed = true
  FROM information_sharing_answer a
 WHERE i.is_spoken AND a.request_id = i.request_id AND a.confirmed_at IS NULL;
"""


class Migration(migrations.Migration):
    """A column that the database copies."""

    dependencies = [("information_sharing", "0015_sealed_reader_ended_walls")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="is_unconfirmed",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Taken down by telephone and not confirmed by its owner; copied by trigger.",
            ),
        ),
        run_file(SQL, reverse=BACKWARD),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
    ]
