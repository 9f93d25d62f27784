"""What rests on people and protective work of other contacts is asked of the database, which sees them all."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "same_people.sql"
BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.enquiries_of_same_people(uuid), fw.contacts_of_same_people(uuid), fw.screens_contact(uuid),
    fw.safe_until(uuid);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Four functions."""

    dependencies = [("contacts", "0011_subject_enquiry"), ("agencies", "0026_broken_glass_limit")]

    operations = [run_file(SQL, reverse=BACKWARD)]
