"""The auditor's look into the log."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "search.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.log_search(text, text, text, uuid, text, timestamptz, timestamptz, timestamptz, uuid, integer);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """One function for events, readings and refused tries."""

    dependencies = [("reporting", "0001_receipts")]

    operations = [run_file(SQL, reverse=BACKWARD)]
