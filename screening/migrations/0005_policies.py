"""Wall 2 for screening and the MASH enquiry."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "policies.sql"
TABLES = [
    "enquiry",
    "rating",
    "owndeadline",
    "screening",
    "screeningreasons",
    "childscreening",
    "panelview",
    "handover",
    "handoverexchange",
    "handovergrant",
]
BACKWARD = (
    opened_tables("screening", TABLES)
    + """
DROP POLICY of_handover ON clock_deadline;
DROP POLICY of_enquiry ON clock_deadline;
DROP POLICY ended_by_clock ON contacts_contact;
DROP TRIGGER returns ON screening_handover;
SET ROLE mash_definer;
DROP FUNCTION fw.sent_handover(uuid, int), fw.acknowledge_contact(uuid, timestamptz), fw.handover_returns(), fw.closed_screenings();
RESET ROLE;
"""
)


class Migration(migrations.Migration):
    """Row-level security on every guarded table of this app."""

    dependencies = [
        ("screening", "0004_grants_keep_no_numbers"),
        ("contacts", "0002_policies"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
