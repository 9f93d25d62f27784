"""Who reads and who writes the auditor's words."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "access" / "sql" / "finding_words.sql"


class Migration(migrations.Migration):
    """Managers and auditors read; whoever found it writes."""

    dependencies = [("agencies", "0021_finding_words")]

    operations = [run_file(SQL, reverse=opened_tables("agencies", ["findingreason"]))]
