"""Receipts for owner agencies, and the manager's view of who read what."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "receipts.sql"

BACKWARD = """
SET ROLE mash_definer;
DROP FUNCTION fw.readings_of(uuid, timestamptz, uuid, integer);
DROP FUNCTION fw.passed_on(uuid, timestamptz, timestamptz, integer);
DROP FUNCTION fw.receipts(uuid, timestamptz, timestamptz, boolean, timestamptz, uuid, integer);
RESET ROLE;
SET ROLE mash_probe;
DROP FUNCTION fw.own_items(uuid, uuid[], integer);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Functions that read the log for those whose items were read."""

    dependencies = [
        ("agencies", "0018_logs_written_not_read"),
        ("information_sharing", "0009_emergency_rows"),
        ("decisions", "0005_policies"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
