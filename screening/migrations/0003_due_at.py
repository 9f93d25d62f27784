"""An enquiry carries the instant of its decision's clock."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "due_at.sql"

BACKWARD = """
DROP TRIGGER gives_enquiry ON clock_deadline;
DROP FUNCTION fw.deadline_gives_enquiry();
"""


class Migration(migrations.Migration):
    """Copying trigger."""

    dependencies = [("screening", "0002_contact_columns"), ("clock", "0001_deadlines")]

    operations = [run_file(SQL, reverse=BACKWARD)]
