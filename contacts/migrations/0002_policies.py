"""Wall 2 for contacts."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "policies.sql"
TABLES = [
    "contact",
    "report",
    "referrer",
    "receipt",
    "person",
    "subject",
    "relation",
    "personlink",
    "correction",
    "protection",
    "whereabouts",
    "furtherreason",
    "strategydiscussion",
]
BACKWARD = (
    opened_tables("contacts", TABLES)
    + """
DROP POLICY of_contact ON clock_deadline;
SET ROLE mash_definer;
DROP FUNCTION fw.being_sent(uuid);
RESET ROLE;
"""
)


class Migration(migrations.Migration):
    """Row-level security on every guarded table of this app."""

    dependencies = [
        ("contacts", "0001_initial"),
        ("agencies", "0007_as_of"),
        ("clock", "0005_policies"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
