"""A contact carries its enquiry's key, social worker and colour."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "contact_columns.sql"

BACKWARD = """
DROP TRIGGER gives_contact ON screening_enquiry;
DROP TRIGGER takes_enquiry ON contacts_contact;
DROP FUNCTION fw.enquiry_gives_contact(), fw.contact_takes_enquiry();
ALTER TABLE contacts_contact DROP CONSTRAINT contact_enquiry_exists;
"""


class Migration(migrations.Migration):
    """Foreign key and copying triggers."""

    dependencies = [("screening", "0001_initial"), ("agencies", "0002_identity")]

    operations = [run_file(SQL, reverse=BACKWARD)]
