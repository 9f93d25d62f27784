"""Wall 2 for the clock."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "policies.sql"
TABLES = [
    "deadline",
    "breachreason",
    "escalation",
]
BACKWARD = (
    opened_tables("clock", TABLES)
    + """
"""
)


class Migration(migrations.Migration):
    """Row-level security on every guarded table of this app."""

    dependencies = [
        ("clock", "0004_bank_holidays"),
        ("agencies", "0007_as_of"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
