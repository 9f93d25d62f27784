"""Corrections that were passed on stand under row-level security."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "correction_policies.sql"

BACKWARD = """
DROP POLICY closed ON decisions_correctionnotice;
DROP POLICY told ON decisions_correctionnotice;
DROP POLICY written ON decisions_correctionnotice;
DROP POLICY seen ON decisions_correctionnotice;
ALTER TABLE decisions_correctionnotice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE decisions_correctionnotice DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """Who sees, writes and settles which row."""

    dependencies = [("decisions", "0006_correction_notices"), ("agencies", "0006_parts_for_both_walls")]

    operations = [run_file(SQL, reverse=BACKWARD)]
