"""Wall 2 for requests, answers and items."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import opened_tables, run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "policies.sql"
TABLES = [
    "sharingauthority",
    "requestsubject",
    "answer",
    "item",
    "itemtext",
    "sealedtext",
    "sealedreader",
    "heldmarker",
    "safetyinstruction",
    "itemgrant",
]
BACKWARD = (
    opened_tables("information_sharing", TABLES)
    + """
DROP POLICY of_instruction ON clock_deadline;
DROP POLICY of_request ON clock_deadline;
DROP POLICY asked_about ON contacts_subject;
DROP POLICY closed ON screening_enquirygrant;
DROP POLICY closed ON information_sharing_informationrequest;
DROP POLICY looked_into ON information_sharing_informationrequest;
SET ROLE mash_definer;
DROP FUNCTION fw.closed_items(), fw.owns_item(uuid), fw.answered_alike(uuid, uuid, uuid), fw.asked_about(uuid);
RESET ROLE;
"""
)


class Migration(migrations.Migration):
    """Row-level security on every guarded table of this app."""

    dependencies = [
        ("information_sharing", "0006_grants_keep_no_numbers"),
        ("screening", "0005_policies"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
