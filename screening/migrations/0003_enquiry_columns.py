"""An enquiry carries what is due next, and whether a crime is possible."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "enquiry_columns.sql"

BACKWARD = """
DROP TRIGGER gives_enquiry ON contacts_contact;
DROP TRIGGER gives_enquiry ON clock_deadline;
DROP FUNCTION fw.contact_gives_enquiry(), fw.deadline_gives_enquiry();
"""


class Migration(migrations.Migration):
    """Copying triggers."""

    dependencies = [("screening", "0002_contact_columns"), ("clock", "0001_deadlines")]

    operations = [run_file(SQL, reverse=BACKWARD)]
