"""Requests take their due moment from the clock; what is sealed afterwards leaves no clear text behind."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "moved_texts.sql"

BACKWARD = """
DROP TRIGGER sealing_takes_texts ON information_sharing_item;
DROP TRIGGER gives_request ON clock_deadline;
DROP FUNCTION fw.sealing_takes_texts(), fw.clock_gives_request();
"""


class Migration(migrations.Migration):
    """Triggers on deadlines and items."""

    dependencies = [("information_sharing", "0004_request_policies"), ("clock", "0001_deadlines")]

    operations = [run_file(SQL, reverse=BACKWARD)]
