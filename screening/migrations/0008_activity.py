"""What was done on an enquiry is read through a function that applies the rule of that page."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "activity.sql"

BACKWARD = "SET ROLE mash_definer; DROP FUNCTION fw.activity_of(uuid, integer, integer); RESET ROLE;"


class Migration(migrations.Migration):
    """The activity of an enquiry."""

    dependencies = [("screening", "0007_items_close_by_agreement"), ("agencies", "0018_logs_written_not_read")]

    operations = [run_file(SQL, reverse=BACKWARD)]
