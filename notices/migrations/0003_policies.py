"""Wall 2 for notices."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "policies.sql"
TABLES = [
    "notice",
    "deadletter",
]
BACKWARD = (
    opened_tables("notices", TABLES)
    + """
"""
)


class Migration(migrations.Migration):
    """Row-level security on every guarded table of this app."""

    dependencies = [
        ("notices", "0002_dead_letter_says_to_whom"),
        ("agencies", "0007_as_of"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
