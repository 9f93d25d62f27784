"""A conflict of interest takes away what somebody had in a case, and keeps them from being told of it."""

from pathlib import Path

from django.db import migrations

from agencies.access.sql import run_file

SQL = Path(__file__).resolve().parent.parent / "sql" / "conflicts.sql"

BACKWARD = """
DROP TRIGGER notice_is_kept_back ON notices_notice;
DROP TRIGGER subject_parts ON contacts_subject;
DROP TRIGGER contact_parts ON contacts_contact;
DROP TRIGGER conflict_parts ON agencies_conflictofinterest;
DROP TRIGGER conflict_waits ON agencies_conflictofinterest;
SET ROLE mash_definer;
DROP FUNCTION fw.notice_is_kept_back(), fw.manager_remains(uuid, uuid, uuid, uuid[]), fw.is_shut_out(text, uuid, uuid),
    fw.shut_out(text), fw.kept_out_of(text), fw.case_of(text), fw.contact_parts(), fw.conflict_parts(),
    fw.conflict_waits(), fw.meant(public.agencies_conflictofinterest), fw.part_from(uuid[], uuid[]),
    fw.enquiry_of(uuid[]), fw.kept_out(uuid[], uuid), fw.closed_by(uuid, uuid, uuid);
RESET ROLE;
"""


class Migration(migrations.Migration):
    """Functions and triggers of conflicts of interest."""

    dependencies = [
        ("screening", "0008_activity"),
        ("contacts", "0001_initial"),
        ("notices", "0003_policies"),
        ("clock", "0001_deadlines"),
        ("agencies", "0006_parts_for_both_walls"),
    ]

    operations = [run_file(SQL, reverse=BACKWARD)]
