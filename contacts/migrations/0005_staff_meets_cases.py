"""The staff list is held against the people of a case, and both tables stand under row-level security."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "staff.sql"

BACKWARD = """
DROP POLICY kept ON agencies_staffrecord;
ALTER TABLE agencies_staffrecord NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agencies_staffrecord DISABLE ROW LEVEL SECURITY;
DROP POLICY closed ON contacts_staffmatch;
DROP POLICY told ON contacts_staffmatch;
DROP POLICY settled ON contacts_staffmatch;
ALTER TABLE contacts_staffmatch NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contacts_staffmatch DISABLE ROW LEVEL SECURITY;
DROP TRIGGER meets_subjects ON agencies_staffrecord;
DROP TRIGGER meets_staff ON contacts_subject;
SET ROLE mash_definer;
DROP FUNCTION fw.staff_meets_subjects(), fw.subject_meets_staff(), fw.note_staff(uuid, uuid, uuid, text);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Comparing triggers, and who sees what they find."""

    dependencies = [("contacts", "0004_staff_matches"), ("agencies", "0019_staff_record")]

    operations = [run_file(SQL, reverse=BACKWARD)]
